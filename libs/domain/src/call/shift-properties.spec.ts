import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { paris } from '#calendar/paris.js';
import { digest } from '#commands/canonical.js';
import { type Instant, Refusal } from '../decider.js';
import type { Regime } from '../rules.js';
import { days, soundPlans, times } from '../schedule/arbitraries.js';
import { scheduleRefusal } from '../schedule/bounds.js';
import {
  instantOf,
  type Milestone,
  type MilestoneKind,
  orderBroken,
  type PlannedMilestone,
  resolve,
} from '../schedule/milestones.js';
import { rulesFor } from '../rules.js';
import { heading, known, opened, published, specified } from './fixtures.js';
import type { KnownCall } from './call-state.js';
import { previewShift } from './shift-preview.js';

/** Before every date of the plans: no change is refused for being past. */
const LONG_BEFORE: Instant = '2019-01-01T08:00:00Z';
const tools = { calendar: paris, digest };

interface Drawn {
  readonly call: KnownCall;
  readonly milestones: readonly Milestone[];
  readonly regime: Regime;
}

/** Within the bounds of an authorisation, some of its dates following others. */
const authorisations: fc.Arbitrary<PlannedMilestone[]> = fc
  .record({
    start: days,
    time: times,
    window: fc.integer({ min: 60, max: 120 }),
    before: fc.tuple(fc.integer({ min: 8, max: 20 }), fc.integer({ min: 5, max: 7 })),
    commission: fc.integer({ min: 20, max: 60 }),
    ahead: fc.tuple(fc.integer({ min: 15, max: 18 }), fc.integer({ min: 15, max: 18 })),
    working: fc.boolean(),
    follows: fc.boolean(),
  })
  .map(({ start, time, window, before, commission, ahead, working, follows }) => {
    const day = (offset: number) => paris.instantOf(paris.addDays(start, offset), time);
    const relative = (kind: MilestoneKind, relativeTo: MilestoneKind, offset: number): PlannedMilestone => ({
      kind,
      rule: { relativeTo, days: offset, ...(working && { in: 'working' }) },
    });
    return [
      { kind: 'publication', at: day(0) },
      relative('questionsUntil', 'submissionDeadline', -before[0]),
      relative('answersBy', 'submissionDeadline', -before[1]),
      { kind: 'submissionDeadline', at: day(window) },
      follows
        ? relative('caseReportsAvailable', 'commission', -ahead[0])
        : { kind: 'caseReportsAvailable', at: day(window + commission - ahead[0]) },
      follows
        ? relative('convocationSent', 'commission', -ahead[1])
        : { kind: 'convocationSent', at: day(window + commission - ahead[1]) },
      { kind: 'commission', at: day(window + commission) },
    ];
  });
const plans: fc.Arbitrary<readonly [PlannedMilestone[], Regime]> = fc.oneof(
  authorisations.map((plan) => [plan, 'AUTHORISATION'] as const),
  soundPlans.map((plan) => [plan, 'SUBVENTION'] as const),
);

/** A published call of either regime, in Alsace or not, whose schedule its rules allow. */
const calls: fc.Arbitrary<Drawn> = fc
  .tuple(plans, fc.boolean())
  .map(([[plan, regime], alsace]) => {
    const territory = { region: '44', departements: [alsace ? '67' : '54'] };
    const milestones = resolve(plan, paris, alsace);
    if (milestones instanceof Refusal) throw new Error(milestones.sentence);
    return {
      milestones,
      regime,
      call: known({ type: 'CallDrafted', heading: { ...heading, regime, territory } }, opened, specified, {
        ...published,
        schedule: { milestones },
      }),
    };
  })
  .filter(
    ({ milestones, regime }) =>
      instantOf(milestones, 'submissionDeadline') !== undefined &&
      scheduleRefusal(milestones, { rules: rulesFor(regime) }, paris) === undefined,
  );
/** Of one milestone, by some days. */
const moves = fc.tuple(fc.nat(), fc.integer({ min: -40, max: 40 }));

/** Said apart from the code that is proved: what no schedule of an authorisation may have, rules.md. */
function boundBroken(milestones: readonly Milestone[]): boolean {
  const day = (kind: MilestoneKind) => {
    const at = instantOf(milestones, kind);
    return at && paris.dayOf(at);
  };
  const apart = (from: MilestoneKind, to: MilestoneKind) => {
    const [first, second] = [day(from), day(to)];
    return first && second ? paris.daysBetween(first, second) : undefined;
  };
  const window = apart('publication', 'submissionDeadline') ?? 60;
  return (
    window < 60 ||
    window > 120 ||
    (apart('questionsUntil', 'submissionDeadline') ?? 8) < 8 ||
    (apart('answersBy', 'submissionDeadline') ?? 5) < 5 ||
    (apart('convocationSent', 'commission') ?? 15) < 15 ||
    (apart('caseReportsAvailable', 'commission') ?? 15) < 15
  );
}

function moved({ call, milestones }: Drawn, [choice, by]: readonly [number, number]) {
  const { kind, at: old } = milestones[choice % milestones.length] as Milestone;
  const at = paris.instantOf(paris.addDays(paris.dayOf(old), by), paris.timeOf(old));
  return { kind, preview: previewShift(call, [{ kind, at }], LONG_BEFORE, tools) };
}

describe('a shift of a published call', () => {
  it('never breaks an order or a bound in silence', () =>
    fc.assert(
      fc.property(calls, moves, (drawn, move) => {
        const { preview } = moved(drawn, move);
        if (preview instanceof Refusal) return;
        const { milestones } = preview.after;
        expect(orderBroken(milestones, paris)).toBeUndefined();
        if (drawn.regime === 'AUTHORISATION') expect(boundBroken(milestones)).toBe(false);
        const [convocation, commission] = (['convocationSent', 'commission'] as const).map((kind) =>
          instantOf(milestones, kind),
        );
        const short =
          drawn.regime === 'SUBVENTION' &&
          convocation !== undefined &&
          commission !== undefined &&
          paris.daysBetween(paris.dayOf(convocation), paris.dayOf(commission)) < 5;
        expect(preview.warnings.some((warning) => warning.includes('CRPA R133-8'))).toBe(short);
      }),
      { numRuns: 300 },
    ));
  it('warns of every day on which nobody works', () =>
    fc.assert(
      fc.property(calls, moves, (drawn, move) => {
        const { preview } = moved(drawn, move);
        if (preview instanceof Refusal) return;
        const restDays = preview.after.milestones.filter(({ at }) => paris.weekday(paris.dayOf(at)) > 5);
        expect(preview.warnings.filter((warning) => / tombe un (samedi|dimanche)\.$/.test(warning))).toHaveLength(
          restDays.length,
        );
      }),
      { numRuns: 200 },
    ));
  it('there and back gives the same dates', () =>
    fc.assert(
      fc.property(calls, moves, (drawn, move) => {
        const { kind, preview } = moved(drawn, move);
        if (preview instanceof Refusal) return;
        const there = { ...drawn.call, schedule: preview.after } as KnownCall;
        const at = instantOf(drawn.milestones, kind) as Instant;
        const back = previewShift(there, [{ kind, at }], LONG_BEFORE, tools);
        if (back instanceof Refusal) throw new Error(back.sentence);
        expect(back.after.milestones.map((one) => [one.kind, one.at])).toEqual(
          drawn.milestones.map((one) => [one.kind, one.at]),
        );
      }),
      { numRuns: 100 },
    ));
});

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { paris } from '#calendar/paris.js';
import { type Instant, Refusal, refuse } from '../decider.js';
import { anyPlans, days, instants, soundPlans, times } from './arbitraries.js';
import {
  instantOf,
  type Milestone,
  type MilestoneKind,
  milestoneKinds,
  orderBroken,
  type PlannedMilestone,
  resolve,
  withChanges,
} from './milestones.js';

/** Resolved, or a failure of the test. */
function resolved(planned: readonly PlannedMilestone[]): readonly Milestone[] {
  const milestones = resolve(planned, paris, false);
  if (milestones instanceof Refusal) throw new Error(milestones.sentence);
  return milestones;
}

describe('resolving a schedule', () => {
  const commission: PlannedMilestone = { kind: 'commission', at: '2021-09-30T07:30:00Z' };

  it('puts milestones in the order of the procedure', () =>
    expect(resolved([commission, { kind: 'publication', at: '2021-06-14T07:00:00Z' }])).toEqual([
      { kind: 'publication', at: '2021-06-14T07:00:00Z' },
      { kind: 'commission', at: '2021-09-30T07:30:00Z' },
    ]));
  it('dates a milestone relative to another, at its hour', () =>
    expect(resolved([commission, { kind: 'convocationSent', rule: { relativeTo: 'commission', days: -15 } }])).toEqual([
      { kind: 'convocationSent', at: '2021-09-15T07:30:00Z', rule: { relativeTo: 'commission', days: -15 } },
      { kind: 'commission', at: '2021-09-30T07:30:00Z' },
    ]));
  it('dates a milestone at the hour its rule names', () =>
    expect(
      resolved([commission, { kind: 'decision', rule: { relativeTo: 'commission', days: 5, time: '16:00:00' } }]),
    ).toEqual([
      { kind: 'commission', at: '2021-09-30T07:30:00Z' },
      { kind: 'decision', at: '2021-10-05T14:00:00Z', rule: { relativeTo: 'commission', days: 5, time: '16:00:00' } },
    ]));
  it('follows rules through other rules', () =>
    expect(
      resolved([
        { kind: 'notification', rule: { relativeTo: 'decision', days: 2 } },
        { kind: 'decision', rule: { relativeTo: 'commission', days: 5 } },
        commission,
      ]),
    ).toEqual([
      { kind: 'commission', at: '2021-09-30T07:30:00Z' },
      { kind: 'decision', at: '2021-10-05T07:30:00Z', rule: { relativeTo: 'commission', days: 5 } },
      { kind: 'notification', at: '2021-10-07T07:30:00Z', rule: { relativeTo: 'decision', days: 2 } },
    ]));
  it.each([
    ['into winter time', '2021-10-20T07:30:00Z', 15, '2021-11-04T08:30:00Z'],
    ['into summer time', '2021-03-20T08:30:00Z', 15, '2021-04-04T07:30:00Z'],
    ['back over summer time', '2021-04-04T07:30:00Z', -15, '2021-03-20T08:30:00Z'],
  ])('keeps the hour in Paris %s', (_, at, count, dated) =>
    expect(
      instantOf(
        resolved([
          { kind: 'commission', at },
          { kind: 'decision', rule: { relativeTo: 'commission', days: count } },
        ]),
        'decision',
      ),
    ).toBe(dated),
  );
  it('is empty when nothing is planned', () => expect(resolved([])).toEqual([]));
  it('is refused with a rule from a milestone that is not planned', () =>
    expect(resolve([{ kind: 'decision', rule: { relativeTo: 'commission', days: 5 } }], paris, false)).toEqual(
      refuse('MilestoneUnknown', "Un jalon dépend de « commission de sélection », qui n'est pas au calendrier."),
    ));
  it('is refused with a milestone relative to itself', () =>
    expect(resolve([{ kind: 'commission', rule: { relativeTo: 'commission', days: 1 } }], paris, false)).toEqual(
      refuse('ScheduleCycle', 'Le jalon « commission de sélection » dépend de lui-même.'),
    ));
  it('is refused with milestones relative to each other', () =>
    expect(
      resolve(
        [
          { kind: 'decision', rule: { relativeTo: 'notification', days: -2 } },
          { kind: 'notification', rule: { relativeTo: 'decision', days: 2 } },
        ],
        paris,
        false,
      ),
    ).toEqual(refuse('ScheduleCycle', 'Le jalon « décision » dépend de lui-même.')));
  it('is refused with neither date nor rule', () =>
    expect(resolve([{ kind: 'commission' }], paris, false)).toEqual(
      refuse('MilestoneUndated', "Le jalon « commission de sélection » n'a ni date ni règle."),
    ));

  it('answers the same whatever the order in which milestones are given', () =>
    fc.assert(
      fc.property(
        fc.oneof(anyPlans, soundPlans).chain((plan) => fc.tuple(fc.constant(plan), shuffled(plan))),
        ([plan, other]) => expect(resolve(other, paris, false)).toEqual(resolve(plan, paris, false)),
      ),
      { numRuns: 400 },
    ));
  it('gives back what it gave before', () =>
    fc.assert(
      fc.property(soundPlans, (plan) => {
        const once = resolved(plan);
        expect(resolve(once, paris, false)).toEqual(once);
      }),
    ));
  it('keeps relative milestones their calendar days apart, at their hour, across every change of summer time', () =>
    fc.assert(
      fc.property(
        days,
        times,
        fc.integer({ min: -400, max: 400 }),
        fc.option(times, { nil: undefined }),
        (day, time, count, own) => {
          const rule = { relativeTo: 'commission', days: count, ...(own && { time: own }) } as const;
          const at = instantOf(
            resolved([
              { kind: 'commission', at: paris.instantOf(day, time) },
              { kind: 'decision', rule },
            ]),
            'decision',
          );
          expect(at && [paris.daysBetween(day, paris.dayOf(at)), paris.timeOf(at)]).toEqual([count, own ?? time]);
        },
      ),
      { numRuns: 1000 },
    ));
});

describe('changing dates', () => {
  const plan: readonly Milestone[] = [
    { kind: 'convocationSent', at: '2021-09-15T07:30:00Z', rule: { relativeTo: 'commission', days: -15 } },
    { kind: 'commission', at: '2021-09-30T07:30:00Z' },
  ];

  it('takes along what is relative to them', () =>
    expect(resolved(withChanges(plan, [{ kind: 'commission', at: '2021-10-05T07:30:00Z' }]))).toEqual([
      { kind: 'convocationSent', at: '2021-09-20T07:30:00Z', rule: { relativeTo: 'commission', days: -15 } },
      { kind: 'commission', at: '2021-10-05T07:30:00Z' },
    ]));
  it('ends the rule of a milestone that is given a date', () =>
    expect(resolved(withChanges(plan, [{ kind: 'convocationSent', at: '2021-09-10T07:30:00Z' }]))).toEqual([
      { kind: 'convocationSent', at: '2021-09-10T07:30:00Z' },
      { kind: 'commission', at: '2021-09-30T07:30:00Z' },
    ]));
  it('adds a milestone that was not there', () =>
    expect(resolved(withChanges(plan, [{ kind: 'decision', at: '2021-10-15T10:00:00Z' }]))).toEqual([
      ...plan,
      { kind: 'decision', at: '2021-10-15T10:00:00Z' },
    ]));

  it('there and back gives the same schedule', () =>
    fc.assert(
      fc.property(soundPlans, fc.nat(), instants, (planned, choice, elsewhere) => {
        const before = resolved(planned);
        const dated = before.filter(({ rule }) => !rule);
        const moved = dated[choice % dated.length];
        if (!moved) throw new Error('The first milestone of every plan is dated.');
        const { kind, at } = moved;
        const there = resolved(withChanges(before, [{ kind, at: elsewhere }]));
        expect(resolved(withChanges(there, [{ kind, at }]))).toEqual(before);
      }),
      { numRuns: 200 },
    ));
  it('there and back gives the same dates even to a milestone that loses its rule', () =>
    fc.assert(
      fc.property(soundPlans, fc.nat(), instants, (planned, choice, elsewhere) => {
        const before = resolved(planned);
        const moved = before[choice % before.length];
        if (!moved) throw new Error('No plan is empty.');
        const there = resolved(withChanges(before, [{ kind: moved.kind, at: elsewhere }]));
        const back = resolved(withChanges(there, [{ kind: moved.kind, at: moved.at }]));
        expect(datesOf(back)).toEqual(datesOf(before));
      }),
      { numRuns: 200 },
    ));
});

/** What comes first, then what never precedes it. */
const procedure: readonly [MilestoneKind, MilestoneKind][] = [
  ['publication', 'questionsUntil'],
  ['questionsUntil', 'answersBy'],
  ['answersBy', 'submissionDeadline'],
  ['publication', 'submissionDeadline'],
  ['publication', 'convocationSent'],
  ['submissionDeadline', 'admissibilityDone'],
  ['admissibilityDone', 'reviewsDue'],
  ['admissibilityDone', 'caseReportsAvailable'],
  ['reviewsDue', 'commission'],
  ['caseReportsAvailable', 'commission'],
  ['convocationSent', 'commission'],
  ['commission', 'decision'],
  ['decision', 'notification'],
  ['decision', 'agreementSigned'],
  ['decision', 'reportsDue'],
  ['submissionDeadline', 'projectStart'],
  ['projectStart', 'reportsDue'],
];

describe('the order of milestones', () => {
  const broken = (...milestones: [MilestoneKind, Instant][]) =>
    orderBroken(
      milestones.map(([kind, at]) => ({ kind, at })),
      paris,
    );

  it.each(procedure)('puts %s before %s, the same second allowed', (first, then) => {
    expect(broken([first, '2021-09-30T07:30:00Z'], [then, '2021-09-30T07:30:00Z'])).toBeUndefined();
    expect(broken([first, '2021-09-30T07:30:01Z'], [then, '2021-09-30T07:30:00Z'])).toEqual(
      expect.stringContaining('ne peut pas précéder'),
    );
  });
  it('says in French which pair is broken', () =>
    expect(broken(['commission', '2021-09-30T07:30:00Z'], ['decision', '2021-09-29T07:30:00Z'])).toBe(
      '« décision » (29 septembre 2021 à 9 h 30 (heure de Paris)) ne peut pas précéder ' +
        '« commission de sélection » (30 septembre 2021 à 9 h 30 (heure de Paris)).',
    ));
  it.each<[MilestoneKind, MilestoneKind]>([
    ['reviewsDue', 'caseReportsAvailable'],
    ['agreementSigned', 'projectStart'],
    ['agreementSigned', 'notification'],
    ['convocationSent', 'submissionDeadline'],
  ])('lets %s and %s cross', (one, other) => {
    expect(broken([one, '2021-09-01T07:30:00Z'], [other, '2021-09-30T07:30:00Z'])).toBeUndefined();
    expect(broken([one, '2021-09-30T07:30:00Z'], [other, '2021-09-01T07:30:00Z'])).toBeUndefined();
  });
});

const shuffled = (plan: PlannedMilestone[]): fc.Arbitrary<PlannedMilestone[]> =>
  fc.shuffledSubarray(plan, { minLength: plan.length, maxLength: plan.length });

const datesOf = (milestones: readonly Milestone[]) => milestones.map(({ kind, at }) => ({ kind, at }));

/** Every milestone and each of those that come after it, at any distance. */
const after = (kind: MilestoneKind): MilestoneKind[] =>
  procedure.filter(([first]) => first === kind).flatMap(([, then]) => [then, ...after(then)]);
const pairs = milestoneKinds.flatMap((first) => [...new Set(after(first))].map((then) => [first, then] as const));

describe('an accepted schedule', () => {
  it('is one in which nothing precedes what it follows, whatever is left out between them', () =>
    fc.assert(
      fc.property(soundPlans, (plan) => {
        const dates = resolved(plan);
        const at = new Map(dates.map((milestone) => [milestone.kind, milestone.at]));
        const inOrder = pairs.every(([first, then]) => (at.get(first) ?? '') <= (at.get(then) ?? '9'));
        expect(orderBroken(dates, paris) === undefined).toBe(inOrder);
      }),
      { numRuns: 200 },
    ));
});

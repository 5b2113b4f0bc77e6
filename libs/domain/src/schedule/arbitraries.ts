/** Schedules for property tests: days of a few years, hours that exist on each of them. */
import fc from 'fast-check';
import { paris } from '#calendar/paris.js';
import type { Instant } from '../decider.js';
import {
  dayKinds,
  type MilestoneKind,
  milestoneKinds,
  type PlannedMilestone,
  type RelativeDate,
} from './milestones.js';

export const days = fc.integer({ min: 0, max: 1500 }).map((offset) => paris.addDays('2020-01-01', offset));
/** After 3 h and before midnight: no change of summer time skips or repeats it. */
export const times = fc
  .tuple(fc.integer({ min: 3, max: 23 }), fc.nat(59), fc.nat(59))
  .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'));
export const instants: fc.Arbitrary<Instant> = fc.tuple(days, times).map(([day, time]) => paris.instantOf(day, time));
export const kinds = fc.constantFrom<MilestoneKind[]>(...milestoneKinds);
export const rules: fc.Arbitrary<RelativeDate> = fc
  .record({
    relativeTo: kinds,
    days: fc.integer({ min: -60, max: 60 }),
    in: fc.option(fc.constantFrom(...dayKinds), { nil: undefined }),
    time: fc.option(times, { nil: undefined }),
  })
  .map(({ time, in: kind, ...rule }) => ({ ...rule, ...(kind && { in: kind }), ...(time && { time }) }));

/** Anything somebody may ask for, each milestone once: unknown bases and cycles included. */
export const anyPlans: fc.Arbitrary<PlannedMilestone[]> = fc.uniqueArray(
  fc.oneof(
    fc.record({ kind: kinds, at: instants }),
    fc.record({ kind: kinds, rule: rules }),
    fc.record({ kind: kinds }),
  ),
  { maxLength: 8, selector: ({ kind }) => kind },
);

/** Plans that resolve, most of them in order: each milestone dated, or a few days from one before it. */
export const soundPlans: fc.Arbitrary<PlannedMilestone[]> = fc
  .tuple(
    days,
    fc.subarray([...milestoneKinds], { minLength: 1 }),
    fc.array(
      fc.record({
        gap: fc.oneof(
          { weight: 12, arbitrary: fc.integer({ min: 0, max: 40 }) },
          { weight: 1, arbitrary: fc.integer({ min: -40, max: -1 }) },
        ),
        time: times,
        relative: fc.boolean(),
        working: fc.boolean(),
        base: fc.nat(),
      }),
      { minLength: milestoneKinds.length, maxLength: milestoneKinds.length },
    ),
  )
  .map(([start, chosen, steps]) => {
    let day = start;
    return chosen.map((kind, index): PlannedMilestone => {
      const step = steps[index] ?? { gap: 0, time: '12:00:00', relative: false, working: false, base: 0 };
      const relativeTo = chosen[step.base % Math.max(index, 1)] ?? kind;
      day = paris.addDays(day, step.gap);
      return step.relative && index > 0
        ? { kind, rule: { relativeTo, days: step.gap, ...(step.working && { in: 'working' }), time: step.time } }
        : { kind, at: paris.instantOf(day, step.time) };
    });
  });

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { paris } from '#calendar/paris.js';
import { given as givenCall, open, schedule } from '../call/fixtures.js';
import type { KnownCall } from '../call/call-state.js';
import { dueDays, overdueSaid } from './due.js';
import { evolveReports, noReports } from './evolve.js';
import {
  accepted,
  ACTIVITY,
  activityExpected,
  activitySubmitted,
  financialExpected,
  given,
  owing,
  returned,
  waived,
} from './fixtures.js';
import { overdue, reportDue, type ReportEvent, reportKinds } from './report-facts.js';

const callWith = (...milestones: typeof schedule.milestones) =>
  givenCall(...open, {
    type: 'ScheduleShifted',
    proposal: 1,
    before: schedule,
    after: { milestones: [...schedule.milestones, ...milestones] },
    reason: 'Remise des bilans.',
  }).state as KnownCall;
const concluded = { concludedOn: '2021-11-15', endsOn: '2022-10-31' };

describe('when reports are due', () => {
  it('is six months after the year in which the project ends', () =>
    expect(dueDays(callWith(), concluded, paris)).toEqual({ activity: '2023-06-30', financial: '2023-06-30' }));
  it('is the same for a project that ends on the last day of a year', () =>
    expect(dueDays(callWith(), { ...concluded, endsOn: '2022-12-31' }, paris).financial).toBe('2023-06-30'));
  it('is a year later for a project that ends on the next day', () =>
    expect(dueDays(callWith(), { ...concluded, endsOn: '2023-01-01' }, paris).financial).toBe('2024-06-30'));
  it('is for the activity what the call says, the day as it is in Paris', () => {
    const call = callWith({ kind: 'reportsDue', at: '2022-12-15T23:00:00Z' });
    expect(dueDays(call, concluded, paris)).toEqual({ activity: '2022-12-16', financial: '2023-06-30' });
  });
  it('is not what the call says where that was over before the agreement', () => {
    const call = callWith({ kind: 'reportsDue', at: '2021-11-15T09:00:00Z' });
    expect(dueDays(call, concluded, paris).activity).toBe('2023-06-30');
  });
});

describe('an overdue report', () => {
  const late = (today: string, ...history: ReportEvent[]) =>
    overdue(given(...history).state, today).map(({ report }) => report);

  it('is in time on the day it is due', () => expect(late('2022-12-15', ...owing)).toEqual([]));
  it('is overdue on the next day', () => expect(late('2022-12-16', ...owing)).toEqual([ACTIVITY]));
  it('is not overdue once it is handed in', () => expect(late('2023-01-01', ...owing, activitySubmitted)).toEqual([]));
  it('is overdue again where it was returned and its new day has passed', () => {
    const history = [...owing, activitySubmitted, returned];
    expect(late('2023-02-28', ...history)).toEqual([]);
    expect(late('2023-03-01', ...history)).toEqual([ACTIVITY]);
  });
  it('is never overdue once accepted', () =>
    expect(late('2023-06-30', ...owing, activitySubmitted, accepted)).toEqual([]));
  it('is never overdue once waived', () => expect(late('2023-06-30', ...owing, waived)).toEqual([]));

  const said = (at: string, ...history: ReportEvent[]) =>
    overdueSaid(given(...history).state, at, paris, 'avant de déposer');
  it('is said with its day and what to do', () =>
    expect(said('2022-12-16T09:00:00Z', ...owing)).toBe(
      "Un bilan est en retard : le bilan d'activité dû le 15 décembre 2022. Remettez-le avant de déposer.",
    ));
  it('is said from midnight in Paris', () => {
    expect(said('2022-12-15T22:59:59Z', ...owing)).toBeUndefined();
    expect(said('2022-12-15T23:00:00Z', ...owing)).toBeDefined();
  });
  it('is said with the others, the oldest first', () =>
    expect(said('2023-07-01T09:00:00Z', financialExpected, activityExpected)).toBe(
      "Des bilans sont en retard : le bilan d'activité dû le 15 décembre 2022, le compte rendu financier dû le 30 juin 2023. Remettez-les avant de déposer.",
    ));
  it('is not said of who owes nothing', () => {
    expect(said('2022-12-16T09:00:00Z')).toBeUndefined();
    expect(overdueSaid(undefined, '2022-12-16T09:00:00Z', paris, 'avant de déposer')).toBeUndefined();
  });
});

describe('when one report is due', () => {
  const extended: ReportEvent = { type: 'ReportExtended', report: ACTIVITY, dueOn: '2023-01-31', reason: 'Comptes.' };
  it.each<[string, ReportEvent[], string | undefined]>([
    ['expected: its day', [], '2022-12-15'],
    ['given more time: the new day', [extended], '2023-01-31'],
    ['handed in, late or not: none', [activitySubmitted], undefined],
    ['returned: the day of the return', [activitySubmitted, returned], returned.dueOn],
    [
      'returned, then given more time: the last day said',
      [activitySubmitted, returned, { ...extended, dueOn: '2023-09-30' }],
      '2023-09-30',
    ],
    ['accepted, however late: none', [activitySubmitted, accepted], undefined],
    ['asked for no more: none', [waived], undefined],
  ])('%s', (_, events, due) => {
    const report = given(activityExpected, ...events).state.reports[ACTIVITY];
    expect(report && reportDue(report)).toBe(due);
  });
});

describe('whatever a beneficiary owes', () => {
  const day = fc
    .integer({ min: 0, max: 1000 })
    .map((days) => new Date(Date.UTC(2022, 0, 1) + days * 86_400_000).toISOString().slice(0, 10));
  const ids = fc.constantFrom('r1', 'r2', 'r3', 'r4');
  const event: fc.Arbitrary<ReportEvent> = fc.oneof(
    fc
      .record({ report: ids, dueOn: day, kind: fc.constantFrom(...reportKinds) })
      .map((expected): ReportEvent => ({ ...activityExpected, ...expected })),
    fc.record({ report: ids, dueOn: day }).map((to): ReportEvent => ({ type: 'ReportExtended', ...to, reason: '-' })),
    ids.map((report): ReportEvent => ({ ...activitySubmitted, report })),
    fc.record({ report: ids, dueOn: day }).map((to): ReportEvent => ({ ...returned, ...to })),
    ids.map((report): ReportEvent => ({ type: 'ReportAccepted', report })),
    ids.map((report): ReportEvent => ({ type: 'ReportWaived', report, reason: '-' })),
  );
  const states = fc.array(event, { maxLength: 20 }).map((events) => events.reduce(evolveReports, noReports));

  it('is overdue for ever once it is overdue, as long as nothing happens', () =>
    fc.assert(
      fc.property(states, day, day, (state, one, other) => {
        const [today, later] = [one, other].sort() as [string, string];
        const lateLater = new Set(overdue(state, later).map(({ report }) => report));
        expect(overdue(state, today).filter(({ report }) => !lateLater.has(report))).toEqual([]);
      }),
    ));
  it('is nothing while only later facts are known of it', () =>
    expect(evolveReports(noReports, accepted)).toEqual(noReports));
  it('is said exactly where something is overdue, at whatever instant', () =>
    fc.assert(
      fc.property(states, day, fc.integer({ min: 0, max: 86_399 }), (state, today, second) => {
        const at = new Date(Date.parse(`${today}T00:00:00Z`) + second * 1000).toISOString().slice(0, 19) + 'Z';
        expect(overdueSaid(state, at, paris, 'avant de déposer') !== undefined).toBe(
          overdue(state, paris.dayOf(at)).length > 0,
        );
      }),
    ));
  it('is never overdue where it is handed in, accepted or waived', () =>
    fc.assert(
      fc.property(states, day, (state, today) => {
        for (const { status, dueOn } of overdue(state, today)) {
          expect(['expected', 'returned']).toContain(status);
          expect(dueOn < today).toBe(true);
        }
      }),
    ));
});

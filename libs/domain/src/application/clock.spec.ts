import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { later } from '../instants.js';
import type { ApplicationEvent, KnownApplication } from './application-facts.js';
import { clockOf, stageOf } from './examination.js';
import {
  admissible,
  answering,
  ASKED,
  completed,
  completing,
  completion,
  DUE,
  filed,
  OVERDUE,
  ready,
  refused,
  requested,
  submission,
} from './fixtures.js';

const FILED = submission.submittedAt;
const known = (...events: readonly ApplicationEvent[]) => answering(...events).state as KnownApplication;
const between = (from: string, to: string) => Date.parse(to) - Date.parse(from);
/** How much of the delay is used up. */
function elapsed(file: KnownApplication, at: string): number {
  const { runningSince, stoppedSince, stoppedMs } = clockOf(file, FILED, at);
  return between(runningSince, stoppedSince ?? at) - stoppedMs;
}

describe('the clock of a file', () => {
  it('runs from its filing', () =>
    expect(clockOf(known(...filed), FILED, ASKED)).toEqual({ runningSince: FILED, stoppedMs: 0 }));
  it('stands still from the request on', () =>
    expect(clockOf(known(...completing), FILED, DUE)).toEqual({
      runningSince: FILED,
      stoppedSince: ASKED,
      stoppedMs: 0,
    }));
  it('goes on with the answer', () =>
    expect(clockOf(known(...completing, completed), FILED, DUE)).toEqual({
      runningSince: FILED,
      stoppedMs: between(ASKED, completion.submittedAt),
    }));
  it('goes on when the delay is over, answered or not', () => {
    const stopped = { runningSince: FILED, stoppedMs: between(ASKED, DUE) };
    expect(clockOf(known(...completing), FILED, OVERDUE)).toEqual(stopped);
    expect(clockOf(known(...completing, refused), FILED, OVERDUE)).toEqual(stopped);
  });
  it('stands still again from the extension of a delay that ran out', () =>
    expect(
      clockOf(
        known(...completing, {
          type: 'CompletionExtended',
          request: 1,
          dueAt: '2021-09-30T16:00:00Z',
          extendedAt: '2021-09-20T08:00:00Z',
          reason: '',
        }),
        FILED,
        '2021-09-25T08:00:00Z',
      ),
    ).toEqual({ runningSince: FILED, stoppedSince: '2021-09-20T08:00:00Z', stoppedMs: between(ASKED, DUE) }));

  it('uses up every second but those the applicant was given, whatever was asked for and answered', () => {
    const minutes = fc.integer({ min: 1, max: 30_000 });
    const round = fc.record({ pause: minutes, delay: minutes, extensions: fc.array(minutes, { maxLength: 3 }) });
    fc.assert(
      fc.property(fc.array(round, { maxLength: 5 }), fc.array(fc.boolean()), (rounds, answers) => {
        let now = FILED;
        const pass = (count: number) => (now = later(now, count * 60_000));
        const events: ApplicationEvent[] = [...filed];
        const given: [from: string, to: string][] = [];
        rounds.forEach(({ pause, delay, extensions }, index) => {
          const requestedAt = pass(pause);
          let dueAt = later(now, delay * 60_000);
          events.push({ ...requested, request: index + 1, requestedAt, dueAt });
          let from = requestedAt;
          for (const minute of extensions) {
            // In time where the delay is long enough for it, else after it ran out.
            const extendedAt = pass(minute);
            if (extendedAt > dueAt) {
              given.push([from, dueAt]);
              from = extendedAt;
            }
            const longer = later(dueAt > extendedAt ? dueAt : extendedAt, minute * 60_000);
            events.push({ type: 'CompletionExtended', request: index + 1, dueAt: longer, extendedAt, reason: '' });
            dueAt = longer;
          }
          const answeredAt = answers[index] ? dueAt : now;
          events.push({ ...completed, request: index + 1, submittedAt: answeredAt });
          given.push([from, answeredAt]);
          now = answeredAt;
        });
        const end = pass(1);
        const stopped = given.reduce((total, [from, to]) => total + between(from, to), 0);
        expect(elapsed(known(...events), end)).toBe(between(FILED, end) - stopped);
      }),
    );
  });
  it('never runs backwards', () =>
    fc.assert(
      fc.property(fc.nat(4_000_000), fc.nat(1_000_000), (start, more) => {
        const file = known(...completing);
        const one = later(ASKED, start * 1000);
        expect(elapsed(file, later(one, more * 1000))).toBeGreaterThanOrEqual(elapsed(file, one));
      }),
    ));
});

describe('the stage of a file', () => {
  it.each([
    ['none before it is examined', filed, undefined],
    ['none as a draft', ready, undefined],
    ['completing while it is asked for more', completing, 'completing'],
    ['none again once it is completed', [...completing, completed], undefined],
    ['admissible', [...filed, admissible], 'admissible'],
    ['refused beforehand', [...filed, refused], 'refused-beforehand'],
  ])('is %s', (_, history, stage) => expect(stageOf(known(...history))).toBe(stage));
});

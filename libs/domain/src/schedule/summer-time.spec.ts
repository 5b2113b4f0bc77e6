import { describe, expect, it } from '@jest/globals';
import { paris } from '#calendar/paris.js';
import type { Instant } from '../decider.js';
import { instantOf, type RelativeDate, resolve } from './milestones.js';

/** A decision that follows a commission. */
function decision(commission: Instant, rule: Omit<RelativeDate, 'relativeTo'>): Instant | undefined {
  const milestones = resolve(
    [
      { kind: 'commission', at: commission },
      { kind: 'decision', rule: { relativeTo: 'commission', ...rule } },
    ],
    paris,
    false,
  );
  return Array.isArray(milestones) ? instantOf(milestones, 'decision') : undefined;
}

describe('on the days on which the clock changes', () => {
  it.each([
    ['28 March 2021, calendar days', '2021-03-26T08:30:00Z', { days: 3 }, '2021-03-29T07:30:00Z'],
    ['28 March 2021, on the day itself', '2021-03-26T08:30:00Z', { days: 2 }, '2021-03-28T07:30:00Z'],
    ['28 March 2021, working days', '2021-03-26T08:30:00Z', { days: 1, in: 'working' }, '2021-03-29T07:30:00Z'],
    ['31 October 2021, calendar days', '2021-10-29T07:30:00Z', { days: 3 }, '2021-11-01T08:30:00Z'],
    ['31 October 2021, on the day itself', '2021-10-29T07:30:00Z', { days: 2 }, '2021-10-31T08:30:00Z'],
    // 1 November is a holiday.
    ['31 October 2021, working days', '2021-10-29T07:30:00Z', { days: 1, in: 'working' }, '2021-11-02T08:30:00Z'],
    ['31 October 2021, backwards', '2021-11-02T08:30:00Z', { days: -1, in: 'working' }, '2021-10-29T07:30:00Z'],
  ] as const)('the hour in Paris is kept: %s', (_, base, rule, at) => expect(decision(base, rule)).toBe(at));
  it('an hour that is skipped is the next one', () =>
    expect(decision('2021-03-26T08:30:00Z', { days: 2, time: '02:30:00' })).toBe('2021-03-28T01:30:00Z'));
  it('an hour that comes twice is its last time', () =>
    expect(decision('2021-10-29T07:30:00Z', { days: 2, time: '02:30:00' })).toBe('2021-10-31T01:30:00Z'));
  it('what is due at the same moment as the first of these hours is not dated an hour after it', () =>
    expect(decision('2021-10-31T00:30:00Z', { days: 0 })).toBe('2021-10-31T00:30:00Z'));
});

describe('working days between milestones', () => {
  it('follow what they are relative to, and leave out the holidays of its territory', () => {
    const planned = [
      { kind: 'commission', at: '2021-04-06T07:30:00Z' },
      { kind: 'convocationSent', rule: { relativeTo: 'commission', days: -2, in: 'working' } },
    ] as const;
    expect([resolve(planned, paris, false), resolve(planned, paris, true)]).toMatchObject([
      [{ at: '2021-04-01T07:30:00Z', rule: planned[1].rule }, {}],
      [{ at: '2021-03-31T07:30:00Z', rule: planned[1].rule }, {}],
    ]);
  });
});

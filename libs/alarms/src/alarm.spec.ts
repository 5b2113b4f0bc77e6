import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { SetClock, systemClock } from '#commands/clock.js';
import { LocalAlarm } from './alarm.js';

const NOW = '2021-07-01T08:00:00Z';
let rung: string[];
let alarm: LocalAlarm;
beforeEach(() => {
  jest.useFakeTimers({ now: new Date(NOW) });
  rung = [];
  alarm = new LocalAlarm(systemClock, () => rung.push(systemClock.now()));
});
afterEach(() => {
  alarm.stop();
  jest.useRealTimers();
});
const seconds = (count: number) => jest.advanceTimersByTime(count * 1000);

describe('an alarm', () => {
  it('rings once, at its instant', () => {
    alarm.set('2021-07-01T08:00:30Z');
    seconds(29);
    expect(rung).toEqual([]);
    seconds(1000);
    expect(rung).toEqual(['2021-07-01T08:00:30Z']);
  });

  it.each(['2021-07-01T08:00:00Z', '2020-01-01T00:00:00Z'])(
    'rings at once where %s is no later than now',
    (instant) => {
      alarm.set(instant);
      expect(rung).toEqual([]);
      seconds(0);
      expect(rung).toEqual([NOW]);
    },
  );

  it('waits longer than a timer can, 2^31 − 1 milliseconds', () => {
    alarm.set('2021-08-13T14:00:01Z');
    seconds(30 * 86_400);
    expect(rung).toEqual([]);
    seconds(30 * 86_400);
    expect(rung).toEqual(['2021-08-13T14:00:01Z']);
  });

  it('has one instant, the last that was set', () => {
    alarm.set('2021-07-01T08:00:30Z');
    alarm.set('2021-07-01T08:05:00Z');
    seconds(1000);
    expect(rung).toEqual(['2021-07-01T08:05:00Z']);
  });

  it('does not ring once it is unset', () => {
    alarm.set('2021-07-01T08:00:30Z');
    alarm.set(undefined);
    seconds(1000);
    expect(rung).toEqual([]);
  });

  it('does not ring once stopped, whatever is set', () => {
    alarm.set('2021-07-01T08:00:30Z');
    alarm.set(NOW);
    alarm.stop();
    alarm.set(NOW);
    seconds(1000);
    expect(rung).toEqual([]);
  });

  it('rings soon after a machine that slept wakes up', () => {
    alarm.set('2021-07-01T12:00:00Z');
    jest.setSystemTime(new Date('2021-07-02T08:00:00Z'));
    seconds(61);
    expect(rung).toHaveLength(1);
  });

  it('follows a clock that somebody sets', () => {
    const clock = new SetClock(NOW);
    const set = new LocalAlarm(clock, () => rung.push(clock.now()));
    set.set('2021-08-13T14:00:01Z');
    clock.set('2021-08-13T14:00:00Z');
    seconds(0);
    expect(rung).toEqual([]);
    clock.set('2021-08-13T14:00:01Z');
    seconds(0);
    expect(rung).toEqual(['2021-08-13T14:00:01Z']);
    set.stop();
  });
});

import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { SetClock, systemClock } from '#commands/clock.js';
import type { Due } from './alarms.js';
import { due, several } from './fixtures.js';
import { LocalAlarms } from './local-alarms.js';

const NOW = '2021-07-01T08:00:00Z';
let rung: [Due, string][];
let alarms: LocalAlarms;
const listening = (clock = systemClock) => ({
  ring: async (one: Due) => void rung.push([one, clock.now()]),
  forgotten: () => undefined,
});
beforeEach(() => {
  jest.useFakeTimers({ now: new Date(NOW) });
  rung = [];
  alarms = new LocalAlarms(systemClock);
});
afterEach(async () => {
  await alarms.close();
  jest.useRealTimers();
});
const milliseconds = (count: number) => jest.advanceTimersByTimeAsync(count);
const seconds = (count: number) => milliseconds(count * 1000);
const keys = () => rung.map(([{ key }]) => key);

describe('alarms of a process', () => {
  it('ring each at its instant, in whatever order they were armed', async () => {
    const [late, soon, middle] = [
      due('late', '2021-07-01T10:00:00Z'),
      due('soon', '2021-07-01T08:00:30Z'),
      due('middle', '2021-07-01T09:00:00Z'),
    ];
    alarms.start(listening());
    await alarms.arm([late, soon]);
    await alarms.arm([middle]);
    await seconds(29);
    expect(rung).toEqual([]);
    await seconds(86_400);
    expect(rung).toEqual([
      [soon, soon.at],
      [middle, middle.at],
      [late, late.at],
    ]);
  });

  it('ring to the instant, though the clock says whole seconds', async () => {
    jest.setSystemTime(new Date('2021-07-01T08:00:00.700Z'));
    alarms.start(listening());
    await alarms.arm([due('soon', '2021-07-01T08:00:01Z')]);
    await milliseconds(299);
    expect(rung).toEqual([]);
    await milliseconds(1);
    expect(keys()).toEqual(['soon']);
  });

  it('ring once, however often the same is armed', async () => {
    alarms.start(listening());
    const one = due('one', '2021-07-01T08:00:30Z');
    await alarms.arm([one, one]);
    await alarms.arm([{ ...one }]);
    expect(alarms.status()).toEqual({ kind: 'local', connected: true, armed: 1 });
    await seconds(60);
    expect(rung).toEqual([[one, one.at]]);
    expect(alarms.status().armed).toBe(0);
  });

  it('ring for each revision under a key: which of them holds, the facts say', async () => {
    alarms.start(listening());
    const [was, is] = [due('one', '2021-07-01T08:00:30Z'), due('one', '2021-07-01T08:00:40Z', '2')];
    await alarms.arm([was]);
    await alarms.arm([is]);
    await seconds(60);
    expect(rung).toEqual([
      [was, was.at],
      [is, is.at],
    ]);
  });

  it('wait for whoever listens', async () => {
    await alarms.arm([due('one', '2021-07-01T08:00:30Z')]);
    await seconds(60);
    alarms.start(listening());
    await seconds(0);
    expect(keys()).toEqual(['one']);
  });

  it('wait longer than a timer can, 2^31 − 1 milliseconds', async () => {
    alarms.start(listening());
    const far = due('far', '2021-08-13T14:00:01Z');
    await alarms.arm([far]);
    await seconds(60 * 86_400);
    expect(rung).toEqual([[far, far.at]]);
  });

  it('ring within a minute of waking, on a machine that slept', async () => {
    alarms.start(listening());
    await alarms.arm([due('one', '2021-07-01T12:00:00Z')]);
    jest.setSystemTime(new Date('2021-07-02T08:00:00Z'));
    await seconds(60);
    expect(keys()).toEqual(['one']);
  });

  it('follow a clock that is set a day ahead, and back', async () => {
    const clock = new SetClock(NOW);
    const set = new LocalAlarms(clock);
    set.start(listening(clock));
    const [one, other] = [due('one', '2021-07-02T08:00:00Z'), due('other', '2021-07-02T09:00:00Z')];
    await set.arm([other, one]);
    clock.set('2021-06-30T08:00:00Z');
    await seconds(86_400);
    expect(rung).toEqual([]);
    clock.set('2021-07-02T08:00:00Z');
    await seconds(0);
    expect(rung).toEqual([[one, '2021-07-02T08:00:00Z']]);
    await set.close();
  });

  it('go on after a listener that rejected', async () => {
    alarms.start({
      ring: async (one) => {
        rung.push([one, systemClock.now()]);
        throw new Error('the log is full');
      },
      forgotten: () => undefined,
    });
    await alarms.arm([due('one', '2021-07-01T08:00:30Z'), due('other', '2021-07-01T08:00:40Z')]);
    await seconds(60);
    expect(keys()).toEqual(['one', 'other']);
  });

  it('wait for what rings when they are closed, and ring no more', async () => {
    let finish = (): void => undefined;
    const happened: string[] = [];
    alarms.start({
      ring: async ({ key }) => {
        await new Promise<void>((resolve) => (finish = resolve));
        happened.push(key);
      },
      forgotten: () => undefined,
    });
    await alarms.arm([due('one', '2021-07-01T08:00:30Z'), due('other', '2021-07-01T08:00:40Z')]);
    await seconds(30);
    const closed = alarms.close().then(() => happened.push('closed'));
    await seconds(60);
    expect(happened).toEqual([]);
    finish();
    await closed;
    expect(happened).toEqual(['one', 'closed']);
  });

  it('have one timer, however many are armed', async () => {
    alarms.start(listening());
    await alarms.arm(several(10_000, 'one', '2021-07-01T08:00:30Z'));
    await alarms.arm(several(10_000, 'other', '2021-07-01T08:00:20Z'));
    expect(jest.getTimerCount()).toBe(1);
    await seconds(30);
    expect(rung).toHaveLength(20_000);
    expect(new Set(keys()).size).toBe(20_000);
    expect(rung.every(([{ at }, when]) => at === when)).toBe(true);
  });
});

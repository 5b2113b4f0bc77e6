import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { SetClock, systemClock } from '#commands/clock.js';
import { type Alarms, AlarmsAway, type Due, idOf, type Listener } from './alarms.js';
import { due, Facts, several } from './fixtures.js';
import { LocalAlarms } from './local-alarms.js';
import { Reconciler, type ReconcilerOptions } from './reconciler.js';

const NOW = '2021-07-01T08:00:00Z';
const LATER = '2021-07-01T08:00:30Z';

/** Alarms that ring when the test says so. */
class HeldAlarms implements Alarms {
  readonly armed: string[] = [];
  away = false;
  listener: Listener | undefined;

  async arm(some: readonly Due[]): Promise<void> {
    if (this.away) throw new AlarmsAway('away');
    this.armed.push(...some.map(idOf));
  }

  start(listener: Listener): void {
    this.listener = listener;
  }

  async ring(one: Due): Promise<void> {
    await this.listener?.ring(one);
  }

  async close(): Promise<void> {
    this.listener = undefined;
  }

  status() {
    return { kind: 'local', connected: !this.away } as const;
  }

  async depth() {
    return { waiting: this.armed.length, failed: 0 };
  }
}

let errors: [string, string | undefined][];
let reconcilers: Reconciler[];
function reconciling(
  facts: Facts,
  own: Partial<ReconcilerOptions> = {},
): { alarms: HeldAlarms; reconciler: Reconciler } {
  const alarms = new HeldAlarms();
  const reconciler = new Reconciler({
    alarms,
    clock: systemClock,
    due: facts.due,
    stillDue: facts.stillDue,
    fire: facts.issue,
    onError: ({ message }, one) => errors.push([message, one?.key]),
    ...own,
  });
  reconcilers.push(reconciler);
  reconciler.start();
  return { alarms, reconciler };
}
beforeEach(() => {
  jest.useFakeTimers({ now: new Date(NOW) });
  errors = [];
  reconcilers = [];
});
afterEach(async () => {
  const closed = Promise.all(reconcilers.map((reconciler) => reconciler.close()));
  jest.useRealTimers();
  await closed;
  expect(errors).toEqual([]);
});
const seconds = async (count: number) => {
  await jest.advanceTimersByTimeAsync(count * 1000);
  // What was begun at the last instant.
  for (let turn = 0; turn < 20; turn++) await jest.advanceTimersByTimeAsync(0);
};

describe('what is due', () => {
  it('is issued at the start where it is overdue, and armed where it comes within a day', async () => {
    const facts = new Facts(
      due('overdue', '2021-06-01T08:00:00Z'),
      due('now', NOW),
      due('soon', LATER),
      due('tomorrow', '2021-07-02T08:00:00Z'),
      due('far', '2021-07-02T08:00:01Z'),
    );
    const { alarms } = reconciling(facts);
    await seconds(0);
    expect(facts.issued()).toEqual(['now\n1', 'overdue\n1']);
    expect(alarms.armed).toEqual(['soon\n1', 'tomorrow\n1']);
    await seconds(60);
    expect(alarms.armed).toEqual(['soon\n1', 'tomorrow\n1', 'far\n1']);
  });

  it('is issued when its alarm rings, once', async () => {
    const facts = new Facts(due('one', LATER));
    reconciling(facts, { alarms: new LocalAlarms(systemClock) });
    await seconds(29);
    expect(facts.asked).toEqual([]);
    await seconds(1);
    expect(facts.issued()).toEqual(['one\n1']);
    await seconds(600);
    expect(facts.asked).toEqual(['one\n1']);
  });

  it('is issued within a minute, though the alarms are away for hours', async () => {
    const facts = new Facts(...several(3, 'one', LATER), due('late', '2021-07-01T11:00:01Z'));
    const { alarms } = reconciling(facts);
    alarms.away = true;
    await seconds(60);
    expect(facts.issued()).toHaveLength(3);
    await seconds(3 * 3600);
    expect(facts.issued()).toHaveLength(4);
  });

  it('does not wait for alarms that hang while they are armed', async () => {
    const facts = new Facts(due('one', LATER));
    const { alarms, reconciler } = reconciling(facts);
    let answer = (): void => undefined;
    alarms.arm = () => new Promise((resolve) => (answer = resolve));
    facts.move(due('other', LATER));
    reconciler.changed();
    await seconds(60);
    expect(facts.issued()).toEqual(['one\n1', 'other\n1']);
    answer();
  });

  it('is armed once, and again when the alarms have forgotten', async () => {
    const facts = new Facts(due('one', LATER));
    const { alarms, reconciler } = reconciling(facts, { everyMs: 1000 });
    await seconds(5);
    reconciler.changed();
    await seconds(0);
    expect(alarms.armed).toEqual(['one\n1']);
    alarms.listener?.forgotten();
    await seconds(5);
    expect(alarms.armed).toEqual(['one\n1', 'one\n1']);
  });

  it('is armed again where the alarms forgot it while it was being armed', async () => {
    const facts = new Facts(due('one', LATER));
    const { alarms, reconciler } = reconciling(facts, { everyMs: 1000 });
    await seconds(0);
    const arm = alarms.arm.bind(alarms);
    let answer = (): void => undefined;
    alarms.arm = async (some) => {
      alarms.arm = arm;
      await new Promise<void>((resolve) => (answer = resolve));
      await arm(some);
    };
    facts.move(due('other', LATER));
    reconciler.changed();
    await seconds(0);
    alarms.listener?.forgotten();
    answer();
    await seconds(1);
    expect(alarms.armed).toEqual(['one\n1', 'other\n1', 'one\n1', 'other\n1']);
  });

  it('is armed when the alarms are back', async () => {
    const facts = new Facts(due('one', '2021-07-01T12:00:00Z'));
    const { alarms } = reconciling(facts);
    alarms.away = true;
    alarms.armed.length = 0;
    alarms.listener?.forgotten();
    await seconds(600);
    expect(alarms.armed).toEqual([]);
    alarms.away = false;
    alarms.listener?.forgotten();
    await seconds(0);
    expect(alarms.armed).toEqual(['one\n1']);
  });

  it('is seen when facts change, in one look for many changes', async () => {
    const facts = new Facts();
    const looked = jest.fn(facts.due);
    const { alarms, reconciler } = reconciling(facts, { due: looked });
    expect(looked).toHaveBeenCalledTimes(1);
    facts.move(due('one', LATER), due('overdue', NOW));
    for (let change = 0; change < 1000; change++) reconciler.changed();
    await seconds(0);
    expect(looked).toHaveBeenCalledTimes(2);
    expect(alarms.armed).toEqual(['one\n1']);
    expect(facts.issued()).toEqual(['overdue\n1']);
  });

  it('is issued when somebody sets the clock a day ahead', async () => {
    const clock = new SetClock(NOW);
    const facts = new Facts(...several(3, 'one', '2021-07-02T07:00:00Z'), due('far', '2021-07-02T08:00:01Z'));
    const { alarms } = reconciling(facts, { clock });
    clock.set('2021-07-02T08:00:00Z');
    await seconds(0);
    expect(facts.issued()).toEqual(['one-1\n1', 'one-2\n1', 'one-3\n1']);
    expect(alarms.armed).toContain('far\n1');
    clock.set(NOW);
    clock.set('2021-07-02T08:00:00Z');
    await seconds(120);
    expect(facts.asked).toHaveLength(3);
  });

  it('is not issued where a stale alarm rings: it was moved, or done, or dropped', async () => {
    const [moved, done] = [due('moved', LATER), due('done', LATER)];
    const facts = new Facts(moved, done);
    const { alarms } = reconciling(facts);
    await facts.issue(done);
    facts.move(due('moved', '2021-07-01T09:00:00Z', '2'));
    for (const stale of [moved, done, due('dropped', LATER)]) await alarms.ring(stale);
    expect(facts.asked).toEqual(['done\n1']);
    await seconds(3600);
    expect(facts.issued()).toEqual(['done\n1', 'moved\n2']);
  });

  it('is not issued where it was moved while it waited for its turn', async () => {
    const facts = new Facts(due('first', NOW), due('moved', NOW));
    let finish = (): void => undefined;
    reconciling(facts, {
      atOnce: 1,
      fire: async (one) => {
        if (one.key === 'first') await new Promise<void>((resolve) => (finish = resolve));
        await facts.issue(one);
      },
    });
    facts.move(due('moved', LATER, '2'));
    finish();
    await seconds(0);
    expect(facts.asked).toEqual(['first\n1']);
    await seconds(60);
    expect(facts.asked).toEqual(['first\n1', 'moved\n2']);
    expect(facts.issued()).toEqual(['first\n1', 'moved\n2']);
  });
});

describe('issuing', () => {
  it('is asked once at a time, whatever rings while it is under way', async () => {
    const one = due('one', NOW);
    const facts = new Facts(one);
    let finish = (): void => undefined;
    let asked = 0;
    const { alarms, reconciler } = reconciling(facts, {
      fire: async (due) => {
        asked++;
        await new Promise<void>((resolve) => (finish = resolve));
        await facts.issue(due);
      },
    });
    const rung = [alarms.ring(one), alarms.ring(one)];
    reconciler.changed();
    await seconds(60);
    expect(asked).toBe(1);
    finish();
    await Promise.all(rung);
    expect(facts.issued()).toEqual(['one\n1']);
  });

  it('is of so many at once, the soonest first', async () => {
    const facts = new Facts(...several(9, 'one', NOW), due('sooner', '2021-06-30T08:00:00Z'));
    let underWay = 0;
    let most = 0;
    reconciling(facts, {
      atOnce: 3,
      fire: async (one) => {
        most = Math.max(most, ++underWay);
        await facts.issue(one);
        underWay--;
      },
    });
    await seconds(1);
    expect(facts.issued()).toHaveLength(10);
    expect(most).toBe(3);
    expect(facts.asked[0]).toBe('sooner\n1');
  });

  it('is issued at once too where only the first of many are told at a time', async () => {
    const facts = new Facts(...several(9, 'one', NOW));
    reconciling(facts, { due: (until) => facts.due(until).slice(0, 2) });
    await seconds(1);
    expect(facts.issued()).toHaveLength(9);
  });

  it('that fails is told, rejects what rang, stops no other, and is tried again each minute, not at each change', async () => {
    const broken = due('broken', NOW);
    const facts = new Facts(broken, due('other', NOW));
    let mended = false;
    const { alarms, reconciler } = reconciling(facts, {
      fire: async (one) => {
        if (one.key === 'broken' && !mended) throw new Error('disk full');
        await facts.issue(one);
      },
    });
    await seconds(0);
    expect(facts.issued()).toEqual(['other\n1']);
    const told: [string, string][] = [['disk full', 'broken']];
    for (let change = 0; change < 3; change++) {
      reconciler.changed();
      await seconds(0);
    }
    expect(errors).toEqual(told);
    await expect(alarms.ring(broken)).rejects.toThrow('disk full');
    await seconds(60);
    expect(errors).toEqual([...told, ...told, ...told]);
    mended = true;
    await seconds(60);
    expect(facts.issued()).toEqual(['broken\n1', 'other\n1']);
    errors = [];
  });

  it('goes on after a question to the views that failed', async () => {
    const facts = new Facts(due('one', NOW));
    let broken = true;
    reconciling(facts, {
      due: (until) => {
        if (broken) throw new Error('no such table');
        return facts.due(until);
      },
    });
    await seconds(59);
    expect(errors).toEqual([['no such table', undefined]]);
    broken = false;
    await seconds(1);
    expect(facts.issued()).toEqual(['one\n1']);
    errors = [];
  });

  it('under way is finished by closing; what waits for its turn is left to whoever comes', async () => {
    const facts = new Facts(due('one', NOW), due('two', NOW));
    let finish = (): void => undefined;
    const { reconciler } = reconciling(facts, {
      atOnce: 1,
      fire: async (one) => {
        await new Promise<void>((resolve) => (finish = resolve));
        await facts.issue(one);
      },
    });
    const closed = reconciler.close();
    finish();
    await seconds(0);
    await closed;
    await seconds(600);
    expect(facts.issued()).toEqual(['one\n1']);
    reconciling(facts);
    await seconds(0);
    expect(facts.issued()).toEqual(['one\n1', 'two\n1']);
  });
});

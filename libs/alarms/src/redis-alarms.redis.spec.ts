import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { SetClock, systemClock } from '#commands/clock.js';
import { AlarmsAway, type Due, idOf } from './alarms.js';
import { due, Facts, inSeconds, several, until } from './fixtures.js';
import { Reconciler, type ReconcilerOptions } from './reconciler.js';
import { RedisAlarms, type RedisAlarmsOptions } from './redis-alarms.js';
import { RedisServer } from './redis-server.js';
import type { Rung } from './ringing-process.js';
import { withRedis } from './with-redis.js';

/** Long enough for a busy machine to renew it; where a process is killed, short enough to wait for its end. */
const LOCK_MS = 3000;
const SHORT_LOCK_MS = 400;
/** Processes start slowly on a machine that is busy. */
let redis: RedisServer;
let owner = '';
let tests = 0;
let errors: string[];
let ends: (() => Promise<unknown>)[];
const alarmsOf = (own: Partial<RedisAlarmsOptions> = {}): RedisAlarms => {
  const alarms = new RedisAlarms({
    url: redis.url,
    owner,
    clock: systemClock,
    onError: ({ message }) => errors.push(message),
    lockMs: LOCK_MS,
    stalledEveryMs: LOCK_MS,
    checkEveryMs: 100,
    tryAgainMs: 50,
    ...own,
  });
  ends.push(() => alarms.close());
  return alarms;
};
/** It looks by itself only once a minute: in these tests it is the alarms that wake. */
function reconciling(facts: Facts, own: Partial<ReconcilerOptions> = {}, alarms = alarmsOf(own)): Reconciler {
  const reconciler = new Reconciler({
    alarms,
    clock: systemClock,
    due: facts.due,
    stillDue: facts.stillDue,
    fire: facts.issue,
    onError: ({ message }) => errors.push(message),
    ...own,
  });
  ends.push(() => reconciler.close());
  reconciler.start();
  return reconciler;
}
/** Another process on the same Redis, which asks here to issue; it is ready. */
async function process(
  atOnce: number,
  lockMs: number,
  ring: (one: Due) => Promise<void>,
): Promise<{ kill(): Promise<void> }> {
  const program = fileURLToPath(new URL('./ringing-process.js', import.meta.url));
  const child = fork(program, [redis.url, owner, String(lockMs), String(atOnce)], { execArgv: [] });
  const kill = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  };
  ends.push(kill);
  await once(child, 'message');
  child.on('message', (message: Partial<Rung>) => {
    const { rung } = message;
    if (rung) void ring(rung).then(() => child.connected && child.send({ issued: rung }));
  });
  return { kill };
}
/** What is kept of jobs; beside one under way there is its lock. */
const jobs = async (): Promise<string[]> => {
  const keys = await redis.ask((asking) => asking.keys(`convergence-${owner}:alarms:rem_*`));
  return keys.filter((key) => !key.endsWith(':lock'));
};
/** When the first of those that wait would ring, milliseconds: BullMQ keeps it with twelve bits of a counter. */
const soonest = async (): Promise<number> => {
  const delayed = `convergence-${owner}:alarms:delayed`;
  const score = await redis.ask(async (it) => it.zscore(delayed, (await it.zrange(delayed, 0, '0'))[0] ?? ''));
  return Number(score) / 4096;
};
const areArmed = (count: number) => until(`${count} armed`, async () => (await jobs()).length === count);
const allIssued = (facts: Facts, dues: readonly Due[]) =>
  until('all issued', () => facts.issued().length >= dues.length);
const onceEach = (dues: readonly Due[]): string[] => dues.map(idOf).sort();

withRedis('alarms on Redis', () => {
  beforeAll(async () => {
    redis = await RedisServer.start();
  });
  afterAll(() => redis.stop());
  beforeEach(() => {
    owner = `log-${++tests}`;
    errors = [];
    ends = [];
  });
  afterEach(async () => {
    redis.goOn();
    for (const end of ends.reverse()) await end();
  });

  it('ring at their instant, once, whatever their keys, and leave nothing behind', async () => {
    const at = inSeconds(1);
    const dues = ['a:b', 'a_rb', 'é ~!*', '12', 'a'].flatMap((key) => [due(key, at), due(key, at, 'b_r2')]);
    const rung: [string, number][] = [];
    const alarms = alarmsOf();
    alarms.start({
      ring: async (one) => void rung.push([idOf(one), Date.now() - Date.parse(one.at)]),
      forgotten: () => undefined,
    });
    await until('connected', () => alarms.status().connected);
    await alarms.arm([...dues, ...dues]);
    await alarms.arm(dues);
    await until('all rung', () => rung.length >= dues.length);
    await until('all gone', async () => (await jobs()).length === 0);
    expect(rung.map(([id]) => id).sort()).toEqual(onceEach(dues));
    expect(rung.every(([, late]) => late >= 0)).toBe(true);
    expect(alarms.status()).toEqual({ kind: 'redis', connected: true });
  });

  it('ring again, a little later, where the listener rejected; what it said stays out of Redis', async () => {
    const alarms = alarmsOf();
    let rung = 0;
    let kept = '';
    alarms.start({
      ring: async () => {
        kept += JSON.stringify(await redis.ask(async (it) => it.hgetall((await jobs())[0] ?? '')));
        if (++rung < 3) throw new Error('Camille is not there');
      },
      forgotten: () => undefined,
    });
    await until('connected', () => alarms.status().connected);
    await alarms.arm([due('one', inSeconds(0))]);
    await until('rung again and done', async () => rung >= 3 && (await jobs()).length === 0);
    expect(kept).not.toContain('Camille');
    expect(errors).toEqual([]);
  });

  it('are armed again after a FLUSHALL: none is lost, nor issued twice', async () => {
    const dues = [...several(100, 'one', inSeconds(3)), ...several(100, 'other', inSeconds(4))];
    const facts = new Facts(...dues);
    reconciling(facts);
    await areArmed(200);
    await redis.ask((asking) => asking.flushall());
    await areArmed(200);
    expect(facts.asked).toEqual([]);
    await allIssued(facts, dues);
    await until('all gone', async () => (await jobs()).length === 0);
    expect(facts.issued()).toEqual(onceEach(dues));
    expect(facts.asked).toHaveLength(200);
  });

  it.each(['with its data', 'without its data'] as const)(
    'are all issued once where Redis was killed, and is back %s',
    async (how) => {
      const dues = [...several(50, 'before', inSeconds(3)), ...several(50, 'after', inSeconds(5))];
      const facts = new Facts(...dues);
      const reconciler = reconciling(facts);
      await areArmed(100);
      await redis.kill();
      await until('it is told', () => errors.length > 0);
      const [meanwhile] = several(1, 'meanwhile', inSeconds(3));
      if (meanwhile) dues.push(meanwhile);
      facts.move(...dues);
      reconciler.changed();
      await redis.restart(how);
      await allIssued(facts, dues);
      expect(facts.issued()).toEqual(onceEach(dues));
      expect(errors).toEqual([expect.stringMatching(/; reminders may be a minute late until it is back$/)]);
    },
  );

  it('fail fast while Redis is away or hangs, and close all the same', async () => {
    const alarms = alarmsOf();
    alarms.start({ ring: async () => undefined, forgotten: () => undefined });
    await until('connected', () => alarms.status().connected);
    await redis.kill();
    await until('away', () => !alarms.status().connected);
    await expect(alarms.arm([due('one', inSeconds(60))])).rejects.toThrow(AlarmsAway);
    const begun = performance.now();
    await alarms.close();
    await redis.restart('with its data');
    const hung = alarmsOf({ answerWithinMs: 500 });
    hung.start({ ring: async () => undefined, forgotten: () => undefined });
    await until('connected', () => hung.status().connected);
    redis.hang();
    await expect(hung.arm([due('one', inSeconds(60))])).rejects.toThrow(AlarmsAway);
    await hung.close();
    expect(performance.now() - begun).toBeLessThan(8000);
  });

  it('are issued where Redis was never there, and ring once it comes', async () => {
    await redis.kill();
    const dues = [...several(3, 'overdue', inSeconds(-60)), ...several(3, 'coming', inSeconds(3))];
    const facts = new Facts(...dues);
    reconciling(facts);
    await until('the overdue are issued', () => facts.issued().length === 3);
    expect(errors).toHaveLength(1);
    await redis.restart('with its data');
    await allIssued(facts, dues);
    expect(facts.issued()).toEqual(onceEach(dues));
    expect(errors).toHaveLength(1);
  });

  it.each([
    ['before it issued anything', false],
    ['after it issued, before the job was done', true],
  ])('of a process killed in the middle of a job, %s, are taken over by another', async (_, hasIssued) => {
    const one = due('one', inSeconds(1));
    const facts = new Facts(one);
    const held: string[] = [];
    const other = await process(1, SHORT_LOCK_MS, async (rung) => {
      if (hasIssued) await facts.issue(rung);
      held.push(idOf(rung));
      await new Promise(() => undefined);
    });
    const arming = alarmsOf();
    await until('connected', () => arming.status().connected);
    await arming.arm([one]);
    await until('the job is under way', () => held.length === 1);
    const rung: string[] = [];
    alarmsOf({ lockMs: SHORT_LOCK_MS, stalledEveryMs: SHORT_LOCK_MS }).start({
      ring: async (again) => {
        rung.push(idOf(again));
        await facts.issue(again);
      },
      forgotten: () => undefined,
    });
    await other.kill();
    await until('taken over', async () => rung.length > 0 && (await jobs()).length === 0);
    expect(facts.issued()).toEqual([idOf(one)]);
  });

  it('of two processes are issued once each, by whichever rings', async () => {
    const facts = new Facts();
    let rungThere = 0;
    let rungHere = 0;
    await process(5, LOCK_MS, async (rung) => {
      rungThere++;
      await facts.issue(rung);
    });
    const dues = several(200, 'one', inSeconds(3));
    facts.move(...dues);
    reconciling(facts, {
      atOnce: 5,
      fire: async (one) => {
        rungHere++;
        await until('the other rings too', () => rungThere > 0);
        await facts.issue(one);
      },
    });
    await allIssued(facts, dues);
    expect(facts.issued()).toEqual(onceEach(dues));
    // What is under way there is overdue by the facts, so that it may ring here too: each once at most.
    expect([rungThere > 0, rungHere > 0]).toEqual([true, true]);
    expect(rungThere + rungHere).toBeLessThanOrEqual(2 * dues.length);
  });

  it('of two services that both find the same overdue are issued once: the fact decides', async () => {
    const dues = [...several(100, 'overdue', inSeconds(-60)), ...several(100, 'coming', inSeconds(1))];
    const facts = new Facts(...dues);
    reconciling(facts);
    reconciling(facts);
    await allIssued(facts, dues);
    await until('all gone', async () => (await jobs()).length === 0);
    expect(facts.asked.length).toBeGreaterThan(200);
    expect(facts.issued()).toEqual(onceEach(dues));
  });

  it('follow a clock that is moved a day, and never ring early by it', async () => {
    const clock = new SetClock('2021-07-01T08:00:00Z');
    const soon = several(20, 'soon', '2021-07-01T08:00:01Z');
    const tomorrow = several(20, 'tomorrow', '2021-07-02T08:00:00Z');
    const facts = new Facts(...soon, ...tomorrow);
    const early: string[] = [];
    const alarms = alarmsOf({ clock });
    reconciling(
      facts,
      { clock, fire: (one) => (one.at > clock.now() && early.push(one.key), facts.issue(one)) },
      alarms,
    );
    await areArmed(40);
    const first = await soonest();
    const delayed = () => redis.ask((it) => it.zcard(`convergence-${owner}:alarms:delayed`));
    await until(
      'the first came, early, and wait again',
      async () => (await soonest()) > first + 500 && (await delayed()) === 40,
    );
    expect(facts.asked).toEqual([]);
    clock.set('2021-07-02T08:00:00Z');
    await until('all issued', () => facts.issued().length === 40);
    await until('the first rang and were stale', async () => (await jobs()).length === 20);
    expect(facts.issued()).toEqual(onceEach([...soon, ...tomorrow]));
    expect([facts.asked.length, early]).toEqual([40, []]);
  });

  it('of what is shifted while it is due are issued once, under the revision that holds', async () => {
    const before = several(300, 'one', inSeconds(2));
    const facts = new Facts(...before);
    let shifted: Due[] = [];
    const reconciler: Reconciler = reconciling(facts, {
      atOnce: 10,
      fire: async (one) => {
        await facts.issue(one);
        if (shifted.length > 0 || facts.issued().length < 50) return;
        const later = inSeconds(2);
        shifted = before.filter(facts.stillDue).map(({ key }) => due(key, later, '2'));
        facts.move(...shifted);
        reconciler.changed();
      },
    });
    await allIssued(facts, before);
    await until('all gone', async () => (await jobs()).length === 0);
    const kept = before.filter(({ key }) => !shifted.some((one) => one.key === key));
    expect(shifted.length).toBeGreaterThan(200);
    expect(facts.issued()).toEqual(onceEach([...kept, ...shifted]));
  });

  it('of several services on one Redis ring each in its own', async () => {
    const [mine, theirs] = [new Facts(due('one', inSeconds(1))), new Facts(due('other', inSeconds(1)))];
    reconciling(mine);
    reconciling(theirs, {}, alarmsOf({ owner: `${owner}-theirs` }));
    await until('both issued', () => mine.issued().length + theirs.issued().length === 2);
    expect([mine.asked, theirs.asked]).toEqual([['one\n1'], ['other\n1']]);
  });
});

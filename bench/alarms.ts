import { Queue, Worker } from 'bullmq';
import type { Alarms, Due } from '#alarms/alarms.js';
import { LocalAlarms } from '#alarms/local-alarms.js';
import { Reconciler } from '#alarms/reconciler.js';
import { RedisAlarms } from '#alarms/redis-alarms.js';
import { patient } from '#alarms/redis-connection.js';
import { hasRedisServer, RedisServer } from '#alarms/redis-server.js';
import { systemClock } from '#commands/clock.js';
import { later, toSecond } from '#domain/instants.js';
import { atMost, type Row } from './report.js';

const ADDED = 40_000;
const DRAINED = 10_000;
const CONCURRENCY = 50;
const IN_ONE_GO = 1000;
const DAY_MS = 86_400_000;
/** Before what is drained is due, so that it is all armed by then: seconds. */
const AHEAD = 10;

/** Figures that other steps are held against, in milliseconds. */
export interface BareBullMQ {
  readonly adding: number;
  readonly lateness: Lateness;
}
export interface Lateness {
  readonly p50: number;
  readonly p99: number;
}

export function latenessOf(late: readonly number[]): Lateness {
  const sorted = [...late].sort((a, b) => a - b);
  const at = (part: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? NaN;
  return { p50: at(0.5), p99: at(0.99) };
}

/** Alarms on a Redis of their own, beside BullMQ alone on it; and those of the process. */
export async function alarms(): Promise<Row[]> {
  const local = await arming('local alarms', new LocalAlarms(systemClock));
  if (!hasRedisServer()) {
    console.error('alarms on Redis: skipped, no redis-server on the PATH');
    return local;
  }
  const redis = await RedisServer.start();
  try {
    const bare: BareBullMQ = { adding: await bareAdding(redis), lateness: await bareDraining(redis) };
    const through = await draining(redis);
    const url = redis.url;
    const own = new RedisAlarms({ url, owner: 'arming', clock: systemClock, onError: console.error });
    await new Promise<void>((forgotten) => own.start({ ring: () => Promise.resolve(), forgotten }));
    return [
      ...local,
      { name: `bare BullMQ, adding ${ADDED} delayed jobs`, value: bare.adding / 1000, unit: 's' },
      { name: `bare BullMQ, ${DRAINED} due at once, lateness p50`, value: bare.lateness.p50, unit: 'ms' },
      { name: `bare BullMQ, ${DRAINED} due at once, lateness p99`, value: bare.lateness.p99, unit: 'ms' },
      { name: `alarms on Redis, ${DRAINED} due at once, lateness p50`, value: through.p50, unit: 'ms' },
      atMost(
        `alarms on Redis, ${DRAINED} due at once, lateness p99`,
        through.p99,
        'ms',
        Math.round(2 * bare.lateness.p99),
      ),
      ...(await arming('alarms on Redis', own)),
    ];
  } finally {
    await redis.stop();
  }
}

/** How long BullMQ takes alone to add so many jobs that are due tomorrow: milliseconds. */
export async function bareAdding(redis: RedisServer, count = ADDED): Promise<number> {
  const connection = patient(redis.url);
  const queue = new Queue('adding', { connection });
  await queue.waitUntilReady();
  const from = performance.now();
  await add(queue, count, Date.now() + DAY_MS);
  const took = performance.now() - from;
  await queue.close();
  connection.disconnect();
  return took;
}

/** How late jobs due at the same moment are, whose work is nothing: milliseconds. */
export async function bareDraining(redis: RedisServer, count = DRAINED): Promise<Lateness> {
  const connection = patient(redis.url);
  const queue = new Queue('draining', { connection });
  await queue.waitUntilReady();
  const due = Date.now() + AHEAD * 1000;
  await add(queue, count, due);
  const late = await new Promise<number[]>((done) => {
    const rung: number[] = [];
    const ring = (): Promise<void> => {
      if (rung.push(Date.now() - due) === count) setImmediate(() => void worker.close().then(() => done(rung)));
      return Promise.resolve();
    };
    const worker = new Worker('draining', ring, { connection, concurrency: CONCURRENCY });
  });
  await queue.close();
  connection.disconnect();
  return latenessOf(late);
}

async function add(queue: Queue, count: number, due: number): Promise<void> {
  for (let from = 0; from < count; from += IN_ONE_GO) {
    const jobs = Array.from({ length: Math.min(IN_ONE_GO, count - from) }, (_, index) => ({
      name: 'bare',
      data: { key: `bare-${from + index}` },
      opts: { jobId: `bare-${from + index}`, delay: due - Date.now(), removeOnComplete: true },
    }));
    await queue.addBulk(jobs);
  }
}

/** The same through port and reconciler, whose command is nothing. */
async function draining(redis: RedisServer): Promise<Lateness> {
  const at = toSecond(new Date(Date.now() + AHEAD * 1000));
  const waiting = new Map(dues(DRAINED, 'drained', at).map((due) => [due.key, due]));
  const own = new RedisAlarms({ url: redis.url, owner: 'draining', clock: systemClock, onError: console.error });
  const late = await new Promise<number[]>((done) => {
    const rung: number[] = [];
    const reconciler = new Reconciler({
      alarms: own,
      clock: systemClock,
      due: () => [...waiting.values()],
      stillDue: ({ key }) => waiting.has(key),
      fire: ({ key }) => {
        waiting.delete(key);
        if (rung.push(Date.now() - Date.parse(at)) === DRAINED) {
          setImmediate(() => void reconciler.close().then(() => done(rung)));
        }
        return Promise.resolve();
      },
      onError: console.error,
    });
    reconciler.start();
  });
  return latenessOf(late);
}

/** What one more costs where a thousand are armed and where 100 000 are. */
async function arming(name: string, own: Alarms): Promise<Row[]> {
  const at = later(systemClock.now(), DAY_MS);
  const timed = async (label: string): Promise<number> => {
    const more = dues(5 * IN_ONE_GO, label, at);
    const from = performance.now();
    await own.arm(more);
    return ((performance.now() - from) * 1000) / more.length;
  };
  await timed('warm');
  const few = await timed('few');
  await own.arm(dues(90_000, 'many', at));
  const many = await timed('more');
  await own.close();
  return [
    { name: `${name}, arming one of the first`, value: few, unit: 'µs' },
    atMost(`${name}, arming one more beyond 100 000`, many, 'µs', Math.ceil(2 * few)),
  ];
}

const dues = (count: number, name: string, at: string): Due[] =>
  Array.from({ length: count }, (_, index) => ({ key: `${name}-${index}`, revision: '1', at }));

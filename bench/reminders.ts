import { setTimeout as pause } from 'node:timers/promises';
import { later, toSecond } from '#domain/instants.js';
import { factsGeneration } from '#domain/facts.js';
import { SqliteEventStore } from '#event-store/sqlite.js';
import { hasRedisServer, RedisServer } from '#alarms/redis-server.js';
import { join } from 'node:path';
import { bareDraining, latenessOf } from './alarms.js';
import { addressOf, applicants, drafts, FIRST_APPLICANT, leads, openCall } from './reminder-seed.js';
import { atMost, type Row } from './report.js';
import { type Append, appendAll } from './seed.js';
import { startService } from './servers.js';
import { Mailbox } from './smtp.js';

const PEOPLE = 10_000;
const HOUR_MS = 3_600_000;
/** From the last fact of the seed to the reminder, in which the service starts: milliseconds. */
const AHEAD_MS = 20_000;

/** (k): a round of reminders to 10 000 people, from the instant it is due to the arrival of each message. */
export async function reminding(folder: string): Promise<Row[]> {
  if (!hasRedisServer()) {
    console.error('k  reminders due at once: skipped, no redis-server on the PATH');
    return [];
  }
  const redis = await RedisServer.start();
  const mailbox = await Mailbox.start();
  try {
    const bare = await bareDraining(redis, PEOPLE);
    const store = SqliteEventStore.open({ path: join(folder, 'log.db'), generation: factsGeneration });
    const seeded = (appends: Iterable<Append>): Promise<void> => appendAll(store, appends);
    await seeded(leads());
    await seeded(applicants(PEOPLE));
    const due = toSecond(new Date(Date.now() + AHEAD_MS));
    await seeded(openCall(later(due, HOUR_MS), [1]));
    await seeded(drafts(PEOPLE));
    await store.close();
    const service = await startService(folder, { SMTP_URL: mailbox.url, REDIS_URL: redis.url });
    if (Date.now() >= Date.parse(due)) throw new Error('The reminder was due before the service was there.');
    await pause(Date.parse(due) - Date.now());
    const spent = service.cpu();
    const arrived = await mailbox.arrived(PEOPLE);
    const late = latenessOf(arrived.map(({ at }) => at - Date.parse(due)));
    const facts = await recorded(folder);
    const cpu = service.cpu() - spent;
    const memory = service.memory();
    await service.stop();
    const wanted = new Set(Array.from({ length: PEOPLE }, (_, index) => addressOf(FIRST_APPLICANT + index)));
    for (const { to } of arrived)
      if (!wanted.delete(to)) throw new Error(`Twice to the same person, or to nobody: ${to}`);
    const again = await Promise.race([mailbox.arrived(1), pause(1000)]);
    if (again) throw new Error('A message went out twice.');
    return [
      { name: `k  bare BullMQ, ${PEOPLE} due at once, lateness p99`, value: bare.p99, unit: 'ms' },
      { name: `k  ${PEOPLE} reminders due at once, lateness p50`, value: late.p50, unit: 'ms' },
      atMost(`k  ${PEOPLE} reminders due at once, lateness p99`, late.p99, 'ms', Math.round(2 * bare.p99)),
      { name: 'k  until the last is recorded as delivered', value: facts - Date.parse(due), unit: 'ms' },
      { name: 'k  processor time of the service for one of them', value: (cpu * 1000) / PEOPLE, unit: 'µs' },
      { name: 'k  resident afterwards', value: memory, unit: 'MB' },
    ];
  } finally {
    mailbox.stop();
    await redis.stop();
  }
}

/** When everything was recorded, each exactly once: milliseconds since 1970. */
async function recorded(folder: string): Promise<number> {
  const store = SqliteEventStore.open({ path: join(folder, 'log.db'), generation: factsGeneration });
  const stop = new AbortController();
  const streams = { NoticeIssued: new Set<string>(), NoticeDelivered: new Set<string>() };
  try {
    for await (const { events } of store.follow(undefined, stop.signal, { types: Object.keys(streams) })) {
      for (const { type, stream } of events) {
        const known = streams[type as keyof typeof streams];
        if (known.has(stream)) throw new Error(`${type} twice on ${stream}`);
        known.add(stream);
      }
      if (streams.NoticeDelivered.size === PEOPLE) break;
    }
    if (streams.NoticeIssued.size !== PEOPLE) throw new Error('Not every reminder was issued.');
    return Date.now();
  } finally {
    stop.abort();
    await store.close();
  }
}

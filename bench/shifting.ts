import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { hasRedisServer, RedisServer } from '#alarms/redis-server.js';
import { accepted, Client } from '#client/client.js';
import { idFrom } from '#commands/ids.js';
import type { Instant } from '#domain/decider.js';
import { factsGeneration } from '#domain/facts.js';
import { later, toSecond } from '#domain/instants.js';
import { SqliteEventStore } from '#event-store/sqlite.js';
import { bareAdding, latenessOf } from './alarms.js';
import { PacedReader } from './pacing.js';
import {
  applicants,
  ars,
  ARS,
  CALL,
  dreets,
  DREETS,
  draftOf,
  drafts,
  FIRST_APPLICANT,
  leads,
  openCall,
} from './reminder-seed.js';
import { atMost, median, type Row } from './report.js';
import { appendAll, contents, token } from './seed.js';
import { startService } from './servers.js';
import { Mailbox } from './smtp.js';

const DRAFTS = 10_000;
const EACH = 4;
/** A call without files that is shifted first: the first of its kind would also measure the reading of its program. */
const WARM = idFrom('bench', 'warm');
const READS_PER_SECOND = 50;
const IDLE_MS = 8000;
const ORDINARY = 200;
const HOUR_MS = 3_600_000;
const DAYS_OPEN = 20;
/** Hours from now at which the reminders go out once the call is shifted: within the horizon of the alarms. */
const SHIFTED_TO = [9, 8, 7, 6];
const SHIFTED_BY = 2;

interface Reminders {
  readonly items: readonly { readonly dueAt: Instant; readonly status: string; readonly at: Instant }[];
}

/** (j): the last lead agrees to shift a call of 10 000 drafts, each with four reminders to come. */
export async function shifting(folder: string): Promise<Row[]> {
  if (!hasRedisServer()) {
    console.error('j  agreeing to a shift: skipped, no redis-server on the PATH');
    return [];
  }
  const redis = await RedisServer.start();
  const mailbox = await Mailbox.start();
  let reader: PacedReader | undefined;
  try {
    const adding = await bareAdding(redis, DRAFTS * EACH);
    const closesAt = later(toSecond(new Date()), DAYS_OPEN * 24 * HOUR_MS);
    const store = SqliteEventStore.open({ path: join(folder, 'log.db'), generation: factsGeneration });
    await appendAll(store, leads());
    await appendAll(store, applicants(DRAFTS));
    const hours = SHIFTED_TO.map((left) => DAYS_OPEN * 24 + SHIFTED_BY - left);
    for (const call of [WARM, CALL]) await appendAll(store, openCall(closesAt, hours, call));
    await appendAll(store, drafts(DRAFTS));
    await store.close();
    const service = await startService(folder, { SMTP_URL: mailbox.url, REDIS_URL: redis.url });
    const { port } = service;
    const as = (index: number): Client => new Client(`http://127.0.0.1:${port}`, token(index));
    const until = later(closesAt, SHIFTED_BY * HOUR_MS);
    for (const call of [WARM, CALL]) {
      const changes = [{ kind: 'submissionDeadline', at: until }];
      const reason = 'Les associations ont demandé un peu plus de temps.';
      accepted(await as(ars).post(`/api/calls/${call}/propose-shift`, { institution: ARS, changes, reason }));
    }
    const agree = async (call: string): Promise<void> => {
      accepted(await as(dreets).post(`/api/calls/${call}/agree-to-shift`, { institution: DREETS, proposal: 1 }));
    };
    await agree(WARM);
    const ordinary = await saving(as);
    const path = `/api/applications/${draftOf(FIRST_APPLICANT)}`;
    reader = PacedReader.start({ port, path, token: token(FIRST_APPLICANT), perSecond: READS_PER_SECOND });
    await pause(1000);
    await reader.latencies();
    await pause(IDLE_MS);
    const idle = latenessOf(await reader.latencies());

    const from = performance.now();
    await agree(CALL);
    const agreed = performance.now() - from;
    await shown(as(ars), until);
    await armed(redis, until);
    const rearmed = performance.now() - from;
    // To the other lead that a shift is proposed, and to everybody concerned that the dates moved; the same of the first.
    await mailbox.arrived(2 * (1 + 2) + DRAFTS);
    const told = performance.now() - from;
    const busy = latenessOf(await reader.latencies());
    reader.stop();
    await service.stop();
    return [
      { name: 'j  an ordinary command, p50', value: ordinary, unit: 'ms' },
      atMost(`j  agreeing to a shift of ${DRAFTS} drafts`, agreed, 'ms', Math.round(10 * ordinary)),
      { name: `j  bare BullMQ, adding ${DRAFTS * EACH} jobs`, value: adding, unit: 'ms' },
      atMost(`j  until ${DRAFTS * EACH} reminders have their new dates`, rearmed, 'ms', Math.round(adding)),
      { name: `j  until ${DRAFTS} people were told`, value: told, unit: 'ms' },
      { name: 'j  read one application, idle, p99', value: idle.p99, unit: 'ms' },
      { name: 'j  read one application meanwhile, p50', value: busy.p50, unit: 'ms' },
      atMost('j  read one application meanwhile, p99', busy.p99, 'ms', Math.round(5 * idle.p99)),
    ];
  } finally {
    reader?.stop();
    mailbox.stop();
    await redis.stop();
  }
}

/** What an ordinary command takes: a draft saved by its applicant. */
async function saving(as: (index: number) => Client): Promise<number> {
  const took: number[] = [];
  for (let index = FIRST_APPLICANT; index < FIRST_APPLICANT + ORDINARY; index++) {
    const from = performance.now();
    accepted(await as(index).post(`/api/applications/${draftOf(index)}/save-draft`, contents, { ifMatch: '"0"' }));
    took.push(performance.now() - from);
  }
  return median(took.slice(ORDINARY / 4));
}

/** Until the reminders that are planned are those of the new date, and of no other. */
async function shown(lead: Client, dueAt: Instant): Promise<void> {
  for (;;) {
    const { items } = accepted(await lead.get<Reminders>(`/api/calls/${CALL}/reminders`));
    const planned = items.filter(({ status, at }) => status === 'planned' && at > toSecond(new Date()));
    const ofCall = planned.filter((item) => item.dueAt === dueAt);
    if (ofCall.length === EACH && planned.length === EACH) return;
  }
}

/** Until alarms for them are in Redis. */
async function armed(redis: RedisServer, dueAt: Instant): Promise<void> {
  const wanted = encodeURIComponent(dueAt);
  await redis.ask(async (own) => {
    for (;;) {
      const [key = ''] = await own.keys('convergence-*:alarms:delayed');
      const jobs = key === '' ? [] : await own.zrange(key, '0', '-1');
      if (jobs.filter((job) => job.includes(wanted) && job.includes(CALL)).length === EACH) return;
      await pause(2);
    }
  });
}

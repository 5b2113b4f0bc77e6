import { EventStoreDBClient, jsonEvent, NO_STREAM } from '@eventstore/db-client';
import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { factsGeneration } from '#domain/facts.js';
import { EventStoreDb } from '#event-store/eventstoredb.js';
import { clientUrl } from '#event-store/eventstoredb-url.js';
import { models } from '#read-models/models.js';
import { Projector } from '#read-models/projector.js';
import { CLIENTS, type Measured, sure } from './load.js';
import { atLeast, median, type Row } from './report.js';
import { contents, fileId, fill, PEOPLE, seed, token } from './seed.js';
import { type Started, startService } from './servers.js';

/** Short ones, so that both sides meet the same machine. */
const ROUNDS = 15;
const APPENDS = 500;
const FILES = 4000;
const SUBMITTED_FILES = 30_000;
const SECONDS = 4;

/** A log of its own on that server. */
const apart = (url: string): string => `${url}${url.includes('?') ? '&' : '?'}space=bench-${randomUUID()}`;

/** The client appends by itself, without the stream that it shares, where a call has credentials of its own. */
const credentials = { username: 'bench', password: 'bench' };

const data = { text: 'x'.repeat(800) };
const metadata = { at: '2030-01-01T00:00:00Z', by: randomUUID(), command: randomUUID() };

/** (n): appends of one event through the port, against the same by the client alone, 32 at a time and in turns. */
export async function appending(url: string): Promise<Row[]> {
  const store = await EventStoreDb.open({ url: apart(url), generation: factsGeneration });
  const client = EventStoreDBClient.connectionString(clientUrl(url));
  const through = (): Promise<unknown> =>
    store.append(randomUUID(), 'none', [{ id: randomUUID(), type: 'Happened', schema: 1, data, metadata }]);
  const bare = (): Promise<unknown> =>
    client.appendToStream(`bare-${randomUUID()}`, jsonEvent({ id: randomUUID(), type: 'Happened', data, metadata }), {
      expectedRevision: NO_STREAM,
      credentials,
    });
  const rate = async (append: () => Promise<unknown>): Promise<number> => {
    let left = APPENDS;
    const from = performance.now();
    await Promise.all(
      Array.from({ length: CLIENTS }, async () => {
        while (left-- > 0) await append();
      }),
    );
    return APPENDS / ((performance.now() - from) / 1000);
  };
  await rate(bare);
  await rate(through);
  const rounds: (readonly [bare: number, through: number])[] = [];
  for (let round = 0; round < ROUNDS; round++) rounds.push([await rate(bare), await rate(through)]);
  await store.close();
  await client.dispose();
  return [
    { name: 'n  EventStoreDB, bare append', value: median(rounds.map(([alone]) => alone)), unit: 'appends/s' },
    { name: 'n  append through the port', value: median(rounds.map(([, port]) => port)), unit: 'appends/s' },
    atLeast('n  port/bare', median(rounds.map(([alone, port]) => port / alone)), 'ratio', 0.8),
  ];
}

/** (o): all read models from the first fact, against the client reading the same events of `$all` and no more. */
export async function rebuildingFrom(url: string, folder: string): Promise<Row[]> {
  const store = await EventStoreDb.open({ url: apart(url), generation: factsGeneration });
  const client = EventStoreDBClient.connectionString(clientUrl(url));
  await fill(store, FILES, 'finished');
  const [first] = await store.readAll(undefined, 1);
  const [commit = 0n, prepare = 0n] = (first?.position ?? '').split('/').map(BigInt);
  const projector = await Projector.open(folder, store, models);
  await projector.reached((await store.head()) ?? '', 600_000);
  let events = 0;
  const bare = async (): Promise<void> => {
    events = 0;
    for await (const { event } of client.readAll({ fromPosition: { commit, prepare } })) if (event) events += 1;
  };
  const rate = async (work: () => Promise<unknown>): Promise<number> => {
    const from = performance.now();
    await work();
    return events / ((performance.now() - from) / 1000);
  };
  await bare();
  const rounds: (readonly [bare: number, rebuilt: number])[] = [];
  for (let round = 0; round < 3; round++) rounds.push([await rate(bare), await rate(() => projector.rebuild())]);
  await projector.close();
  await store.close();
  await client.dispose();
  return [
    { name: 'o  EventStoreDB, bare read of $all', value: median(rounds.map(([alone]) => alone)), unit: 'events/s' },
    { name: 'o  rebuild of all read models', value: median(rounds.map(([, all]) => all)), unit: 'events/s' },
    atLeast('o  rebuild/bare', median(rounds.map(([alone, all]) => all / alone)), 'ratio', 0.5),
  ];
}

/** (p): submissions through a service on EventStoreDB and through one on SQLite, in turns. */
export async function submittingOn(url: string, folder: string): Promise<Row[]> {
  const there = apart(url);
  const store = await EventStoreDb.open({ url: there, generation: factsGeneration });
  await fill(store, SUBMITTED_FILES, 'started');
  await store.close();
  const [own, beside] = [join(folder, 'sqlite'), join(folder, 'eventstore')];
  for (const path of [own, beside]) mkdirSync(path);
  await seed(own, SUBMITTED_FILES, 'started');
  const services = [await startService(own), await startService(beside, { EVENT_STORE_URL: there })] as const;
  const from = new Map<Started, number>();
  const submitted = async (service: Started, seconds: number): Promise<Measured> => {
    const start = from.get(service) ?? 0;
    const files = Array.from({ length: SUBMITTED_FILES - start }, (_, index) => start + index);
    const measured = await sure({
      ...{ method: 'POST', body: JSON.stringify({ contents }), keys: true, clients: CLIENTS },
      ...{ port: service.port, seconds, again: false },
      paths: files.map((file) => `/api/applications/${fileId(file)}/submit`),
      tokens: files.slice(0, PEOPLE).map((file) => token(file % PEOPLE)),
    });
    from.set(service, start + measured.done + CLIENTS);
    return measured;
  };
  for (const service of services) await submitted(service, 2);
  const rounds: (readonly [sqlite: Measured, there: Measured])[] = [];
  for (let round = 0; round < 3; round++)
    rounds.push([await submitted(services[0], SECONDS), await submitted(services[1], SECONDS)]);
  for (const service of services) await service.stop();
  return [
    { name: 'p  submit on SQLite', value: median(rounds.map(([a]) => a.perSecond)), unit: 'requests/s' },
    { name: 'p  submit on EventStoreDB', value: median(rounds.map(([, b]) => b.perSecond)), unit: 'requests/s' },
    { name: 'p  EventStoreDB/SQLite', value: median(rounds.map(([a, b]) => b.perSecond / a.perSecond)), unit: 'ratio' },
    { name: 'p  submit on EventStoreDB, p50', value: median(rounds.map(([, b]) => b.p50)), unit: 'ms' },
    { name: 'p  submit on EventStoreDB, p99', value: median(rounds.map(([, b]) => b.p99)), unit: 'ms' },
  ];
}

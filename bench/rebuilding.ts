import Database from 'libsql';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { factsGeneration } from '#domain/facts.js';
import type { Position } from '#event-store/event-store.js';
import { SqliteEventStore } from '#event-store/sqlite.js';
import { models } from '#read-models/models.js';
import { Projector } from '#read-models/projector.js';
import { atLeast, median, type Row } from './report.js';

const ROUNDS = 3;
const BATCH = 500;

/** (d): all read models from the first fact, against reading, parsing and inserting one row per event. */
export async function rebuilding(folder: string): Promise<Row[]> {
  const store = SqliteEventStore.open({ path: join(folder, 'log.db'), generation: factsGeneration });
  const views = join(folder, 'rebuilding');
  mkdirSync(views);
  const projector = await Projector.open(views, store, models);
  await projector.reached((await store.head()) ?? '0', 600_000);
  const rounds: (readonly [bare: number, rebuilt: number])[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    let events = 0;
    const bare = await perSecond(async () => (events = await insertEach(store, join(views, `bare-${round}.db`))));
    rounds.push([bare(events), (await perSecond(() => projector.rebuild()))(events)]);
  }
  await projector.close();
  await store.close();
  return [
    { name: 'd  bare read, parse and insert', value: median(rounds.map(([bare]) => bare)), unit: 'events/s' },
    { name: 'd  rebuild of all read models', value: median(rounds.map(([, rebuilt]) => rebuilt)), unit: 'events/s' },
    atLeast('d  rebuild/bare', median(rounds.map(([bare, rebuilt]) => rebuilt / bare)), 'ratio', 0.35),
  ];
}

async function perSecond(work: () => Promise<unknown>): Promise<(events: number) => number> {
  const from = performance.now();
  await work();
  const seconds = (performance.now() - from) / 1000;
  return (events) => events / seconds;
}

async function insertEach(store: SqliteEventStore, path: string): Promise<number> {
  const db = new Database(path);
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF');
  db.exec('CREATE TABLE facts (position INTEGER PRIMARY KEY, stream TEXT, type TEXT, at TEXT, size INTEGER)');
  const insert = db.prepare('INSERT INTO facts VALUES (?, ?, ?, ?, ?)');
  let position: Position | undefined;
  let count = 0;
  for (;;) {
    const events = await store.readAll(position, BATCH);
    db.exec('BEGIN');
    for (const { position: at, stream, type, data, metadata } of events) {
      insert.run(Number(at), stream, type, (metadata as { at: string }).at, Object.keys(data).length);
    }
    db.exec('COMMIT');
    count += events.length;
    position = events.at(-1)?.position ?? position;
    if (events.length < BATCH) break;
  }
  db.close();
  return count;
}

import Database from 'libsql';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Metadata } from '#commands/asking.js';
import { canonical, digest, keyedDigest } from '#commands/canonical.js';
import type { ContentRef } from '#domain/decider.js';
import { factsGeneration } from '#domain/facts.js';
import { EventStoreDb } from '#event-store/eventstoredb.js';
import { hashOf } from '#event-store/event-row.js';
import { models } from '#read-models/models.js';
import { Projector } from '#read-models/projector.js';
import { idOf } from '#read-models/read-model.js';
import type { Views } from '#read-models/views.js';
import { openLog } from '#server/open-log.js';
import { until } from '#client/until.js';

export interface Row {
  readonly position: number;
  readonly stream: string;
  readonly version: number;
  readonly id: string;
  readonly type: string;
  readonly schema: number;
  readonly data: Record<string, unknown> & { content?: ContentRef };
  readonly metadata: Metadata;
  /** Its bytes are those that were hashed when it was written. */
  readonly intact: boolean;
}

interface StoredRow {
  position: number;
  stream: string;
  version: number;
  id: string;
  type: string;
  schema: number;
  data: string;
  metadata: string;
  hash: ArrayBuffer;
}

export interface Whole {
  readonly rows: Row[];
  readonly deleted: Set<string>;
  readonly integrity: string;
}

/** The same of a log on EventStoreDB, read through its port. */
export async function wholeLogOn(url: string): Promise<Whole> {
  const store = await EventStoreDb.open({ url, generation: factsGeneration });
  try {
    const altered = new Set<string>();
    for await (const id of store.altered()) altered.add(id);
    const rows: Row[] = [];
    for (let after: string | undefined; ;) {
      const events = await store.readAll(after, 500);
      for (const { id, type, schema, stream, version, data, metadata } of events) {
        const position = rows.length;
        const read = { id, type, schema, stream, version, data: data as Row['data'], metadata: metadata as Metadata };
        rows.push({ ...read, position, intact: !altered.has(id) });
      }
      if (events.length < 500) break;
      after = events.at(-1)?.position;
    }
    return { rows, deleted: new Set(await store.deletedStreams()), integrity: 'ok' };
  } finally {
    await store.close();
  }
}

/** Everything in a log, read as the plain database it is. */
export function wholeLog(path: string): Whole {
  const db = new Database(path);
  try {
    const [check] = db.prepare('PRAGMA integrity_check').all() as { integrity_check: string }[];
    const stored = db.prepare('SELECT * FROM events ORDER BY position').all() as StoredRow[];
    const rows = stored.map(({ hash, data, metadata, ...row }) => ({
      ...row,
      data: JSON.parse(data) as Row['data'],
      metadata: JSON.parse(metadata) as Metadata,
      intact: hashOf([row.id, row.type, row.schema, data, metadata]).equals(Buffer.from(hash)),
    }));
    const gone = db.prepare('SELECT stream FROM deleted_streams').all() as { stream: string }[];
    return { rows, deleted: new Set(gone.map(({ stream }) => stream)), integrity: check?.integrity_check ?? '' };
  } finally {
    db.close();
  }
}

/** Streams whose versions don't run from 0 to the end. */
export function gaps(rows: readonly Row[]): string[] {
  const next = new Map<string, number>();
  return rows.flatMap(({ stream, version }) => {
    const expected = next.get(stream) ?? 0;
    next.set(stream, version + 1);
    return version === expected ? [] : [`${stream}: ${version} where ${expected} was next`];
  });
}

/** Where the text is that a fact refers to: that of a question, a review, an award or an agreement bears its name. */
function contentStreamOf({ stream, data }: Row): string {
  if (stream.startsWith('application-')) return `content-${stream}`;
  if (stream.startsWith('account-')) return `person-${idOf(stream)}`;
  if (stream.startsWith('call-')) return `content-comment-${String(data['comment'])}`;
  if (stream.startsWith('commission-')) return `content-minutes-${String(data['comment'])}`;
  if (stream.startsWith('reports-')) return `content-report-${String(data['report'])}`;
  return `content-${stream}`;
}

/** Facts that refer to a content which isn't there, or is another one; what was forgotten is meant to be gone. */
export function danglingContents(rows: readonly Row[], deleted: ReadonlySet<string>, secret: string): string[] {
  const written = new Map(rows.map((row) => [`${row.stream}@${row.version}`, row]));
  return rows.flatMap((row) => {
    const { content } = row.data;
    if (!content) return [];
    const stream = contentStreamOf(row);
    if (deleted.has(stream)) return [];
    const at = `${stream}@${content.version}`;
    const found = written.get(at);
    const hash =
      found?.type === 'ApplicationWritten'
        ? digest(canonical(found.data['contents']))
        : keyedDigest(secret, canonical(found?.data ?? {}));
    return hash === content.hash ? [] : [`${row.type} ${row.stream}@${row.version}: ${at}`];
  });
}

/** Facts that refer to a document which isn't there, or has other bytes. */
export function danglingDocuments(rows: readonly Row[], folder: string): string[] {
  return rows.flatMap(({ type, stream, data }) => {
    if (type !== 'DocumentAttached') return [];
    const path = join(folder, 'documents', idOf(stream), String(data['sha256']));
    const found = existsSync(path) && createHash('sha256').update(readFileSync(path)).digest('hex');
    return found === data['sha256'] ? [] : [path];
  });
}

/** Every row of every view, in an order of its own. */
export function tablesOf(views: Views): Record<string, string[]> {
  const tables = views.all<{ name: string }>(
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'views_meta' ORDER BY name",
  );
  return Object.fromEntries(
    tables.map(({ name }) => [
      name,
      views
        .all(`SELECT * FROM ${name}`)
        .map((row) => JSON.stringify(row))
        .sort(),
    ]),
  );
}

/** The views a folder has once they have caught up, and those that its log alone makes. */
export async function viewsKeptAndRebuilt(folder: string, url?: string): Promise<{ kept: unknown; rebuilt: unknown }> {
  const store = await openLog({ eventStoreUrl: url, dataDir: folder, mostLogBytes: 0 });
  const projector = await Projector.open(folder, store, models);
  try {
    await until(() => projector.ready || undefined, 'the views');
    const kept = tablesOf(projector.views);
    await projector.rebuild();
    return { kept, rebuilt: tablesOf(projector.views) };
  } finally {
    await projector.close();
    await store.close();
  }
}

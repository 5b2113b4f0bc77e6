import { copyFileSync, createWriteStream, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Metadata } from '#commands/asking.js';
import { DocumentAltered, DocumentMissing, type Documents } from '#documents/documents.js';
import { factsGeneration } from '#domain/facts.js';
import type { EventStore, RecordedEvent } from '#event-store/event-store.js';
import { SqliteEventStore } from '#event-store/sqlite.js';
import { snapshotLog } from '#event-store/sqlite-log.js';
import { idOf } from '#read-models/read-model.js';
import { WrongConfiguration } from './configuration.js';
import { MARK, requireLog } from './data-folder.js';

export interface CopyReport {
  /** Facts of the log that was copied. */
  readonly facts: number;
  readonly documents: number;
  /** Bytes of the documents. */
  readonly bytes: number;
  /** Documents that the log refers to and that aren't there with their hash: `<file>/<sha256>`, with what is wrong. */
  readonly missing: readonly string[];
}

/**
 * Copies the data of a service that may be running: the log as it is at one instant, and everything it refers to,
 * wherever `kept` has its documents.
 * Views and messages are left out: the first follow from the log, and the second would be sent again.
 * @throws WrongConfiguration, DocumentsUnavailable
 */
export async function copyData(source: string, target: string, kept: Pick<Documents, 'open'>): Promise<CopyReport> {
  requireLog(source);
  if (existsSync(target) && readdirSync(target).length > 0) {
    throw new WrongConfiguration(
      `Le dossier ${target} n'est pas vide : indiquez un dossier vide, ou qui n'existe pas encore.`,
    );
  }
  mkdirSync(target, { recursive: true, mode: 0o700 });
  // Before the log: a reactor that is behind meets facts again, one that is ahead would miss new ones.
  const ledger = join(source, 'reactors.db');
  if (existsSync(ledger)) snapshotLog(ledger, join(target, 'reactors.db'));
  snapshotLog(join(source, 'log.db'), join(target, 'log.db'));
  for (const name of ['secret.key', MARK]) {
    if (existsSync(join(source, name))) copyFileSync(join(source, name), join(target, name));
  }
  const log = SqliteEventStore.open({ path: join(target, 'log.db'), generation: factsGeneration });
  try {
    const found = await contentsOf(log);
    for (const stream of found.toErase) await log.deleteStream(stream);
    return { facts: found.facts, ...(await copyDocuments(source, target, found.documents, kept)) };
  } finally {
    await log.close();
  }
}

interface Referred {
  readonly application: string;
  readonly sha256: string;
}

/** What a log refers to, and the contents of people and files that were forgotten and are still being deleted. */
async function contentsOf(
  log: EventStore,
): Promise<{ facts: number; documents: readonly Referred[]; toErase: readonly string[] }> {
  let facts = 0;
  const documents = new Map<string, Referred>();
  const writers = new Map<string, string>();
  const people = new Set<string>();
  const files = new Set<string>();
  for await (const event of all(log)) {
    facts += 1;
    const id = idOf(event.stream);
    if (event.type === 'PersonForgotten') people.add(id);
    else if (event.type === 'ContentsForgotten') files.add(id);
    else if (event.type === 'QuestionWritten' || event.type === 'CommentWritten')
      writers.set(event.stream, (event.metadata as Metadata).by);
    else if (event.type === 'PersonDescribed') writers.set(event.stream, id);
    else if (event.type === 'ApplicationWritten' || event.type === 'DocumentNamed') writers.set(event.stream, idOf(id));
    else if (event.type === 'DocumentAttached') {
      const { sha256 } = event.data as { sha256: string };
      documents.set(`${id}/${sha256}`, { application: id, sha256 });
    }
  }
  const toErase = [...writers].filter(([, writer]) => people.has(writer) || files.has(writer));
  return {
    facts,
    documents: [...documents.values()].filter(({ application }) => !files.has(application)),
    toErase: toErase.map(([stream]) => stream),
  };
}

const BATCH = 1000;

async function* all(log: EventStore): AsyncIterable<RecordedEvent> {
  for (let after: string | undefined; ;) {
    const events = await log.readAll(after, BATCH);
    yield* events;
    after = events.at(-1)?.position;
    if (events.length < BATCH) return;
  }
}

async function copyDocuments(
  source: string,
  target: string,
  documents: readonly Referred[],
  kept: Pick<Documents, 'open'>,
): Promise<Omit<CopyReport, 'facts'>> {
  const missing: string[] = [];
  let bytes = 0;
  for (const { application, sha256 } of documents) {
    const folder = join(target, 'documents', application);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const copied = await copyDocument(() => kept.open(application, sha256), join(folder, sha256));
    if (typeof copied === 'number') {
      bytes += copied;
      continue;
    }
    // Forgotten since the log was copied: nothing is amiss, and nothing of it is kept.
    if (copied === 'absente' && (await forgottenSince(source, application))) continue;
    missing.push(`${application}/${sha256} (${copied})`);
  }
  return { documents: documents.length - missing.length, bytes, missing };
}

/** Bytes that were copied, durably and with their hash, or what is wrong. */
async function copyDocument(open: () => Promise<Readable>, to: string): Promise<number | 'absente' | 'altérée'> {
  try {
    const bytes = await open();
    const written = createWriteStream(to, { mode: 0o600, flush: true });
    await pipeline(bytes, written);
    return written.bytesWritten;
  } catch (error) {
    rmSync(to, { force: true });
    if (error instanceof DocumentMissing) return 'absente';
    if (error instanceof DocumentAltered) return 'altérée';
    throw error;
  }
}

async function forgottenSince(source: string, application: string): Promise<boolean> {
  const log = SqliteEventStore.open({ path: join(source, 'log.db'), generation: factsGeneration });
  try {
    const events = await log.readStream(`application-${application}`);
    return events.some(({ type }) => type === 'ContentsForgotten');
  } finally {
    await log.close();
  }
}

import { createHash } from 'node:crypto';
import { canonical } from '#commands/canonical.js';
import type { EventStore, NewEvent, RecordedEvent, Write } from '#event-store/event-store.js';
import { WrongConfiguration } from './configuration.js';

export interface Contents {
  readonly facts: number;
  /** SHA-256 over every fact in the order of the log: stream, version, id, type, schema, data, metadata. */
  readonly sha256: string;
  readonly deleted: readonly string[];
}

export interface Copied extends Contents {
  /** Facts that an earlier run had copied already. */
  readonly before: number;
}

const BATCH = 500;

/**
 * Copies a log that nobody writes into an empty one, or goes on where an earlier copy was cut: same streams, versions,
 * ids, contents and order; positions and the name of the log are the target's own. Reads both through at the end.
 * @throws WrongConfiguration where the target holds something else
 */
export async function copyLog(
  from: EventStore,
  to: EventStore,
  progress: (facts: number) => void = () => undefined,
): Promise<Copied> {
  const deleted = await from.deletedStreams();
  const gone = new Set(await to.deletedStreams());
  for (const stream of deleted) if (!gone.has(stream)) await to.deleteStream(stream);
  if (gone.size > 0 && [...gone].some((stream) => !deleted.includes(stream))) throw notACopy();
  const there = batches(to);
  const hash = createHash('sha256');
  let rest: readonly RecordedEvent[] = [];
  let before = 0;
  let facts = 0;
  let resuming = true;
  for await (const batch of batches(from)) {
    const fresh: RecordedEvent[] = [];
    for (const event of batch) {
      const line = lineOf(event);
      hash.update(line);
      if (resuming && rest.length === 0) {
        const next = await there.next();
        resuming = !next.done;
        rest = next.done ? [] : next.value;
      }
      const [known, ...others] = rest;
      if (!resuming || !known) fresh.push(event);
      else if (lineOf(known) !== line) throw notACopy();
      else before += 1;
      rest = others;
    }
    if (fresh.length > 0) await to.appendInOrder(writesOf(fresh));
    facts += batch.length;
    progress(facts);
  }
  if (rest.length > 0 || (resuming && !(await there.next()).done)) throw notACopy();
  const source = { facts, sha256: hash.digest('hex'), deleted };
  const target = await contentsOf(to);
  if (target.facts !== source.facts || target.sha256 !== source.sha256) {
    throw new Error(`La copie diffère : ${source.facts} faits lus, ${target.facts} retrouvés. Ne l'utilisez pas.`);
  }
  return { ...source, before };
}

export interface Verified extends Contents {
  readonly streams: number;
  /** What is wrong, a sentence each; empty where all is well. */
  readonly problems: readonly string[];
}

/** Reads a log through: versions without gaps, ids that come once, contents that are what was written. */
export async function verifyLog(store: EventStore): Promise<Verified> {
  const next = new Map<string, number>();
  const ids = new Set<string>();
  const problems: string[] = [];
  const hash = createHash('sha256');
  let facts = 0;
  for await (const batch of batches(store)) {
    for (const event of batch) {
      const { stream, version, id } = event;
      const expected = next.get(stream) ?? 0;
      if (version !== expected) problems.push(`${stream} : version ${version} au lieu de ${expected}`);
      next.set(stream, version + 1);
      if (ids.has(id)) problems.push(`${stream}, version ${version} : l'identifiant ${id} a déjà servi`);
      ids.add(id);
      hash.update(lineOf(event));
      facts += 1;
    }
  }
  for await (const id of store.altered()) problems.push(`fait ${id} : le contenu ne correspond plus à son empreinte`);
  const deleted = await store.deletedStreams();
  for (const stream of deleted) if (next.has(stream)) problems.push(`${stream} : supprimé, et encore lisible`);
  return { facts, streams: next.size, sha256: hash.digest('hex'), deleted, problems };
}

async function contentsOf(store: EventStore): Promise<Omit<Contents, 'deleted'>> {
  const hash = createHash('sha256');
  let facts = 0;
  for await (const batch of batches(store)) {
    for (const event of batch) hash.update(lineOf(event));
    facts += batch.length;
  }
  return { facts, sha256: hash.digest('hex') };
}

async function* batches(store: EventStore): AsyncGenerator<readonly RecordedEvent[]> {
  for (let after: string | undefined; ;) {
    const batch = await store.readAll(after, BATCH);
    if (batch.length > 0) yield batch;
    if (batch.length < BATCH) return;
    after = batch.at(-1)?.position;
  }
}

const lineOf = ({ stream, version, id, type, schema, data, metadata }: RecordedEvent): string =>
  `${canonical([stream, version, id, type, schema, data, metadata])}\n`;

/** Neighbours of one stream share a write. */
function writesOf(events: readonly RecordedEvent[]): Write[] {
  const writes: { stream: string; expected: 'none' | number; events: NewEvent[] }[] = [];
  for (const { stream, version, id, type, schema, data, metadata } of events) {
    const last = writes.at(-1);
    const event = { id, type, schema, data, metadata };
    if (last?.stream === stream) last.events.push(event);
    else writes.push({ stream, expected: version === 0 ? 'none' : version - 1, events: [event] });
  }
  return writes;
}

const notACopy = (): WrongConfiguration =>
  new WrongConfiguration('La cible contient déjà autre chose que le début de cette copie : indiquez un journal vide.');

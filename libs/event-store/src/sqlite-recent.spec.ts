import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as endOfTurn } from 'node:timers/promises';
import { happened } from './conformance.js';
import { type RecordedEvent, StreamDeleted } from './event-store.js';
import { SqliteEventStore } from './sqlite.js';
import { connect } from './sqlite-log.js';
import { prepareReads } from './sqlite-reads.js';
import { RecentEvents } from './sqlite-recent.js';

let folder: string;
let store: SqliteEventStore;
/** Has a window, a connection and a thread of its own: another process, as far as the first can tell. */
let other: SqliteEventStore;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'convergence-recent-'));
  [store, other] = [open(), open()];
});
afterEach(async () => {
  await Promise.all([store.close(), other.close()]);
  rmSync(folder, { recursive: true, force: true });
});

const path = () => join(folder, 'log.db');
const open = () => SqliteEventStore.open({ path: path(), generation: 1 });
const many = (count: number) => Array.from({ length: count }, (_, n) => happened({ n }));
const numbers = (events: readonly RecordedEvent[]) => events.map(({ data }) => (data as { n: number }).n);

async function followed(count: number, types?: readonly string[]): Promise<readonly RecordedEvent[]> {
  const stop = new AbortController();
  const seen: RecordedEvent[] = [];
  for await (const { events } of store.follow(undefined, stop.signal, types ? { types } : {})) {
    seen.push(...events);
    if (seen.length >= count) stop.abort();
  }
  return seen;
}

describe('the end of the log', () => {
  it('tells a stream that has not moved, and one that has, by this process or another', async () => {
    const s = await store.append('s', 'none', many(2));
    const t = await store.append('t', 'none', many(1));
    expect([store.end.position(), store.end.unmoved('s', s.position)]).toEqual([t.position, true]);
    await other.append('s', 1, many(1));
    await endOfTurn();
    expect([store.end.unmoved('s', t.position), store.end.unmoved('t', t.position)]).toEqual([false, true]);
    const mine = await store.append('t', 0, many(1));
    expect(store.end.unmoved('t', t.position)).toBe(false);
    expect(store.end.unmoved('t', mine.position)).toBe(true);
  });

  it('is read with the tail of a stream at once, though it was seen in this turn', async () => {
    await store.append('s', 'none', many(2));
    expect(store.end.unmoved('s', '2')).toBe(true);
    const db = connect(path(), 0);
    db.prepare(
      "INSERT INTO events (stream, version, id, type, schema, data, metadata, hash) VALUES ('s', 2, 'x', 'T', 1, '{\"n\":7}', '{}', '')",
    ).run();
    expect(numbers(await store.readStream('s', { from: 2 }))).toEqual([7]);
    db.close();
  });

  it('does not vouch for what was before it began', async () => {
    const { position } = await store.append('s', 'none', many(1));
    const late = open();
    expect([late.end.position(), late.end.unmoved('s', '0'), late.end.unmoved('s', position)]).toEqual([
      position,
      false,
      true,
    ]);
    await late.close();
  });

  it('gives streams whole though their beginnings are no longer kept', async () => {
    for (let n = 0; n < 30; n++) await store.append('s', n === 0 ? 'none' : 100 * n - 1, many(100));
    expect(await store.readStream('s')).toHaveLength(3000);
    expect(numbers(await store.readStream('s', { from: 2998 }))).toEqual([98, 99]);
    expect(numbers(await store.readStream('s', { from: 2950, limit: 2 }))).toEqual([50, 51]);
    expect(numbers(await store.readStream('s', { from: 99, limit: 2 }))).toEqual([99, 0]);
    expect(await store.readStream('s', { from: 3000 })).toEqual([]);
  });

  it.each([undefined, ['SomethingHappened']])(
    'gives followers each event once, however far they are behind',
    async (types) => {
      for (let n = 0; n < 26; n++) await (n % 2 ? store : other).append(`s-${n}`, 'none', many(100));
      // More at once than is read together.
      await other.append('large', 'none', many(700));
      const seen = await followed(3300, types);
      expect(seen).toHaveLength(3300);
      expect(new Set(seen.map(({ position }) => position)).size).toBe(3300);
      expect(seen.slice(2600).map(({ stream }) => stream)).toEqual(Array.from({ length: 700 }, () => 'large'));
    },
  );
});

describe('a stream that is deleted', () => {
  it.each([() => store, () => other])('is gone from what is kept, whoever deleted it', async (who) => {
    await store.append('kept', 'none', many(1));
    const gone = await store.append('gone', 'none', many(1));
    expect(store.end.unmoved('gone', gone.position)).toBe(true);
    expect(await followed(2)).toHaveLength(2);
    await who().deleteStream('gone');
    await endOfTurn();
    expect(store.end.unmoved('gone', gone.position)).toBe(false);
    await expect(store.readStream('gone')).rejects.toThrow(StreamDeleted);
    await expect(store.readStream('gone', { from: 1 })).rejects.toThrow(StreamDeleted);
    expect((await followed(1)).map(({ stream }) => stream)).toEqual(['kept']);
    expect(store.end.after(0, 10)?.map(({ stream }) => stream)).toEqual(['kept']);
  });

  it('keeps no follower busy that had not met it', async () => {
    const { position } = await store.append('kept', 'none', many(1));
    await store.append('gone', 'none', many(1));
    await store.deleteStream('gone');
    const stop = new AbortController();
    let batches = 0;
    for await (const { events } of store.follow(position, stop.signal)) {
      expect(events).toEqual([]);
      batches += 1;
      if (batches === 1) setImmediate(() => setImmediate(() => stop.abort()));
    }
    expect(batches).toBe(1);
  });
});

describe('what is kept', () => {
  const look = (mostEvents: number, mostCharacters: number) => {
    const db = connect(path(), 0);
    return { recent: new RecentEvents(prepareReads(db), mostEvents, mostCharacters), db };
  };

  it('is bounded by how many events there are', async () => {
    const { recent, db } = look(8, 1_000_000);
    await store.append('s', 'none', many(8));
    recent.look();
    expect(numbers(recent.after(0, 100) ?? [])).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    await store.append('s', 7, many(1));
    recent.look();
    expect([recent.after(2, 100), recent.unmoved('t', '2'), recent.tail('s', 2, -1)]).toEqual([
      undefined,
      false,
      undefined,
    ]);
    expect(numbers(recent.after(3, 3) ?? [])).toEqual([3, 4, 5]);
    expect([recent.unmoved('t', '3'), numbers(recent.tail('s', 7, -1) ?? [])]).toEqual([true, [7, 0]]);
    db.close();
  });

  it('is bounded by how long their texts are', async () => {
    const { recent, db } = look(1000, 10_000);
    await store.append('s', 'none', [happened({ text: 'x'.repeat(9000) })]);
    recent.look();
    expect(recent.after(0, 10)).toHaveLength(1);
    await store.append('t', 'none', [happened({ text: 'x'.repeat(9000) })]);
    recent.look();
    expect([recent.after(1, 10), recent.after(2, 10)]).toEqual([undefined, []]);
    db.close();
  });
});

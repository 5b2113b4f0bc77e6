import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { conformance, happened } from './conformance.js';
import { conformanceOfEnds } from './conformance-of-ends.js';
import { NewerLog } from './event-store.js';
import { SqliteEventStore } from './sqlite.js';
import { snapshotLog } from './sqlite-log.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'convergence-log-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const path = () => join(folder, 'log.db');
const open = (options: { generation?: number; maxPages?: number } = {}) =>
  SqliteEventStore.open({ path: path(), generation: 1, ...options });

conformance('SQLite', async () => open());
conformanceOfEnds('SQLite', async () => [open(), open()]);

describe('the SQLite log', () => {
  it('is the same log after it was closed and opened again', async () => {
    const first = open();
    await first.append('s', 'none', [happened({ n: 1 })]);
    await first.close();
    const second = open();
    expect(second.logId).toBe(first.logId);
    expect((await second.readStream('s')).map(({ data }) => data)).toEqual([{ n: 1 }]);
    await second.close();
  });

  it('keeps nothing of a deleted stream in its files', async () => {
    const store = open();
    const secret = `secret-${randomUUID()}`;
    await store.append('kept', 'none', [happened({ text: 'kept' })]);
    await store.append('person-1', 'none', [happened({ text: secret }), happened({ long: secret.repeat(3000) })]);
    const files = () => readdirSync(folder).map((name) => readFileSync(join(folder, name), 'latin1'));
    expect(files().some((bytes) => bytes.includes(secret))).toBe(true);
    await store.deleteStream('person-1');
    expect(files().some((bytes) => bytes.includes(secret))).toBe(false);
    expect(files().some((bytes) => bytes.includes('kept'))).toBe(true);
    await store.close();
  });

  it('refuses writes on a full disk, keeps reading, and writes again when there is room', async () => {
    const small = open({ maxPages: 40 });
    const body = { text: 'x'.repeat(20_000) };
    let written = 0;
    const fill = async () => {
      for (;;) {
        await small.append(`s-${written}`, 'none', [happened(body)]);
        written += 1;
      }
    };
    await expect(fill()).rejects.toMatchObject({ name: 'StoreUnavailable', reason: 'full' });
    expect(written).toBeGreaterThan(2);
    expect(await small.readAll(undefined, 100)).toHaveLength(written);
    await small.close();
    const roomy = open();
    await roomy.append(`s-${written}`, 'none', [happened(body)]);
    expect(await roomy.readAll(undefined, 100)).toHaveLength(written + 1);
    await roomy.close();
  });

  it('refuses a log written by a newer version, and lets a newer version in', async () => {
    const newer = open({ generation: 2 });
    await newer.append('s', 'none', [happened()]);
    await newer.close();
    expect(() => open({ generation: 1 })).toThrow(NewerLog);
    await open({ generation: 3 }).close();
    await open({ generation: 2 }).close();
  });

  it('is copied while it is written, as it was at one instant', async () => {
    const store = open();
    for (let n = 0; n < 50; n++) await store.append('s', n === 0 ? 'none' : n - 1, [happened({ n })]);
    const writing = Promise.all(Array.from({ length: 50 }, (_, n) => store.append(`t-${n}`, 'none', [happened()])));
    const copied = join(folder, 'copy.db');
    snapshotLog(path(), copied);
    await writing;
    const copy = SqliteEventStore.open({ path: copied, generation: 1 });
    expect(copy.logId).toBe(store.logId);
    expect(await copy.readStream('s')).toHaveLength(50);
    await Promise.all([copy.close(), store.close()]);
  });
});

describe('several processes on one log', () => {
  it('write at the same time, lose nothing, see each other, and never freeze an event loop', async () => {
    const store = open();
    const others = [1, 2].map(() =>
      fork(new URL('./sqlite-other-process.js', import.meta.url), [path(), '400'], { execArgv: [] }),
    );
    const ended = others.map((child) => once(child, 'exit'));
    await Promise.all(others.map((child) => once(child, 'message')));
    const stop = new AbortController();
    const seen = new Set<string>();
    const following = (async () => {
      for await (const { events } of store.follow(undefined, stop.signal)) {
        for (const event of events) seen.add(event.id);
        if (seen.size >= 1200) stop.abort();
      }
    })();
    let longest = 0;
    let last = performance.now();
    const heartbeat = setInterval(() => {
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
    }, 1);
    others.forEach((child) => child.send('go'));
    await Promise.all(Array.from({ length: 400 }, (_, n) => store.append(`own-${n}`, 'none', [happened({ n })])));
    expect((await Promise.all(ended)).map(([code]) => code as number)).toEqual([0, 0]);
    await following;
    clearInterval(heartbeat);
    expect(await store.readAll(undefined, 2000)).toHaveLength(1200);
    expect(longest).toBeLessThan(400);
    await store.close();
  });
});

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { happened } from './conformance.js';
import type { Batch } from './event-store.js';
import { EventStoreDb } from './eventstoredb.js';
import { refusals, ScriptedServer } from './scripted-server.js';

const PATIENCE_MS = 2000;

let server: ScriptedServer;
let store: EventStoreDb;
let troubles: string[];
const open = (): Promise<EventStoreDb> =>
  EventStoreDb.open({
    url: server.url,
    generation: 1,
    patienceMs: PATIENCE_MS,
    onTrouble: ({ message }) => troubles.push(message),
  });
beforeEach(async () => {
  troubles = [];
  server = await ScriptedServer.start();
  store = await open();
});
afterEach(async () => {
  server.forgive();
  await store.close();
  await server.goAway();
});

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}

/** Somebody who follows from the first event, and what they have seen. */
function reader() {
  const seen: unknown[] = [];
  const stop = new AbortController();
  let caughtUp = false;
  const ended = (async () => {
    for await (const batch of store.follow(undefined, stop.signal)) {
      seen.push(...batch.events.map(({ data }) => (data as { n: number }).n));
      caughtUp ||= batch.caughtUp;
    }
  })();
  return { seen, live: () => until(() => caughtUp), end: () => (stop.abort(), ended) };
}

/** Written by somebody else, while this process's own connection may be in any state. */
async function written(from: number, to: number): Promise<void> {
  const other = await EventStoreDb.open({ url: server.url, generation: 1 });
  for (let n = from; n < to; n++) await other.append(`s-${n}`, 'none', [happened({ n })]);
  await other.close();
}

const numbers = (to: number): number[] => Array.from({ length: to }, (_, n) => n);

describe('a subscription', () => {
  it.each([
    [
      'is dropped for slowness',
      () => server.dropSubscriptions(refusals.tooSlow),
      "EventStoreDB n'a pas répondu à temps.",
    ],
    ['is cut', () => server.dropSubscriptions(), "EventStoreDB n'est pas joignable (code 14)."],
  ])('that %s begins again where it was: nothing is skipped, nothing comes twice', async (_, drop, said) => {
    const { seen, live, end } = reader();
    await live();
    await until(() => server.count('subscribe') === 1);
    for (let round = 0; round < 4; round++) {
      await written(round * 10, round * 10 + 5);
      drop();
      await written(round * 10 + 5, round * 10 + 10);
      await until(() => seen.length === round * 10 + 10);
    }
    expect(seen).toEqual(numbers(40));
    expect(server.count('subscribe')).toBe(5);
    expect(troubles.length).toBeGreaterThan(0);
    expect(new Set(troubles)).toEqual(new Set([said]));
    await end();
  });

  it('that keeps failing is tried again, which is said once', async () => {
    server.fate('subscribe', refusals.notReady, refusals.tooSlow, refusals.notReady);
    const { seen, live, end } = reader();
    await live();
    await written(0, 3);
    await until(() => seen.length === 3);
    expect(seen).toEqual(numbers(3));
    expect(troubles).toEqual(['EventStoreDB démarre : il ne répond pas encore.']);
    await end();
  });

  it('that has fallen silent is given up as soon as anything else of that server is', async () => {
    const { seen, live, end } = reader();
    await live();
    await until(() => server.count('subscribe') === 1);
    server.mute();
    await written(0, 2);
    server.fate('append', 'silence');
    await store.append('mine', 'none', [happened({ n: 2 })]);
    await until(() => seen.length === 3);
    expect(seen).toEqual(numbers(3));
    await end();
  });

  it('passes over what other programs write', async () => {
    const { seen, live, end } = reader();
    await live();
    await until(() => server.count('subscribe') === 1);
    server.log.plant('elsewhere', 'WrittenByAnotherProgram');
    server.log.plant('$stats', '$stats');
    await written(0, 1);
    await until(() => seen.length === 1);
    expect(seen).toEqual([0]);
    await end();
  });
});

describe('a reader who is slower than what comes', () => {
  it('gets pages instead of what is not kept any more, and misses nothing', async () => {
    await store.append('first', 'none', [happened({ n: 0 })]);
    const stop = new AbortController();
    const seen: number[] = [];
    const batches: Batch[] = [];
    const text = 'x'.repeat(400_000);
    for await (const batch of store.follow(undefined, stop.signal)) {
      batches.push(batch);
      seen.push(...batch.events.map(({ data }) => (data as { n: number }).n));
      if (seen.length === 1 && batch.caughtUp) {
        for (let n = 1; n <= 60; n++) await store.append(`s-${n}`, 'none', [happened({ n, text })]);
      }
      if (seen.length === 61) stop.abort();
    }
    expect(seen).toEqual(numbers(61));
    const largest = Math.max(...batches.map(({ events }) => JSON.stringify(events.map(({ data }) => data)).length));
    expect(largest).toBeLessThan(20_000_000);
  });

  it('reads a log of large events page by page, within the patience of one', async () => {
    for (let n = 0; n < 40; n++) {
      await store.append(`s-${n}`, 'none', [happened({ n, text: 'x'.repeat(900_000) })]);
    }
    const { seen, live, end } = reader();
    await live();
    expect(seen).toEqual(numbers(40));
    expect(troubles).toEqual([]);
    await end();
  });
});

describe('a process', () => {
  const program = (url: string, work: string): string => `
    import { EventStoreDb } from ${JSON.stringify(new URL('./eventstoredb.js', import.meta.url).href)};
    const stray = (error) => { console.error('stray', error); process.exitCode = 3; };
    process.on('unhandledRejection', stray).on('uncaughtException', stray);
    const store = await EventStoreDb.open({ url: ${JSON.stringify(url)}, generation: 1, patienceMs: ${PATIENCE_MS} });
    const event = { id: '5d6bd0f8-0f4c-4d5c-8b7f-6f1f0a6f0f01', type: 'Happened', schema: 1, data: {}, metadata: {} };
    const following = (async () => { for await (const _ of store.follow(undefined, new AbortController().signal)); })();
    ${work}
    await store.close();
    await following;`;

  it.each([
    ['while nothing is under way', `await store.append('s', 'none', [event]);`],
    [
      'while calls wait for an answer',
      `process.send('frozen'); await new Promise((go) => process.once('message', go));
       const calls = [store.append('s', 'none', [event]), store.readStream('s'), store.readAll(undefined, 10)];
       void Promise.allSettled(calls).then((all) => process.send(all.map(({ status }) => status).join()));
       await new Promise((resolve) => setTimeout(resolve, 50));`,
    ],
  ])('ends by itself once the log is closed, %s', async (_, work) => {
    const folder = mkdtempSync(join(tmpdir(), 'convergence-leaving-'));
    const path = join(folder, 'leaving.mjs');
    writeFileSync(path, program(server.url, work));
    const child = fork(path, {
      execArgv: [],
      env: { ...process.env, NODE_OPTIONS: '' },
      stdio: ['ignore', 2, 2, 'ipc'],
    });
    const told: unknown[] = [];
    child.on('message', (message) => {
      told.push(message);
      if (message !== 'frozen') return;
      server.always = 'silence';
      child.send('go', () => child.channel?.unref());
    });
    const [code] = (await once(child, 'exit')) as [number | null];
    expect(code).toBe(0);
    if (told.length > 0) expect(told).toEqual(['frozen', 'rejected,rejected,rejected']);
    rmSync(folder, { recursive: true });
  });
});

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { setImmediate as endOfTurn } from 'node:timers/promises';
import { conformanceOfEnds } from './conformance-of-ends.js';
import { happened } from './conformance.js';
import { EventStoreDb } from './eventstoredb.js';
import { refusals, ScriptedServer } from './scripted-server.js';
import { newSpace, openOn, withEventStore } from './with-event-store.js';

async function two(url: string): Promise<readonly [EventStoreDb, EventStoreDb]> {
  const space = newSpace();
  return [await openOn(url, { space }), await openOn(url, { space })];
}

withEventStore('on a server', (url) => {
  conformanceOfEnds('EventStoreDB', () => two(url));
});

const PATIENCE_MS = 2000;

let server: ScriptedServer;
beforeEach(async () => {
  server = await ScriptedServer.start();
});
afterEach(async () => {
  server.forgive();
  await server.goAway();
});

conformanceOfEnds('EventStoreDB on a stand-in for its server', () => two(server.url));

describe('the end of the log on a stand-in for its server', () => {
  let store: EventStoreDb;
  beforeEach(async () => {
    store = await openOn(server.url, { patienceMs: PATIENCE_MS });
  });
  afterEach(() => store.close());

  async function follow(): Promise<void> {
    await store.follow(undefined, new AbortController().signal)[Symbol.asyncIterator]().next();
    while (!(await store.end.caughtUp())) await endOfTurn();
    server.asked.length = 0;
  }

  it('is not asked about where nobody follows: nothing comes by itself', async () => {
    server.asked.length = 0;
    expect(await store.end.caughtUp()).toBe(false);
    expect(server.asked).toEqual([]);
    expect(store.end.position()).toBeUndefined();
  });

  it('is asked of the leader, once for all who come before it is asked, and again for who comes later', async () => {
    await follow();
    let answer: () => void = () => undefined;
    server.fate('read', new Promise<void>((resolve) => (answer = resolve)));
    const first = Array.from({ length: 20 }, () => store.end.caughtUp());
    while (server.count('read') === 0) await endOfTurn();
    const later = Array.from({ length: 20 }, () => store.end.caughtUp());
    expect(server.count('read')).toBe(1);
    answer();
    expect(new Set(await Promise.all([...first, ...later]))).toEqual(new Set([true]));
    expect(server.asked.map(({ method, headers }) => [method, headers['requires-leader']])).toEqual([
      ['read', 'true'],
      ['read', 'true'],
    ]);
  });

  it('is not told as all there is while something has not come, for which one waits once and not long', async () => {
    await follow();
    server.mute();
    const { position } = await store.append('s', 'none', [happened()]);
    expect(await store.end.caughtUp()).toBe(false);
    server.asked.length = 0;
    expect(await store.end.caughtUp()).toBe(false);
    expect(server.asked).toEqual([]);
    server.fate('read', 'cut');
    await store.readStream('s');
    while (!(await store.end.caughtUp())) await endOfTurn();
    expect(store.end.position()).toBe(position);
  });

  it.each([
    ['does not answer', 'silence' as const],
    ['is not ready', refusals.notReady],
    ['leads no more', refusals.notLeader('127.0.0.1', 1)],
  ])('is not told where the server %s: whoever asked goes and reads', async (_, fate) => {
    await follow();
    server.always = fate;
    const start = Date.now();
    expect(await store.end.caughtUp()).toBe(false);
    expect(Date.now() - start).toBeLessThan(PATIENCE_MS);
  });
});

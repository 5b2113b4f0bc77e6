import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { happened } from './conformance.js';
import { IdReused, StoreUnavailable, StreamDeleted, TooLarge, VersionConflict } from './event-store.js';
import { EventStoreDb } from './eventstoredb.js';
import { Refused } from './scripted-log.js';
import { refusals, ScriptedServer } from './scripted-server.js';

const PATIENCE_MS = 1500;
/** Of a machine that is busy: what is bounded ends within it. */
const BOUND_MS = 6 * PATIENCE_MS;

const withCredentials = (url: string): string => url.replace('esdb://', 'esdb://agent:motdepasse-secret@');

let server: ScriptedServer;
let store: EventStoreDb;
beforeEach(async () => {
  server = await ScriptedServer.start();
  store = await EventStoreDb.open({ url: withCredentials(server.url), generation: 1, patienceMs: PATIENCE_MS });
  server.asked.length = 0;
});
afterEach(async () => {
  server.forgive();
  await store.close();
  await server.goAway();
});

const unavailable = (message: string) => expect.objectContaining({ name: 'StoreUnavailable', message });
const bodies = async (stream = 's'): Promise<unknown[]> => (await store.readStream(stream)).map(({ data }) => data);

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  const start = Date.now();
  try {
    return await work;
  } finally {
    expect(Date.now() - start).toBeLessThan(ms);
  }
}

describe('an append whose connection is cut after it was sent', () => {
  it('is settled by the same append again where the server had written it: it is there once', async () => {
    server.fate('append', 'done and cut');
    const answer = await store.append('s', 'none', [happened({ n: 1 }), happened({ n: 2 })]);
    expect(answer.version).toBe(1);
    expect(server.count('append')).toBe(2);
    expect(await bodies()).toEqual([{ n: 1 }, { n: 2 }]);
    expect((await store.readAll(undefined, 10)).at(-1)?.position).toBe(answer.position);
  });

  it('is settled the same where the server had not', async () => {
    server.fate('append', 'cut', 'cut');
    expect((await store.append('s', 'none', [happened({ n: 1 })])).version).toBe(0);
    expect(server.count('append')).toBe(3);
    expect(await bodies()).toEqual([{ n: 1 }]);
  });

  it('is settled as written, though somebody else has written after it', async () => {
    const other = await EventStoreDb.open({ url: server.url, generation: 1 });
    const { asked } = server;
    server.fate('append', 'done and cut', 'cut', 'cut');
    const first = store.append('s', 'none', [happened({ n: 1 })]);
    await until(() => asked.length > 2);
    const second = await other.append('s', 0, [happened({ n: 2 })]);
    const answer = await first;
    expect(answer.version).toBe(0);
    expect(store.compare(answer.position, second.position)).toBeLessThan(0);
    expect(await bodies()).toEqual([{ n: 1 }, { n: 2 }]);
    await other.close();
  });

  it('is unclear once patience is over; whoever repeats it later finds what was written', async () => {
    const event = happened({ n: 1 });
    server.fate('append', 'done and cut');
    server.fate('append', ...Array.from({ length: 20 }, () => 'cut' as const));
    await expect(within(BOUND_MS, store.append('s', 'none', [event]))).rejects.toEqual(
      unavailable("EventStoreDB n'est pas joignable (code 14)."),
    );
    await server.goAway();
    await server.comeBack();
    server.forgive();
    expect((await store.append('s', 'none', [event])).version).toBe(0);
    expect(await bodies()).toEqual([{ n: 1 }]);
  });
});

describe('a server that says no', () => {
  it('tells a wrong version, with the one it has', async () => {
    await store.append('s', 'none', [happened(), happened()]);
    await expect(store.append('s', 0, [happened()])).rejects.toMatchObject({ expected: 0, actual: 1, stream: 's' });
    await expect(store.append('t', 3, [happened()])).rejects.toMatchObject({ expected: 3, actual: 'none' });
    await expect(store.append('s', 'none', [happened()])).rejects.toThrow(VersionConflict);
  });

  it('tells another body under the same id, also where the first answer was lost', async () => {
    const event = happened({ amount: 1 });
    server.fate('append', 'done and cut');
    await store.append('s', 'none', [event]);
    await expect(store.append('s', 'none', [{ ...event, data: { amount: 2 } }])).rejects.toThrow(IdReused);
    expect(await bodies()).toEqual([{ amount: 1 }]);
  });

  it('tells a stream that somebody else deleted, before the note of it has arrived', async () => {
    await store.append('s', 'none', [happened()]);
    server.log.tombstone('s');
    await expect(store.readStream('s')).rejects.toThrow(StreamDeleted);
    await expect(store.append('s', 0, [happened()])).rejects.toThrow(StreamDeleted);
    await expect(store.deleteStream('s')).resolves.toBeUndefined();
  });

  it('tells an append that is too large, and asks once', async () => {
    const patient = await EventStoreDb.open({ url: server.url, generation: 1, patienceMs: 60_000 });
    const large = happened({ text: 'x'.repeat(1_048_576) });
    await expect(patient.append('s', 'none', [large])).rejects.toThrow(TooLarge);
    const many = Array.from({ length: 600 }, () => happened({ text: 'x'.repeat(2000) }));
    await expect(patient.append('s', 'none', many)).rejects.toThrow(TooLarge);
    server.fate('append', new Refused(8, 'Received message exceeds the maximum configured message size.'));
    await expect(patient.append('s', 'none', [happened()])).rejects.toThrow(TooLarge);
    expect(server.count('append')).toBe(3);
    expect(await patient.readStream('s')).toEqual([]);
    await patient.close();
  });

  it.each([
    ['not authenticated', refusals.notAuthenticated],
    ['access denied', refusals.accessDenied],
  ])('tells wrong credentials without repeating them, nor asking again (%s)', async (_, refusal) => {
    server.always = refusal;
    const sentence = 'EventStoreDB refuse les identifiants de EVENT_STORE_URL : vérifiez-les, et les droits du compte.';
    const url = withCredentials(server.url);
    for (const attempt of [
      () => store.append('s', 'none', [happened()]),
      () => store.readStream('s'),
      () => store.readAll(undefined, 10),
      () => store.deleteStream('s'),
      () => EventStoreDb.open({ url, generation: 1, patienceMs: PATIENCE_MS }),
    ]) {
      server.asked.length = 0;
      const error: Error = await attempt().then(
        () => new Error('It was done.'),
        (thrown: unknown) => thrown as Error,
      );
      expect(error).toEqual(unavailable(sentence));
      expect(`${error.stack ?? ''}${JSON.stringify(error)}`).not.toContain('motdepasse');
      expect(server.asked).toHaveLength(1);
    }
  });
});

describe('a server that does not answer', () => {
  it('is waited for only so long, and asked again by the same ids', async () => {
    server.always = 'silence';
    const event = happened({ n: 1 });
    const late = unavailable("EventStoreDB n'a pas répondu à temps.");
    await expect(within(BOUND_MS, store.append('s', 'none', [event]))).rejects.toEqual(late);
    await expect(within(BOUND_MS, store.readStream('s'))).rejects.toEqual(late);
    await expect(within(BOUND_MS, store.readAll(undefined, 1))).rejects.toEqual(late);
    await expect(within(BOUND_MS, store.head())).rejects.toEqual(late);
    await expect(within(BOUND_MS, store.deleteStream('t'))).rejects.toEqual(late);
    expect(server.count('append')).toBeGreaterThan(1);
    server.always = undefined;
    expect((await store.append('s', 'none', [event])).version).toBe(0);
    expect(await bodies()).toEqual([{ n: 1 }]);
  });

  it('may answer late: what was asked again stands, once, and the late answer troubles nobody', async () => {
    let answer: () => void = () => undefined;
    server.fate('append', new Promise((resolve) => (answer = resolve)));
    const event = happened({ n: 1 });
    const { version } = await store.append('s', 'none', [event]);
    expect([version, server.count('append')]).toEqual([0, 2]);
    answer();
    let read: () => void = () => undefined;
    server.fate('read', new Promise((resolve) => (read = resolve)));
    expect(await bodies()).toEqual([{ n: 1 }]);
    read();
    expect((await store.append('s', 0, [happened({ n: 2 })])).version).toBe(1);
    expect(await bodies()).toEqual([{ n: 1 }, { n: 2 }]);
  });

  it('is not waited for by whoever closes the log', async () => {
    server.always = 'silence';
    const appending = store.append('s', 'none', [happened()]);
    const reading = store.readStream('s');
    const outcomes = Promise.allSettled([appending, reading]);
    await within(BOUND_MS, store.close());
    expect((await outcomes).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await expect(store.append('s', 'none', [happened()])).rejects.toEqual(unavailable('The log is closed.'));
  });
});

describe('a server that is away', () => {
  const gone = unavailable("EventStoreDB n'est pas joignable (code 14).");

  it('is told in bounded time, and found again when it is back', async () => {
    await store.append('s', 'none', [happened({ n: 1 })]);
    await server.goAway();
    await expect(within(BOUND_MS, store.append('s', 0, [happened()]))).rejects.toEqual(gone);
    await expect(within(BOUND_MS, store.readStream('s'))).rejects.toEqual(gone);
    await server.comeBack();
    expect(await bodies()).toEqual([{ n: 1 }]);
    expect((await store.append('s', 0, [happened({ n: 2 })])).version).toBe(1);
  });

  it('is not noticed where it is back soon enough', async () => {
    await server.goAway();
    const patient = new Promise((resolve) => setTimeout(resolve, 100)).then(() => server.comeBack());
    expect(await bodies()).toEqual([]);
    await patient;
  });

  it('is told in a sentence to whoever starts', async () => {
    const { url } = server;
    await server.goAway();
    const starting = EventStoreDb.open({ url, generation: 1, patienceMs: PATIENCE_MS });
    await expect(within(BOUND_MS, starting)).rejects.toBeInstanceOf(StoreUnavailable);
    await server.comeBack();
    server.always = refusals.notReady;
    await expect(EventStoreDb.open({ url, generation: 1, patienceMs: PATIENCE_MS })).rejects.toEqual(
      unavailable('EventStoreDB démarre : il ne répond pas encore.'),
    );
  });

  it('is waited for while it starts', async () => {
    server.fate('append', refusals.notReady, refusals.notReady);
    server.fate('read', refusals.notReady);
    await store.append('s', 'none', [happened({ n: 1 })]);
    expect(await bodies()).toEqual([{ n: 1 }]);
  });
});

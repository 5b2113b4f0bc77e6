import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import {
  type Batch,
  type EventStore,
  IdReused,
  type NewEvent,
  type RecordedEvent,
  StreamDeleted,
  VersionConflict,
} from './event-store.js';

export const happened = (body: object = {}, id: string = randomUUID()): NewEvent => ({
  id,
  type: 'SomethingHappened',
  schema: 1,
  data: body,
  metadata: { at: '2030-01-01T00:00:00Z' },
});

const plain = ({ id, type, schema, data, metadata, stream, version }: RecordedEvent) => ({
  id,
  type,
  schema,
  data,
  metadata,
  stream,
  version,
});

/** What every store must do, in the same words for each. */
export function conformance(name: string, open: () => Promise<EventStore>): void {
  describe(`${name} keeps the contract of an event store`, () => {
    let store: EventStore;
    beforeEach(async () => {
      store = await open();
    });
    afterEach(() => store.close());

    describe('appending', () => {
      it('gives back what was written, in order, with versions from 0', async () => {
        const [a, b, c] = [happened({ n: 1, text: 'é' }), happened({ n: 2 }), happened({ n: 3 })];
        expect((await store.append('s', 'none', [a, b])).version).toBe(1);
        expect((await store.append('s', 1, [c])).version).toBe(2);
        expect((await store.readStream('s')).map(plain)).toEqual(
          [a, b, c].map((event, version) => ({ ...event, stream: 's', version })),
        );
      });

      it('checks each expectation inside the append', async () => {
        await expect(store.append('s', 'exists', [happened()])).rejects.toThrow(VersionConflict);
        await expect(store.append('s', 0, [happened()])).rejects.toThrow(VersionConflict);
        await store.append('s', 'any', [happened()]);
        await store.append('s', 'exists', [happened()]);
        await store.append('s', 1, [happened()]);
        await expect(store.append('s', 'none', [happened()])).rejects.toMatchObject({ actual: 2, expected: 'none' });
        await expect(store.append('s', 1, [happened()])).rejects.toMatchObject({ actual: 2, expected: 1, stream: 's' });
        await expect(store.append('s', 3, [happened()])).rejects.toThrow(VersionConflict);
        expect(await store.readStream('s')).toHaveLength(3);
      });

      it('lets one of many concurrent appends with the same expectation through', async () => {
        await store.append('s', 'none', [happened()]);
        const tries = Array.from({ length: 20 }, (_, n) => store.append('s', 0, [happened({ n })]));
        const outcomes = await Promise.allSettled(tries);
        expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
        expect(await store.readStream('s')).toHaveLength(2);
      });

      it('spoils no append by the conflict of another', async () => {
        await store.append('taken', 'none', [happened()]);
        const outcomes = await Promise.allSettled(
          Array.from({ length: 30 }, (_, n) =>
            store.append(n % 3 === 0 ? 'taken' : `free-${n}`, 'none', [happened({ n })]),
          ),
        );
        expect(outcomes.map(({ status }) => status)).toEqual(
          Array.from({ length: 30 }, (_, n) => (n % 3 === 0 ? 'rejected' : 'fulfilled')),
        );
      });

      it('writes several hundred events at once, or none', async () => {
        const many = Array.from({ length: 700 }, (_, n) => happened({ n }));
        expect((await store.append('s', 'none', many)).version).toBe(699);
        await expect(
          store.append(
            's',
            'none',
            Array.from({ length: 300 }, () => happened()),
          ),
        ).rejects.toThrow();
        expect((await store.readStream('s')).map(({ id }) => id)).toEqual(many.map(({ id }) => id));
      });

      it('takes an event of nearly a megabyte', async () => {
        const body = { text: 'x'.repeat(1_000_000) };
        await store.append('s', 'none', [happened(body)]);
        expect((await store.readStream('s'))[0]?.data).toEqual(body);
      });

      it('refuses an append without events, without a stream, or with an id twice', async () => {
        const twice = happened();
        await expect(store.append('s', 'any', [])).rejects.toThrow(TypeError);
        await expect(store.append('', 'any', [happened()])).rejects.toThrow(TypeError);
        await expect(store.append('s', 'any', [twice, twice])).rejects.toThrow(TypeError);
        expect(await store.readStream('s')).toEqual([]);
      });
    });

    describe('appending in order', () => {
      it('writes all, and answers for the last', async () => {
        const { version } = await store.appendInOrder([
          { stream: 'a', expected: 'none', events: [happened({ n: 1 })] },
          { stream: 'b', expected: 'none', events: [happened({ n: 2 }), happened({ n: 3 })] },
        ]);
        expect(version).toBe(1);
        expect((await store.readAll(undefined, 10)).map(({ stream, data }) => [stream, data])).toEqual([
          ['a', { n: 1 }],
          ['b', { n: 2 }],
          ['b', { n: 3 }],
        ]);
      });

      it('stops at the one that fails: what was before it stands, what comes after is not tried', async () => {
        await store.append('taken', 'none', [happened()]);
        const attempt = store.appendInOrder([
          { stream: 'a', expected: 'none', events: [happened()] },
          { stream: 'taken', expected: 'none', events: [happened()] },
          { stream: 'b', expected: 'none', events: [happened()] },
        ]);
        await expect(attempt).rejects.toMatchObject({ name: 'VersionConflict', stream: 'taken', actual: 0 });
        expect(await store.readStream('a')).toHaveLength(1);
        expect(await store.readStream('b')).toEqual([]);
      });

      it('may be repeated whole after it failed half way', async () => {
        const writes = [
          { stream: 'a', expected: 'none' as const, events: [happened({ n: 1 })] },
          { stream: 'b', expected: 'exists' as const, events: [happened({ n: 2 })] },
        ];
        await expect(store.appendInOrder(writes)).rejects.toThrow(VersionConflict);
        await store.append('b', 'none', [happened({ n: 0 })]);
        expect((await store.appendInOrder(writes)).version).toBe(1);
        expect(await store.readStream('a')).toHaveLength(1);
      });

      it('keeps the text of data that the caller has made already', async () => {
        await store.append('s', 'none', [{ ...happened({ a: 1, b: 'é' }), json: '{"a":1,"b":"é"}' }]);
        expect((await store.readStream('s')).map(({ data }) => data)).toEqual([{ a: 1, b: 'é' }]);
      });
    });

    describe('repeating an append', () => {
      it.each(['none', 'any'] as const)('answers as the first time, though more came since (%s)', async (expected) => {
        const events = [happened({ n: 1 }), happened({ n: 2 })];
        const first = await store.append('s', expected, events);
        await store.append('s', 1, [happened()]);
        expect(await store.append('s', expected, events)).toEqual(first);
        expect(await store.readStream('s')).toHaveLength(3);
      });

      it('answers as the first time for an exact version', async () => {
        await store.append('s', 'none', [happened()]);
        const event = happened({ n: 2 });
        const first = await store.append('s', 0, [event]);
        await store.append('s', 1, [happened()]);
        expect(await store.append('s', 0, [event])).toEqual(first);
        expect(await store.readStream('s')).toHaveLength(3);
      });

      it('refuses the same ids with another payload', async () => {
        const event = happened({ amount: 1 });
        await store.append('s', 'none', [event]);
        await expect(store.append('s', 'none', [{ ...event, data: { amount: 2 } }])).rejects.toThrow(IdReused);
        await expect(store.append('s', 'any', [{ ...event, type: 'OtherHappened' }])).rejects.toThrow(IdReused);
        expect((await store.readStream('s')).map(({ data }) => data)).toEqual([{ amount: 1 }]);
      });

      it('takes a partial repeat for a conflict', async () => {
        const event = happened();
        await store.append('s', 'none', [event]);
        await expect(store.append('s', 'none', [event, happened()])).rejects.toThrow(VersionConflict);
      });
    });

    describe('reading a stream', () => {
      beforeEach(() =>
        store.append(
          's',
          'none',
          [0, 1, 2, 3].map((n) => happened({ n })),
        ),
      );
      const numbers = (events: readonly RecordedEvent[]) => events.map(({ data }) => (data as { n: number }).n);

      it('starts at a version, inclusive, and keeps to the limit', async () => {
        expect(numbers(await store.readStream('s', { from: 2 }))).toEqual([2, 3]);
        expect(numbers(await store.readStream('s', { from: 1, limit: 2 }))).toEqual([1, 2]);
        expect(numbers(await store.readStream('s', { from: 4 }))).toEqual([]);
      });

      it('goes backwards from the end, or from a version', async () => {
        expect(numbers(await store.readStream('s', { backwards: true, limit: 1 }))).toEqual([3]);
        expect(numbers(await store.readStream('s', { backwards: true, from: 1 }))).toEqual([1, 0]);
      });

      it('finds nothing in a stream that does not exist', async () => {
        expect(await store.readStream('other')).toEqual([]);
        expect(await store.readStream('other', { backwards: true, limit: 1 })).toEqual([]);
      });
    });

    describe('reading all', () => {
      it('gives every event once, in the order of the appends, from an exclusive position', async () => {
        for (let n = 0; n < 10; n++) await store.append(`s-${n % 3}`, 'any', [happened({ n })]);
        const all = await store.readAll(undefined, 100);
        expect(all.map(({ data }) => (data as { n: number }).n)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
        const rest = await store.readAll(all[3]?.position, 4);
        expect(rest.map(({ data }) => (data as { n: number }).n)).toEqual([4, 5, 6, 7]);
        expect(await store.readAll(await store.head(), 10)).toEqual([]);
      });

      it('compares positions, and answers an append with that of its last event', async () => {
        expect(await store.head()).toBeUndefined();
        const first = await store.append('s', 'none', [happened()]);
        const second = await store.append('t', 'none', [happened(), happened()]);
        expect(store.compare(first.position, second.position)).toBeLessThan(0);
        expect(store.compare(second.position, first.position)).toBeGreaterThan(0);
        expect(store.compare(second.position, (await store.head()) as string)).toBe(0);
        expect((await store.readAll(undefined, 10)).at(-1)?.position).toBe(second.position);
      });
    });

    describe('following', () => {
      it('gives what is there, says when it has caught up, then gives what comes', async () => {
        await store.append('s', 'none', [happened({ n: 0 }), happened({ n: 1 })]);
        const stop = new AbortController();
        const seen: unknown[] = [];
        for await (const batch of store.follow(undefined, stop.signal)) {
          seen.push(...batch.events.map(({ data }) => data));
          if (batch.caughtUp && seen.length === 2) await store.append('s', 1, [happened({ n: 2 })]);
          if (seen.length === 3) stop.abort();
        }
        expect(seen).toEqual([{ n: 0 }, { n: 1 }, { n: 2 }]);
      });

      it('says at once of an empty log that it has caught up', async () => {
        const stop = new AbortController();
        const batches: Batch[] = [];
        for await (const batch of store.follow(undefined, stop.signal)) {
          batches.push(batch);
          stop.abort();
        }
        expect(batches).toEqual([{ events: [], position: undefined, caughtUp: true }]);
      });

      it('passes over other types, and tells how far it has read all the same', async () => {
        const other = (n: number): NewEvent => ({ ...happened({ n }), type: 'OtherHappened' });
        for (let n = 0; n < 1200; n += 100) {
          await store.append(
            's',
            'any',
            Array.from({ length: 100 }, (_, m) => (m % 2 ? other(n + m) : happened({ n: n + m }))),
          );
        }
        const { position } = await store.append('s', 'any', [happened({ n: -1 })]);
        const stop = new AbortController();
        const seen: number[] = [];
        for await (const batch of store.follow(undefined, stop.signal, { types: ['OtherHappened'] })) {
          seen.push(...batch.events.map(({ data }) => (data as { n: number }).n));
          if (batch.caughtUp && seen.length < 601) {
            expect(batch.position).toBe(position);
            await store.append('s', 'any', [other(1201)]);
          }
          if (seen.length === 601) stop.abort();
        }
        expect(seen).toEqual([...Array.from({ length: 600 }, (_, n) => 2 * n + 1), 1201]);
      });

      it('starts after a position and misses nothing that is written meanwhile', async () => {
        const { position } = await store.append('s', 'none', [happened({ n: -1 })]);
        const stop = new AbortController();
        const seen: number[] = [];
        const writing = (async () => {
          for (let n = 0; n < 300; n++) await store.append('s', n, [happened({ n })]);
        })();
        for await (const { events } of store.follow(position, stop.signal)) {
          seen.push(...events.map(({ data }) => (data as { n: number }).n));
          if (seen.length >= 300) stop.abort();
        }
        await writing;
        expect(seen).toEqual(Array.from({ length: 300 }, (_, n) => n));
      });

      it('ends while it waits when it is told to stop', async () => {
        const stop = new AbortController();
        for await (const { caughtUp } of store.follow(undefined, stop.signal)) {
          if (caughtUp) setImmediate(() => stop.abort());
        }
        expect(stop.signal.aborted).toBe(true);
      });
    });

    it('finds nothing altered in what it wrote', async () => {
      await store.append('s', 'none', [happened({ text: 'é', at: [1, { deep: null }] }), happened({ n: 0.1 })]);
      await store.append('s', 1, [{ ...happened({ b: 'é', a: 1 }), json: '{"a":1,"b":"é"}' }]);
      const altered: string[] = [];
      for await (const id of store.altered()) altered.push(id);
      expect(altered).toEqual([]);
    });

    describe('deleting a stream', () => {
      it('is for good: not read, not appended to, not in the log, and no position comes again', async () => {
        await store.append('kept', 'none', [happened({ n: 0 })]);
        const { position } = await store.append('gone', 'none', [happened({ n: 1 })]);
        await store.deleteStream('gone');
        await expect(store.readStream('gone')).rejects.toThrow(StreamDeleted);
        await expect(store.append('gone', 'none', [happened()])).rejects.toThrow(StreamDeleted);
        await expect(store.append('gone', 'any', [happened()])).rejects.toThrow(StreamDeleted);
        await expect(store.append('gone', 0, [happened()])).rejects.toThrow(StreamDeleted);
        expect((await store.readAll(undefined, 10)).map(({ stream }) => stream)).toEqual(['kept']);
        const next = await store.append('kept', 0, [happened({ n: 2 })]);
        expect(store.compare(next.position, position)).toBeGreaterThan(0);
      });

      it('is told of, once for each', async () => {
        expect(await store.deletedStreams()).toEqual([]);
        await store.append('gone', 'none', [happened()]);
        for (const stream of ['gone', 'never', 'gone']) await store.deleteStream(stream);
        expect(await store.deletedStreams()).toEqual(['gone', 'never']);
      });

      it('may be repeated, and may come before the first event', async () => {
        await store.deleteStream('never');
        await store.deleteStream('never');
        await expect(store.append('never', 'none', [happened()])).rejects.toThrow(StreamDeleted);
      });
    });
  });
}

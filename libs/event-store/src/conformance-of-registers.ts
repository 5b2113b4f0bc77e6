import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { happened } from './conformance.js';
import type { EventStore, Registers } from './event-store.js';

/** What the registers of a log that several machines share must do. */
export function conformanceOfRegisters(
  name: string,
  open: () => Promise<EventStore & { readonly registers: Registers }>,
): void {
  describe(`the registers of ${name}`, () => {
    let store: EventStore & { readonly registers: Registers };
    beforeEach(async () => {
      store = await open();
    });
    afterEach(() => store.close());

    it('hold the last value that was written, each its own', async () => {
      const { registers } = store;
      expect(await registers.read('a')).toBeUndefined();
      expect(await registers.write('a', 'none', { n: 'é' })).toBe(true);
      for (let n = 0; n < 9; n++) expect(await registers.write('a', n, { n })).toBe(true);
      expect(await registers.write('b', 'none', {})).toBe(true);
      expect([await registers.read('a'), await registers.read('b')]).toEqual([
        { version: 9, value: { n: 8 } },
        { version: 0, value: {} },
      ]);
    });

    it('are written by one of those who saw the same', async () => {
      const { registers } = store;
      const attempts = (expected: number | 'none') =>
        Promise.all([1, 2, 3, 4].map((n) => registers.write('a', expected, { n })));
      expect((await attempts('none')).filter((written) => written)).toHaveLength(1);
      expect((await attempts(0)).filter((written) => written)).toHaveLength(1);
      expect(await attempts(0)).toEqual([false, false, false, false]);
      expect(await attempts(7)).toEqual([false, false, false, false]);
      expect((await registers.read('a'))?.version).toBe(1);
    });

    it('are no part of the log', async () => {
      const { position } = await store.append('s', 'none', [happened({ n: 1 })]);
      const stop = new AbortController();
      const seen: string[] = [];
      const following = (async () => {
        for await (const { events } of store.follow(undefined, stop.signal)) {
          seen.push(...events.map(({ stream }) => stream));
          if (seen.includes('t')) stop.abort();
        }
      })();
      await store.registers.write('s', 'none', { n: 2 });
      for (let n = 0; n < 60; n++) await store.registers.write('s', n, { n });
      expect(await store.head()).toBe(position);
      await store.append('t', 'none', [happened()]);
      for (let n = 60; n < 90; n++) await store.registers.write('s', n, { n });
      await following;
      expect(seen).toEqual(['s', 't']);
      expect((await store.readAll(undefined, 10)).map(({ stream }) => stream)).toEqual(['s', 't']);
      expect(await store.head()).not.toBe(position);
      await store.deleteStream('t');
      expect(await store.head()).toBe(position);
    });
  });
}

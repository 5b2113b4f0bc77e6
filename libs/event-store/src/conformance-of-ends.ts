import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { setImmediate as endOfTurn } from 'node:timers/promises';
import { happened } from './conformance.js';
import type { EndOfLog, EventStore } from './event-store.js';

type Ended = EventStore & { readonly end: EndOfLog };

/** What a store that tells how far its log goes must say of streams: `open` gives one log to two processes. */
export function conformanceOfEnds(name: string, open: () => Promise<readonly [Ended, Ended]>): void {
  describe(`the end of the log, as ${name} tells it`, () => {
    let [mine, other]: (Ended | undefined)[] = [];
    const store = (): Ended => mine as Ended;
    const elsewhere = (): Ended => other as Ended;
    beforeEach(async () => {
      [mine, other] = await open();
      await store().follow(undefined, new AbortController().signal)[Symbol.asyncIterator]().next();
      await known();
    });
    afterEach(async () => {
      await Promise.all([store().close(), elsewhere().close()]);
    });

    /** All that was written before is known from then on. */
    async function known(): Promise<void> {
      await endOfTurn();
      const { end } = store();
      while (end.caughtUp && !(await end.caughtUp())) await endOfTurn();
    }

    it('tells a stream that has not moved from one that has, whoever wrote there', async () => {
      const s = await store().append('s', 'none', [happened(), happened()]);
      const t = await elsewhere().append('t', 'none', [happened()]);
      await known();
      const { end } = store();
      expect([end.unmoved('s', s.position), end.unmoved('t', t.position), end.unmoved('t', s.position)]).toEqual([
        ...[true, true, false],
      ]);
      expect(end.position()).toBe(t.position);
      await elsewhere().append('s', 1, [happened()]);
      await known();
      expect([end.unmoved('s', s.position), end.unmoved('t', t.position)]).toEqual([false, true]);
      const again = await store().append('t', 0, [happened()]);
      await known();
      expect([end.unmoved('t', t.position), end.unmoved('t', again.position)]).toEqual([false, true]);
    });

    it('tells when a stream begins that was not there', async () => {
      await store().append('s', 'none', [happened()]);
      await known();
      const { end } = store();
      const before = end.position() ?? '';
      expect(end.unmoved('later', before)).toBe(true);
      await elsewhere().append('later', 'none', [happened()]);
      await known();
      expect(end.unmoved('later', before)).toBe(false);
    });

    it('says of no deleted stream that it is as it was', async () => {
      const { position } = await store().append('person-1', 'none', [happened()]);
      await elsewhere().deleteStream('person-1');
      await elsewhere().append('s', 'none', [happened()]);
      await known();
      expect(store().end.unmoved('person-1', position)).toBe(false);
    });

    it('remembers only so much: of what is older it says nothing', async () => {
      const { position } = await store().append('s', 'none', [happened()]);
      for (let n = 0; n < 11; n++) {
        await elsewhere().append(
          `t-${n}`,
          'none',
          Array.from({ length: 400 }, () => happened()),
        );
        await known();
      }
      const { end } = store();
      expect(end.unmoved('s', position)).toBe(false);
      expect(end.unmoved('s', end.position() ?? '')).toBe(true);
    });
  });
}

import { describe, expect, it } from '@jest/globals';
import { SetClock } from '#commands/clock.js';
import { type Position, StoreUnavailable } from '#event-store/event-store.js';
import { MemoryEventStore } from '#event-store/memory.js';
import { MOST_COUNTED, ViewsLag } from './views-lag.js';

const NOW = '2021-07-01T08:00:00Z';

/** A log of so many facts, one each second up to now, and views that contain the first of them. */
async function logOf(count: number, projected: number) {
  const store = new MemoryEventStore();
  const positions: Position[] = [];
  for (let n = 1; n <= count; n++) {
    const at = new Date(Date.parse(NOW) - (count - n) * 1000).toISOString();
    const id = `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
    const fact = { id, type: 'Happened', schema: 1, data: {}, metadata: { at } };
    positions.push((await store.append(`thing-${n}`, 'none', [fact])).position);
  }
  const views = { projected };
  const projector = {
    get position(): Position | undefined {
      return positions[views.projected - 1];
    },
    has(position: Position): boolean {
      return this.position !== undefined && store.compare(this.position, position) >= 0;
    },
  };
  const clock = new SetClock(NOW);
  return { store, views, lag: new ViewsLag({ store, projector, clock }), positions, clock };
}

describe('how far views are behind the log', () => {
  it('is nothing where both are empty', async () => {
    const { lag } = await logOf(0, 0);
    expect(await lag.measure()).toEqual({ log: undefined, lag: { facts: 0, atLeast: false, seconds: 0 } });
  });

  it('is nothing where they contain its last fact', async () => {
    const { lag, positions } = await logOf(5, 5);
    expect(await lag.measure()).toEqual({ log: positions[4], lag: { facts: 0, atLeast: false, seconds: 0 } });
  });

  it('is what they lack, and the age of the oldest of it', async () => {
    const { lag, positions } = await logOf(5, 2);
    expect(await lag.measure()).toEqual({ log: positions[4], lag: { facts: 3, atLeast: false, seconds: 2 } });
  });

  it('is everything where they are empty', async () => {
    expect((await (await logOf(4, 0)).lag.measure())?.lag).toEqual({ facts: 4, atLeast: false, seconds: 3 });
  });

  it('is counted up to a bound, which it names', async () => {
    const { lag } = await logOf(MOST_COUNTED + 1, 0);
    expect((await lag.measure())?.lag).toEqual({ facts: MOST_COUNTED, atLeast: true, seconds: MOST_COUNTED });
  });

  it('is never less than none, whatever the clock of another machine says', async () => {
    const { lag, clock } = await logOf(3, 2);
    clock.set('2021-07-01T07:00:00Z');
    expect((await lag.measure())?.lag).toEqual({ facts: 1, atLeast: false, seconds: 0 });
  });

  it('is told again for a moment, and no longer once they have what was the end', async () => {
    const { lag, views } = await logOf(3, 1);
    expect((await lag.measure())?.lag.facts).toBe(2);
    views.projected = 2;
    expect((await lag.measure())?.lag.facts).toBe(2);
    views.projected = 3;
    expect((await lag.measure())?.lag.facts).toBe(0);
  });

  it('grows with the log', async () => {
    const { lag, store } = await logOf(3, 3);
    expect((await lag.measure())?.lag.facts).toBe(0);
    const fact = { id: '00000000-0000-4000-8000-999999999999', type: 'Happened', schema: 1, data: {}, metadata: {} };
    await store.append('another', 'none', [fact]);
    expect((await lag.measure())?.lag).toEqual({ facts: 1, atLeast: false, seconds: 0 });
  });

  it('is unknown where the log does not say', async () => {
    const { lag, store } = await logOf(3, 2);
    store.head = () => Promise.reject(new StoreUnavailable('failed', 'away'));
    expect(await lag.measure()).toBeUndefined();
  });

  it('is unknown where the log keeps silent, and whoever asks is not kept waiting', async () => {
    const { store, positions } = await logOf(1, 0);
    store.head = () => new Promise(() => undefined);
    const projector = { position: positions[0], has: () => false };
    const lag = new ViewsLag({ store, projector, clock: new SetClock(NOW), patienceMs: 10 });
    expect(await lag.measure()).toBeUndefined();
  });
});

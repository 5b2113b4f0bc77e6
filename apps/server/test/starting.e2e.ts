import { describe, expect, it } from '@jest/globals';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { accepted } from '#client/client.js';
import { type Batch, StoreUnavailable } from '#event-store/event-store.js';
import { MemoryEventStore } from '#event-store/memory.js';
import { expectRefused } from './refusals.js';
import { World } from './world.js';

/** A log whose followers wait, as they do for one that is far away. */
class HeldStore extends MemoryEventStore {
  private held = Promise.resolve();
  release: () => void = () => undefined;

  hold(): void {
    this.held = new Promise((resolve) => (this.release = resolve));
  }

  /** It outlives the service that is started again over it. */
  override async close(): Promise<void> {
    return;
  }

  override async *follow(...asked: Parameters<MemoryEventStore['follow']>): AsyncIterable<Batch> {
    await this.held;
    yield* super.follow(...asked);
  }
}

describe('a service whose log answers nobody', () => {
  it('goes on answering questions: it is ready, and says that it knows nothing of the log', async () => {
    const store = new HeldStore();
    const left = await World.open('2021-05-12T08:00:00Z', { store });
    try {
      store.head = () => Promise.reject(new StoreUnavailable('failed', 'away'));
      const { views } = accepted(await left.anonymous.get<{ views: string }>('/health/ready'));
      expect(accepted(await left.anonymous.get('/health/ready'))).toEqual({
        status: 'ready',
        views,
        log: null,
        lag: null,
      });
      accepted(await left.operator.get('/api/calls'));
    } finally {
      await left.close();
    }
  });
});

describe('a service that has not caught up with its log', () => {
  it('knows nobody yet, and says to come back: 503 and not 401', async () => {
    const store = new HeldStore();
    const late = await World.open('2021-05-12T08:00:00Z', { store });
    try {
      store.hold();
      await late.restart(async () => {
        for (const name of readdirSync(late.folder)) if (name.startsWith('views-')) rmSync(join(late.folder, name));
      });
      const operator = late.as(late.operator);
      const answer = await operator.get('/api/me');
      expectRefused(answer, 503, 'NotReady', 'Le service démarre : réessayez dans un instant.');
      expect(answer.headers.get('retry-after')).toBe('1');
      const facts = (await store.readAll(undefined, 1000)).length;
      expect(facts).toBeGreaterThan(1);
      const lacking = `Les pages rattrapent le journal : il leur manque ${facts} faits.`;
      expectRefused(await late.anonymous.get('/health/ready'), 503, 'NotReady', lacking);
      expect((await late.anonymous.get('/health/live')).status).toBe(200);
      store.release();
      await late.ready();
      accepted(await operator.get('/api/me'));
      const end = await store.head();
      expect(accepted(await late.anonymous.get('/health/ready'))).toEqual({
        status: 'ready',
        views: end,
        log: end,
        lag: { facts: 0, atLeast: false, seconds: 0 },
      });
    } finally {
      store.release();
      await late.close();
    }
  });
});

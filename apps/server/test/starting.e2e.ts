import { describe, expect, it } from '@jest/globals';
import { accepted } from '#client/client.js';
import type { Batch } from '#event-store/event-store.js';
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

describe('a service that has not caught up with its log', () => {
  it('knows nobody yet, and says to come back: 503 and not 401', async () => {
    const store = new HeldStore();
    const late = await World.open('2021-05-12T08:00:00Z', { store });
    try {
      store.hold();
      await late.restart();
      const operator = late.as(late.operator);
      const answer = await operator.get('/api/me');
      expectRefused(answer, 503, 'NotReady', 'Le service démarre : réessayez dans un instant.');
      expect(answer.headers.get('retry-after')).toBe('1');
      expectRefused(await late.anonymous.get('/health/ready'), 503, 'NotReady');
      expect((await late.anonymous.get('/health/live')).status).toBe(200);
      store.release();
      await late.ready();
      accepted(await operator.get('/api/me'));
    } finally {
      store.release();
      await late.close();
    }
  });
});

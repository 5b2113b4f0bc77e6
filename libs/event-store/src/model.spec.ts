import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as endOfTurn } from 'node:timers/promises';
import { type EventStore, type Expected, type NewEvent } from './event-store.js';
import { MemoryEventStore } from './memory.js';
import { SqliteEventStore } from './sqlite.js';

/** Ids come from a small set, so that repeats, reuse and partial repeats happen all the time. */
const event = fc.record({ id: fc.integer({ min: 1, max: 12 }), body: fc.integer({ min: 0, max: 1 }) });
const stream = fc.constantFrom('a', 'b', 'c');
const expected: fc.Arbitrary<Expected> = fc.oneof(
  fc.constantFrom<Expected[]>('any', 'none', 'exists'),
  fc.integer({ min: 0, max: 5 }),
);
const operation = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({ append: stream, expected, events: fc.array(event, { minLength: 1, maxLength: 3 }) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      read: stream,
      from: fc.nat(6),
      backwards: fc.boolean(),
      limit: fc.integer({ min: 1, max: 4 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ readAll: fc.nat(10), limit: fc.integer({ min: 1, max: 5 }) }) },
  { weight: 1, arbitrary: fc.record({ remove: stream }) },
  { weight: 1, arbitrary: fc.constant({ reopen: true as const }) },
);
type Operation = typeof operation extends fc.Arbitrary<infer T> ? T : never;

const newEvent = ({ id, body }: { id: number; body: number }): NewEvent => ({
  id: `00000000-0000-4000-8000-${String(id).padStart(12, '0')}`,
  type: 'Happened',
  schema: 1,
  data: { body },
  metadata: {},
});

/** What somebody sees of an operation: positions only by their order. */
async function observe(store: EventStore, step: Operation): Promise<unknown> {
  try {
    if ('append' in step) return (await store.append(step.append, step.expected, step.events.map(newEvent))).version;
    if ('read' in step) {
      const { from, backwards, limit } = step;
      return (await store.readStream(step.read, { from, backwards, limit })).map(({ id, version, data }) => [
        id,
        version,
        data,
      ]);
    }
    if ('readAll' in step) {
      const all = await store.readAll(undefined, 1000);
      const after = all[step.readAll]?.position;
      return (await store.readAll(after, step.limit)).map(({ id, stream: name, version }) => [id, name, version]);
    }
    if ('remove' in step) return await store.deleteStream(step.remove);
    return 'reopened';
  } catch (error) {
    return (error as Error).name;
  }
}

/** Whoever is asked: what one of two that share the file did, the other knows. */
const steps = fc.array(fc.record({ who: fc.nat(1), step: operation }), { maxLength: 60 });

it('SQLite does what the reference does, whatever is asked of it', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (asked) => {
      const folder = mkdtempSync(join(tmpdir(), 'convergence-model-'));
      const open = () => SqliteEventStore.open({ path: join(folder, 'log.db'), generation: 1 });
      const reference = new MemoryEventStore();
      const stores = [open(), open()] as [SqliteEventStore, SqliteEventStore];
      try {
        for (const { who, step } of asked) {
          if ('reopen' in step) {
            await stores[who as 0 | 1].close();
            stores[who as 0 | 1] = open();
          }
          await endOfTurn();
          expect([step, await observe(stores[who as 0 | 1], step)]).toEqual([step, await observe(reference, step)]);
        }
      } finally {
        for (const store of stores) await store.close();
        rmSync(folder, { recursive: true, force: true });
      }
    }),
    { numRuns: 60 },
  );
}, 120_000);

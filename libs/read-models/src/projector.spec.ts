import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as breathe } from 'node:timers/promises';
import type { RecordedEvent } from '#event-store/event-store.js';
import { MemoryEventStore } from '#event-store/memory.js';
import {
  afterwards,
  CAMILLE,
  given,
  type Happened,
  logOf,
  newFolder,
  on,
  reached,
  SACHA,
  tablesOf,
  tell,
} from './fixtures.js';
import { personOf } from './identity.js';
import { models } from './models.js';
import { Projector, ViewsBehind } from './projector.js';
import type { ReadModel } from './read-model.js';

const named = (name: string, person = CAMILLE): Happened[] => [
  on(`person-${person}`, { type: 'PersonDescribed', name, email: 'c@asso.example' }),
  on(`account-${person}`, { type: 'AccountOpened', content: { version: 0, hash: 'a' } }),
];

async function following(store: MemoryEventStore, folder = newFolder(), having: readonly ReadModel[] = models) {
  const projector = await Projector.open(folder, store, having);
  let closed = false;
  const close = async () => {
    if (!closed) await projector.close();
    closed = true;
  };
  afterwards(close);
  return { projector, close };
}

/** Resolves when this is so, after facts or a change of the views. */
const when = (projector: Projector, condition: () => boolean): Promise<void> =>
  new Promise((resolve) => {
    const look = () => {
      if (!condition()) return;
      projector.changes.delete(look);
      resolve();
    };
    projector.changes.add(look);
    look();
  });

describe('the projector', () => {
  it('is ready once it has caught up with the log', async () => {
    const { projector } = await following(await logOf(named('Camille')));
    expect(projector.ready).toBe(false);
    await when(projector, () => projector.ready);
    expect(projector.position).toBe('2');
    expect(personOf(projector.views, CAMILLE)?.name).toBe('Camille');
  });

  it('is ready on an empty log, and follows it from there', async () => {
    const store = await logOf([]);
    const { projector } = await following(store);
    await when(projector, () => projector.ready);
    expect(projector.position).toBeUndefined();
    await tell(store, named('Camille'));
    await reached(projector, store);
    expect(personOf(projector.views, CAMILLE)?.name).toBe('Camille');
  });

  it('goes on where it stopped', async () => {
    const folder = newFolder();
    const store = await logOf(named('Camille'));
    const first = await following(store, folder);
    await reached(first.projector, store);
    await first.close();
    await tell(store, named('Sacha', SACHA));
    const second = await following(store, folder);
    expect(second.projector.position).toBe('2');
    await reached(second.projector, store);
    expect([CAMILLE, SACHA].map((id) => personOf(second.projector.views, id)?.name)).toEqual(['Camille', 'Sacha']);
  });

  it('says which facts have arrived', async () => {
    const { projector, store } = await given();
    const told: string[] = [];
    projector.changes.add((types) => told.push(...types));
    await tell(store, named('Camille'));
    await reached(projector, store);
    expect(told.sort()).toEqual(['AccountOpened', 'PersonDescribed']);
  });

  it.each([
    ['a fact', 'SomethingNew', 1],
    ['a shape', 'AccountOpened', 2],
  ])('halts at %s it does not know, says so, and keeps answering', async (_, type, schema) => {
    const { projector, store } = await given(...named('Camille'));
    await store.append('call-1', 'none', [{ id: 'event-x', type, schema, data: {}, metadata: {} }]);
    await expect(projector.reached('3', 200)).rejects.toThrow(ViewsBehind);
    expect(projector.ready).toBe(false);
    expect(projector.halted).toMatchObject({ name: 'UnreadableFact', message: expect.stringContaining(`${type}@`) });
    expect(personOf(projector.views, CAMILLE)?.name).toBe('Camille');
  });

  it('halts where a handler fails, at the checkpoint before it', async () => {
    const broken: ReadModel = {
      tables: 'CREATE TABLE none (id TEXT)',
      handlers: () => ({
        PersonForgotten: () => {
          throw new Error('broken');
        },
      }),
    };
    const store = await logOf(named('Camille'));
    const { projector } = await following(store, newFolder(), [broken]);
    await reached(projector, store);
    await tell(store, [on(`account-${CAMILLE}`, { type: 'PersonForgotten' })]);
    await expect(projector.reached('3', 200)).rejects.toThrow(ViewsBehind);
    expect([projector.halted?.message, projector.position]).toEqual(['broken', '2']);
  });
});

describe('waiting for a position', () => {
  it('ends at once where the views are there already', async () => {
    const { projector } = await given(...named('Camille'));
    await projector.reached('2', 0);
    await projector.reached('1', 0);
  });

  it('ends when the views get there', async () => {
    const { projector, store } = await given();
    const waiting = projector.reached('2', 5000);
    await tell(store, named('Camille'));
    await waiting;
    expect(personOf(projector.views, CAMILLE)?.name).toBe('Camille');
  });

  it('ends with ViewsBehind after its patience, for that waiter only', async () => {
    const { projector, store } = await given();
    const patient = projector.reached('2', 5000);
    await expect(projector.reached('2', 10)).rejects.toThrow(ViewsBehind);
    await tell(store, named('Camille'));
    await patient;
  });
});

describe('two processes on one log', () => {
  it('take two slots, and follow it both', async () => {
    const folder = newFolder();
    const store = await logOf(named('Camille'));
    const both = [await following(store, folder), await following(store, folder)].map(({ projector }) => projector);
    for (const projector of both) await reached(projector, store);
    expect(new Set(both.map(({ views }) => views.path)).size).toBe(2);
    expect(both.map(({ views }) => personOf(views, CAMILLE)?.name)).toEqual(['Camille', 'Camille']);
  });
});

describe('rebuilding', () => {
  const crowd = (from: number, count: number): Happened[] =>
    Array.from({ length: count }, (_, n) => named(`Personne ${from + n}`, `p${from + n}`)).flat();

  it('makes the same answers, while facts keep arriving, and goes on following', async () => {
    const told = await given(...crowd(0, 700));
    const before = tablesOf(told.views);
    const rebuilt: boolean[] = [];
    const rebuilding = told.projector.rebuild().then(() => rebuilt.push(true));
    let written = 700;
    while (rebuilt.length === 0) {
      await told.andThen(...crowd(written++, 1));
      await breathe();
      expect(personOf(told.views, `p${written - 1}`)?.name).toBe(`Personne ${written - 1}`);
    }
    await rebuilding;
    expect(tablesOf(told.views)['people']?.slice(0, 1)).toEqual(before['people']?.slice(0, 1));
    await told.andThen(...named('Camille'));
    const fresh = await following(told.store);
    await reached(fresh.projector, told.store);
    expect(tablesOf(told.views)).toEqual(tablesOf(fresh.projector.views));
    expect(readdirSync(told.folder).filter((name) => name.includes('next'))).toEqual([]);
  });

  it('mends views that were wrong, and tells that anything may have changed', async () => {
    const told = await given(...named('Camille'));
    told.views.db.exec("UPDATE people SET name = 'Quelqu’un'");
    const changed: string[] = [];
    told.projector.changes.add((types) => changed.push(...types));
    await told.projector.rebuild();
    expect(personOf(told.views, CAMILLE)?.name).toBe('Camille');
    expect(changed).toEqual(['*']);
  });

  it('of an empty log is empty', async () => {
    const told = await given();
    await told.projector.rebuild();
    await told.andThen(...named('Camille'));
    expect(personOf(told.views, CAMILLE)?.name).toBe('Camille');
  });

  it('asked for twice is done once', async () => {
    const told = await given(...crowd(0, 20));
    const changed: string[] = [];
    told.projector.changes.add((types) => changed.push(...types));
    await Promise.all([told.projector.rebuild(), told.projector.rebuild()]);
    expect(changed).toEqual(['*']);
    expect(tablesOf(told.views)['people']).toHaveLength(20);
  });

  it('that fails leaves the running views and nothing beside them', async () => {
    const told = await given(...named('Camille'));
    await told.store.append('call-1', 'none', [{ id: 'event-x', type: 'New', schema: 1, data: {}, metadata: {} }]);
    await expect(told.projector.rebuild()).rejects.toThrow('Fait inconnu de cette version : New@1.');
    expect(readdirSync(told.folder).filter((name) => name.includes('next'))).toEqual([]);
    expect(personOf(told.views, CAMILLE)?.name).toBe('Camille');
  });

  it('is given up when the service stops', async () => {
    const folder = newFolder();
    const store = await logOf(crowd(0, 700));
    const { projector, close } = await following(store, folder);
    await reached(projector, store);
    const rebuilding = projector.rebuild();
    await close();
    await rebuilding;
    expect(readdirSync(folder)).toEqual(['views-1.db']);
  });
});

describe('a copy of the views', () => {
  let file: string;
  beforeEach(() => {
    file = join(newFolder(), 'copy.db');
  });
  const copied = async (store: MemoryEventStore) => {
    const { projector } = await following(store);
    await when(projector, () => projector.ready);
    return { projector, position: await projector.copyTo(file) };
  };

  it('is what another server begins with, and it goes on from there', async () => {
    const store = await logOf(named('Camille'));
    const { projector, position } = await copied(store);
    expect(position).toBe('2');
    await tell(store, named('Sacha', SACHA));
    const read = jest.spyOn(store, 'follow');
    const other = await Projector.open(newFolder(), store, models, file);
    afterwards(() => other.close());
    expect(other.position).toBe('2');
    await when(other, () => other.position === '4');
    expect(read.mock.calls[0]?.[0]).toBe('2');
    await when(projector, () => projector.position === '4');
    expect(tablesOf(other.views)).toEqual(tablesOf(projector.views));
  });

  it('waits for nobody, and makes facts wait for no longer than it takes', async () => {
    const store = await logOf(named('Camille'));
    const { projector } = await copied(store);
    const copying = projector.copyTo(file);
    const { position } = await store.append(`person-${SACHA}`, 'none', [
      { ...(await store.readStream(`person-${CAMILLE}`))[0], id: randomUUID() } as RecordedEvent,
    ]);
    expect(personOf(projector.views, CAMILLE)?.name).toBe('Camille');
    await projector.reached(position, 20_000);
    expect(await copying).toBe('2');
  });

  it('of another log, or of another version, is not believed', async () => {
    await copied(await logOf(named('Camille')));
    const another = Object.assign(await logOf(named('Sacha')), { logId: 'another' });
    const newer = [...models, { tables: 'CREATE TABLE newer (id TEXT)', handlers: () => ({}) }];
    for (const having of [models, newer]) {
      const store = having === models ? another : await logOf(named('Camille'));
      const other = await Projector.open(newFolder(), store, having, file);
      afterwards(() => other.close());
      expect(other.position).toBeUndefined();
      await when(other, () => other.position === '2');
    }
  });

  it('lets no other process have the slot of who copied it', async () => {
    const store = await logOf(named('Camille'));
    const folder = newFolder();
    const { projector } = await following(store, folder);
    await projector.copyTo(join(folder, 'copy.db'));
    const { projector: beside } = await following(store, folder);
    expect(beside.views.path).not.toBe(projector.views.path);
  });
});

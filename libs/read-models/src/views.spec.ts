import { describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MemoryEventStore } from '#event-store/memory.js';
import {
  afterwards,
  CAMILLE,
  FILE,
  given,
  type Happened,
  logOf,
  newFolder,
  on,
  recorded,
  tablesOf,
} from './fixtures.js';
import { personOf } from './identity.js';
import { models } from './models.js';
import type { ReadModel } from './read-model.js';
import { nextOf } from './view-files.js';
import { removeAbandonedViews, UnreadableFact, Views } from './views.js';

const named = (name: string, person = CAMILLE): Happened[] => [
  on(`person-${person}`, { type: 'PersonDescribed', name, email: `${name}@asso.example` }),
  on(`account-${person}`, { type: 'AccountOpened', content: { version: 0, hash: 'a' } }),
];

async function opened(folder: string, store: MemoryEventStore, having: readonly ReadModel[] = models): Promise<Views> {
  const views = await Views.openSlot(folder, store, having);
  afterwards(() => (views.db.open ? views.close() : undefined));
  return views;
}
const slotOf = ({ path }: Views): string => path.slice(path.lastIndexOf('/') + 1);
const metaOf = (views: Views, name: string) => views.all('SELECT value FROM views_meta WHERE name = ?', name);

describe('views of a log', () => {
  it('are kept, rows and checkpoint, when they are opened again', async () => {
    const folder = newFolder();
    const store = await logOf(named('Camille'));
    const first = await opened(folder, store);
    first.apply(await recorded(store));
    const { checkpoint } = first;
    expect(checkpoint).toMatchObject({ position: '2', stream: `account-${CAMILLE}`, version: 0 });
    first.close();
    const again = await opened(folder, store);
    expect(again.checkpoint).toEqual(checkpoint);
    expect(personOf(again, CAMILLE)?.name).toBe('Camille');
  });

  it('are kept where this machine runs since they were last written, though nobody closed them', async () => {
    const folder = newFolder();
    const store = await logOf(named('Camille'));
    const views = await opened(folder, store);
    views.apply(await recorded(store));
    const { checkpoint } = views;
    const bootOfNow = metaOf(views, 'clean');
    views.close();
    const torn = Views.open(join(folder, 'views-1.db'), models);
    torn.db
      .prepare("UPDATE views_meta SET value = ? WHERE name = 'clean'")
      .run((bootOfNow[0] as { value: string }).value);
    closeAsIs(torn);
    expect((await opened(folder, store)).checkpoint).toEqual(checkpoint);
  });

  it.each([
    ['of another log', "UPDATE views_meta SET value = 'another' WHERE name = 'log'"],
    ['of another version', "UPDATE views_meta SET value = 'another' WHERE name = 'version'"],
    ['that an end of the machine may have torn', "UPDATE views_meta SET value = 'boot-before' WHERE name = 'clean'"],
    ['of a machine that does not name its starts', "UPDATE views_meta SET value = 'unknown' WHERE name = 'clean'"],
    [
      'whose checkpoint is another event of this log',
      `UPDATE views_meta SET value = '{"position":"2","stream":"person-${CAMILLE}","version":0,"id":"another"}' WHERE name = 'checkpoint'`,
    ],
    [
      'that are ahead of this log',
      `UPDATE views_meta SET value = '{"position":"9","stream":"person-${CAMILLE}","version":9,"id":"later"}' WHERE name = 'checkpoint'`,
    ],
    ['without a description of themselves', 'DROP TABLE views_meta'],
  ])('%s are built anew', async (_, sql) => {
    const folder = newFolder();
    const store = await logOf(named('Camille'));
    const first = await opened(folder, store);
    first.apply(await recorded(store));
    first.close();
    const changed = Views.open(join(folder, 'views-1.db'), models);
    changed.db.exec(sql);
    closeAsIs(changed);
    const again = await opened(folder, store);
    expect(again.checkpoint).toBeUndefined();
    expect(personOf(again, CAMILLE)).toBeUndefined();
    expect(slotOf(again)).toBe('views-1.db');
  });

  it('are built anew when a table has changed', async () => {
    const folder = newFolder();
    const store = await logOf(named('Camille'));
    const first = await opened(folder, store);
    first.apply(await recorded(store));
    first.close();
    const more: ReadModel = { tables: 'CREATE TABLE more (id TEXT)', handlers: () => ({}) };
    expect((await opened(folder, store, [...models, more])).checkpoint).toBeUndefined();
  });

  it('are built anew where the file is no database', async () => {
    const folder = newFolder();
    writeFileSync(join(folder, 'views-1.db'), 'not a database, and long enough to be seen as none of them'.repeat(100));
    expect(slotOf(await opened(folder, await logOf([])))).toBe('views-1.db');
  });
});

describe('a batch', () => {
  const failing: ReadModel = {
    tables: 'CREATE TABLE seen (id TEXT)',
    handlers: (db) => {
      const see = db.prepare('INSERT INTO seen VALUES (?)');
      return {
        AccountOpened: ({ id }) => see.run(id),
        TokenRevoked: () => {
          throw new Error('broken');
        },
      };
    },
  };

  it('leaves neither rows nor a checkpoint when a handler throws', async () => {
    const store = await logOf([...named('Camille'), on(`account-${CAMILLE}`, { type: 'TokenRevoked', token: 't' })]);
    const views = await opened(newFolder(), store, [failing]);
    const events = await recorded(store);
    expect(() => views.apply(events)).toThrow('broken');
    expect([views.checkpoint, metaOf(views, 'checkpoint'), views.all('SELECT * FROM seen')]).toEqual([
      undefined,
      [],
      [],
    ]);
    views.apply(events.slice(0, 2));
    expect(views.all('SELECT * FROM seen')).toEqual([{ id: events[1]?.id }]);
    expect(() => views.apply(events.slice(2))).toThrow('broken');
    expect(views.checkpoint).toMatchObject({ position: '2' });
    expect(metaOf(views, 'checkpoint')).toEqual([{ value: JSON.stringify(views.checkpoint) }]);
  });

  it('leaves nothing when what is put together at its end fails', async () => {
    const store = await logOf(named('Camille'));
    const atTheEnd: ReadModel = {
      ...failing,
      handlers: (db) => ({
        ...failing.handlers(db),
        endOfBatch: () => {
          throw new Error('broken at the end');
        },
      }),
    };
    const views = await opened(newFolder(), store, [atTheEnd]);
    const events = await recorded(store);
    expect(() => views.apply(events)).toThrow('broken at the end');
    expect([views.checkpoint, views.all('SELECT * FROM seen')]).toEqual([undefined, []]);
  });

  it.each([
    ['a fact', 'SomethingNew', 1],
    ['a shape', 'AccountOpened', 2],
  ])('with %s that this version does not know is refused whole, by name', async (_, type, schema) => {
    const store = await logOf(named('Camille'));
    const unknown = { id: 'event-x', type, schema, data: {}, metadata: {} };
    await store.append('call-1', 'none', [unknown]);
    const views = await opened(newFolder(), store);
    const events = await recorded(store);
    expect(() => views.apply(events)).toThrow(new UnreadableFact(`Fait inconnu de cette version : ${type}@${schema}.`));
    expect([views.checkpoint, views.all('SELECT * FROM people')]).toEqual([undefined, []]);
  });

  it('without facts changes nothing', async () => {
    const views = await opened(newFolder(), await logOf([]));
    views.apply([]);
    expect(views.checkpoint).toBeUndefined();
  });
});

describe('slots', () => {
  it('are one each, and free again once closed', async () => {
    const folder = newFolder();
    const store = await logOf([]);
    const [first, second] = [await opened(folder, store), await opened(folder, store)];
    expect([slotOf(first), slotOf(second)]).toEqual(['views-1.db', 'views-2.db']);
    first.close();
    expect(slotOf(await opened(folder, store))).toBe('views-1.db');
  });

  it('are one each for two processes', async () => {
    const folder = newFolder();
    const store = await logOf([]);
    await opened(folder, store);
    expect(inAnotherProcess(folder)).toBe('views-2.db');
  });

  it('are free again when their process was killed', async () => {
    const folder = newFolder();
    expect(inAnotherProcess(folder)).toBe('views-1.db');
    expect(slotOf(await opened(folder, await logOf([])))).toBe('views-1.db');
  });

  it('are freed of what a rebuilding that was cut off left', async () => {
    const folder = newFolder();
    writeFileSync(nextOf(join(folder, 'views-1.db')), 'Camille');
    await opened(folder, await logOf([]));
    expect(readdirSync(folder).filter((name) => name.includes('next'))).toEqual([]);
  });
});

describe('abandoned views', () => {
  it('are removed, those in use are not', async () => {
    const folder = newFolder();
    const store = await logOf(named('Camille'));
    const [used, abandoned, torn] = [
      await opened(folder, store),
      await opened(folder, store),
      await opened(folder, store),
    ];
    used.apply(await recorded(store));
    abandoned.close();
    closeAsIs(torn);
    writeFileSync(nextOf(abandoned.path), 'Camille');
    writeFileSync(nextOf(used.path), 'in use too');
    removeAbandonedViews(folder);
    expect(readdirSync(folder).filter((name) => !/^views-1\.db/.test(name))).toEqual([]);
    expect(existsSync(nextOf(used.path))).toBe(true);
    expect(personOf(used, CAMILLE)?.name).toBe('Camille');
  });

  it('are removed where only a cut rebuilding is left of them', () => {
    const folder = newFolder();
    writeFileSync(nextOf(join(folder, 'views-3.db')), 'Camille');
    removeAbandonedViews(folder);
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('forgetting', () => {
  const bytesIn = (folder: string): string =>
    readdirSync(folder)
      .map((name) => readFileSync(join(folder, name), 'latin1'))
      .join();

  it('a person leaves none of their bytes in the files', async () => {
    const crowd = Array.from({ length: 300 }, (_, n) =>
      named(`Secret-${n}-${'x'.repeat(n % 90)}`, `p${(n * 7919) % 1000}`),
    ).flat();
    const told = await given(
      ...crowd,
      ...named('Secret-Camille'),
      on('content-question-q1', { type: 'QuestionWritten', text: 'Secret-question' }),
      on('question-q1', { type: 'QuestionAsked', call: 'call-1', content: { version: 0, hash: 'a' } }),
      on('content-comment-c1', { type: 'CommentWritten', text: 'Secret-comment' }),
    );
    expect(bytesIn(told.folder)).toMatch(/Secret-(Camille|question|comment)/);
    await told.andThen(on(`account-${CAMILLE}`, { type: 'PersonForgotten' }));
    expect(bytesIn(told.folder)).not.toMatch(/secret-(camille|question|comment)/i);
    expect(bytesIn(told.folder)).toContain('Secret-299');
  });

  it('everybody leaves nobody’s bytes in the files', async () => {
    const person = (n: number) => `p${(n * 7919) % 1009}`;
    const all = Array.from({ length: 400 }, (_, n) => n);
    const told = await given(...all.flatMap((n) => named(`Secret-${'x'.repeat((n * 31) % 170)}`, person(n))));
    await told.andThen(...all.map((n) => on(`account-${person(n)}`, { type: 'PersonForgotten' })));
    expect(bytesIn(told.folder)).not.toMatch(/secret-/i);
  });

  it('the contents of a file leaves none of them in the files', async () => {
    const content = { version: 0, hash: 'a' };
    const told = await given(
      on(`application-${FILE}`, { type: 'ApplicationStarted', call: 'call-1', organisation: 'W1', number: 1 }),
      on(`content-application-${FILE}`, { type: 'ApplicationWritten', contents: { title: 'Secret-title' } }),
      on(`application-${FILE}`, { type: 'DraftSaved', content }),
      on(`content-application-${FILE}`, { type: 'ApplicationWritten', contents: { title: 'Secret-orphan' } }),
      on(`content-application-${FILE}`, { type: 'DocumentNamed', document: 'd1', filename: 'Secret-name.pdf' }),
    );
    expect(bytesIn(told.folder)).toContain('Secret-');
    await told.andThen(on(`application-${FILE}`, { type: 'ContentsForgotten', reason: 'À sa demande' }));
    expect(bytesIn(told.folder)).not.toContain('Secret-');
    expect(tablesOf(told.views)['applications']).toHaveLength(1);
  });
});

/** Gives the lock back without saying that everything was written. */
function closeAsIs(views: Views): void {
  views.db.exec('PRAGMA journal_mode = DELETE; PRAGMA locking_mode = NORMAL');
  views.all('SELECT 1 FROM sqlite_master');
  views.db.close();
}

/** Opens a slot in a process that is then killed, and answers with its name. */
function inAnotherProcess(folder: string): string {
  const at = (name: string) => JSON.stringify(new URL(name, import.meta.url).href);
  const script = `
    const { Views } = await import(${at('./views.js')});
    const { models } = await import(${at('./models.js')});
    const { MemoryEventStore } = await import(${at('../../event-store/src/memory.js')});
    const views = await Views.openSlot(${JSON.stringify(folder)}, new MemoryEventStore(), models);
    (await import('node:fs')).writeSync(1, views.path.split('/').at(-1));
    process.kill(process.pid, 'SIGKILL');`;
  try {
    return execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
  } catch (error) {
    return (error as { stdout: string }).stdout;
  }
}

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import Database from 'libsql';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { happened } from '#event-store/conformance.js';
import type { EventStore } from '#event-store/event-store.js';
import { MemoryEventStore } from '#event-store/memory.js';
import { SqliteEventStore } from '#event-store/sqlite.js';
import { openOn, withEventStore } from '#event-store/with-event-store.js';
import { copyLog, verifyLog } from '#server/moving-house.js';

let folder: string;
let opened: EventStore[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'convergence-log-'));
  opened = [];
});
afterEach(async () => {
  for (const store of opened) await store.close();
  rmSync(folder, { recursive: true, force: true });
});

type Open = () => Promise<EventStore>;
const keep = async (store: EventStore | Promise<EventStore>): Promise<EventStore> => {
  opened.push(await store);
  return store;
};
const memory: Open = () => keep(new MemoryEventStore());
const sqlite: Open = () => keep(SqliteEventStore.open({ path: join(folder, `${opened.length}.db`), generation: 1 }));

/** Several streams, in turns, and one that was deleted. */
async function furnish(store: EventStore): Promise<void> {
  await store.append('person-1', 'none', [happened({ name: 'Ada' })]);
  for (let n = 0; n < 1200; n++)
    await store.append(`s-${n % 7}`, n < 7 ? 'none' : Math.floor(n / 7) - 1, [happened({ n })]);
  await store.append('several', 'none', [happened({ text: 'é' }), happened({ deep: [{ a: null }] })]);
  await store.deleteStream('person-1');
}

const contents = async (store: EventStore) =>
  (await store.readAll(undefined, 5000)).map(({ stream, version, id, type, schema, data, metadata }) => ({
    ...{ stream, version, id, type, schema, data, metadata },
  }));

function moves(from: Open, to: Open): void {
  it('keeps ids, contents, versions and order, and what was deleted stays so', async () => {
    const [source, target] = [await from(), await to()];
    await furnish(source);
    const copied = await copyLog(source, target);
    expect(copied).toMatchObject({ facts: 1202, before: 0, deleted: ['person-1'] });
    expect(await contents(target)).toEqual(await contents(source));
    await expect(target.append('person-1', 'none', [happened()])).rejects.toMatchObject({ name: 'StreamDeleted' });
    const verified = await verifyLog(target);
    expect(verified).toEqual({ facts: 1202, streams: 8, sha256: copied.sha256, deleted: ['person-1'], problems: [] });
  });

  it('goes on where it was cut', async () => {
    const [source, target] = [await from(), await to()];
    await furnish(source);
    let appends = 0;
    const cut = Object.assign(Object.create(target) as EventStore, {
      appendInOrder: (writes: never) => {
        appends += 1;
        if (appends > 1) throw new Error('cut');
        return target.appendInOrder(writes);
      },
    });
    await expect(copyLog(source, cut)).rejects.toThrow('cut');
    expect(await copyLog(source, target)).toMatchObject({ facts: 1202, before: 500 });
    expect(await contents(target)).toEqual(await contents(source));
    expect(await copyLog(source, target)).toMatchObject({ facts: 1202, before: 1202 });
  });

  it('refuses a target that holds something else', async () => {
    const [source, target] = [await from(), await to()];
    await source.append('s', 'none', [happened()]);
    await target.append('other', 'none', [happened()]);
    await expect(copyLog(source, target)).rejects.toThrow(
      'La cible contient déjà autre chose que le début de cette copie : indiquez un journal vide.',
    );
    const further = await to();
    await copyLog(source, further);
    await further.append('s', 0, [happened()]);
    await expect(copyLog(source, further)).rejects.toMatchObject({ name: 'WrongConfiguration' });
  });
}

describe('moving a log from memory to SQLite', () => moves(memory, sqlite));
describe('moving a log from SQLite to memory', () => moves(sqlite, memory));
withEventStore('moving a log to a server and back', (url) => {
  const server: Open = () => keep(openOn(url));
  describe('from SQLite', () => moves(sqlite, server));
  describe('to SQLite', () => moves(server, sqlite));
});

describe('verifying a log', () => {
  it('finds a fact whose contents were altered, a gap, and an id that comes twice', async () => {
    const store = await sqlite();
    const [first, second] = [happened({ amount: 1 }), happened({ amount: 2 })];
    await store.append('s', 'none', [first, happened(), happened()]);
    await store.append('t', 'none', [second]);
    await store.append('u', 'none', [second]);
    const db = new Database(join(folder, '0.db'));
    db.prepare('UPDATE events SET data = ? WHERE id = ?').run('{"amount":100}', first.id);
    db.exec("DELETE FROM events WHERE stream = 's' AND version = 1");
    db.close();
    expect((await verifyLog(store)).problems).toEqual([
      's : version 2 au lieu de 1',
      `u, version 0 : l'identifiant ${second.id} a déjà servi`,
      `fait ${first.id} : le contenu ne correspond plus à son empreinte`,
    ]);
  });
});

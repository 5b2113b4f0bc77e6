import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as endOfTurn } from 'node:timers/promises';
import { paris } from '#calendar/paris.js';
import { ARS, cancelled, criteria, drafted, open, opened, preparing, specifications } from '#domain/call/fixtures.js';
import type { Fact } from '#domain/facts.js';
import { factVersions } from '#domain/facts.js';
import type { Grant } from '#domain/roles.js';
import { type EventStore, StoreUnavailable, type Write } from '#event-store/event-store.js';
import { EventStoreDb } from '#event-store/eventstoredb.js';
import { MemoryEventStore } from '#event-store/memory.js';
import { ScriptedServer } from '#event-store/scripted-server.js';
import { SqliteEventStore } from '#event-store/sqlite.js';
import type { Asking } from './asking.js';
import { digest } from './canonical.js';
import { Handler, Refused, StaleVersion } from './handler.js';
import { idFrom } from './ids.js';
import { account, call } from './subjects.js';

const PERSON = '33333333-3333-4333-8333-333333333333';
const administrator: Grant = { role: 'administrator', scope: { kind: 'institution', id: ARS } };
const ask = (changes: Partial<Asking> = {}): Asking => ({
  person: PERSON,
  grants: [administrator],
  at: '2021-05-20T08:00:00Z',
  correlation: 'request-1',
  ...changes,
});
const handlerOn = (store: EventStore, mostStreams?: number) =>
  new Handler(store, { calendar: paris, digest }, { secret: 'secret', ...(mostStreams && { mostStreams }) });

/** Facts as another process wrote them. */
async function seed(store: EventStore, stream: string, ...facts: readonly Fact[]): Promise<void> {
  for (const { type, ...data } of facts) {
    const id = idFrom(stream, String((await store.readStream(stream)).length));
    const metadata = { command: id, request: '', at: '2021-05-12T08:00:00Z', by: PERSON, role: 'administrator' };
    await store.append(stream, 'any', [{ id, type, schema: factVersions[type], data, metadata }]);
  }
}

const comment = (n: number, text = `Remarque ${n}`) =>
  ({ type: 'CommentPreparation', comment: `c-${n}`, text }) as const;
const say = (handler: Handler, n: number, changes: Partial<Asking> = {}, text?: string) =>
  handler.change(call, 'a', comment(n, text), ask(changes));
const refusedWith = (code: string) => expect.objectContaining({ refusal: expect.objectContaining({ code }) as object });

/** A store that dies between a content and the decision that refers to it. */
function dyingAfterContents(store: EventStore): EventStore {
  const appendInOrder = async ([content]: readonly Write[]): Promise<never> => {
    if (content) await store.appendInOrder([content]);
    throw new StoreUnavailable('failed', 'killed');
  };
  return Object.assign(Object.create(store) as EventStore, { appendInOrder });
}

let folder: string;
let store: EventStore;
let server: ScriptedServer | undefined;
const stores = {
  memory: async () => new MemoryEventStore(),
  SQLite: async () => SqliteEventStore.open({ path: join(folder, 'log.db'), generation: 1 }),
  'EventStoreDB on a stand-in for its server': async () => {
    server = await ScriptedServer.start();
    const opened = await EventStoreDb.open({ url: server.url, generation: 1 });
    void opened.follow(undefined, new AbortController().signal)[Symbol.asyncIterator]().next();
    while (!(await opened.end.caughtUp())) await endOfTurn();
    return opened;
  },
};

describe.each(Object.entries(stores))('commands over %s', (_, openStore) => {
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'convergence-commands-'));
    store = await openStore();
  });
  afterEach(async () => {
    await store.close();
    await server?.goAway();
    rmSync(folder, { recursive: true, force: true });
  });

  describe('a repeat with the same key', () => {
    it('gets the first answer and writes nothing, also from a process that remembers nothing', async () => {
      await seed(store, 'call-a', ...preparing);
      const handler = handlerOn(store);
      const first = await say(handler, 1, { key: 'k' });
      await say(handler, 2);
      const head = await store.head();
      for (const other of [handler, handlerOn(store), handlerOn(store, 2)])
        expect(await say(other, 1, { key: 'k' })).toEqual({ ...first, repeated: true });
      expect(await store.head()).toBe(head);
    });

    it('is refused where the request is another, or its text is', async () => {
      await seed(store, 'call-a', ...preparing);
      await say(handlerOn(store), 1, { key: 'k' });
      for (const other of [handlerOn(store), handlerOn(store)]) {
        await expect(say(other, 2, { key: 'k' })).rejects.toEqual(refusedWith('IdempotencyKeyReused'));
        await expect(say(other, 1, { key: 'k' }, 'Autre')).rejects.toEqual(refusedWith('IdempotencyKeyReused'));
      }
    });

    it('is decided again where it was refused', async () => {
      await seed(store, 'call-a', drafted);
      const handler = handlerOn(store);
      await expect(say(handler, 1, { key: 'k' })).rejects.toEqual(refusedWith('PreparationClosed'));
      await seed(store, 'call-a', opened);
      expect(await say(handler, 1, { key: 'k' })).toMatchObject({ version: 2, repeated: false });
    });

    it('belongs to its person and its stream', async () => {
      await seed(store, 'call-a', ...preparing);
      const handler = handlerOn(store);
      await say(handler, 1, { key: 'k' });
      const somebody = await say(handler, 2, { key: 'k', person: '44444444-4444-4444-8444-444444444444' });
      expect(somebody.repeated).toBe(false);
    });
  });

  describe('another process that wrote meanwhile', () => {
    it('is found by the append: the command is decided again, on what is there', async () => {
      await seed(store, 'call-a', ...preparing);
      const handler = handlerOn(store);
      await say(handler, 1);
      await say(handlerOn(store), 2);
      expect(await say(handler, 3)).toMatchObject({ version: preparing.length + 2 });
      await seed(store, 'call-a', cancelled);
      await expect(say(handler, 4)).rejects.toEqual(refusedWith('CallEnded'));
    });

    it('is looked for before somebody is refused', async () => {
      await seed(store, 'call-a', drafted);
      const handler = handlerOn(store);
      await expect(say(handler, 1)).rejects.toBeInstanceOf(Refused);
      await seed(store, 'call-a', opened);
      expect(await say(handler, 1)).toMatchObject({ version: 2 });
    });

    it('is looked for before nothing is done', async () => {
      const set = { type: 'SetRubric', criteria } as const;
      const fewer = { type: 'RubricSet', criteria: [{ ...criteria[0], weight: 100 }] } as Fact;
      await seed(store, 'call-a', ...preparing, { type: 'RubricSet', criteria });
      const handler = handlerOn(store);
      expect(await handler.change(call, 'a', set, ask())).toMatchObject({ events: [] });
      await seed(store, 'call-a', fewer);
      expect(await handler.change(call, 'a', set, ask())).toMatchObject({ events: [{ type: 'RubricSet', criteria }] });
    });
  });

  it('looks at other streams as they are now, whoever wrote there and however often it has looked', async () => {
    for (const id of ['call-a', 'call-b']) await seed(store, id, drafted);
    const handler = handlerOn(store);
    const naming = { type: 'NameReferent', institution: ARS, person: PERSON, duty: 'Référente' } as const;
    const name = async (id = 'a') => {
      await endOfTurn();
      return handler.change(call, id, naming, ask());
    };
    for (let times = 0; times < 3; times++) await expect(name()).rejects.toEqual(refusedWith('PersonUnknown'));
    await seed(store, `account-${PERSON}`, { type: 'AccountOpened', content: { version: 0, hash: '' } });
    expect(await name()).toMatchObject({ version: 1 });
    await seed(store, `account-${PERSON}`, { type: 'PersonForgotten' });
    await expect(name('b')).rejects.toEqual(refusedWith('PersonUnknown'));
  });

  describe('the version somebody saw', () => {
    const set = (handler: Handler, changes: Partial<Asking>) =>
      handler.change(call, 'a', { type: 'SetSpecifications', specifications }, ask(changes));

    it('must be the current one', async () => {
      await seed(store, 'call-a', ...preparing);
      const handler = handlerOn(store);
      const seen = preparing.length - 1;
      const changed = await set(handler, { ifMatch: seen, key: 'k' });
      expect(changed.version).toBe(seen + 1);
      await expect(set(handler, { ifMatch: seen })).rejects.toEqual(new StaleVersion(seen + 1));
      expect(await set(handler, { ifMatch: seen, key: 'k' })).toEqual({ ...changed, repeated: true });
    });

    it('is stale, too, where another process has moved on unseen', async () => {
      await seed(store, 'call-a', ...preparing);
      const handler = handlerOn(store);
      const { version } = await say(handler, 1);
      await say(handlerOn(store), 2);
      await expect(set(handler, { ifMatch: version })).rejects.toMatchObject({ current: version + 1 });
    });
  });

  describe('a crash between a content and its decision', () => {
    const details = (name: string) => ({ type: 'ChangeDetails', name, email: 'p@example.org' }) as const;
    const change = (handler: Handler, name: string, key: string) =>
      handler.change(account, PERSON, details(name), ask({ key }));
    const texts = async () =>
      (await store.readStream(`person-${PERSON}`)).map(({ data }) => (data as { name: string }).name);

    beforeEach(async () => {
      const opening = { type: 'OpenAccount', name: 'Zoé', email: 'p@example.org', invitation: 'i' } as const;
      await handlerOn(store).change(account, PERSON, opening, ask());
      const dying = handlerOn(dyingAfterContents(store));
      await expect(change(dying, 'Zoé Deux', 'k')).rejects.toMatchObject({ reason: 'failed' });
    });

    it('leaves a content that no fact refers to', async () => {
      expect(await texts()).toEqual(['Zoé', 'Zoé Deux']);
      expect(await store.readStream(`account-${PERSON}`)).toHaveLength(2);
    });

    it('is mended by the retry, which writes the content no second time', async () => {
      const { events } = await change(handlerOn(store), 'Zoé Deux', 'k');
      expect(events).toEqual([
        { type: 'PersonDetailsChanged', content: { version: 1, hash: expect.any(String) as unknown as string } },
      ]);
      expect(await texts()).toEqual(['Zoé', 'Zoé Deux']);
    });

    it('harms no other request, which writes after it', async () => {
      const { events } = await change(handlerOn(store), 'Zoé Trois', 'another');
      expect(events).toMatchObject([{ content: { version: 2 } }]);
      expect(await texts()).toEqual(['Zoé', 'Zoé Deux', 'Zoé Trois']);
    });

    it('does not let the key serve for another text', async () => {
      const another = change(handlerOn(store), 'Zoé Quatre', 'k');
      await expect(another).rejects.toEqual(refusedWith('IdempotencyKeyReused'));
      expect(await texts()).toEqual(['Zoé', 'Zoé Deux']);
    });
  });

  it('keeps who, when, why, and the versions of the other streams it looked at', async () => {
    await seed(store, 'call-a', drafted);
    await seed(store, `account-${PERSON}`, { type: 'AccountOpened', content: { version: 0, hash: '' } });
    const naming = { type: 'NameReferent', institution: ARS, person: PERSON, duty: 'Référente' } as const;
    await handlerOn(store).change(call, 'a', naming, ask({ key: 'k', causation: 'fact-1' }));
    const [event] = await store.readStream('call-a', { backwards: true, limit: 1 });
    const commandId = idFrom('command', PERSON, 'k', 'call-a');
    expect(event?.id).toBe(idFrom(commandId, '0'));
    expect(event?.metadata).toEqual({
      at: '2021-05-20T08:00:00Z',
      by: PERSON,
      role: 'administrator',
      behalf: `institution:${ARS}`,
      command: commandId,
      request: expect.stringMatching(/^[0-9a-f]{64}$/) as unknown as string,
      correlation: 'request-1',
      causation: 'fact-1',
      context: { [`account-${PERSON}`]: 0, [`institution-${ARS}`]: -1 },
    });
  });

  it('asks for permission before any rule, and hides what somebody may not see', async () => {
    await seed(store, 'call-a', ...preparing);
    await seed(store, 'call-b', ...open);
    const handler = handlerOn(store);
    const stranger = ask({ grants: [] });
    const say = (id: string) => handler.change(call, id, comment(1), stranger);
    // Anybody sees a published call; that it can't be commented any more is nobody's business before that.
    await expect(say('b')).rejects.toEqual(refusedWith('NotAllowed'));
    await expect(say('a')).rejects.toEqual(refusedWith('CallUnknown'));
    await expect(say('nowhere')).rejects.toEqual(refusedWith('CallUnknown'));
    const draft = { type: 'DraftCall', heading: (drafted as Extract<typeof drafted, { type: 'CallDrafted' }>).heading };
    await expect(handler.change(call, 'new', draft as never, stranger)).rejects.toEqual(refusedWith('NotAllowed'));
  });

  it('answers the same however few streams it remembers', async () => {
    const ids = Array.from({ length: 12 }, (_, n) => `call-${n}`);
    for (const id of ids) await seed(store, id, ...preparing);
    const handler = handlerOn(store, 4);
    const round = (n: number) =>
      Promise.all(ids.map((id) => handler.change(call, id.slice(5), comment(n), ask({ key: `k-${n}` }))));
    const first = await round(1);
    await round(2);
    expect(first.map(({ version }) => version)).toEqual(ids.map(() => preparing.length));
    expect(await round(1)).toEqual(first.map((changed) => ({ ...changed, repeated: true })));
    expect((await round(3)).map(({ version }) => version)).toEqual(ids.map(() => preparing.length + 2));
  });

  it('takes the commands of one stream in turn, in the order they came, a refused one too', async () => {
    await seed(store, 'call-a', ...preparing);
    const handler = handlerOn(store);
    const asked = Array.from({ length: 20 }, (_, n) => say(handler, n, n === 7 ? { grants: [] } : {}));
    const outcomes = await Promise.allSettled(asked);
    const versions = outcomes.map((outcome) => (outcome.status === 'fulfilled' ? outcome.value.version : 'refused'));
    const expected = Array.from({ length: 19 }, (_, n): number | 'refused' => preparing.length + n);
    expected.splice(7, 0, 'refused');
    expect(versions).toEqual(expected);
  });
});

it.each([
  ['reads the streams it looks at where a store cannot tell in time how far its log goes', false, 2],
  ['reads none of them again that is told not to have moved', true, 1],
])('%s', async (_, told, reads) => {
  const memory = new MemoryEventStore();
  const read: string[] = [];
  const end = { position: () => '0', unmoved: () => true, caughtUp: async () => told };
  const readStream: EventStore['readStream'] = (stream, options) => (
    read.push(stream),
    memory.readStream(stream, options)
  );
  const handler = handlerOn(Object.assign(Object.create(memory) as EventStore, { end, readStream }));
  for (const id of ['call-a', 'call-b']) await seed(memory, id, drafted);
  await seed(memory, `account-${PERSON}`, { type: 'AccountOpened', content: { version: 0, hash: '' } });
  for (const id of ['a', 'b']) {
    await endOfTurn();
    const naming = { type: 'NameReferent', institution: ARS, person: PERSON, duty: 'Référente' } as const;
    await handler.change(call, id, naming, ask());
  }
  expect(read.filter((stream) => stream === `account-${PERSON}`)).toHaveLength(reads);
});

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { paris } from '#calendar/paris.js';
import { envelopeId } from '#domain/award/envelope-facts.js';
import { ARS, callFacts, fileFacts } from '#domain/award/fixtures.js';
import { type Fact, factVersions } from '#domain/facts.js';
import type { Grant } from '#domain/roles.js';
import { type EventStore, StoreUnavailable, VersionConflict, type Write } from '#event-store/event-store.js';
import { MemoryEventStore } from '#event-store/memory.js';
import type { Asking } from './asking.js';
import { award, envelope } from './award-subjects.js';
import { Awarding } from './awarding.js';
import { digest } from './canonical.js';
import { Handler, Refused } from './handler.js';
import { idFrom } from './ids.js';

const AMOUNTS = [100, 60, 30];
const AT = '2021-10-15T08:00:00Z';
const cause = { at: AT, id: 'request' };
const signatory: Grant = { role: 'signatory', scope: { kind: 'institution', id: ARS } };
const submitter = (organisation: string): Grant => ({
  role: 'submitter',
  scope: { kind: 'organisation', id: organisation },
});
const ask = (changes: Partial<Asking> = {}): Asking => ({
  person: 'p',
  grants: [signatory],
  at: AT,
  correlation: 'request',
  ...changes,
});
const processOn = (store: EventStore) => {
  const handler = new Handler(store, { calendar: paris, digest }, { secret: 'secret' });
  return { handler, awarding: new Awarding(handler, store, { calendar: paris, digest }) };
};
type Process = ReturnType<typeof processOn>;

async function seed(store: EventStore, stream: string, facts: readonly Fact[]): Promise<void> {
  const metadata = { command: stream, request: '', at: AT, by: 'p', role: 'administrator' };
  const events = facts.map(({ type, ...data }, index) => ({
    id: idFrom(stream, String(index)),
    type,
    schema: factVersions[type],
    data,
    metadata,
  }));
  await store.append(stream, 'none', events);
}

/** One call with three lines, and files that ask for as much as they are given. */
async function stage(files: number): Promise<MemoryEventStore> {
  const store = new MemoryEventStore();
  const lines = AMOUNTS.map((amountCents, index) => ({ funder: ARS, programme: `P${index}`, year: 2021, amountCents }));
  await seed(store, 'call-call-1', callFacts({ leads: [ARS], lines }));
  for (let index = 0; index < files; index++) await seed(store, `application-f${index}`, fileFacts);
  return store;
}

interface Asked {
  readonly lines: readonly { readonly line: number; readonly amountCents: number }[];
  /** The applicant gives it up as soon as it is granted. */
  readonly declines: boolean;
}

async function decideAndSettle({ handler, awarding }: Process, id: string, { lines }: Asked) {
  const command = { type: 'DecideAward' as const, institution: ARS, outcome: 'favourable' as const, lines: [...lines] };
  const { events } = await handler.change(award, id, command, ask({ key: `decide-${id}` }));
  const pending = events.find((event) => event.type === 'AwardPending');
  if (pending?.type !== 'AwardPending') throw new Error('One lead decides for all.');
  return awarding.settle(id, pending.attempt, cause);
}

/** What somebody does with one file, as far as their process lives. */
async function live(process: Process, id: string, asked: Asked): Promise<void> {
  try {
    const { event } = await decideAndSettle(process, id, asked);
    if (!asked.declines || event.type === 'AwardFailed') return;
    const notify = { type: 'NotifyAward', institution: ARS } as const;
    await process.handler.change(award, id, notify, ask({ key: `notify-${id}` }));
    const decline = { type: 'DeclineAward', reason: 'Un autre financeur.' } as const;
    const by = ask({ grants: [submitter('38033590100027')], key: `decline-${id}` });
    await process.handler.change(award, id, decline, by);
    await process.awarding.free(id, cause);
  } catch (error) {
    if (!(error instanceof StoreUnavailable) && !(error instanceof Refused)) throw error;
  }
}

/** A store that dies at its append number `last`, of which it has written `cut` streams. */
function mortal(store: EventStore, last: number, cut: number): EventStore {
  let appends = 0;
  const appendInOrder = async (writes: readonly Write[]) => {
    appends += 1;
    if (appends < last) return store.appendInOrder(writes);
    if (appends === last && cut > 0) await store.appendInOrder(writes.slice(0, cut));
    throw new StoreUnavailable('closed', 'killed');
  };
  return Object.assign(Object.create(store) as EventStore, { appendInOrder });
}

/** A store on which what is appended to several streams at once always meets a conflict. */
function oneByOne(store: EventStore): EventStore {
  const appendInOrder = async (writes: readonly Write[]) => {
    const [first] = writes;
    if (first && writes.length > 1 && !first.stream.startsWith('content-'))
      throw new VersionConflict(first.stream, 0, 1);
    return store.appendInOrder(writes);
  };
  return Object.assign(Object.create(store) as EventStore, { appendInOrder });
}

/** What the reactor does after a start: everything that a fact says was begun. */
async function resumeAll(store: EventStore): Promise<void> {
  const { awarding } = processOn(store);
  for (const { stream, type } of await store.readAll(undefined, 100_000)) {
    const id = stream.slice('award-'.length);
    if (type === 'AwardPending') await awarding.resume(id, cause);
    if (type === 'AwardDeclined') await awarding.free(id, cause);
  }
}

/** From the log alone: no overdraft at any time, and what is held is what stands. */
async function expectSound(store: EventStore, files: number): Promise<void> {
  const log = await store.readAll(undefined, 100_000);
  const left = [...AMOUNTS];
  const held = new Map<string, number>();
  for (const { stream, type, data } of log) {
    const line = Number(stream.slice(stream.lastIndexOf('.') + 1));
    const { reservation, amountCents } = data as { reservation: string; amountCents: number };
    if (type === 'FundsReserved') {
      expect(held.has(reservation)).toBe(false);
      held.set(reservation, amountCents);
      left[line - 1] = (left[line - 1] ?? 0) - amountCents;
    }
    if (type === 'FundsReleased' && amountCents > 0) {
      expect(held.get(reservation)).toBe(amountCents);
      held.delete(reservation);
      left[line - 1] = (left[line - 1] ?? 0) + amountCents;
    }
    expect(left.filter((cents) => cents < 0)).toEqual([]);
  }
  const { handler } = processOn(store);
  const standing = AMOUNTS.map(() => 0);
  for (let index = 0; index < files; index++) {
    const state = await handler.stateOf(award, `f${index}`);
    expect(state.status).not.toBe('pending');
    for (const { line, amountCents } of (state.status === 'granted' && state.granted?.lines) || []) {
      standing[line - 1] = (standing[line - 1] ?? 0) + amountCents;
    }
  }
  expect(AMOUNTS.map((amount, index) => amount - (left[index] ?? 0))).toEqual(standing);
  for (const [index, cents] of standing.entries()) {
    expect((await handler.stateOf(envelope, envelopeId('call-1', index + 1))).reservedCents).toBe(cents);
  }
}

const asked: fc.Arbitrary<Asked> = fc.record({
  lines: fc
    .uniqueArray(fc.record({ line: fc.integer({ min: 1, max: 3 }), amountCents: fc.integer({ min: 1, max: 40 }) }), {
      minLength: 1,
      selector: ({ line }) => line,
    })
    .map((lines) => [...lines]),
  declines: fc.boolean(),
});
/** Whole lives of many awards; the machine may be busy. */
const PATIENCE_MS = 60_000;
const several = fc.array(asked, { minLength: 1, maxLength: 12 });
const moment = fc.record({ last: fc.integer({ min: 1, max: 50 }), cut: fc.integer({ min: 0, max: 8 }) });

describe('the steps of an award', () => {
  it(
    'leave no envelope below zero and nothing held for an award that does not stand, whatever runs at once',
    () =>
      fc.assert(
        fc.asyncProperty(several, async (all) => {
          const store = await stage(all.length);
          const process = processOn(store);
          await Promise.all(all.map((one, index) => live(process, `f${index}`, one)));
          await expectSound(store, all.length);
        }),
        { numRuns: 60 },
      ),
    PATIENCE_MS,
  );

  it(
    'do so with two processes at once, both of which take the steps of every file',
    () =>
      fc.assert(
        fc.asyncProperty(several, async (all) => {
          const store = await stage(all.length);
          const [one, other] = [processOn(store), processOn(store)];
          await Promise.all(
            all.flatMap((each, index) => [live(one, `f${index}`, each), live(other, `f${index}`, each)]),
          );
          await resumeAll(store);
          await expectSound(store, all.length);
        }),
        { numRuns: 60 },
      ),
    PATIENCE_MS,
  );

  it(
    'end after a kill between any two appends, once somebody resumes them',
    () =>
      fc.assert(
        fc.asyncProperty(several, moment, fc.boolean(), async (all, { last, cut }, survivor) => {
          const store = await stage(all.length);
          const killed = processOn(mortal(store, last, cut));
          const other = processOn(store);
          await Promise.all(
            all.map((each, index) => live(survivor && index % 2 === 0 ? other : killed, `f${index}`, each)),
          );
          await Promise.all([resumeAll(store), resumeAll(store)]);
          await expectSound(store, all.length);
        }),
        { numRuns: 200 },
      ),
    PATIENCE_MS,
  );

  it(
    'are taken one by one where they are never taken together, to the same end',
    () =>
      fc.assert(
        fc.asyncProperty(several, moment, async (all, { last, cut }) => {
          const store = await stage(all.length);
          const killed = processOn(mortal(oneByOne(store), last, cut));
          await Promise.all(all.map((each, index) => live(killed, `f${index}`, each)));
          await resumeAll(oneByOne(store));
          await expectSound(store, all.length);
        }),
        { numRuns: 100 },
      ),
    PATIENCE_MS,
  );

  it('cannot reserve after a compensation, however late they come', async () => {
    const store = await stage(1);
    const { handler, awarding } = processOn(store);
    const short: Asked = {
      lines: [
        { line: 1, amountCents: 10 },
        { line: 3, amountCents: 40 },
      ],
      declines: false,
    };
    const { event } = await decideAndSettle({ handler, awarding }, 'f0', short);
    expect(event).toMatchObject({ type: 'AwardFailed', line: 3, askedCents: 40, leftCents: 30 });
    const [reserved] = (await store.readStream('envelope-call-1.1')).filter(({ type }) => type === 'FundsReserved');
    const { reservation, application } = reserved?.data as { reservation: string; application: string };
    const late = { type: 'ReserveFunds' as const, call: 'call-1', line: 1 };
    const again = await handler.change(
      envelope,
      'call-1.1',
      { ...late, reservations: [{ reservation, application, amountCents: 10 }] },
      ask({ person: 'system', grants: [] }),
    );
    expect(again.events).toEqual([]);
    expect((await handler.stateOf(envelope, 'call-1.1')).reservedCents).toBe(0);
  });

  it('that come together share an append', async () => {
    const store = await stage(12);
    let appends = 0;
    const counting = Object.assign(Object.create(store) as EventStore, {
      appendInOrder: (writes: readonly Write[]) => {
        if (writes.some(({ stream }) => stream.startsWith('envelope-'))) appends += 1;
        return store.appendInOrder(writes);
      },
    });
    const process = processOn(counting);
    const lines = [1, 2, 3].map((line) => ({ line, amountCents: 2 }));
    await Promise.all(Array.from({ length: 12 }, (_, index) => live(process, `f${index}`, { lines, declines: false })));
    await expectSound(store, 12);
    expect(appends).toBeLessThan(6);
    for (const line of [1, 2, 3]) expect(await store.readStream(`envelope-call-1.${line}`)).toHaveLength(12);
  });

  it('are answered to a repeat as they were the first time, after a later round too', async () => {
    const store = await stage(1);
    const process = processOn(store);
    const short: Asked = { lines: [{ line: 3, amountCents: 40 }], declines: false };
    const first = await decideAndSettle(process, 'f0', short);
    const enough = {
      type: 'DecideAward' as const,
      institution: ARS,
      outcome: 'favourable' as const,
      lines: [{ line: 3, amountCents: 20 }],
    };
    await process.handler.change(award, 'f0', enough, ask({ key: 'second' }));
    expect((await process.awarding.settle('f0', 2, cause)).event.type).toBe('AwardGranted');
    expect(await decideAndSettle(process, 'f0', short)).toEqual(first);
    expect(await decideAndSettle(processOn(store), 'f0', short)).toEqual(first);
  });
});

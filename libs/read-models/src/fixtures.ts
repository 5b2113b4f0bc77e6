/** What the specifications of the views start from: facts on streams, through a log and the projector. */
import type { Looking } from '#domain/visibility.js';
import { afterEach } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Metadata } from '#commands/asking.js';
import { type Fact, factVersions } from '#domain/facts.js';
import type { NewEvent, RecordedEvent } from '#event-store/event-store.js';
import { MemoryEventStore } from '#event-store/memory.js';
import { models } from './models.js';
import { Projector } from './projector.js';
import type { Views } from './views.js';

export const CALL = 'a0000000-0000-4000-8000-000000000001';
export const OTHER_CALL = 'a0000000-0000-4000-8000-000000000002';
export const FILE = 'b0000000-0000-4000-8000-000000000001';
export const OTHER_FILE = 'b0000000-0000-4000-8000-000000000002';
export const CAMILLE = 'c0000000-0000-4000-8000-000000000001';
export const SACHA = 'c0000000-0000-4000-8000-000000000002';
/** Who looks without any conflict. */
export const everybody: Looking = { grants: [] };
export const NOW = '2021-07-01T08:00:00Z';

export interface Happened {
  readonly stream: string;
  readonly fact: Fact;
  readonly metadata: Partial<Metadata>;
}

/** On this stream, that happened: by Camille on 1 July 2021 at 10, unless `metadata` says otherwise. */
export const on = (stream: string, fact: Fact, metadata: Partial<Metadata> = {}): Happened => ({
  stream,
  fact,
  metadata,
});

/** Several facts on one stream. */
export const onStream = (stream: string, ...facts: readonly Fact[]): Happened[] =>
  facts.map((fact) => on(stream, fact));

/** Appointed to the commission of the call, with a vote. */
export const seat = (person: string, as: { chair?: boolean; substitute?: string } = {}): Happened =>
  on(`commission-${CALL}`, {
    type: 'CommissionMemberAppointed',
    person,
    sitsFor: 'la CAF 44',
    voice: 'voting',
    chair: false,
    ...as,
  });

const metadata: Metadata = {
  at: NOW,
  by: CAMILLE,
  role: 'submitter',
  command: 'command-1',
  request: 'request-1',
  correlation: 'correlation-1',
};

let last = 0;
export function eventOf({ fact, metadata: own }: Happened): NewEvent {
  const { type, ...data } = fact;
  const id = `e0000000-0000-4000-8000-${String(++last).padStart(12, '0')}`;
  return { id, type, schema: factVersions[type], data, metadata: { ...metadata, ...own } };
}

/** A log with these facts, each at the end of its stream. */
export async function logOf(happened: readonly Happened[]): Promise<MemoryEventStore> {
  const store = new MemoryEventStore();
  await tell(store, happened);
  return store;
}

/** Appends, and answers with the position of the last. */
export async function tell(store: MemoryEventStore, happened: readonly Happened[]): Promise<string> {
  let position = '0';
  for (const each of happened) ({ position } = await store.append(each.stream, 'any', [eventOf(each)]));
  return position;
}

const closing: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** After the specification, the last first. */
export const afterwards = (close: () => Promise<void> | void): void => void closing.push(close);

export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'convergence-views-'));
  afterwards(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export interface Told {
  readonly store: MemoryEventStore;
  readonly projector: Projector;
  readonly folder: string;
  readonly views: Views;
  /** What happened then, once the views show it. */
  andThen: (...happened: readonly Happened[]) => Promise<void>;
}

/** Views of a log with these facts. */
export async function given(...happened: readonly Happened[]): Promise<Told> {
  const folder = newFolder();
  const store = await logOf(happened);
  const projector = await Projector.open(folder, store, models);
  afterwards(() => projector.close());
  await reached(projector, store);
  return {
    store,
    projector,
    folder,
    get views() {
      return projector.views;
    },
    andThen: async (...more) => {
      await tell(store, more);
      await reached(projector, store);
    },
  };
}

export async function reached(projector: Projector, store: MemoryEventStore): Promise<void> {
  const head = await store.head();
  if (head !== undefined) await projector.reached(head, 5000);
}

/** Every row of every table, but what the views keep for themselves. */
export const tablesOf = (views: Views): Record<string, unknown[]> =>
  Object.fromEntries(
    views
      .all<{ name: string }>(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'views_meta' ORDER BY name",
      )
      .map(({ name }) => [name, views.all(`SELECT * FROM ${name}`)]),
  );

export const recorded = (store: MemoryEventStore): Promise<readonly RecordedEvent[]> =>
  store.readAll(undefined, 10_000);

import type { ContentRef } from '#domain/decider.js';
import { factVersions, type Fact } from '#domain/facts.js';
import type { EventStore, Expected, NewEvent } from '#event-store/event-store.js';
import type { Metadata } from './asking.js';
import type { Writing } from './subject.js';

/** What is to be written, with the id of its event, so that a retry finds it there already. */
export interface Written extends Writing {
  readonly id: string;
  readonly hash: string;
}

/** Where it goes: the decision refers to it by version and hash before it is there. */
export interface Place {
  readonly content: ContentRef;
  /** Undefined where an earlier try wrote it. */
  readonly expected: Expected | undefined;
}

export async function placeOf(store: EventStore, { stream, id, hash }: Written): Promise<Place> {
  const [last] = await store.readStream(stream, { backwards: true, limit: 1 });
  if (last?.id === id) return { content: { version: last.version, hash }, expected: undefined };
  return { content: { version: (last?.version ?? -1) + 1, hash }, expected: last?.version ?? 'none' };
}

export function newEvent(fact: Fact, id: string, metadata: Metadata): NewEvent {
  const { type, ...data } = fact;
  return { id, type, schema: factVersions[type], data, metadata };
}

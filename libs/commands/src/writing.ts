import type { ContentRef } from '#domain/decider.js';
import { type ContentEvent, type Fact, factVersions } from '#domain/facts.js';
import type { EventStore, Expected, NewEvent, Write } from '#event-store/event-store.js';
import type { Metadata } from './asking.js';
import { canonical, digest, keyedDigest } from './canonical.js';
import { idFrom } from './ids.js';
import type { Writing } from './subject.js';

/** What is to be written, with the id of its event, so that a retry finds it there already. */
export interface Written extends Writing {
  readonly id: string;
  readonly hash: string;
  /** The data of its event as JSON text. */
  readonly json: string;
}

/** Short texts about people get a keyed hash: they could otherwise be guessed after they were forgotten. */
export function written(writing: Writing, commandId: string, secret: string): Written {
  const { event } = writing;
  const id = idFrom(commandId, 'content');
  if (event.type === 'ApplicationWritten') {
    const text = canonical(event.contents);
    return { ...writing, id, hash: digest(text), json: `{"contents":${text}}` };
  }
  const json = canonical(bodyOf(event));
  return { ...writing, id, hash: keyedDigest(secret, json), json };
}

const bodyOf = ({ type: _, ...body }: ContentEvent): object => body;

/** Where it goes: the decision refers to it by version and hash before it is there. */
export interface Place {
  readonly content: ContentRef;
  /** Undefined where an earlier try wrote it. */
  readonly expected: Expected | undefined;
}

/** After the newest that the state knows of; nearly always that is the end of the stream. */
export const placeAfter = (last: number | undefined, { hash }: Written): Place => ({
  content: { version: (last ?? -1) + 1, hash },
  expected: last ?? 'none',
});

/** After what is really there: a crash may have left what no fact refers to, or this very content. */
export async function placeFound(
  store: EventStore,
  { stream, id, hash, json }: Written,
): Promise<Place | 'another content'> {
  const [last] = await store.readStream(stream, { backwards: true, limit: 1 });
  if (last?.id !== id)
    return { content: { version: (last?.version ?? -1) + 1, hash }, expected: last?.version ?? 'none' };
  if (canonical(last.data) !== json) return 'another content';
  return { content: { version: last.version, hash }, expected: undefined };
}

export function newEvent(fact: Fact, id: string, metadata: Metadata): NewEvent {
  const { type, ...data } = fact;
  return { id, type, schema: factVersions[type], data, metadata };
}

/** The append of what is written, before that of the decision. */
export function writingFirst({ stream, event, id, json }: Written, { expected }: Place, metadata: Metadata): Write[] {
  if (expected === undefined) return [];
  const { type } = event;
  return [
    { stream, expected, events: [{ id, type, schema: factVersions[type], data: bodyOf(event), metadata, json }] },
  ];
}

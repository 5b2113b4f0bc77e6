import type Database from 'libsql';
import type { Fact, FactType } from '#domain/facts.js';
import type { Metadata } from '#commands/asking.js';
import type { RecordedEvent } from '#event-store/event-store.js';

/** A recorded fact of one type, its data and metadata typed. */
export interface Told<T extends FactType> extends Omit<RecordedEvent, 'data' | 'metadata'> {
  readonly data: Omit<Extract<Fact, { type: T }>, 'type'>;
  readonly metadata: Metadata;
}

export type Handlers = { readonly [T in FactType]?: (event: Told<T>) => void } & {
  /** Before the checkpoint of each batch: writes what the handlers have put together. */
  readonly endOfBatch?: () => void;
};

/** Tables that follow from the log alone. Deleting them loses nothing. */
export interface ReadModel {
  readonly tables: string;
  /** What each fact changes, its statements prepared once. */
  handlers(db: Database.Database): Handlers;
}

/** What follows the category in the name of a stream. */
export const idOf = (stream: string): string => stream.slice(stream.indexOf('-') + 1);

/** `content-application-<id>` → `<id>`. */
export const idOfContent = (stream: string): string => idOf(idOf(stream));

/** What a search looks in: small letters without accents. */
export const searchable = (...texts: readonly (string | undefined)[]): string =>
  texts
    .filter((text) => text !== undefined)
    .join(' ')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase();

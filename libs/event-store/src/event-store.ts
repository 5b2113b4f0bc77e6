/** Opaque: made and compared by the store that gave it. */
export type Position = string;

/** The stream has no event (`none`), has some (`exists`), ends with this version (0 is the first event), or `any`. */
export type Expected = 'any' | 'none' | 'exists' | number;

export interface NewEvent {
  /** UUID; a retry brings the same. */
  readonly id: string;
  readonly type: string;
  /** Version of the shape of `data`. */
  readonly schema: number;
  /** JSON values. */
  readonly data: object;
  readonly metadata: object;
  /** `data` as JSON text, where the caller has it already. */
  readonly json?: string;
}

/** One append: to a stream, under an expectation. */
export interface Write {
  readonly stream: string;
  readonly expected: Expected;
  readonly events: readonly NewEvent[];
}

export interface RecordedEvent extends Omit<NewEvent, 'json'> {
  readonly stream: string;
  readonly version: number;
  readonly position: Position;
}

export interface Appended {
  /** Version and position of the last event written. */
  readonly version: number;
  readonly position: Position;
}

export interface ReadOptions {
  /** First version to read; backwards, where to start. */
  readonly from?: number;
  readonly backwards?: boolean;
  readonly limit?: number;
}

/** Events in the order of the log; `caughtUp` where the batch ends at its present end. */
export interface Batch {
  readonly events: readonly RecordedEvent[];
  /** How far the log was read, further than the last event where others were passed over. */
  readonly position: Position | undefined;
  readonly caughtUp: boolean;
}

export interface FollowOptions {
  /** Only events of these types. */
  readonly types?: readonly string[];
}

/** The newest of the log, as far as it is known here: what a store may tell without reading. */
export interface EndOfLog {
  position(): Position | undefined;
  /** Was nothing appended to the stream after that position? False, too, where that was too long ago to tell. */
  unmoved(stream: string, since: Position): boolean;
  /**
   * Resolves once all is known here that was in the log when it was asked; false where that isn't soon. Left out where
   * it is so in every turn of the event loop.
   */
  caughtUp?(): Promise<boolean>;
}

/**
 * Small values beside the facts, and none of them: who does the work that one process may do, and how far it is. Where a
 * log has them, processes that share nothing else find each other there.
 */
export interface Registers {
  read(name: string): Promise<Registered | undefined>;
  /** Durable when it resolves; false where somebody wrote it since that version. @throws StoreUnavailable */
  write(name: string, expected: number | 'none', value: object): Promise<boolean>;
}

export interface Registered {
  /** 0, then one more with each write. */
  readonly version: number;
  readonly value: unknown;
}

/** The log of facts. Every store passes conformance.ts. */
export interface EventStore {
  /** Names this log: views and backups of another one are told apart by it. */
  readonly logId: string;
  readonly end?: EndOfLog;
  /** Of a log that several machines share. */
  readonly registers?: Registers;
  /**
   * All of the events or none, durable when the promise resolves. The expectation is checked inside the append.
   * A retry with the same ids and the same expectation answers as the first did, however much was appended since.
   * @throws VersionConflict, IdReused, StreamDeleted, TooLarge, StoreUnavailable
   */
  append(stream: string, expected: Expected, events: readonly NewEvent[]): Promise<Appended>;
  /**
   * Appends in this order, each atomic by itself; where one fails, those before it stand and those after it are not
   * tried. Answers for the last. A store may make them durable together.
   */
  appendInOrder(writes: readonly Write[]): Promise<Appended>;
  /** Empty for a stream that doesn't exist. @throws StreamDeleted */
  readStream(stream: string, options?: ReadOptions): Promise<readonly RecordedEvent[]>;
  /** The events after a position, or from the first, at most `limit`. */
  readAll(after: Position | undefined, limit: number): Promise<readonly RecordedEvent[]>;
  /** Batches after a position, for ever: first what is there, then what comes. Ends when the signal aborts. */
  follow(after: Position | undefined, signal: AbortSignal, options?: FollowOptions): AsyncIterable<Batch>;
  /** The position of the newest event. */
  head(): Promise<Position | undefined>;
  /** Negative, zero or positive. */
  compare(a: Position, b: Position): number;
  /** For good: nothing can be read of it or appended to it any more. */
  deleteStream(stream: string): Promise<void>;
  /** Names of the streams that were deleted. */
  deletedStreams(): Promise<readonly string[]>;
  /** Ids of the events whose contents aren't, by their hash, what was written. */
  altered(): AsyncIterable<string>;
  close(): Promise<void>;
}

export class VersionConflict extends Error {
  override readonly name = 'VersionConflict';
  constructor(
    readonly stream: string,
    readonly expected: Expected,
    /** Version of the last event, `none` where there is none. */
    readonly actual: number | 'none',
  ) {
    super(`${stream}: expected ${expected}, found ${actual}`);
  }
}

/** The ids were appended before with another payload. */
export class IdReused extends Error {
  override readonly name = 'IdReused';
  constructor(readonly stream: string) {
    super(`${stream}: an event id was used again for another event`);
  }
}

export class StreamDeleted extends Error {
  override readonly name = 'StreamDeleted';
  constructor(readonly stream: string) {
    super(`${stream} was deleted`);
  }
}

/** Nothing was lost, nothing can be written now: a full disk, a locked file, a store that is away. */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';
  constructor(
    readonly reason: 'full' | 'busy' | 'closed' | 'failed',
    message: string,
  ) {
    super(message);
  }
}

/** More at once than the store is set up to take. */
export class TooLarge extends Error {
  override readonly name = 'TooLarge';
}

/** A log this version must not touch. */
export class NewerLog extends Error {
  override readonly name = 'NewerLog';
}

/** What no store accepts. @throws TypeError */
export function checkAppend(stream: string, events: readonly NewEvent[]): void {
  if (!stream) throw new TypeError('A stream has a name.');
  if (events.length === 0) throw new TypeError('An append has at least one event.');
  if (new Set(events.map((event) => event.id)).size < events.length) {
    throw new TypeError('Two events of an append have the same id.');
  }
}

import {
  type Appended,
  type Batch,
  checkAppend,
  type EventStore,
  type Expected,
  type FollowOptions,
  type NewEvent,
  type Position,
  type ReadOptions,
  type RecordedEvent,
  StoreUnavailable,
  StreamDeleted,
  type Write,
} from './event-store.js';
import { Appending } from './eventstoredb-appending.js';
import { Connection } from './eventstoredb-connection.js';
import { SeenEnd } from './eventstoredb-end.js';
import { comparePositions, positionOf, serverEvent, StoredEvent } from './eventstoredb-events.js';
import { following } from './eventstoredb-following.js';
import { LiveEnd } from './eventstoredb-live.js';
import { OwnStream } from './eventstoredb-own.js';
import { SPACE_END, WholeLog } from './eventstoredb-pages.js';
import { failureOf, storeError } from './eventstoredb-problems.js';
import { RegisterStreams } from './eventstoredb-registers.js';
import { spaceOf } from './eventstoredb-url.js';

export interface EventStoreDbOptions {
  /** `esdb://` or `esdb+discover://`, with its credentials, and `space=` for a log beside others. */
  readonly url: string;
  /** Generation of the facts this version writes; a log of a higher one is refused. */
  readonly generation: number;
  /** Sets the streams of this log apart where several share a server; without it, that of the address. */
  readonly space?: string;
  /** What keeps followers from following, each time it begins; they go on by themselves. */
  readonly onTrouble?: (error: Error) => void;
  /** For how long what isn't answered, or not clearly, is asked again. */
  readonly patienceMs?: number;
}

const PATIENCE_MS = 5000;
const MOST_BATCH = 500;

/** The log on EventStoreDB or KurrentDB, from version 22.10 on: for several machines. */
export class EventStoreDb implements EventStore {
  private readonly own: OwnStream;
  private readonly whole: WholeLog;
  private readonly live: LiveEnd;
  private readonly appending: Appending;
  readonly registers: RegisterStreams;
  readonly end: SeenEnd;
  private readonly space: string;
  private readonly readMs: number;
  private readonly underWay = new Set<Promise<unknown>>();
  private readonly stop = new AbortController();

  private constructor(
    private readonly connection: Connection,
    {
      url,
      generation,
      space: named = spaceOf(url),
      onTrouble = () => undefined,
      patienceMs = PATIENCE_MS,
    }: EventStoreDbOptions,
  ) {
    const space = named === undefined ? '' : `${named}${SPACE_END}`;
    this.space = space;
    // Half of it, so that what isn't answered can be asked again.
    this.readMs = patienceMs / 2;
    const { readMs } = this;
    const registerMs = patienceMs / 5;
    this.own = new OwnStream({
      ...{ connection, space, generation, readMs },
      write: async (...note) => 'version' in (await this.appending.settled(...note)),
    });
    this.appending = new Appending({
      ...{ connection, space, patienceMs, signal: this.stop.signal },
      isDeleted: (stream) => this.own.deleted.has(stream),
      readStream: (stream, from, limit) => this.stored(stream, { from, ...(limit !== undefined && { limit }) }),
    });
    this.whole = new WholeLog({ connection, own: this.own, space, readMs, onTrouble });
    this.registers = new RegisterStreams({
      // Who keeps them tries again by themselves, and lets go of them while the process stops.
      ...{ connection, space, readMs: registerMs },
      repeated: (read) => this.appending.repeated(read, registerMs),
      write: (...register) => this.counted(() => this.appending.settled(...register, registerMs)),
    });
    this.live = new LiveEnd({
      connection,
      newest: () => this.whole.newest(),
      readable: (wire) => this.whole.readable(wire),
      onTrouble: (error) => onTrouble(storeError(error)),
    });
    this.end = new SeenEnd({
      live: this.live,
      newest: () => this.whole.newest(true),
      isDeleted: (stream) => this.own.deleted.has(stream),
      patienceMs: patienceMs / 10,
    });
  }

  /** @throws NewerLog, StoreUnavailable */
  static async open(options: EventStoreDbOptions): Promise<EventStoreDb> {
    const store = new EventStoreDb(new Connection(options.url), options);
    try {
      await store.appending.repeated(() => store.own.open());
    } catch (error) {
      await store.close();
      const failure = failureOf(error);
      throw failure.kind === 'deleted' ? error : failure.error;
    }
    return store;
  }

  get logId(): string {
    return this.own.logId;
  }

  append(stream: string, expected: Expected, events: readonly NewEvent[]): Promise<Appended> {
    return this.appendInOrder([{ stream, expected, events }]);
  }

  async appendInOrder(writes: readonly Write[]): Promise<Appended> {
    if (writes.length === 0) throw new TypeError('There is something to append.');
    for (const { stream, events } of writes) checkAppend(stream, events);
    const prepared = writes.map((write) => ({ ...write, texts: write.events.map(serverEvent) }));
    return this.counted(async () => {
      await this.own.raised().catch((error: unknown) => this.refuse('', error));
      let appended: Appended | undefined;
      for (const write of prepared) {
        appended = await this.appending
          .write(write, write.texts)
          .catch((error: unknown) => this.refuse(write.stream, error));
      }
      return appended as Appended;
    });
  }

  readStream(stream: string, options: ReadOptions = {}): Promise<readonly RecordedEvent[]> {
    return this.stored(stream, options);
  }

  async readAll(after: Position | undefined, limit: number): Promise<readonly RecordedEvent[]> {
    return this.retried('', () => this.whole.read(after, limit));
  }

  follow(after: Position | undefined, signal: AbortSignal, { types }: FollowOptions = {}): AsyncIterable<Batch> {
    const { whole, live, own } = this;
    return following({
      whole,
      live,
      origin: own.origin,
      after,
      types,
      signal: AbortSignal.any([signal, this.stop.signal]),
    });
  }

  async head(): Promise<Position | undefined> {
    return this.retried('', () => this.whole.head());
  }

  compare(a: Position, b: Position): number {
    return comparePositions(positionOf(a), positionOf(b));
  }

  /** Its bytes are gone once the server is scavenged. */
  async deleteStream(stream: string): Promise<void> {
    if (!stream) throw new TypeError('A stream has a name.');
    await this.counted(async () => {
      await this.own.forget(stream).catch((error: unknown) => this.refuse(stream, error));
      await this.appending
        .repeated((ms) => this.connection.tombstone(`${this.space}${stream}`, ms))
        .catch((error: unknown) => {
          if (failureOf(error).kind !== 'deleted') this.refuse(stream, error);
        });
    });
  }

  async deletedStreams(): Promise<readonly string[]> {
    await this.retried('', () => this.own.refresh());
    return [...this.own.deleted];
  }

  async *altered(): AsyncIterable<string> {
    for (let after: Position | undefined; ;) {
      const events = await this.retried('', () => this.whole.read(after, MOST_BATCH));
      yield* events.filter(({ intact }) => !intact).map(({ id }) => id);
      if (events.length < MOST_BATCH) return;
      after = events.at(-1)?.position;
    }
  }

  /** What is under way is settled, within its patience; the rest is cut. */
  async close(): Promise<void> {
    this.stop.abort();
    await Promise.allSettled(this.underWay);
    this.connection.close();
    await this.live.close();
  }

  private async stored(stream: string, { from, backwards, limit }: ReadOptions): Promise<readonly StoredEvent[]> {
    if (this.own.deleted.has(stream)) throw new StreamDeleted(stream);
    if (limit === 0) return [];
    const name = `${this.space}${stream}`;
    const reading = {
      stream: name,
      leader: true,
      ...(backwards && { backwards }),
      ...(Number.isSafeInteger(limit) && { most: limit }),
    };
    const read = await this.retried(stream, () =>
      this.connection.read({ ...reading, ...(from !== undefined && { from: BigInt(from) }) }, this.readMs),
    );
    return (read?.events ?? []).map((wire) => {
      const event = StoredEvent.of(stream, wire);
      if (event) return event;
      throw new Error(`The stream ${stream} holds an event that Convergence did not write.`);
    });
  }

  /** Reading changes nothing: once more where the connection was cut or the leader is another now. */
  private async retried<T>(stream: string, read: () => Promise<T>): Promise<T> {
    return this.appending.repeated(read).catch((error: unknown) => this.refuse(stream, error));
  }

  private refuse(stream: string, error: unknown): never {
    const failure = failureOf(error);
    throw failure.kind === 'deleted' ? new StreamDeleted(stream) : failure.error;
  }

  private async counted<T>(work: () => Promise<T>): Promise<T> {
    if (this.stop.signal.aborted) throw new StoreUnavailable('closed', 'The log is closed.');
    const promise = work();
    this.underWay.add(promise);
    try {
      return await promise;
    } finally {
      this.underWay.delete(promise);
    }
  }
}

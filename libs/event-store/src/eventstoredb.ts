import { setTimeout as pause } from 'node:timers/promises';
import {
  type Appended,
  type Batch,
  checkAppend,
  type EventStore,
  type Expected,
  type FollowOptions,
  IdReused,
  type NewEvent,
  type Position,
  type ReadOptions,
  type RecordedEvent,
  StoreUnavailable,
  StreamDeleted,
  VersionConflict,
  type Write,
} from './event-store.js';
import { type AppendAnswer, Connection, type Exact } from './eventstoredb-connection.js';
import {
  comparePositions,
  positionOf,
  positionText,
  serverEvent,
  type ServerEvent,
  StoredEvent,
} from './eventstoredb-events.js';
import { LiveEnd } from './eventstoredb-live.js';
import { OwnStream } from './eventstoredb-own.js';
import { WholeLog } from './eventstoredb-pages.js';
import { failureOf } from './eventstoredb-problems.js';

export interface EventStoreDbOptions {
  /** `esdb://` or `esdb+discover://`, with its credentials. */
  readonly url: string;
  /** Generation of the facts this version writes; a log of a higher one is refused. */
  readonly generation: number;
  /** Begins the name of every stream on the server, so that several logs may share it. */
  readonly space?: string;
  /** What keeps followers from following, each time it begins; they go on by themselves. */
  readonly onTrouble?: (error: Error) => void;
  /** For how long an append whose outcome is unclear is repeated, and a call waits for its answer. */
  readonly patienceMs?: number;
}

const PATIENCE_MS = 5000;
const READ_MS = 5000;
const MOST_BATCH = 500;
/** How often an append without an exact expectation meets another before it gives up. */
const MOST_TRIES = 50;

/** The log on EventStoreDB or KurrentDB, from version 22.10 on: for several machines. */
export class EventStoreDb implements EventStore {
  private readonly own: OwnStream;
  private readonly whole: WholeLog;
  private readonly live: LiveEnd;
  private readonly space: string;
  private readonly patienceMs: number;
  private readonly underWay = new Set<Promise<unknown>>();
  private readonly stop = new AbortController();

  private constructor(
    private readonly connection: Connection,
    { generation, space = '', onTrouble = () => undefined, patienceMs = PATIENCE_MS }: EventStoreDbOptions,
  ) {
    this.space = space;
    this.patienceMs = patienceMs;
    this.own = new OwnStream({
      ...{ connection, space, generation, readMs: READ_MS },
      write: async (stream, expected, events) => 'version' in (await this.settled(stream, expected, events)),
    });
    this.whole = new WholeLog({ connection, own: this.own, space, readMs: READ_MS, onTrouble });
    this.live = new LiveEnd({
      connection,
      newest: () => this.whole.newest(),
      readable: (wire) => this.whole.readable(wire),
      onTrouble: (error) => this.whole.troubled(error),
    });
  }

  /** @throws NewerLog, StoreUnavailable */
  static async open(options: EventStoreDbOptions): Promise<EventStoreDb> {
    const store = new EventStoreDb(new Connection(options.url), options);
    try {
      await store.own.open();
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
      for (const write of prepared) appended = await this.write(write, write.texts);
      return appended as Appended;
    });
  }

  async readStream(stream: string, { from, backwards, limit }: ReadOptions = {}): Promise<readonly RecordedEvent[]> {
    if (this.own.deleted.has(stream)) throw new StreamDeleted(stream);
    if (limit === 0) return [];
    const name = `${this.space}${stream}`;
    const reading = { stream: name, leader: true, ...(backwards && { backwards }), ...(Number.isSafeInteger(limit) && { most: limit }) };
    const events = await this.retried(stream, () =>
      this.connection.read({ ...reading, ...(from !== undefined && { from: BigInt(from) }) }, READ_MS),
    );
    return (events ?? []).map((wire) => {
      const event = StoredEvent.of(stream, wire);
      if (event) return event;
      throw new Error(`The stream ${stream} holds an event that Convergence did not write.`);
    });
  }

  async readAll(after: Position | undefined, limit: number): Promise<readonly RecordedEvent[]> {
    return this.retried('', () => this.whole.read(after, limit));
  }

  async *follow(after: Position | undefined, signal: AbortSignal, { types }: FollowOptions = {}): AsyncIterable<Batch> {
    const { live, whole } = this;
    const wanted = types && new Set(types);
    const chosen = (events: readonly StoredEvent[]): readonly StoredEvent[] =>
      whole.existing(wanted ? events.filter(({ type }) => wanted.has(type)) : events);
    let cursor = after === undefined ? this.own.origin : positionOf(after);
    let position = after;
    let announced = false;
    let wake: () => void = () => undefined;
    const stir = (): void => wake();
    const silence = live.onNews(stir);
    signal.addEventListener('abort', stir);
    this.stop.signal.addEventListener('abort', stir);
    live.start();
    try {
      while (!signal.aborted && !this.stop.signal.aborted) {
        if (!announced || !live.covers(cursor)) {
          const page = await whole.patiently(cursor, signal);
          if (!page) return;
          const nothing = page.events.length === 0 && announced;
          cursor = page.cursor;
          announced ||= page.atEnd;
          position = page.events.at(-1)?.position ?? position;
          if (nothing) await pause(20, undefined, { ref: false });
          else yield { events: chosen(page.events), position, caughtUp: page.atEnd };
          continue;
        }
        const events = live.after(cursor, MOST_BATCH);
        const last = events.at(-1);
        if (last) {
          cursor = last.at;
          position = last.position;
          yield { events: chosen(events), position, caughtUp: events.length < MOST_BATCH };
        } else {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
      }
    } finally {
      silence();
      signal.removeEventListener('abort', stir);
      this.stop.signal.removeEventListener('abort', stir);
    }
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
      await this.repeated(() => this.connection.tombstone(`${this.space}${stream}`, this.patienceMs)).catch(
        (error: unknown) => {
          if (failureOf(error).kind !== 'deleted') this.refuse(stream, error);
        },
      );
    });
  }

  async deletedStreams(): Promise<readonly string[]> {
    await this.retried('', () => this.own.refresh());
    return [...this.own.deleted];
  }

  async *altered(): AsyncIterable<string> {
    for (let after: Position | undefined; ; ) {
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
    await this.live.close();
    this.connection.close();
  }

  private async write({ stream, expected, events }: Write, texts: readonly ServerEvent[]): Promise<Appended> {
    if (this.own.deleted.has(stream)) throw new StreamDeleted(stream);
    for (let tries = 1; ; tries++) {
      const exact = expected === 'any' || expected === 'exists' ? await this.exact(stream, expected, events, texts) : expected;
      if (typeof exact === 'object') return exact;
      const answer = await this.settled(`${this.space}${stream}`, exact, texts).catch((error: unknown) =>
        this.refuse(stream, error),
      );
      if ('version' in answer) return { version: answer.version, position: positionText(answer.position) };
      if (exact === expected) {
        const from = exact === 'none' ? 0 : exact + 1;
        const stored = answer.actual === 'none' ? [] : await this.readStream(stream, { from, limit: events.length });
        const first = firstAnswer(stream, stored as readonly StoredEvent[], events, texts);
        if (first) return first;
        throw new VersionConflict(stream, expected, answer.actual);
      }
      if (tries >= MOST_TRIES) throw new VersionConflict(stream, expected, answer.actual);
    }
  }

  /** Where the stream ends now; or the answer of the first time, where these events are in it already. */
  private async exact(
    stream: string,
    expected: 'any' | 'exists',
    events: readonly NewEvent[],
    texts: readonly ServerEvent[],
  ): Promise<Exact | Appended> {
    const stored = (await this.readStream(stream)) as readonly StoredEvent[];
    const ids = new Set(events.map(({ id }) => id));
    const first = stored.findIndex(({ id }) => ids.has(id));
    if (first >= 0) {
      const answer = firstAnswer(stream, stored.slice(first, first + events.length), events, texts);
      if (answer) return answer;
      throw new IdReused(stream);
    }
    const last = stored.at(-1);
    if (!last && expected === 'exists') throw new VersionConflict(stream, expected, 'none');
    return last?.version ?? 'none';
  }

  /** An unclear outcome is settled by the same append again: it is written once, and answers as it did then. */
  private settled(stream: string, expected: Exact, texts: readonly ServerEvent[]): Promise<AppendAnswer> {
    return this.repeated((ms) => this.connection.append(stream, expected, texts, ms));
  }

  /** For as long as its outcome is unclear and there is patience left. */
  private async repeated<T>(call: (withinMs: number) => Promise<T>): Promise<T> {
    const until = Date.now() + this.patienceMs;
    for (let tries = 1; ; tries++) {
      try {
        return await call(Math.max(until - Date.now(), 1));
      } catch (error) {
        const rest = Math.min(25 * 2 ** tries, 500);
        if (failureOf(error).kind !== 'unclear' || Date.now() + rest >= until || this.stop.signal.aborted) throw error;
        await pause(rest);
      }
    }
  }

  /** Reading changes nothing: once more where the connection was cut or the leader is another now. */
  private async retried<T>(stream: string, read: () => Promise<T>): Promise<T> {
    try {
      return await read().catch((error: unknown) => {
        if (failureOf(error).kind !== 'unclear' || this.stop.signal.aborted) throw error;
        return read();
      });
    } catch (error) {
      return this.refuse(stream, error);
    }
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

/** The answer of the first time, if these events are stored; undefined where others are. @throws IdReused */
function firstAnswer(
  stream: string,
  stored: readonly StoredEvent[],
  events: readonly NewEvent[],
  texts: readonly ServerEvent[],
): Appended | undefined {
  const last = stored.at(-1);
  if (!last || stored.length !== events.length) return undefined;
  if (stored.some(({ id }, index) => id !== events[index]?.id)) return undefined;
  if (stored.some(({ serverId }, index) => serverId !== texts[index]?.serverId)) throw new IdReused(stream);
  return { version: last.version, position: last.position };
}

import type Database from 'libsql';
import { Worker } from 'node:worker_threads';
import {
  type Appended,
  type Batch,
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
import { connect, openLog } from './sqlite-log.js';
import { RecentEvents } from './sqlite-recent.js';
import { type EventRow, type HashedRow, isIntact, prepareReads, storedEvent } from './sqlite-reads.js';
import type { Request } from './sqlite-writer.thread.js';
import { rowsOf, settle, type Waiting } from './sqlite-waiting.js';
import type { SeriesOutcome, WriterOptions } from './sqlite-writer.js';

/** A request that the thread has been sent. */
interface Asked {
  readonly resolve: (done: unknown) => void;
  readonly reject: (error: Error) => void;
}

interface Answer {
  readonly done?: unknown;
  readonly failed?: { readonly reason: 'full' | 'busy' | 'failed'; readonly message: string };
}

const BATCH = 500;
/** While the thread commits one batch, the next are there already. */
const MOST_UNDER_WAY = 3;
const MOST_PER_COMMIT = 256;
/** So many don't wait for the end of the turn: the thread may as well begin. */
const ENOUGH = 12;
/** How soon a follower sees what another process wrote; what this one wrote it sees at once. */
const POLL_MS = 20;

/**
 * The embedded log: one file, one thread that writes, reads in place. Appends that arrive while a commit is under
 * way share the next one. Several processes may use the file: none waits for another on its event loop.
 */
export class SqliteEventStore implements EventStore {
  readonly logId: string;
  private readonly thread: Worker;
  private readonly statements: ReturnType<typeof prepareReads>;
  private queue: Waiting[] = [];
  private scheduled = false;
  private readonly underWay: Asked[] = [];
  private ended: StoreUnavailable | undefined;
  private closed = false;
  readonly end: RecentEvents;
  private readonly wakers = new Set<() => void>();
  private poll: NodeJS.Timeout | undefined;
  private seen = 0;

  private constructor(
    private readonly db: Database.Database,
    logId: string,
    options: WriterOptions,
  ) {
    this.logId = logId;
    this.statements = prepareReads(db);
    this.thread = new Worker(new URL('./sqlite-writer.thread.js', import.meta.url), { workerData: options });
    this.hear();
    this.end = new RecentEvents(this.statements);
  }

  /** @throws NewerLog */
  static open(options: WriterOptions): SqliteEventStore {
    const db = connect(options.path, 5000);
    const { logId } = openLog(db, options.generation);
    return new SqliteEventStore(db, logId, options);
  }

  append(stream: string, expected: Expected, events: readonly NewEvent[]): Promise<Appended> {
    return this.appendInOrder([{ stream, expected, events }]);
  }

  async appendInOrder(writes: readonly Write[]): Promise<Appended> {
    if (writes.length === 0) throw new TypeError('There is something to append.');
    const series = writes.map(rowsOf);
    if (this.closed) throw new StoreUnavailable('closed', 'The log is closed.');
    return new Promise((resolve, reject) => {
      this.queue.push({ series, resolve, reject });
      if (this.queue.length >= ENOUGH && this.underWay.length < MOST_UNDER_WAY) this.send();
      else this.schedule();
    });
  }

  async readStream(stream: string, options: ReadOptions = {}): Promise<readonly RecordedEvent[]> {
    const { from, backwards = false, limit = -1 } = options;
    this.end.glance();
    const tail = backwards ? undefined : this.end.tail(stream, from ?? 0, limit);
    if (this.end.deleted.has(stream)) throw new StreamDeleted(stream);
    if (tail) return tail;
    const { forwards, backwards: reversed } = this.statements;
    const { events } = (
      backwards ? reversed.get(stream, from ?? Number.MAX_SAFE_INTEGER, limit) : forwards.get(stream, from ?? 0, limit)
    ) as { events: string };
    // Nearly always there is none: a stream that is to begin, or the tail of one that is known already.
    return events === '[]' ? [] : (JSON.parse(events) as EventRow[]).map(storedEvent);
  }

  async readAll(after: Position | undefined, limit: number): Promise<readonly RecordedEvent[]> {
    return this.readAfter(Number(after ?? 0), limit);
  }

  async *follow(after: Position | undefined, signal: AbortSignal, { types }: FollowOptions = {}): AsyncIterable<Batch> {
    let position = Number(after ?? 0);
    let announced = false;
    let wake: () => void = () => undefined;
    const stir = (): void => wake();
    this.wakers.add(stir);
    signal.addEventListener('abort', stir);
    this.watch();
    const wanted = types && new Set(types);
    try {
      while (!signal.aborted && !this.closed) {
        const end = this.end.glance();
        if (end > position || !announced) {
          const events =
            this.end.after(position, BATCH, wanted) ??
            (types ? this.readSome(position, end, types) : this.readAfter(position, BATCH));
          announced = events.length < BATCH;
          const last = Number(events.at(-1)?.position ?? position);
          // What was deleted meanwhile is passed over, too.
          position = announced ? Math.max(last, end) : last;
          yield { events, position: position === 0 ? undefined : String(position), caughtUp: announced };
        } else {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
      }
    } finally {
      this.wakers.delete(stir);
      signal.removeEventListener('abort', stir);
    }
  }

  async head(): Promise<Position | undefined> {
    const position = (this.statements.head.get() as { position: number } | undefined)?.position ?? 0;
    return position === 0 ? undefined : String(position);
  }

  compare(a: Position, b: Position): number {
    return Number(a) - Number(b);
  }

  async deleteStream(stream: string): Promise<void> {
    await this.ask({ delete: stream });
    this.end.look();
    this.announce();
  }

  async deletedStreams(): Promise<readonly string[]> {
    return (this.statements.deleted.all() as { stream: string }[]).map(({ stream }) => stream);
  }

  async *altered(): AsyncIterable<string> {
    for (let after = 0; ;) {
      const rows = this.statements.hashed.all(after, BATCH) as HashedRow[];
      yield* rows.filter((row) => !isIntact(row)).map(([, , id]) => id);
      if (rows.length < BATCH) return;
      [after] = rows.at(-1) as HashedRow;
    }
  }

  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    while (this.queue.length > 0 || this.underWay.length > 0) await new Promise((resolve) => setImmediate(resolve));
    await this.ask({ close: true }).catch(() => undefined);
    await this.thread.terminate();
    this.announce();
    clearInterval(this.poll);
    this.db.close();
  }

  private readSome(after: number, until: number, types: readonly string[]): RecordedEvent[] {
    return (this.statements.some.all(after, until, JSON.stringify(types), BATCH) as EventRow[]).map(storedEvent);
  }

  private readAfter(position: number, limit: number): RecordedEvent[] {
    return (this.statements.all.all(position, limit) as EventRow[]).map(storedEvent);
  }

  /** What arrives in one turn of the event loop shares a commit, and so does what waits for the thread. */
  private schedule(): void {
    if (this.scheduled || this.underWay.length >= MOST_UNDER_WAY) return;
    this.scheduled = true;
    setImmediate(() => {
      this.scheduled = false;
      this.send();
      if (this.queue.length > 0) this.schedule();
    });
  }

  private send(): void {
    const batch = this.queue.splice(0, MOST_PER_COMMIT);
    if (batch.length > 0) void this.commit(batch);
  }

  private async commit(batch: readonly Waiting[]): Promise<void> {
    try {
      const outcomes = (await this.ask({ write: batch.map(({ series }) => series) })) as SeriesOutcome[];
      this.end.outdated();
      this.announce();
      batch.forEach((waiting, index) => settle(waiting, outcomes[index] as SeriesOutcome));
    } catch (error) {
      batch.forEach(({ reject }) => reject(error as Error));
    }
    if (this.queue.length > 0) this.schedule();
  }

  /** The thread answers in the order it was asked. */
  private ask(request: Request): Promise<unknown> {
    if (this.ended) return Promise.reject(this.ended);
    return new Promise((resolve, reject) => {
      this.underWay.push({ resolve, reject });
      this.thread.ref();
      this.thread.postMessage(request);
    });
  }

  private hear(): void {
    this.thread.on('message', ({ done, failed }: Answer) => {
      const asked = this.underWay.shift();
      if (this.underWay.length === 0) this.thread.unref();
      if (failed) asked?.reject(new StoreUnavailable(failed.reason, failed.message));
      else asked?.resolve(done);
    });
    const gone = (message: string): void => {
      this.ended ??= new StoreUnavailable('failed', message);
      for (const { reject } of this.underWay.splice(0)) reject(this.ended);
    };
    this.thread.on('error', (error) => gone(error.message));
    this.thread.on('exit', () => gone('The thread that writes the log has ended.'));
    this.thread.unref();
  }

  private announce(): void {
    for (const wake of [...this.wakers]) wake();
  }

  /** Looks for commits of other processes, from the first follower on. */
  private watch(): void {
    if (this.poll) return;
    this.seen = this.dataVersion();
    this.poll = setInterval(() => {
      const version = this.dataVersion();
      if (version === this.seen) return;
      this.seen = version;
      this.end.look();
      this.announce();
    }, POLL_MS).unref();
  }

  private dataVersion(): number {
    return (this.statements.dataVersion.get() as { data_version: number }).data_version;
  }
}

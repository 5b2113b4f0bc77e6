import type {
  Appended,
  Batch,
  EndOfLog,
  EventStore,
  Expected,
  FollowOptions,
  NewEvent,
  Position,
  ReadOptions,
  RecordedEvent,
  Registers,
  Write,
} from '#event-store/event-store.js';
import type { Observer } from './observer.js';

/** A store whose appends are observed; everything else is the store's own. */
export class ObservedStore implements EventStore {
  readonly logId: string;

  constructor(
    private readonly store: EventStore,
    private readonly observer: Observer,
  ) {
    this.logId = store.logId;
  }

  get end(): EndOfLog | undefined {
    return this.store.end;
  }

  get registers(): Registers | undefined {
    return this.store.registers;
  }

  append(stream: string, expected: Expected, events: readonly NewEvent[]): Promise<Appended> {
    return this.observer.append(events.length, () => this.store.append(stream, expected, events));
  }

  appendInOrder(writes: readonly Write[]): Promise<Appended> {
    const facts = writes.reduce((sum, { events }) => sum + events.length, 0);
    return this.observer.append(facts, () => this.store.appendInOrder(writes));
  }

  readStream(stream: string, options?: ReadOptions): Promise<readonly RecordedEvent[]> {
    return this.store.readStream(stream, options);
  }

  readAll(after: Position | undefined, limit: number): Promise<readonly RecordedEvent[]> {
    return this.store.readAll(after, limit);
  }

  follow(after: Position | undefined, signal: AbortSignal, options?: FollowOptions): AsyncIterable<Batch> {
    return this.store.follow(after, signal, options);
  }

  head(): Promise<Position | undefined> {
    return this.store.head();
  }

  compare(a: Position, b: Position): number {
    return this.store.compare(a, b);
  }

  deleteStream(stream: string): Promise<void> {
    return this.store.deleteStream(stream);
  }

  deletedStreams(): Promise<readonly string[]> {
    return this.store.deletedStreams();
  }

  altered(): AsyncIterable<string> {
    return this.store.altered();
  }

  close(): Promise<void> {
    return this.store.close();
  }
}

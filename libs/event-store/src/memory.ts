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
  type Registered,
  type Registers,
  StreamDeleted,
  VersionConflict,
  type Write,
} from './event-store.js';

/** The simplest registers that keep the contract. */
export class MemoryRegisters implements Registers {
  private readonly kept = new Map<string, { version: number; text: string }>();

  async read(name: string): Promise<Registered | undefined> {
    const found = this.kept.get(name);
    return found && { version: found.version, value: JSON.parse(found.text) as unknown };
  }

  async write(name: string, expected: number | 'none', value: object): Promise<boolean> {
    const version = this.kept.get(name)?.version;
    if ((version ?? 'none') !== expected) return false;
    this.kept.set(name, { version: (version ?? -1) + 1, text: JSON.stringify(value) });
    return true;
  }
}

/** The simplest store that keeps the contract: the reference that the others are compared with. */
export class MemoryEventStore implements EventStore {
  readonly logId = 'memory';
  readonly registers = new MemoryRegisters();
  private events: RecordedEvent[] = [];
  private next = 1;
  private readonly deleted = new Set<string>();
  private wake: () => void = () => undefined;
  private news = this.waiting();

  async append(stream: string, expected: Expected, events: readonly NewEvent[]): Promise<Appended> {
    checkAppend(stream, events);
    this.refuseDeleted(stream);
    const known = this.events.filter((event) => event.stream === stream);
    const repeated = this.repeated(stream, known, expected, events);
    if (repeated) return repeated;
    const actual = known.at(-1)?.version ?? 'none';
    const met = expected === 'any' || (expected === 'exists' ? actual !== 'none' : expected === actual);
    if (!met) throw new VersionConflict(stream, expected, actual);
    for (const event of events) {
      const version = (this.events.findLast((other) => other.stream === stream)?.version ?? -1) + 1;
      const { json: _, ...copy } = JSON.parse(JSON.stringify(event)) as NewEvent;
      this.events.push({ ...copy, stream, version, position: String(this.next++) });
    }
    this.wake();
    this.news = this.waiting();
    const last = this.events.at(-1) as RecordedEvent;
    return { version: last.version, position: last.position };
  }

  async appendInOrder(writes: readonly Write[]): Promise<Appended> {
    let appended: Appended | undefined;
    for (const { stream, expected, events } of writes) appended = await this.append(stream, expected, events);
    if (!appended) throw new TypeError('There is something to append.');
    return appended;
  }

  /** The same ids where this expectation put them the first time; `any` and `exists` find them anywhere. */
  private repeated(
    stream: string,
    known: readonly RecordedEvent[],
    expected: Expected,
    events: readonly NewEvent[],
  ): Appended | undefined {
    const anywhere = expected === 'any' || expected === 'exists';
    const ids = new Set(events.map((event) => event.id));
    const first = anywhere ? known.findIndex((event) => ids.has(event.id)) : expected === 'none' ? 0 : expected + 1;
    if (first < 0) return undefined;
    const before = known.slice(first, first + events.length);
    const same = before.length === events.length && before.every((event, index) => event.id === events[index]?.id);
    const last = before.at(-1);
    if (!same || !last) {
      if (anywhere) throw new IdReused(stream);
      return undefined;
    }
    if (before.some((event, index) => bodyOf(event) !== bodyOf(events[index] as NewEvent))) throw new IdReused(stream);
    return { version: last.version, position: last.position };
  }

  async readStream(stream: string, options: ReadOptions = {}): Promise<readonly RecordedEvent[]> {
    this.refuseDeleted(stream);
    const { from, backwards = false, limit = Infinity } = options;
    const all = this.events.filter((event) => event.stream === stream);
    const ordered = backwards
      ? all.reverse().filter((event) => from === undefined || event.version <= from)
      : all.filter((event) => event.version >= (from ?? 0));
    return ordered.slice(0, limit);
  }

  async readAll(after: Position | undefined, limit: number): Promise<readonly RecordedEvent[]> {
    const start = after === undefined ? 0 : Number(after);
    return this.events.filter((event) => Number(event.position) > start).slice(0, limit);
  }

  async *follow(after: Position | undefined, signal: AbortSignal, { types }: FollowOptions = {}): AsyncIterable<Batch> {
    const aborted = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
    let position = after;
    let announced = false;
    while (!signal.aborted) {
      const news = this.news;
      const read = await this.readAll(position, 500);
      position = read.at(-1)?.position ?? position;
      const events = types ? read.filter(({ type }) => types.includes(type)) : read;
      if (read.length > 0 || !announced) {
        announced = read.length < 500;
        yield { events, position, caughtUp: announced };
      } else {
        await Promise.race([news, aborted]);
      }
    }
  }

  async head(): Promise<Position | undefined> {
    return this.events.at(-1)?.position;
  }

  compare(a: Position, b: Position): number {
    return Number(a) - Number(b);
  }

  async deleteStream(stream: string): Promise<void> {
    this.deleted.add(stream);
    this.events = this.events.filter((event) => event.stream !== stream);
  }

  async deletedStreams(): Promise<readonly string[]> {
    return [...this.deleted];
  }

  /** Nothing but this process could alter them. */
  async *altered(): AsyncIterable<string> {}

  async close(): Promise<void> {
    this.wake();
  }

  private refuseDeleted(stream: string): void {
    if (this.deleted.has(stream)) throw new StreamDeleted(stream);
  }

  private waiting(): Promise<void> {
    return new Promise((resolve) => {
      this.wake = resolve;
    });
  }
}

const bodyOf = ({ type, schema, data, metadata }: NewEvent): string => JSON.stringify([type, schema, data, metadata]);

import { setTimeout as pause } from 'node:timers/promises';
import type { Connection } from './eventstoredb-connection.js';
import {
  comparePositions,
  type LogPosition,
  type StoredEvent,
  type WireEvent,
  wirePosition,
} from './eventstoredb-events.js';

export interface LiveOptions {
  readonly connection: Connection;
  /** The newest position of the server's log. */
  readonly newest: () => Promise<LogPosition>;
  /** The event as one of this log; undefined where it is none. */
  readonly readable: (wire: WireEvent) => StoredEvent | undefined;
  /** Said once, until something comes again. */
  readonly onTrouble: (error: unknown) => void;
}

const MOST_EVENTS = 4000;
const MOST_BYTES = 16_000_000;
const PAUSE_MS = 100;
const MOST_PAUSE_MS = 2000;

/**
 * The end of the log, as it comes: one subscription for all who follow in this process, kept for a while. Whoever falls
 * behind what is kept reads pages instead. It takes up again where it was, however often it is cut.
 */
export class LiveEnd {
  private readonly stop = new AbortController();
  private running: Promise<void> | undefined;
  private events: StoredEvent[] = [];
  /** The newest of each stream that is kept. */
  private readonly newestOf = new Map<string, StoredEvent>();
  private bytes = 0;
  private inTrouble = false;
  /** Everything after it is kept here. */
  private from: LogPosition | undefined;
  private upTo: LogPosition | undefined;
  private readonly wakers = new Set<() => void>();

  constructor(private readonly options: LiveOptions) {}

  start(): void {
    this.running ??= this.run();
  }

  async close(): Promise<void> {
    this.stop.abort();
    this.stir();
    await this.running;
  }

  /** Is everything here that came after that position? */
  covers(after: LogPosition): boolean {
    return this.from !== undefined && comparePositions(after, this.from) >= 0;
  }

  /** The oldest after a position, so many at most. */
  after(position: LogPosition, most: number): readonly StoredEvent[] {
    let first = this.events.length;
    while (first > 0 && comparePositions((this.events[first - 1] as StoredEvent).at, position) > 0) first -= 1;
    return this.events.slice(first, first + most);
  }

  /** How far it has come. */
  get position(): LogPosition | undefined {
    return this.upTo;
  }

  /** Did nothing come of that stream after a position, as far as it has come? False where that is no longer kept. */
  unmoved(stream: string, since: LogPosition): boolean {
    const newest = this.newestOf.get(stream);
    return this.covers(since) && (!newest || comparePositions(newest.at, since) <= 0);
  }

  /** True once it has come that far; false where it is over before. */
  async reached(position: LogPosition, signal: AbortSignal): Promise<boolean> {
    let wake: () => void = () => undefined;
    const stir = (): void => wake();
    const silence = this.onNews(stir);
    signal.addEventListener('abort', stir);
    while (!this.has(position) && !signal.aborted && !this.closing()) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    silence();
    signal.removeEventListener('abort', stir);
    return this.has(position);
  }

  /** Calls whenever something came, or when it is over; gives back how to stop that. */
  onNews(waker: () => void): () => void {
    this.wakers.add(waker);
    return () => this.wakers.delete(waker);
  }

  private has(position: LogPosition): boolean {
    return this.upTo !== undefined && comparePositions(this.upTo, position) >= 0;
  }

  private closing(): boolean {
    return this.stop.signal.aborted;
  }

  private async run(): Promise<void> {
    const { signal } = this.stop;
    for (let failures = 0; !this.closing();) {
      try {
        if (!this.upTo) {
          this.from = this.upTo = await this.options.newest();
          this.stir();
        }
        await this.options.connection.subscribe(
          this.upTo,
          (wire) => {
            failures = 0;
            this.inTrouble = false;
            this.take(wire);
          },
          signal,
        );
      } catch (error) {
        if (!this.closing() && !this.inTrouble) this.options.onTrouble(error);
        this.inTrouble = true;
      }
      failures += 1;
      await pause(Math.min(PAUSE_MS * failures, MOST_PAUSE_MS), undefined, { signal, ref: false }).catch(
        () => undefined,
      );
    }
  }

  private take(wire: WireEvent): void {
    const position = wirePosition(wire);
    if (!this.upTo || comparePositions(position, this.upTo) <= 0) return;
    this.upTo = position;
    const event = this.options.readable(wire);
    if (event) {
      this.events.push(event);
      this.newestOf.set(event.stream, event);
      this.bytes += event.bytes;
      if (this.events.length > MOST_EVENTS || this.bytes > MOST_BYTES) this.letGo();
    }
    this.stir();
  }

  /** Half of it, so that it is done seldom. */
  private letGo(): void {
    const gone = this.events.splice(0, Math.ceil(this.events.length / 2));
    for (const event of gone) {
      this.bytes -= event.bytes;
      if (this.newestOf.get(event.stream) === event) this.newestOf.delete(event.stream);
    }
    this.from = gone.at(-1)?.at ?? this.from;
  }

  private stir(): void {
    for (const wake of [...this.wakers]) wake();
  }
}

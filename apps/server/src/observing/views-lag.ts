import { setTimeout as pause } from 'node:timers/promises';
import type { Clock } from '#commands/clock.js';
import type { EventStore, Position, RecordedEvent } from '#event-store/event-store.js';

/** How far the views of this process are behind the log. */
export interface Lag {
  /** Facts of the log that the views don't contain yet. */
  readonly facts: number;
  /** There may be more of them: nobody counts further. */
  readonly atLeast: boolean;
  /** Since the oldest of them was recorded, by its own instant; 0 where there is none. */
  readonly seconds: number;
}

export interface MeasuredLag {
  readonly log: Position | undefined;
  readonly lag: Lag;
}

interface Measured {
  readonly store: Pick<EventStore, 'head' | 'readAll'>;
  readonly projector: { readonly position: Position | undefined; has(position: Position): boolean };
  readonly clock: Clock;
  /** How long the log may take to answer: milliseconds. */
  readonly patienceMs?: number;
}

export const MOST_COUNTED = 1000;
const NONE: Lag = { facts: 0, atLeast: false, seconds: 0 };
/** Counting reads facts: whoever asks again at once is told the same. */
const KEPT_MS = 1000;
const PATIENCE_MS = 2000;

/** Counts the facts between views and log by reading them, since positions tell an order and no distance. */
export class ViewsLag {
  private measuring: Promise<MeasuredLag> | undefined;
  private kept: (MeasuredLag & { readonly until: number }) | undefined;

  constructor(private readonly of: Measured) {}

  /** Undefined where the log doesn't say. */
  async measure(): Promise<MeasuredLag | undefined> {
    if (this.kept && this.stillLacking(this.kept)) return this.kept;
    this.measuring ??= this.count().finally(() => (this.measuring = undefined));
    const measured = this.measuring.catch(() => undefined);
    return Promise.race([measured, pause(this.of.patienceMs ?? PATIENCE_MS, undefined, { ref: false })]);
  }

  private stillLacking({ log, until }: { log: Position | undefined; until: number }): boolean {
    return performance.now() < until && log !== undefined && !this.of.projector.has(log);
  }

  private async count(): Promise<MeasuredLag> {
    const { store, projector, clock } = this.of;
    const log = await store.head();
    if (log === undefined || projector.has(log)) return { log, lag: NONE };
    const read = await store.readAll(projector.position, MOST_COUNTED);
    const missing = read.filter(({ position }) => !projector.has(position));
    const [oldest] = missing;
    if (!oldest) return { log, lag: NONE };
    const lag = {
      facts: missing.length,
      atLeast: read.length === MOST_COUNTED,
      seconds: secondsBetween(recordedAt(oldest), clock.now()),
    };
    this.kept = { log, lag, until: performance.now() + KEPT_MS };
    return { log, lag };
  }
}

const recordedAt = ({ metadata }: RecordedEvent): string | undefined => (metadata as { at?: string }).at;

/** Clocks of machines differ: never less than none. */
const secondsBetween = (from: string | undefined, to: string): number =>
  from === undefined ? 0 : Math.max(0, (Date.parse(to) - Date.parse(from)) / 1000);

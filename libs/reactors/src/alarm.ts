import { type Clock, SetClock } from '#commands/clock.js';
import type { Instant } from '#domain/decider.js';

/** Rings once at an instant, or soon after; what is due follows from facts, so a lost alarm costs lateness only. */
export interface Alarm {
  /** Replaces the instant set before; undefined sets none. */
  set(instant: Instant | undefined): void;
  stop(): void;
}

/** A machine may sleep and clocks are moved: look again at least this often. */
const LOOK_AGAIN_MS = 60_000;

export class LocalAlarm implements Alarm {
  private timer: NodeJS.Timeout | undefined;
  private instant: Instant | undefined;
  private stopped = false;

  constructor(
    private readonly clock: Clock,
    private readonly ring: () => void,
  ) {
    if (clock instanceof SetClock) clock.onSet(() => this.set(this.instant));
  }

  set(instant: Instant | undefined): void {
    clearTimeout(this.timer);
    this.instant = instant;
    if (instant === undefined || this.stopped) return;
    const wait = Date.parse(instant) - Date.parse(this.clock.now());
    if (wait <= 0) {
      this.instant = undefined;
      setImmediate(() => !this.stopped && this.ring());
    } else {
      this.timer = setTimeout(() => this.set(this.instant), Math.min(wait, LOOK_AGAIN_MS)).unref();
    }
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
  }
}

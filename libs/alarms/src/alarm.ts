import { type Clock, SetClock, systemClock } from '#commands/clock.js';
import type { Instant } from '#domain/decider.js';

/** One timer: rings once at an instant, or soon after; what is due follows from facts, so a lost alarm costs lateness only. */
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
    const wait = Date.parse(instant) - millisecondsNow(this.clock);
    if (wait <= 0) setImmediate(() => this.wake());
    else this.timer = setTimeout(() => this.wake(), Math.min(wait, LOOK_AGAIN_MS)).unref();
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  private wake(): void {
    if (this.stopped || this.instant === undefined) return;
    if (this.instant > this.clock.now()) return this.set(this.instant);
    this.instant = undefined;
    this.ring();
  }
}

/** Milliseconds since 1970. The machine's clock says whole seconds only; one that somebody set stands still in between. */
export const millisecondsNow = (clock: Clock): number => (clock === systemClock ? Date.now() : Date.parse(clock.now()));

import type { Instant } from '#domain/decider.js';
import { toSecond } from '#domain/instants.js';

/** What time it is, to the second. */
export interface Clock {
  now(): Instant;
}

let second = 0;
let said: Instant = toSecond(new Date(0));

/** The machine's; written once a second, however many ask. */
export const systemClock: Clock = {
  now: () => {
    const now = Math.floor(Date.now() / 1000);
    if (now !== second) {
      second = now;
      said = toSecond(new Date(now * 1000));
    }
    return said;
  },
};

/** A clock that somebody sets: for demonstrations and tests, never over HTTP. */
export class SetClock implements Clock {
  private readonly listeners = new Set<() => void>();

  constructor(private instant: Instant) {}

  now(): Instant {
    return this.instant;
  }

  set(instant: Instant): void {
    this.instant = instant;
    for (const listener of this.listeners) listener();
  }

  onSet(listener: () => void): void {
    this.listeners.add(listener);
  }
}

import type { Instant } from '#domain/decider.js';
import { later } from '#domain/instants.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** After the first attempt in vain, the second, …; then the last of them again and again. */
const WAITS = [MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 4 * HOUR];
/** About three days of them. */
export const MOST_ATTEMPTS = 22;

/** When to try again after so many attempts in vain; undefined once it is time to give up. */
export function nextAttempt(attempts: number, now: Instant): Instant | undefined {
  if (attempts >= MOST_ATTEMPTS) return undefined;
  return later(now, WAITS[Math.min(attempts, WAITS.length) - 1] ?? MINUTE);
}

import type { Instant } from '#domain/decider.js';
import { toSecond } from '#domain/instants.js';

/** What people send, with any offset, as the log keeps it: UTC, to the second. */
export const utc = (text: string): Instant => toSecond(new Date(text));

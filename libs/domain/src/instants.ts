import type { Instant } from './decider.js';

/** UTC, to the second: how facts say when. */
export const toSecond = (date: Date): Instant => `${date.toISOString().slice(0, 19)}Z`;

export const later = (instant: Instant, milliseconds: number): Instant =>
  toSecond(new Date(Date.parse(instant) + milliseconds));

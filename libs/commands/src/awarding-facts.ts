import type { AwardEvent } from '#domain/award/award-facts.js';
import type { Instant } from '#domain/decider.js';
import type { Position } from '#event-store/event-store.js';

/** On whose account steps are taken: a request that waits for them, or the fact that a crash left alone. */
export interface Cause {
  readonly at: Instant;
  readonly id: string;
}

/** How an attempt ended, and where in the log it is seen. */
export interface Ended {
  readonly event: Extract<AwardEvent, { type: 'AwardGranted' | 'AwardFailed' }>;
  readonly version: number;
  readonly position: Position;
}

export const grantKey = (attempt: number): string => `grant-${attempt}`;

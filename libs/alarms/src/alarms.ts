import type { Instant } from '#domain/decider.js';

/** Something due at an instant, as the facts have it. */
export interface Due {
  /** Who it is among all that is due. It is seen in Redis: ids and codes, never a name. */
  readonly key: string;
  /** Another one under the same key is another thing due: a date that moved, for instance. */
  readonly revision: string;
  readonly at: Instant;
}

export interface Listener {
  /** It is time. Where it rejects, the alarm may ring again. */
  ring(due: Due): Promise<void>;
  /** What was armed may be gone: arm everything again. */
  forgotten(): void;
}

/**
 * Alarms only wake. One may ring late, twice, in several processes, not at all, or for what is due no more: whether there
 * is anything to do, the facts say. It doesn't ring before its instant.
 */
export interface Alarms {
  /**
   * Arming the same key and revision again does nothing.
   * @throws AlarmsAway where they can't be reached now; some may be armed already
   */
  arm(due: readonly Due[]): Promise<void>;
  start(listener: Listener): void;
  /** What rings is waited for; nothing rings afterwards. */
  close(): Promise<void>;
  status(): AlarmStatus;
  /** @throws AlarmsAway */
  depth(): Promise<AlarmDepth>;
}

/** How many are armed or ringing, and of those that rang in vain how many are kept to be looked at. */
export interface AlarmDepth {
  readonly waiting: number;
  readonly failed: number;
}

export interface AlarmStatus {
  readonly kind: 'local' | 'redis';
  readonly connected: boolean;
}

/** Costs lateness only: whoever arms looks at the facts again. */
export class AlarmsAway extends Error {
  override readonly name = 'AlarmsAway';
}

/** One text for key and revision. */
export const idOf = ({ key, revision }: Pick<Due, 'key' | 'revision'>): string => `${key}\n${revision}`;

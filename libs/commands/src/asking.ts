import type { Instant, PersonId } from '#domain/decider.js';
import type { Grant } from '#domain/roles.js';

/** One request: who asks, with which roles, and when it arrived. */
export interface Asking {
  /** A person, `anonymous`, or `system` for the service itself. */
  readonly person: PersonId;
  readonly grants: readonly Grant[];
  /** Files they have a declared or confirmed conflict on; see `grantsOn`. */
  readonly conflicts?: readonly string[];
  /** Taken once, when the request arrived, and kept through every retry. */
  readonly at: Instant;
  /** `Idempotency-Key`: a repeat gets the same answer. */
  readonly key?: string;
  /** `If-Match`: the version the person saw. */
  readonly ifMatch?: number;
  readonly correlation: string;
  /** The fact that made the service ask. */
  readonly causation?: string;
  /** The stream is most likely new: it is read only where the append finds that it isn't. */
  readonly likelyNew?: true;
}

/** The service itself, acting on what happened. */
export const system = (at: Instant, key: string, causation: string): Asking => ({
  person: 'system',
  grants: [],
  at,
  key,
  correlation: causation,
  causation,
});

/** Who, in which role, on whose behalf, when and why: kept with every fact. */
export interface Metadata {
  readonly at: Instant;
  readonly by: string;
  readonly role: string;
  /** `institution:ARS-PDL`, `organisation:38033590100027`, `call:…`. */
  readonly behalf?: string;
  readonly command: string;
  /** Hash of the request, to tell a repeat from another request with the same key. */
  readonly request: string;
  readonly correlation: string;
  readonly causation?: string;
  /** Versions of the other streams the decision looked at. */
  readonly context?: Readonly<Record<string, number>>;
}

import type { Instant } from '#domain/decider.js';

export interface Sender {
  readonly name: string;
  readonly address: string;
}

/** One message to one address, ready to go out. */
export interface Message {
  readonly id: string;
  /** Stable through every attempt. */
  readonly messageId: string;
  readonly kind: string;
  readonly at: Instant;
  readonly to: { readonly name: string; readonly email: string };
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** Where it takes one click to refuse such messages (RFC 8058); left out where they can't be refused. */
  readonly unsubscribe?: string;
}

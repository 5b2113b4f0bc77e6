import type { Call } from '../call/call-state.js';
import type { Tools } from '../decider.js';
import type { Cents } from '../money.js';

/** One line of the envelopes of a call: stream `envelope-<call>.<line>`, line 1 is the first. Its amount is the call's. */
export const envelopeId = (call: string, line: number): string => `${call}.${line}`;

export type EnvelopeEvent =
  | { type: 'FundsReserved'; reservation: string; application: string; amountCents: Cents; leftCents: Cents }
  /** Too short: nothing is taken, and this reservation is closed. */
  | { type: 'ReservationRefused'; reservation: string; application: string; amountCents: Cents; leftCents: Cents }
  /** Closes the reservation for ever: 0 where it held nothing yet. A late step can't reserve after it. */
  | { type: 'FundsReleased'; reservation: string; application: string; amountCents: Cents; because: ReleaseReason };

export type ReleaseReason = 'another-line-short' | 'declined' | 'reduced' | 'withdrawn';

export interface Reservation {
  readonly reservation: string;
  readonly application: string;
  readonly amountCents: Cents;
}

/** Several at once: requests that come together share one append. */
export type EnvelopeCommand =
  | { type: 'ReserveFunds'; call: string; line: number; reservations: Reservation[] }
  | { type: 'ReleaseFunds'; call: string; line: number; reservations: Reservation[]; because: ReleaseReason };

export interface Envelope {
  readonly reservedCents: Cents;
  readonly reservations: Readonly<
    Record<string, { readonly amountCents: Cents; readonly is: 'held' | 'refused' | 'released' }>
  >;
}

export interface EnvelopeContext extends Tools {
  readonly call?: Call;
}

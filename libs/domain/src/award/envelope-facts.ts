import type { Call } from '../call/call-state.js';
import type { Tools } from '../decider.js';
import type { Cents } from '../money.js';
import type { PersistentMap } from '../persistent-map.js';

/** One line of the envelopes of a call: stream `envelope-<call>.<line>`, line 1 is the first. Its amount is the call's. */
export const envelopeId = (call: string, line: number): string => `${call}.${line}`;

export type EnvelopeEvent =
  | { type: 'FundsReserved'; reservation: string; application: string; amountCents: Cents; leftCents: Cents }
  /** Too short: nothing is taken, and this reservation is closed. */
  | { type: 'ReservationRefused'; reservation: string; application: string; amountCents: Cents; leftCents: Cents }
  /** Closes the reservation for ever: 0 where it held nothing yet. A late step can't reserve after it. */
  | { type: 'FundsReleased'; reservation: string; application: string; amountCents: Cents; because: ReleaseReason };

/** `withdrawn`: an upheld appeal took back the award that held it. */
export type ReleaseReason = 'another-line-short' | 'declined' | 'withdrawn';

export interface Reservation {
  readonly reservation: string;
  readonly application: string;
  readonly amountCents: Cents;
}

/** Several at once: requests that come together share one append. */
export type EnvelopeCommand =
  | { type: 'ReserveFunds'; call: string; line: number; reservations: Reservation[] }
  | { type: 'ReleaseFunds'; call: string; line: number; reservations: Reservation[]; because: ReleaseReason };

/** What became of a reservation. Refused and released are for ever. */
export type ReservationOutcome =
  | { readonly is: 'held'; readonly amountCents: Cents }
  | { readonly is: 'refused'; readonly amountCents: Cents; readonly leftCents: Cents }
  | { readonly is: 'released' };

export interface Envelope {
  readonly reservedCents: Cents;
  readonly reservations: PersistentMap<ReservationOutcome>;
}

export interface EnvelopeContext extends Tools {
  readonly call?: Call;
}

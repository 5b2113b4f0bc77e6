import type { Application } from '../application/application-facts.js';
import type { Budget } from '../application/budget.js';
import type { InstitutionCode } from '../call/call-contents.js';
import type { Call } from '../call/call-state.js';
import type { Commission } from '../commission/commission-facts.js';
import type { ContentRef, Day, Instant, Stamped, Tools } from '../decider.js';
import type { Capacity, Institution } from '../institution/institution.js';
import type { Cents } from '../money.js';
import type { ReleaseReason } from './envelope-facts.js';

export const awardOutcomes = ['favourable', 'reserve', 'refused', 'no-action'] as const;
export type AwardOutcome = (typeof awardOutcomes)[number];

/** Money of one line of the envelopes of the call; line 1 is the first. */
export interface AwardLine {
  readonly line: number;
  readonly amountCents: Cents;
}

export interface LeadDecision {
  readonly institution: InstitutionCode;
  readonly outcome: AwardOutcome;
  /** Of this institution's own envelopes; empty unless favourable. */
  readonly lines: readonly AwardLine[];
  /** Compulsory for a refusal (CRPA L211-2), and where the decision departs from the opinion. */
  readonly reasons?: string;
  /** It isn't what the commission advised. */
  readonly departs: boolean;
  readonly capacity: Capacity;
}

/** One step of an award: a line whose money is to be reserved. */
export interface PlannedReservation extends AwardLine {
  readonly reservation: string;
}

/** The lines of one attempt to award: their reservations bear its number. */
export interface Attempt {
  readonly attempt: number;
  readonly lines: readonly AwardLine[];
}

/** For whom money is asked: everything a grant says, so that its steps look at nothing else. */
export interface MoneyAsked {
  readonly attempt: number;
  readonly organisation: string;
  /** Of the last submission; what is given, where a filing on paper says no amount. */
  readonly requestedCents: Cents;
}

/** The same for everybody who takes the steps of this attempt. */
export const reservationOf = (application: string, attempt: number, line: number, digest: Tools['digest']): string =>
  digest(JSON.stringify([application, attempt, line])).slice(0, 32);

/** The decision on one file: stream `award-<application>`. */
export type AwardEvent =
  | ({ type: 'AwardDecided'; call: string; waitingFor: InstitutionCode[] } & LeadDecision)
  /** Every lead awaited has decided: money is being reserved, in the order of the lines. */
  | ({ type: 'AwardPending'; call: string; reservations: PlannedReservation[]; amountCents: Cents } & MoneyAsked)
  | {
      type: 'AwardGranted';
      call: string;
      attempt: number;
      organisation: string;
      lines: AwardLine[];
      amountCents: Cents;
      requestedCents: Cents;
    }
  /** A line is short: what was reserved has been released, nothing is awarded, the decisions fall. */
  | {
      type: 'AwardFailed';
      call: string;
      attempt: number;
      line: number;
      askedCents: Cents;
      leftCents: Cents;
      institutions: InstitutionCode[];
    }
  /** Every lead has decided, and none gives money. */
  | { type: 'AwardSettled'; call: string; outcome: Exclude<AwardOutcome, 'favourable'>; reasons?: string }
  | {
      type: 'AwardNotified';
      call: string;
      institution: InstitutionCode;
      notifiedOn: Day;
      appealUntil: Day;
      /** Of a signature; an administrator sends what others signed. */
      capacity?: Capacity;
    }
  /** Less than was requested: the applicant agrees, with a revised budget in `content-award-<application>`. */
  | { type: 'ReducedAmountAccepted'; call: string; content: ContentRef; totalCents: Cents }
  /** The money of these lines goes back. */
  | { type: 'AwardDeclined'; call: string; reason: string; lines: AwardLine[]; attempt: number }
  /** From the reserve list: the leads decide again. */
  | { type: 'CalledUpFromReserve'; call: string; institution: InstitutionCode; reason: string; capacity: Capacity }
  | { type: 'AppealLodged'; call: string; content: ContentRef; lodgedAt: Instant }
  /** Upheld, it takes the decision back with the money of these lines, and the leads decide again. */
  | {
      type: 'AppealAnswered';
      call: string;
      institution: InstitutionCode;
      upheld: boolean;
      reasons: string;
      capacity: Capacity;
      lines: AwardLine[];
      attempt: number;
    };

type Signing = { institution: InstitutionCode; under?: string };
export type AwardCommand =
  | ({ type: 'DecideAward'; outcome: AwardOutcome; lines: AwardLine[]; reasons?: string } & Signing)
  | { type: 'GrantAward'; attempt: number }
  | { type: 'FailAward'; attempt: number; line: number; askedCents: Cents; leftCents: Cents }
  | ({ type: 'NotifyAward' } & Signing)
  | { type: 'AcceptReducedAmount'; budget: Budget; content: ContentRef }
  | { type: 'DeclineAward'; reason: string }
  | ({ type: 'CallUpFromReserve'; reason: string } & Signing)
  | { type: 'LodgeAppeal'; text: string; content: ContentRef }
  | ({ type: 'AnswerAppeal'; upheld: boolean; reasons: string } & Signing);

export interface KnownAward {
  readonly status: 'deciding' | 'pending' | 'granted' | 'declined' | 'reserve' | 'refused' | 'no-action';
  readonly call: string;
  /** Of the present round: they fall when a line is short, or when the file is called up. */
  readonly decisions: Readonly<Record<InstitutionCode, LeadDecision>>;
  /** How many times money was asked for. */
  readonly attempts: number;
  readonly pending?: MoneyAsked & { readonly reservations: readonly PlannedReservation[] };
  readonly granted?: Attempt & {
    readonly organisation: string;
    readonly amountCents: Cents;
    readonly requestedCents: Cents;
    readonly accepted: boolean;
  };
  readonly notified?: { readonly on: Day; readonly appealUntil: Day };
  readonly appeal?: 'lodged' | 'upheld' | 'rejected';
  /** From the reserve list: to award it is no departure from the opinion any more. */
  readonly calledUp: boolean;
  /** What a decision taken back or declined held: nothing new is reserved before that is released. */
  readonly freed?: Attempt & { readonly because: ReleaseReason };
  readonly written?: number;
}
export type Award = { readonly status: 'absent' } | KnownAward;

export interface AwardContext extends Tools {
  readonly call?: Call;
  readonly application?: Application;
  readonly commission?: Commission;
  readonly institution?: Institution;
  /** Of the files before this one on the reserve list, in its order. */
  readonly before?: readonly Award[];
}

export type Of<T extends AwardCommand['type']> = Stamped<Extract<AwardCommand, { type: T }>>;

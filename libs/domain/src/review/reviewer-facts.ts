import type { Account } from '../account/account.js';
import type { Application } from '../application/application-facts.js';
import type { Call } from '../call/call-state.js';
import type { PersonId, Stamped, Tools } from '../decider.js';

/** Why somebody can't judge a file. */
export const conflictNatures = ['employment', 'governance', 'family', 'financial', 'competition', 'other'] as const;
export type ConflictNature = (typeof conflictNatures)[number];

export interface Conflict {
  readonly application: string;
  readonly nature: ConflictNature;
}

export const declineReasons = ['conflict', 'not-my-field', 'overload'] as const;
export type DeclineReason = (typeof declineReasons)[number];

/** One reviewer in one call: stream `reviewer-<reviewerId(call, person)>`. */
export type ReviewerEvent =
  | { type: 'ReviewerAppointed'; call: string; person: PersonId; expertise: string[] }
  | { type: 'ReviewerDismissed'; call: string; person: PersonId; reason: string }
  /** On names only, before any content; a later declaration adds to it. Without a conflict the list is empty. */
  | { type: 'InterestsDeclared'; call: string; person: PersonId; conflicts: Conflict[] }
  /** By an administrator: suspected by the service, confirmed by a person. */
  | { type: 'ConflictConfirmed'; call: string; person: PersonId; conflict: Conflict; because: string }
  | { type: 'ReviewAssigned'; call: string; person: PersonId; application: string }
  | { type: 'AssignmentDeclined'; call: string; person: PersonId; application: string; reason: DeclineReason }
  | { type: 'AssignmentWithdrawn'; call: string; person: PersonId; application: string; reason: string };

export type ReviewerCommand =
  | { type: 'AppointReviewer'; call: string; person: PersonId; expertise: string[] }
  | { type: 'DismissReviewer'; reason: string }
  | { type: 'DeclareInterests'; conflicts: Conflict[] }
  | { type: 'ConfirmConflict'; conflict: Conflict; because: string }
  | { type: 'AssignReview'; application: string }
  | { type: 'DeclineAssignment'; application: string; reason: DeclineReason }
  | { type: 'WithdrawAssignment'; application: string; reason: string };

export interface KnownReviewer {
  readonly status: 'appointed' | 'dismissed';
  readonly call: string;
  readonly person: PersonId;
  /** Nothing but names is visible before. */
  readonly declared: boolean;
  readonly conflicts: Readonly<Record<string, ConflictNature>>;
  readonly assignments: Readonly<Record<string, 'assigned' | 'declined' | 'withdrawn'>>;
}
export type Reviewer = { readonly status: 'absent' } | KnownReviewer;

export interface ReviewerContext extends Tools {
  readonly call?: Call;
  /** The files that the command names, in its order. */
  readonly applications?: readonly Application[];
  readonly person?: Account;
  /** What this reviewer has written on the files that may leave them. */
  readonly reviews?: readonly { readonly status: string; readonly application?: string }[];
}

export type OfReviewer<T extends ReviewerCommand['type']> = Stamped<Extract<ReviewerCommand, { type: T }>>;

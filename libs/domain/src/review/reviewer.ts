import { absent, type Decider, type Decision, Refusal, type Stamped, unreachable } from '../decider.js';
import { appoint, dismiss } from './appointment.js';
import { assign, decline, withdraw } from './assignment.js';
import { confirmConflict, declareInterests } from './interests.js';
import { openCall } from './phase.js';
import type {
  Conflict,
  KnownReviewer,
  Reviewer,
  ReviewerCommand,
  ReviewerContext,
  ReviewerEvent,
} from './reviewer-facts.js';

/** One reviewer in one call: appointed, declares interests on names, is given files, may decline them. */
export const reviewer: Decider<ReviewerCommand, Reviewer, ReviewerEvent, ReviewerContext> = {
  initial: { status: 'absent' },
  decide,
  evolve,
};

export const reviewerUnknown = () => absent('ReviewerUnknown', "Cette personne n'est pas évaluateur de cet appel.");

const byReviewer: ReadonlySet<ReviewerCommand['type']> = new Set(['DeclareInterests', 'DeclineAssignment']);

function decide(command: Stamped<ReviewerCommand>, state: Reviewer, context: ReviewerContext): Decision<ReviewerEvent> {
  const call = openCall(context.call);
  if (command.type === 'AppointReviewer') {
    return call instanceof Refusal ? call : appoint(command, state, context);
  }
  if (state.status !== 'appointed') return reviewerUnknown();
  if (byReviewer.has(command.type) && command.by !== state.person) return reviewerUnknown();
  if (call instanceof Refusal) return call;
  switch (command.type) {
    case 'DismissReviewer':
      return dismiss(command, state, context);
    case 'DeclareInterests':
      return declareInterests(command, state, call, context);
    case 'ConfirmConflict':
      return confirmConflict(command, state, call, context);
    case 'AssignReview':
      return assign(command, state, call, context);
    case 'DeclineAssignment':
      return decline(command, state, context);
    case 'WithdrawAssignment':
      return withdraw(command, state, context);
    default:
      return unreachable(command);
  }
}

function evolve(state: Reviewer, event: ReviewerEvent): Reviewer {
  if (event.type === 'ReviewerAppointed') {
    const { call, person } = event;
    const before = state.status === 'absent' ? { conflicts: {}, assignments: {} } : state;
    return { ...before, status: 'appointed', call, person, declared: false };
  }
  return state.status === 'absent' ? state : evolveKnown(state, event);
}

function evolveKnown(
  state: KnownReviewer,
  event: Exclude<ReviewerEvent, { type: 'ReviewerAppointed' }>,
): KnownReviewer {
  switch (event.type) {
    case 'ReviewerDismissed':
      return { ...state, status: 'dismissed' };
    case 'InterestsDeclared':
      return { ...withConflicts(state, event.conflicts), declared: true };
    case 'ConflictConfirmed':
      return withConflicts(state, [event.conflict]);
    case 'ReviewAssigned':
      return withAssignment(state, event.application, 'assigned');
    case 'AssignmentDeclined': {
      const declined = withAssignment(state, event.application, 'declined');
      const { application, reason } = event;
      return reason === 'conflict' ? withConflicts(declined, [{ application, nature: 'other' }]) : declined;
    }
    case 'AssignmentWithdrawn':
      return withAssignment(state, event.application, 'withdrawn');
    default:
      return unreachable(event);
  }
}

const withConflicts = (state: KnownReviewer, conflicts: readonly Conflict[]): KnownReviewer => ({
  ...state,
  conflicts: {
    ...state.conflicts,
    ...Object.fromEntries(conflicts.map(({ application, nature }) => [application, nature])),
  },
});

const withAssignment = (
  state: KnownReviewer,
  application: string,
  now: KnownReviewer['assignments'][string],
): KnownReviewer => ({ ...state, assignments: { ...state.assignments, [application]: now } });

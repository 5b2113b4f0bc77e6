import { absent, type Decider, type Decision, type Stamped, unreachable } from '../decider.js';
import { appoint, dismiss } from './appointment.js';
import { assign, decline, withdraw } from './assignment.js';
import { confirmConflict, declareInterests } from './interests.js';
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

function decide(command: Stamped<ReviewerCommand>, state: Reviewer, context: ReviewerContext): Decision<ReviewerEvent> {
  if (command.type === 'AppointReviewer') return appoint(command, state, context);
  if (state.status !== 'appointed') return reviewerUnknown();
  switch (command.type) {
    case 'DismissReviewer':
      return dismiss(command, state, context);
    case 'DeclareInterests':
      return command.by === state.person ? declareInterests(command, state, context) : reviewerUnknown();
    case 'ConfirmConflict':
      return confirmConflict(command, state, context);
    case 'AssignReview':
      return assign(command, state, context);
    case 'DeclineAssignment':
      return command.by === state.person ? decline(command, state, context) : reviewerUnknown();
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

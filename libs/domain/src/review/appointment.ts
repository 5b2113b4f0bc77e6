import { noAccount } from '../account/account.js';
import { type Decision, refuse } from '../decider.js';
import type { KnownReviewer, OfReviewer, Reviewer, ReviewerContext, ReviewerEvent } from './reviewer-facts.js';

/** The role in the call follows from it; after a dismissal it may be given again, and interests are declared anew. */
export function appoint(
  command: OfReviewer<'AppointReviewer'>,
  state: Reviewer,
  context: ReviewerContext,
): Decision<ReviewerEvent> {
  if (context.person?.status !== 'open') return noAccount();
  if (state.status === 'appointed') {
    return refuse('AlreadyReviewer', 'Cette personne est déjà évaluateur de cet appel.');
  }
  const { call, person, expertise } = command;
  return [{ type: 'ReviewerAppointed', call, person, expertise }];
}

/** What they have submitted stands; what they have not leaves them. */
export function dismiss(
  { reason }: OfReviewer<'DismissReviewer'>,
  state: KnownReviewer,
  context: ReviewerContext,
): Decision<ReviewerEvent> {
  const { call, person } = state;
  return [
    { type: 'ReviewerDismissed', call, person, reason },
    ...Object.keys(state.assignments)
      .filter((application) => state.assignments[application] === 'assigned' && !hasSubmitted(application, context))
      .map((application): ReviewerEvent => ({ type: 'AssignmentWithdrawn', call, person, application, reason })),
  ];
}

export const hasSubmitted = (application: string, { reviews }: ReviewerContext): boolean =>
  reviews?.some((review) => review.status === 'submitted' && review.application === application) ?? false;

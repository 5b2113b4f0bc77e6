import { filedIn, fileUnknown, isAdmissible } from '../application/filed.js';
import type { Published } from '../call/call-state.js';
import { type Decision, refuse } from '../decider.js';
import { hasSubmitted } from './appointment.js';
import { phaseOver } from './phase.js';
import type { KnownReviewer, OfReviewer, ReviewerContext, ReviewerEvent } from './reviewer-facts.js';

/** By hand: to somebody who declared their interests and has none in this file. */
export function assign(
  { application, at }: OfReviewer<'AssignReview'>,
  state: KnownReviewer,
  call: Published,
  context: ReviewerContext,
): Decision<ReviewerEvent> {
  const file = context.applications?.[0];
  if (!filedIn(state.call, file)) return fileUnknown();
  if (!state.declared) {
    return refuse('InterestsNotDeclared', "Cet évaluateur n'a pas encore déclaré ses intérêts.");
  }
  if (state.conflicts[application] !== undefined) {
    return refuse('ConflictDeclared', "Cet évaluateur a un conflit d'intérêts sur ce dossier.");
  }
  if (!isAdmissible(file)) return refuse('ApplicationNotAdmissible', "Ce dossier n'est pas déclaré recevable.");
  if (state.assignments[application] === 'assigned') {
    return refuse('AlreadyAssigned', 'Ce dossier est déjà confié à cet évaluateur.');
  }
  const over = phaseOver(call, at, context.calendar);
  return over ?? [{ type: 'ReviewAssigned', call: state.call, person: state.person, application }];
}

/** What was submitted is given up for a conflict alone, which then holds like a declared one. */
export function decline(
  { application, reason }: OfReviewer<'DeclineAssignment'>,
  state: KnownReviewer,
  context: ReviewerContext,
): Decision<ReviewerEvent> {
  if (state.assignments[application] !== 'assigned') return notAssigned();
  if (reason !== 'conflict' && hasSubmitted(application, context)) return reviewStands();
  return [{ type: 'AssignmentDeclined', call: state.call, person: state.person, application, reason }];
}

/** Nobody takes an opinion out of the mean by taking the file away from who gave it. */
export function withdraw(
  { application, reason }: OfReviewer<'WithdrawAssignment'>,
  state: KnownReviewer,
  context: ReviewerContext,
): Decision<ReviewerEvent> {
  if (state.assignments[application] !== 'assigned') return notAssigned();
  if (hasSubmitted(application, context)) return reviewStands();
  return [{ type: 'AssignmentWithdrawn', call: state.call, person: state.person, application, reason }];
}

const notAssigned = () => refuse('NotAssigned', "Ce dossier n'est pas confié à cet évaluateur.");
const reviewStands = () =>
  refuse('AlreadySubmitted', "Cette évaluation est déposée : seul un conflit d'intérêts l'écarte.");

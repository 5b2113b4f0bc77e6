import { filedIn, fileUnknown } from '../application/filed.js';
import type { Published } from '../call/call-state.js';
import { type Decision, type Fault, fault, invalid, refuse } from '../decider.js';
import { sealed } from './phase.js';
import type { Conflict, KnownReviewer, OfReviewer, ReviewerContext, ReviewerEvent } from './reviewer-facts.js';

/** On names only, before any content; a later declaration adds to it and takes nothing back. */
export function declareInterests(
  { conflicts }: OfReviewer<'DeclareInterests'>,
  state: KnownReviewer,
  { unsealed }: Published,
  context: ReviewerContext,
): Decision<ReviewerEvent> {
  if (!unsealed) return sealed();
  const faults = namedFaults(conflicts, state.call, context);
  if (faults.length > 0) return invalid('InterestsInvalid', 'Cette déclaration comporte des erreurs.', faults);
  const added = conflicts.filter(({ application, nature }) => state.conflicts[application] !== nature);
  if (state.declared && added.length === 0) return [];
  const { call, person } = state;
  return [
    { type: 'InterestsDeclared', call, person, conflicts: added },
    ...added.flatMap(({ application }) => ending(state, application, "Conflit d'intérêts déclaré.")),
  ];
}

function namedFaults(conflicts: readonly Conflict[], call: string, { applications = [] }: ReviewerContext): Fault[] {
  return conflicts.flatMap(({ application }, index): Fault[] => {
    const field = `conflicts[${index}].application`;
    if (!filedIn(call, applications[index])) {
      return [fault(field, 'ApplicationUnknown', "Ce dossier n'est pas de cet appel.")];
    }
    return conflicts.findIndex((one) => one.application === application) < index
      ? [fault(field, 'ConflictTwice', 'Ce dossier figure déjà plus haut.')]
      : [];
  });
}

/** Suspected by the service or by anybody, confirmed by a person, with their reason. */
export function confirmConflict(
  { conflict, because }: OfReviewer<'ConfirmConflict'>,
  state: KnownReviewer,
  { unsealed }: Published,
  context: ReviewerContext,
): Decision<ReviewerEvent> {
  if (!unsealed) return sealed();
  if (!filedIn(state.call, context.applications?.[0])) return fileUnknown();
  if (state.conflicts[conflict.application] !== undefined) {
    return refuse('ConflictKnown', "Ce conflit d'intérêts est déjà enregistré.");
  }
  const { call, person } = state;
  return [
    { type: 'ConflictConfirmed', call, person, conflict, because },
    ...ending(state, conflict.application, "Conflit d'intérêts confirmé."),
  ];
}

/** Whatever was written on the file counts no more. */
function ending({ call, person, assignments }: KnownReviewer, application: string, reason: string): ReviewerEvent[] {
  return assignments[application] === 'assigned'
    ? [{ type: 'AssignmentWithdrawn', call, person, application, reason }]
    : [];
}

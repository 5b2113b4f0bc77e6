import { type Decision, Refusal, refuse } from '../decider.js';
import type { ApplicationContext, ApplicationEvent, KnownApplication, Of } from './application-facts.js';
import { openFor } from './drafting.js';

/** Partners of a consortium prepare one file together; only the applicant submits it. */
export function share(
  command: Of<'ShareFile'>,
  state: KnownApplication,
  context: ApplicationContext,
): Decision<ApplicationEvent> {
  const open = openFor(state.organisation, command.at, context);
  if (open instanceof Refusal) return open;
  const { organisation } = command;
  if (context.organisation?.status !== 'registered') {
    return refuse('OrganisationUnknown', "Cet organisme n'est pas enregistré.");
  }
  if (organisation === state.organisation || state.sharedWith.includes(organisation)) {
    return refuse('AlreadyShared', 'Cet organisme a déjà accès au dossier.');
  }
  return [{ type: 'FileShared', organisation }];
}

export function unshare(
  command: Of<'UnshareFile'>,
  state: KnownApplication,
  context: ApplicationContext,
): Decision<ApplicationEvent> {
  const open = openFor(state.organisation, command.at, context);
  if (open instanceof Refusal) return open;
  const { organisation } = command;
  if (!state.sharedWith.includes(organisation)) return refuse('NotShared', "Cet organisme n'a pas accès au dossier.");
  return [{ type: 'FileUnshared', organisation }];
}

/** What an applicant wrote may disappear; that it was filed, when, and for how much, stays. */
export function forgetContents(
  command: Of<'ForgetContents'>,
  state: KnownApplication,
  { call }: ApplicationContext,
): Decision<ApplicationEvent> {
  if (state.status === 'submitted' && call?.status === 'published') {
    return refuse('ContentsNeeded', "Ce dossier est déposé dans un appel en cours : retirez-le d'abord.");
  }
  return [{ type: 'ContentsForgotten', reason: command.reason }];
}

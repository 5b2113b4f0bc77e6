import { type Decider, type Decision, refuse, type Stamped } from '../decider.js';
import type { Application, ApplicationCommand, ApplicationContext, ApplicationEvent } from './application-facts.js';
import { examine } from './admissibility.js';
import { askDates, confirmDates } from './dates.js';
import { attach, removeDocument } from './documents.js';
import { saveDraft, start } from './drafting.js';
import { evolve } from './evolve.js';
import { fileUnknown } from './filed.js';
import { registerPaper, submit, withdraw } from './filing.js';
import { forgetContents, share, unshare } from './sharing.js';

export type { Application, ApplicationCommand, ApplicationEvent } from './application-facts.js';

/** One applicant's project in one call: drafted, submitted, replaced, withdrawn. */
export const application: Decider<ApplicationCommand, Application, ApplicationEvent, ApplicationContext> = {
  initial: { status: 'absent' },
  decide,
  evolve,
};

function decide(
  command: Stamped<ApplicationCommand>,
  state: Application,
  context: ApplicationContext,
): Decision<ApplicationEvent> {
  if (command.type === 'StartApplication') return start(command, state, context);
  if (command.type === 'RegisterPaperFiling') return registerPaper(command, state, context);
  if (state.status === 'absent') return fileUnknown();
  if (state.forgotten) return refuse('ContentsForgotten', 'Le contenu de ce dossier a été effacé.');
  switch (command.type) {
    case 'SaveDraft':
      return saveDraft(command, state, context);
    case 'AttachDocument':
      return attach(command, state, context);
    case 'RemoveDocument':
      return removeDocument(command, state, context);
    case 'SubmitApplication':
    case 'ReplaceSubmission':
      return submit(command, state, context);
    case 'WithdrawApplication':
      return withdraw(command, state);
    case 'ShareFile':
      return share(command, state, context);
    case 'UnshareFile':
      return unshare(command, state, context);
    case 'AskDates':
      return askDates(command, state, context);
    case 'ConfirmDates':
      return confirmDates(command, state, context);
    case 'ForgetContents':
      return forgetContents(command, state, context);
    default:
      return examine(command, state, context);
  }
}

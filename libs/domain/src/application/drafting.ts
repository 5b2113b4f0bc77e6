import { deadlineFor, type Published, wasPublished } from '../call/call-state.js';
import { unknownCall } from '../call/guards.js';
import { type Decision, type Instant, Refusal, refuse, type Tools } from '../decider.js';
import type { OpenCompletion } from './admissibility-facts.js';
import type { Application, ApplicationContext, ApplicationEvent, KnownApplication, Of } from './application-facts.js';
import { reopens } from './examination.js';

export function start(
  command: Of<'StartApplication'>,
  state: Application,
  context: ApplicationContext,
): Decision<ApplicationEvent> {
  const { call, organisation, number, at } = command;
  if (state.status !== 'absent') {
    return refuse('AlreadyStarted', 'Votre organisme a déjà un dossier pour cet appel : reprenez-le.');
  }
  const open = openFor(organisation, at, context);
  if (open instanceof Refusal) return open;
  const refusal = fileRefusal(open, number);
  return refusal ?? [{ type: 'ApplicationStarted', call, organisation, number }];
}

export function saveDraft(
  command: Of<'SaveDraft'>,
  state: KnownApplication,
  context: ApplicationContext,
): Decision<ApplicationEvent> {
  const open = writable(state, command.at, context);
  if (open instanceof Refusal) return open;
  if (state.draft?.hash === command.content.hash) return [];
  return [{ type: 'DraftSaved', content: command.content }];
}

/** The call, if this applicant may still file: to the second, the instant of the deadline included. */
export function openFor(organisation: string, at: Instant, context: ApplicationContext): Published | Refusal {
  const call = runningCall(context);
  if (call instanceof Refusal) return call;
  const deadline = deadlineFor(call, organisation);
  return at > deadline ? closed(deadline, context) : call;
}

/** The call, published and not ended. Applicants are never told of one that ended before it was published. */
export function runningCall({ call }: Pick<ApplicationContext, 'call'>): Published | Refusal {
  if (!call || call.status === 'absent' || !wasPublished(call)) {
    return unknownCall();
  }
  if (call.status === 'published') return call;
  return refuse(
    'CallEnded',
    call.status === 'cancelled' ? 'Cet appel a été annulé.' : 'Cet appel a été déclaré infructueux.',
  );
}

/** The call, if this draft may be written: until the deadline, then while a completion request reopens it. */
export function writable(
  state: KnownApplication,
  at: Instant,
  context: ApplicationContext,
  code?: string,
): Published | Refusal {
  const open = openFor(state.organisation, at, context);
  const { completion } = state;
  if (!(open instanceof Refusal) || open.code !== 'CallClosed' || !completion) return open;
  if (at > completion.dueAt) return completionClosed(completion, context);
  if (code !== undefined && !reopens(state, code)) {
    return refuse('DocumentNotReopened', `La demande de compléments ne porte pas sur la pièce « ${code} ».`);
  }
  return runningCall(context);
}

export const completionClosed = ({ dueAt }: OpenCompletion, { calendar }: Pick<Tools, 'calendar'>): Refusal =>
  refuse('CompletionClosed', `Le délai pour compléter ce dossier est passé : ${calendar.say(dueAt)}.`);

const closed = (deadline: Instant, { calendar }: Pick<Tools, 'calendar'>): Refusal =>
  refuse('CallClosed', `La date limite de dépôt est passée : ${calendar.say(deadline)}.`);

/** One file per applicant and call, unless the specifications allow more. */
export function fileRefusal(call: Published, number: number): Refusal | undefined {
  const { filesPerApplicant } = call.specifications;
  if (number <= filesPerApplicant) return undefined;
  return refuse(
    'SecondFile',
    filesPerApplicant === 1
      ? "Cet appel n'admet qu'un dossier par porteur de projet."
      : `Cet appel admet au plus ${filesPerApplicant} dossiers par porteur de projet.`,
  );
}

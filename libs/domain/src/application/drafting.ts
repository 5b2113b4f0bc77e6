import { deadlineFor, type Published, wasPublished } from '../call/call-state.js';
import { absent, type Decision, type Instant, Refusal, refuse, type Tools } from '../decider.js';
import type { Application, ApplicationContext, ApplicationEvent, KnownApplication, Of } from './application-facts.js';

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
  const open = openFor(state.organisation, command.at, context);
  if (open instanceof Refusal) return open;
  if (state.draft?.hash === command.content.hash) return [];
  return [{ type: 'DraftSaved', content: command.content }];
}

/** The call, if this applicant may still file: to the second, the instant of the deadline included. */
export function openFor(
  organisation: string,
  at: Instant,
  { call, calendar }: ApplicationContext,
): Published | Refusal {
  // Applicants are never told of a call that ended before it was published.
  if (!call || call.status === 'absent' || !wasPublished(call)) {
    return absent('CallUnknown', "Cet appel n'existe pas.");
  }
  if (call.status !== 'published') {
    return refuse(
      'CallEnded',
      call.status === 'cancelled' ? 'Cet appel a été annulé.' : 'Cet appel a été déclaré infructueux.',
    );
  }
  const deadline = deadlineFor(call, organisation);
  return at > deadline ? closed(deadline, { calendar }) : call;
}

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

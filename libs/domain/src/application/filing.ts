import { deadlineFor } from '../call/call-state.js';
import { type Decision, invalid, Refusal, refuse, type Stamp, type Tools } from '../decider.js';
import { legalFormOf } from '../organisation/organisation.js';
import { overdueSaid } from '../report/due.js';
import { instantOf } from '../schedule/milestones.js';
import type {
  Application,
  ApplicationContext,
  ApplicationEvent,
  KnownApplication,
  Of,
  Submission,
} from './application-facts.js';
import type { ApplicationContents } from './application-contents.js';
import { totals } from './budget.js';
import { fileRefusal, openFor } from './drafting.js';
import { submissionFaults } from './submission.js';

/** A first submission or a replacement: each is complete, immutable and has its own receipt. */
export function submit(
  command: Of<'SubmitApplication' | 'ReplaceSubmission'>,
  state: KnownApplication,
  context: ApplicationContext,
): Decision<ApplicationEvent> {
  const open = openFor(state.organisation, command.at, context);
  if (open instanceof Refusal) return open;
  const last = state.submissions.at(-1);
  const replacing = command.type === 'ReplaceSubmission';
  if (state.paper) {
    return refuse('FiledOnPaper', "Ce dossier a été déposé sur papier : retirez-le d'abord pour le déposer en ligne.");
  }
  if (!replacing && state.status === 'submitted') {
    return refuse('AlreadySubmitted', 'Ce dossier est déjà déposé : remplacez le dépôt si vous voulez le modifier.');
  }
  if (replacing && (state.status !== 'submitted' || !last)) {
    return refuse('NotSubmitted', "Ce dossier n'est pas déposé : il n'y a rien à remplacer.");
  }
  const overdue = overdueSaid(context.reports, command.at, context.calendar, 'avant de déposer');
  // Loi 2000-321, art. 10, and arrêté du 11 octobre 2006: what was given is accounted for before any new request.
  if (overdue !== undefined) return refuse('ReportOverdue', overdue);
  const { specifications } = open;
  const contents = command.contents ?? context.draft ?? {};
  const faults = submissionFaults({
    contents,
    attached: state.documents.map(({ code }) => code),
    specifications,
    legalForm: legalFormOf(context.organisation),
  });
  const content = command.content ?? state.draft;
  if (faults.length > 0 || !content || !contents.budget || contents.requestedCents === undefined) {
    return invalid('ApplicationIncomplete', "Le dossier ne peut pas être déposé en l'état.", faults);
  }
  const { documents } = state;
  if (replacing && last && sameFile(last, { content, documents })) {
    return refuse('NothingChanged', "Rien n'a changé depuis le dernier dépôt, qui reste valable.");
  }
  const deadline = deadlineFor(open, state.organisation);
  const { budget, requestedCents } = contents;
  const submitted = newSubmission(command, state, { content, documents, budget, requestedCents, deadline }, context);
  return replacing && last
    ? [{ type: 'SubmissionReplaced', replaces: last.receipt, ...submitted }]
    : [{ type: 'ApplicationSubmitted', ...submitted }];
}

/** The next version of a file, with a receipt of its own. */
export function newSubmission(
  { id, at }: Pick<Stamp, 'id' | 'at'>,
  { submissions }: KnownApplication,
  filed: Pick<Submission, 'content' | 'documents' | 'deadline'> &
    Required<Pick<ApplicationContents, 'budget' | 'requestedCents'>>,
  context: Tools,
): Submission {
  const { content, documents, deadline, budget, requestedCents } = filed;
  const submission = submissions.length + 1;
  return {
    submission,
    receipt: receiptNumber([id, String(submission), content.hash, at], context),
    submittedAt: at,
    content,
    documents,
    totals: { ...totals(budget), requestedCents },
    deadline,
  };
}

type Filed = Pick<Submission, 'content' | 'documents'>;
export const sameFile = (one: Filed, other: Filed): boolean =>
  one.content.hash === other.content.hash &&
  one.documents.map(({ document }) => document).join() === other.documents.map(({ document }) => document).join();

export function withdraw(command: Of<'WithdrawApplication'>, state: KnownApplication): Decision<ApplicationEvent> {
  if (state.status !== 'submitted')
    return refuse('NotSubmitted', "Ce dossier n'est pas déposé : il n'y a rien à retirer.");
  return [{ type: 'ApplicationWithdrawn', reason: command.reason }];
}

/** A filing that came on paper or by mail keeps its own date of arrival; a late one is registered all the same. */
export function registerPaper(
  command: Of<'RegisterPaperFiling'>,
  state: Application,
  context: ApplicationContext,
): Decision<ApplicationEvent> {
  const { call } = context;
  if (!call || call.status === 'absent') return refuse('CallUnknown', "Cet appel n'existe pas.");
  if (call.status !== 'published')
    return refuse('NotPublished', "Cet appel n'est pas ouvert : rien ne peut y être déposé.");
  if (context.organisation?.status !== 'registered') {
    return refuse('OrganisationUnknown', "Cet organisme n'est pas enregistré : enregistrez-le d'abord.");
  }
  const { organisation, number, arrivedAt, medium, reference, pieces, at } = command;
  if (arrivedAt > at) return refuse('DateInFuture', "La date d'arrivée est dans l'avenir.");
  const opened = instantOf(call.schedule.milestones, 'publication');
  if (opened && arrivedAt < opened)
    return refuse('BeforePublication', "Ce pli est arrivé avant la publication de l'appel.");
  const refusal = fileRefusal(call, number);
  if (refusal) return refusal;
  if (state.status !== 'absent' && state.paper) {
    return refuse('FiledOnPaper', 'Un pli de ce porteur de projet est déjà enregistré pour cet appel.');
  }
  if (state.status === 'submitted') {
    return refuse('AlreadySubmitted', 'Ce porteur de projet a déjà déposé un dossier en ligne pour cet appel.');
  }
  const late = arrivedAt > deadlineFor(call, organisation);
  const earlier = state.status !== 'absent' && state.papers > 0 ? [String(state.papers)] : [];
  const receipt = receiptNumber([command.id, reference, arrivedAt, ...earlier], context);
  const filed: ApplicationEvent = {
    type: 'PaperFilingRegistered',
    arrivedAt,
    medium,
    reference,
    pieces,
    receipt,
    late,
  };
  if (state.status !== 'absent') return [filed];
  return [{ type: 'ApplicationStarted', call: command.call, organisation, number }, filed];
}

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** 80 bits in Crockford's base 32, `AR-1234-5678-9ABC-DEFG`: nobody guesses one, a person can read one out. */
function receiptNumber(parts: readonly string[], { digest }: Tools): string {
  const hex = digest(JSON.stringify(parts));
  const letters = Array.from({ length: 16 }, (_, index) => {
    const bits = parseInt(hex.slice(Math.floor((index * 5) / 4), Math.floor((index * 5) / 4) + 2), 16);
    return ALPHABET[(bits >> (3 - ((index * 5) % 4))) & 31];
  });
  return `AR-${letters.join('').match(/.{4}/g)?.join('-')}`;
}

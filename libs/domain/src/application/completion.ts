import type { Published } from '../call/call-state.js';
import { type Decision, type Fault, fault, invalid, Refusal, refuse } from '../decider.js';
import { legalFormOf } from '../organisation/organisation.js';
import { isSame } from '../same.js';
import { type ContentField, contentFields, frenchFields } from './admissibility-facts.js';
import type { ApplicationContents } from './application-contents.js';
import type {
  ApplicationContext,
  ApplicationEvent,
  DocumentFact,
  KnownApplication,
  Of,
  Submission,
} from './application-facts.js';
import { completionClosed, runningCall } from './drafting.js';
import { filedLate } from './examinable.js';
import { reopens, savedSince, standing } from './examination.js';
import { newSubmission, sameFile } from './filing.js';
import { submissionFaults } from './submission.js';

/** An incomplete file: which pieces are missing, and until when they are awaited (CRPA L114-5). */
export function requestCompletion(
  command: Of<'RequestCompletion'>,
  state: KnownApplication,
  call: Published,
): Decision<ApplicationEvent> {
  if (state.admissibility) {
    return refuse(
      'AdmissibilityDecided',
      'La recevabilité de ce dossier est décidée : plus rien ne reste à compléter.',
    );
  }
  if (state.completion) {
    return refuse(
      'CompletionPending',
      'Une demande de compléments est déjà ouverte : attendez la réponse, ou prolongez son délai.',
    );
  }
  if (state.paper?.late) return filedLate();
  const { institution, reason, dueAt, at } = command;
  const fields = [...new Set(command.fields)];
  const documents = [...new Set(command.documents)];
  if (fields.length + documents.length === 0) {
    return refuse('NothingNamed', 'Nommez au moins un champ ou une pièce à compléter.');
  }
  const asked = new Set(['other', ...call.specifications.compulsoryDocuments.map(({ code }) => code)]);
  const unknown = documents.find((code) => !asked.has(code));
  if (unknown !== undefined) {
    return refuse(
      'DocumentCodeUnknown',
      `L'appel ne demande pas de pièce « ${unknown} » : demandez-la comme « other ».`,
    );
  }
  if (dueAt <= at) return dueInPast();
  const request = state.completions + 1;
  return [{ type: 'CompletionRequested', request, fields, documents, reason, dueAt, requestedAt: at, institution }];
}

/** Also once it has run out: late pieces may still be admitted. */
export function extendCompletion(
  { dueAt, reason, at }: Of<'ExtendCompletion'>,
  { completion }: KnownApplication,
  { calendar }: ApplicationContext,
): Decision<ApplicationEvent> {
  if (!completion) return noneOpen();
  if (dueAt <= completion.dueAt) {
    return refuse('NotLater', `Le nouveau délai doit dépasser l'actuel : ${calendar.say(completion.dueAt)}.`);
  }
  if (dueAt <= at) return dueInPast();
  return [{ type: 'CompletionExtended', request: completion.request, dueAt, extendedAt: at, reason }];
}

/** The answer: a whole version of the file, in which only what was asked for may differ from the last. */
export function complete(
  command: Of<'CompleteFile'>,
  state: KnownApplication,
  context: ApplicationContext,
): Decision<ApplicationEvent> {
  const call = runningCall(context);
  if (call instanceof Refusal) return call;
  const last = standing(state);
  const filed = last ?? state.paper;
  if (state.status !== 'submitted' || !filed) {
    return refuse('NotSubmitted', "Ce dossier n'est pas déposé : il n'y a rien à compléter.");
  }
  const { completion } = state;
  if (!completion) return noneOpen();
  if (command.at > completion.dueAt) return completionClosed(completion, context);
  const saved = savedSince(state);
  const contents = command.contents ?? (saved ? context.draft : context.submitted) ?? {};
  const content = command.content ?? saved ?? last?.content;
  const documents = completedDocuments(state, last);
  const faults = [
    ...(last ? notReopened(contents, context.submitted ?? {}, completion.fields) : []),
    ...submissionFaults({
      contents,
      attached: documents.map(({ code }) => code),
      specifications: call.specifications,
      legalForm: legalFormOf(context.organisation),
    }),
  ];
  const { budget, requestedCents } = contents;
  if (faults.length > 0 || !content || !budget || requestedCents === undefined) {
    return invalid('ApplicationIncomplete', "Le dossier ne peut pas être complété en l'état.", faults);
  }
  if (last && sameFile(last, { content, documents })) {
    return refuse('NothingChanged', "Rien n'a changé depuis le dernier dépôt : les compléments restent attendus.");
  }
  const deadline = completion.dueAt;
  const submitted = newSubmission(command, state, { content, documents, budget, requestedCents, deadline }, context);
  return [{ type: 'FileCompleted', request: completion.request, replaces: filed.receipt, ...submitted }];
}

const noneOpen = (): Refusal =>
  refuse('NoCompletionPending', "Aucune demande de compléments n'est ouverte sur ce dossier.");
const dueInPast = (): Refusal => refuse('DateInPast', "Le délai pour compléter doit se terminer dans l'avenir.");

const notReopened = (
  contents: ApplicationContents,
  before: ApplicationContents,
  fields: readonly ContentField[],
): Fault[] =>
  contentFields
    .filter((field) => !fields.includes(field) && !isSame(contents[field], before[field]))
    .map((field) =>
      fault(
        field,
        'FieldNotReopened',
        `La demande de compléments ne porte pas sur ce champ (${frenchFields[field]}) : laissez-le tel que déposé.`,
      ),
    );

/** What was asked for as it is attached now, everything else as it was submitted. */
function completedDocuments(state: KnownApplication, last: Submission | undefined): readonly DocumentFact[] {
  if (!last) return state.documents;
  const submitted = new Set(last.documents.map(({ document }) => document));
  const attached = new Set(state.documents.map(({ document }) => document));
  return [
    ...last.documents.filter(({ document, code }) => !reopens(state, code) || attached.has(document)),
    ...state.documents.filter(({ document, code }) => reopens(state, code) && !submitted.has(document)),
  ];
}

import type { Metadata } from '#commands/asking.js';
import { factOf } from '#commands/folded.js';
import type { Fact, FactType } from '#domain/facts.js';
import type { Role } from '#domain/roles.js';
import type { RecordedEvent } from '#event-store/event-store.js';
import { organisationsIn } from '#read-models/files-of-call.js';
import { callOf } from '#read-models/calls.js';
import { conflictsOf, holdersOf } from '#read-models/identity.js';
import { delegatesFor } from '#read-models/institutions.js';
import { askerOf } from '#read-models/questions.js';
import { idOf } from '#read-models/read-model.js';
import type { Views } from '#read-models/views.js';
import { type About, aboutOf, type FactOf } from './about.js';
import { concernedBy, leadsOf, membersOf, unique } from './audiences.js';
import { reminderTellings } from './recipients-reminders.js';
import { webhookTellings } from './recipients-webhooks.js';
import { fundingTellings, reportTellings } from './recipients-funding.js';
import { selectionTellings } from './recipients-selection.js';
import { applicant, type Happening, type Telling, type Tellings } from './telling.js';

/** Those who can answer for a lead. */
const leaders: readonly Role[] = ['administrator', 'signatory'];

const everything = {
  SignInInvited: (_, { id, by }) => ({ kind: 'sign-in', to: by === 'system' ? [] : [id] }),
  ApplicationSubmitted: applicant('receipt'),
  SubmissionReplaced: applicant('replacement-receipt'),
  PaperFilingRegistered: applicant('paper-receipt'),
  ApplicationWithdrawn: applicant('withdrawal'),
  DatesAsked: applicant('dates-to-confirm'),
  PartnerInvited: (fact, { views }) => ({
    kind: 'partner-invited',
    to: holdersOf(views, 'institution', fact.institution, ['partner', 'administrator']),
  }),
  ShiftProposed: (fact, { id, views }) => ({
    kind: 'shift-proposed',
    to: unique([...leadsOf(views, id, leaders, fact.institution), ...delegatesToShift(fact, id, views)]),
  }),
  ShiftExpired: (_, { id, views }) => ({ kind: 'shift-expired', to: leadsOf(views, id, leaders) }),
  OutageLeftUnratified: (_, { id, views }) => ({ kind: 'outage-unratified', to: leadsOf(views, id, leaders) }),
  EndingAgreed: (fact, { id, views }) => ({
    kind: 'ending-proposed',
    to: callOf(views, id)?.call.ending ? leadsOf(views, id, leaders, fact.institution) : [],
  }),
  ScheduleShifted: (_, { id, views }) => ({ kind: 'schedule-shifted', to: concernedBy(views, id) }),
  PaymentYearAsked: (_, { id, views }) => ({ kind: 'payments-asked', to: leadsOf(views, id, ['finance-officer']) }),
  OutageExtensionGranted: (_, { id, views }) => ({ kind: 'outage-extension', to: concernedBy(views, id) }),
  ExtensionGranted: (fact, { views }) => ({ kind: 'extension-granted', to: membersOf(views, [fact.organisation]) }),
  CallCancelled: (_, { id, views }) => ({ kind: 'call-cancelled', to: concernedBy(views, id) }),
  CallDeclaredUnsuccessful: (_, { id, views }) => ({ kind: 'call-unsuccessful', to: concernedBy(views, id) }),
  QuestionAnswered: (fact, happening) => ({ kind: 'question-answered', to: concernedByAnswer(fact, happening) }),
  AnswerCorrected: (fact, happening) => ({ kind: 'answer-corrected', to: concernedByAnswer(fact, happening) }),
  ClaimConfirmed: (fact) => ({ kind: 'claim-confirmed', to: [fact.person] }),
  ClaimRejected: (fact) => ({ kind: 'claim-rejected', to: [fact.person] }),
  ColleagueInvited: (fact) => ({ kind: 'colleague-invited', to: [fact.person] }),
  ...selectionTellings,
  ...fundingTellings,
  ...reportTellings,
  ...reminderTellings,
  ...webhookTellings,
} satisfies Partial<Tellings<FactType>>;

/** Who may agree in the place of another lead: they are told while there is time. */
function delegatesToShift({ institution, proposedAt }: FactOf<'ShiftProposed'>, id: string, views: Views) {
  if (proposedAt === undefined) return [];
  const others = callOf(views, id)?.call.heading.leads.filter((lead) => lead !== institution) ?? [];
  return delegatesFor(views, others, 'agree-to-shift', [proposedAt, proposedAt]);
}

function concernedByAnswer({ call }: FactOf<'QuestionAnswered' | 'AnswerCorrected'>, { id, views }: Happening) {
  const asker = askerOf(views, id);
  return unique([...membersOf(views, organisationsIn(views, call)), ...(asker ? [asker] : [])]);
}

/** The facts somebody is told of. */
export type ToldType = keyof typeof everything;
export const toldFacts = Object.keys(everything) as ToldType[];

/** Who is told of a fact, `history` being the facts of its stream up to it; nobody of most. */
export function tellings(event: RecordedEvent, views: Views, history: readonly Fact[]): Telling | undefined {
  const fact = factOf(event) as FactOf<ToldType>;
  const tells = (everything as Partial<Tellings<FactType>>)[fact.type];
  if (!tells) return undefined;
  const { stream } = event;
  const { by } = event.metadata as Metadata;
  const about = aboutOf(stream, fact, history, views);
  const { to, ...telling } = tells(fact as never, { id: idOf(stream), by, views, history, ...about });
  return { ...telling, to: about.file === undefined ? to : withoutConflict([...to], about, views) };
}

/** A file doesn't exist for who has a conflict on it, but on the applicant's side. */
export function withoutConflict(
  people: readonly string[],
  { file, organisation }: About,
  views: Views,
): readonly string[] {
  if (file === undefined) return people;
  const inConflict = people.filter((person) => conflictsOf(views, person).includes(file));
  if (inConflict.length === 0) return people;
  const own = organisation === undefined ? [] : membersOf(views, [organisation]);
  return people.filter((person) => own.includes(person) || !inConflict.includes(person));
}

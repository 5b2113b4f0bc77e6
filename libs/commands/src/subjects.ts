import {
  account as accountDecider,
  type Account,
  type AccountCommand,
  type AccountEvent,
} from '#domain/account/account.js';
import { call as callDecider, type Call, type CallCommand, type CallEvent } from '#domain/call/call.js';
import type { CallContext } from '#domain/call/guards.js';
import { absent, type Tools } from '#domain/decider.js';
import {
  institution as institutionDecider,
  type Institution,
  type InstitutionCommand,
  type InstitutionEvent,
} from '#domain/institution/institution.js';
import {
  notice as noticeDecider,
  type NoticeCommand,
  type NoticeEvent,
  type NoticeState,
} from '#domain/notice/notice.js';
import {
  organisation as organisationDecider,
  type Organisation,
  type OrganisationCommand,
  type OrganisationEvent,
} from '#domain/organisation/organisation.js';
import {
  question as questionDecider,
  type Question,
  type QuestionCommand,
  type QuestionContext,
  type QuestionEvent,
} from '#domain/question/question.js';
import {
  reading as readingDecider,
  type ReadingCommand,
  type ReadingEvent,
  type Readings,
} from '#domain/reading/reading.js';
import {
  reminders as remindersDecider,
  type Reminders,
  type RemindersCommand,
  type RemindersContext,
  type RemindersEvent,
} from '#domain/reminder/reminders.js';
import { round as roundDecider, type RoundCommand, type RoundEvent, type RoundState } from '#domain/reminder/round.js';
import { joinedPartners, sightOfCall } from '#domain/visibility.js';
import { sourceOf, type Subject } from './subject.js';

const unknown = (code: string, sentence: string) => () => absent(code, sentence);
/** Leads of a call that another stream's decision looks at. */
export const leadsOf = (known: Call | undefined): readonly string[] =>
  !known || known.status === 'absent' ? [] : known.heading.leads;

export const institution: Subject<InstitutionCommand, Institution, InstitutionEvent, Tools> = {
  category: 'institution',
  decider: institutionDecider,
  reach: ({ id }) => ({ institutions: [id] }),
  visible: () => true,
  unknown: unknown('InstitutionUnknown', "Cette institution n'existe pas."),
};

export const organisation: Subject<OrganisationCommand, Organisation, OrganisationEvent, unknown> = {
  category: 'organisation',
  decider: organisationDecider,
  reach: ({ id }) => ({ organisations: [id], institutions: 'any' }),
  visible: () => true,
  unknown: unknown('OrganisationUnknown', "Cet organisme n'est pas enregistré."),
};

export const account: Subject<AccountCommand, Account, AccountEvent, { readonly call?: Call }> = {
  category: 'account',
  decider: accountDecider,
  needs: ({ command }) =>
    'scope' in command && command.scope.kind === 'call' ? { call: sourceOf(call, command.scope.id) } : {},
  reach: ({ command, context, id }) => {
    if (!('scope' in command)) return { person: id };
    const { scope } = command;
    if (scope.kind === 'institution') return { institutions: [scope.id] };
    return { institutions: scope.kind === 'call' ? leadsOf(context.call) : [] };
  },
  visible: ({ id }, { person, grants }) =>
    person === id || grants.some(({ role }) => role === 'operator' || role === 'administrator'),
  unknown: unknown('PersonUnknown', "Cette personne n'a pas de compte."),
  writing: ({ command, id }) => {
    if (command.type !== 'OpenAccount' && command.type !== 'ChangeDetails') return undefined;
    const { name, email, phone } = command;
    return { stream: `person-${id}`, event: { type: 'PersonDescribed', name, email, ...(phone && { phone }) } };
  },
  lastWritten: (state) => (state.status === 'open' ? state.content.version : undefined),
};

export const call: Subject<CallCommand, Call, CallEvent, CallContext> = {
  category: 'call',
  decider: callDecider,
  needs: ({ command }) => ({
    ...('heading' in command && { leads: command.heading.leads.map((lead) => sourceOf(institution, lead)) }),
    ...('institution' in command && { institution: sourceOf(institution, command.institution) }),
    ...(command.type === 'InvitePartner' && { institution: sourceOf(institution, command.partner) }),
    ...(command.type === 'NameReferent' && { person: sourceOf(account, command.person) }),
    ...(command.type === 'CopyCall' && { from: sourceOf(call, command.from) }),
  }),
  reach: ({ command, state, context, id }) => {
    const concerned = institutionsConcerned(command, state, context);
    const institutions =
      'institution' in command ? concerned.filter((code) => code === command.institution) : concerned;
    return { institutions, call: id };
  },
  visible: ({ state }, { grants }) => state.status !== 'absent' && sightOfCall(state, grants) !== 'nothing',
  unknown: unknown('CallUnknown', "Cet appel n'existe pas."),
  writing: ({ command }) => {
    if (command.type !== 'CommentPreparation') return undefined;
    const { comment, text } = command;
    return { stream: `content-comment-${comment}`, event: { type: 'CommentWritten', text } };
  },
};

function institutionsConcerned(
  { type, ...command }: { type: CallCommand['type'] },
  state: Call,
  context: CallContext,
): readonly string[] {
  if (type === 'CopyCall') return leadsOf(context.from);
  if (state.status === 'absent')
    return 'heading' in command ? (command as { heading: { leads: string[] } }).heading.leads : [];
  if (type === 'AnswerPartnerInvitation') return Object.keys(state.partners);
  if (type === 'NameReferent' || type === 'CommentPreparation')
    return [...state.heading.leads, ...joinedPartners(state)];
  return state.heading.leads;
}

export const question: Subject<QuestionCommand, Question, QuestionEvent, QuestionContext> = {
  category: 'question',
  decider: questionDecider,
  needs: ({ command, state }) => {
    const of = 'call' in command ? command.call : state.status === 'absent' ? undefined : state.call;
    return of === undefined ? {} : { call: sourceOf(call, of) };
  },
  reach: ({ context }) => ({ institutions: leadsOf(context.call) }),
  visible: ({ state }) => state.status === 'answered',
  unknown: unknown('QuestionUnknown', "Cette question n'existe pas."),
  writing: ({ command, id }) =>
    command.type === 'AskQuestion'
      ? { stream: `content-question-${id}`, event: { type: 'QuestionWritten', text: command.text } }
      : undefined,
};

/** Sent again by those who run its call; a message about a file isn't there for who has a conflict on it. */
export const notice: Subject<NoticeCommand, NoticeState, NoticeEvent, { readonly call?: Call }> = {
  category: 'notice',
  decider: noticeDecider,
  needs: ({ command, state }) =>
    command.type === 'ResendNotice' && state.status !== 'absent' && state.call !== undefined
      ? { call: sourceOf(call, state.call) }
      : {},
  file: ({ command, state }) => (command.type === 'ResendNotice' && state.status !== 'absent' ? state.file : undefined),
  without: () => ({ status: 'absent' }),
  reach: ({ context }) => ({ institutions: leadsOf(context.call) }),
  visible: () => false,
  unknown: unknown('NoticeUnknown', "Ce message n'existe pas."),
};

/** Its stream bears the id of the call. */
export const reminders: Subject<RemindersCommand, Reminders, RemindersEvent, RemindersContext> = {
  category: 'reminders',
  decider: remindersDecider,
  needs: ({ id }) => ({ call: sourceOf(call, id) }),
  reach: ({ context, id }) => ({ institutions: leadsOf(context.call), call: id }),
  visible: ({ context }, { grants }) =>
    context.call !== undefined && context.call.status !== 'absent' && sightOfCall(context.call, grants) !== 'nothing',
  unknown: unknown('CallUnknown', "Cet appel n'existe pas."),
  belongs: true,
};

export const round: Subject<RoundCommand, RoundState, RoundEvent, unknown> = {
  category: 'round',
  decider: roundDecider,
  reach: () => ({}),
  visible: () => false,
  unknown: unknown('RoundSettled', "Ce rappel n'existe pas."),
};

/** Its stream bears the id of the file that was read. */
export const reading: Subject<ReadingCommand, Readings, ReadingEvent, unknown> = {
  category: 'reading',
  decider: readingDecider,
  reach: ({ command }) => ({ institutions: 'any', call: command.call }),
  visible: () => false,
  unknown: unknown('ApplicationUnknown', "Ce dossier n'existe pas."),
};

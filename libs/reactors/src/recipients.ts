import type { KnownCall } from '#domain/call/call-state.js';
import { joinedPartners } from '#domain/visibility.js';
import type { NoticeKind } from '#domain/notice/notice.js';
import type { Metadata } from '#commands/asking.js';
import { factOf } from '#commands/folded.js';
import type { Fact, FactType } from '#domain/facts.js';
import type { RecordedEvent } from '#event-store/event-store.js';
import { applicationOf, organisationsIn } from '#read-models/application-queries.js';
import { callOf } from '#read-models/calls.js';
import { holdersOf, holdersOfAny } from '#read-models/identity.js';
import { askerOf } from '#read-models/questions.js';
import { idOf } from '#read-models/read-model.js';
import type { Views } from '#read-models/views.js';

/** Who is told of a fact, and by which notice. */
export interface Telling {
  readonly kind: NoticeKind;
  readonly to: readonly string[];
}

/** The facts somebody is told of. */
export const toldFacts: readonly FactType[] = [
  'SignInInvited',
  'ApplicationSubmitted',
  'SubmissionReplaced',
  'PaperFilingRegistered',
  'ApplicationWithdrawn',
  'PartnerInvited',
  'ShiftProposed',
  'ScheduleShifted',
  'OutageExtensionGranted',
  'ExtensionGranted',
  'EndingAgreed',
  'CallCancelled',
  'CallDeclaredUnsuccessful',
  'QuestionAnswered',
  'AnswerCorrected',
  'ClaimConfirmed',
  'ClaimRejected',
  'ColleagueInvited',
];

export function tellings(event: RecordedEvent, views: Views): Telling {
  const fact = factOf(event) as Fact;
  const id = idOf(event.stream);
  const { by } = event.metadata as Metadata;
  switch (fact.type) {
    case 'SignInInvited':
      return { kind: 'sign-in', to: by === 'system' ? [] : [id] };
    case 'ApplicationSubmitted':
      return { kind: 'receipt', to: membersOfFile(views, id) };
    case 'SubmissionReplaced':
      return { kind: 'replacement-receipt', to: membersOfFile(views, id) };
    case 'PaperFilingRegistered':
      return { kind: 'paper-receipt', to: membersOfFile(views, id) };
    case 'ApplicationWithdrawn':
      return { kind: 'withdrawal', to: membersOfFile(views, id) };
    case 'PartnerInvited':
      return {
        kind: 'partner-invited',
        to: holdersOf(views, 'institution', fact.institution, ['partner', 'administrator']),
      };
    case 'ShiftProposed':
      return { kind: 'shift-proposed', to: leadersOf(views, id, fact.institution) };
    case 'EndingAgreed':
      return {
        kind: 'ending-proposed',
        to: callOf(views, id)?.call.ending ? leadersOf(views, id, fact.institution) : [],
      };
    case 'ScheduleShifted':
      return { kind: 'schedule-shifted', to: concernedBy(views, id) };
    case 'OutageExtensionGranted':
      return { kind: 'outage-extension', to: concernedBy(views, id) };
    case 'ExtensionGranted':
      return { kind: 'extension-granted', to: membersOf(views, [fact.organisation]) };
    case 'CallCancelled':
      return { kind: 'call-cancelled', to: concernedBy(views, id) };
    case 'CallDeclaredUnsuccessful':
      return { kind: 'call-unsuccessful', to: concernedBy(views, id) };
    case 'QuestionAnswered':
    case 'AnswerCorrected': {
      const asker = askerOf(views, id);
      const to = [...membersOf(views, organisationsIn(views, fact.call)), ...(asker ? [asker] : [])];
      return { kind: fact.type === 'QuestionAnswered' ? 'question-answered' : 'answer-corrected', to: unique(to) };
    }
    case 'ClaimConfirmed':
      return { kind: 'claim-confirmed', to: [fact.person] };
    case 'ClaimRejected':
      return { kind: 'claim-rejected', to: [fact.person] };
    case 'ColleagueInvited':
      return { kind: 'colleague-invited', to: [fact.person] };
    default:
      return { kind: 'sign-in', to: [] };
  }
}

const unique = (people: readonly string[]): string[] => [...new Set(people)];

const membersOf = (views: Views, organisations: readonly string[]): string[] =>
  holdersOfAny(views, 'organisation', organisations, ['preparer', 'submitter']);

function membersOfFile(views: Views, application: string): string[] {
  const file = applicationOf(views, application, true);
  return file ? membersOf(views, [file.organisation]) : [];
}

/** Those who can answer for the other leads. */
function leadersOf(views: Views, id: string, except: string): string[] {
  const leads = callOf(views, id)?.call.heading.leads.filter((lead) => lead !== except) ?? [];
  return holdersOfAny(views, 'institution', leads, ['administrator', 'signatory']);
}

/** Everybody a call's dates matter to: its referents, the people of its leads and partners, applicants with a file. */
function concernedBy(views: Views, id: string): string[] {
  const call: KnownCall | undefined = callOf(views, id)?.call;
  if (!call) return [];
  const institutions = [...call.heading.leads, ...joinedPartners(call)];
  return unique([
    ...Object.values(call.referents).map(({ person }) => person),
    ...holdersOfAny(views, 'institution', institutions, ['administrator', 'signatory', 'case-officer', 'partner']),
    ...membersOf(views, organisationsIn(views, id)),
  ]);
}

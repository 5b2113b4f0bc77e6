import type { AccountCommand, AccountEvent, PersonDetails } from './account/account.js';
import type { ApplicationContents } from './application/application-contents.js';
import type { ApplicationCommand, ApplicationEvent } from './application/application.js';
import type { CallCommand, CallEvent } from './call/call.js';
import type { InstitutionCommand, InstitutionEvent } from './institution/institution.js';
import type { NoticeCommand, NoticeEvent } from './notice/notice.js';
import type { OrganisationCommand, OrganisationEvent } from './organisation/organisation.js';
import type { QuestionCommand, QuestionEvent } from './question/question.js';
import type { ReadingCommand, ReadingEvent } from './reading/reading.js';

/** What people wrote: on content streams only, which can be deleted for good. */
export type ContentEvent =
  | ({ type: 'PersonDescribed' } & PersonDetails)
  | { type: 'ApplicationWritten'; contents: ApplicationContents }
  | { type: 'DocumentNamed'; document: string; filename: string }
  | { type: 'QuestionWritten'; text: string }
  | { type: 'CommentWritten'; text: string };

/** What is for ever: ids, codes, amounts, dates, hashes, and what institutions publish or decide with. */
export type RecordEvent =
  | CallEvent
  | ApplicationEvent
  | QuestionEvent
  | OrganisationEvent
  | InstitutionEvent
  | AccountEvent
  | NoticeEvent
  | ReadingEvent;

export type Fact = RecordEvent | ContentEvent;
export type FactType = Fact['type'];
export type AnyCommand =
  | CallCommand
  | ApplicationCommand
  | QuestionCommand
  | OrganisationCommand
  | InstitutionCommand
  | AccountCommand
  | NoticeCommand
  | ReadingCommand;
export type CommandType = AnyCommand['type'];

/**
 * Every fact this version knows, with the version of its shape. A new meaning is a new type; a new shape is the
 * next number here, with an upcaster. `tsc` fails while one is missing.
 */
export const factVersions: Record<FactType, number> = {
  CallDrafted: 1,
  HeadingRevised: 1,
  LetterOfIntentSigned: 1,
  LetterSignaturesFell: 1,
  PreparationOpened: 1,
  ReferentNamed: 1,
  PartnerInvited: 1,
  PartnerInvitationWithdrawn: 1,
  PartnerInvitationAnswered: 1,
  SilentPartnerOverridden: 1,
  AuthorityAssociated: 1,
  AuthorityDissociated: 1,
  PreparationCommented: 1,
  SpecificationsSet: 1,
  RubricSet: 1,
  ScheduleSet: 1,
  EnvelopesSet: 1,
  CallApproved: 1,
  ApprovalsFell: 1,
  CallPublished: 1,
  RectifyingNoticePublished: 1,
  ShiftProposed: 1,
  OutsideAnswerRecorded: 1,
  ShiftAgreed: 1,
  ShiftRefused: 1,
  ShiftWithdrawn: 1,
  ScheduleShifted: 1,
  OutageExtensionGranted: 1,
  OutageExtensionRatified: 1,
  ExtensionGranted: 1,
  EndingAgreed: 1,
  EndingDropped: 1,
  CallCancelled: 1,
  CallDeclaredUnsuccessful: 1,
  ContentsUnsealed: 1,
  ContentsResealed: 1,
  ApplicationStarted: 1,
  DraftSaved: 1,
  DocumentAttached: 1,
  DocumentRemoved: 1,
  ApplicationSubmitted: 1,
  SubmissionReplaced: 1,
  ApplicationWithdrawn: 1,
  PaperFilingRegistered: 1,
  FileShared: 1,
  FileUnshared: 1,
  ContentsForgotten: 1,
  QuestionAsked: 1,
  QuestionAnswered: 1,
  AnswerCorrected: 1,
  OrganisationRegistered: 1,
  OrganisationCorrected: 1,
  OrganisationClaimed: 1,
  ClaimConfirmed: 1,
  ClaimRejected: 1,
  ColleagueInvited: 1,
  InvitationWithdrawn: 1,
  ColleagueJoined: 1,
  PowerChanged: 1,
  MemberRemoved: 1,
  InstitutionRegistered: 1,
  DelegationGranted: 1,
  DelegationRevoked: 1,
  AccountOpened: 1,
  PersonDetailsChanged: 1,
  RoleGranted: 1,
  RoleWithdrawn: 1,
  SignInInvited: 1,
  SignInUsed: 1,
  TokenIssued: 1,
  TokenRevoked: 1,
  PersonForgotten: 1,
  NoticeIssued: 1,
  NoticeDelivered: 1,
  NoticeGivenUp: 1,
  ContentsRead: 1,
  PersonDescribed: 1,
  ApplicationWritten: 1,
  DocumentNamed: 1,
  QuestionWritten: 1,
  CommentWritten: 1,
};

/** Can this version read a fact of that type and shape? */
export const isKnown = (type: string, schema: number): boolean =>
  type in factVersions && schema <= factVersions[type as FactType];

/** Grows with every fact and every new shape: a log with a higher one was written by a newer version. */
export const factsGeneration: number = Object.values(factVersions).reduce((total, version) => total + version, 0);

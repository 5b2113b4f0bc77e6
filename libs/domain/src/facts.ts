import type { AccountEvent, PersonDetails } from './account/account.js';
import type { AgreementEvent } from './agreement/agreement-facts.js';
import type { ApplicationContents } from './application/application-contents.js';
import type { ApplicationEvent } from './application/application.js';
import type { AwardEvent } from './award/award-facts.js';
import type { EnvelopeEvent } from './award/envelope-facts.js';
import type { Budget } from './application/budget.js';
import type { CallEvent } from './call/call.js';
import type { CommissionEvent } from './commission/commission-facts.js';
import type { InstitutionEvent } from './institution/institution.js';
import type { NoticeEvent } from './notice/notice.js';
import type { OrganisationEvent } from './organisation/organisation.js';
import type { QuestionEvent } from './question/question.js';
import type { ReadingEvent } from './reading/reading.js';
import type { RemindersEvent } from './reminder/reminders.js';
import type { RoundEvent } from './reminder/round.js';
import type { ReportContents, ReportEvent } from './report/report-facts.js';
import type { ReviewContents, ReviewEvent } from './review/review-facts.js';
import type { ReviewerEvent } from './review/reviewer-facts.js';
import type { WebhookEvent } from './webhook/webhook.js';

/** What people wrote: on content streams only, which can be deleted for good. */
export type ContentEvent =
  | ({ type: 'PersonDescribed' } & PersonDetails)
  | { type: 'ApplicationWritten'; contents: ApplicationContents }
  | { type: 'DocumentNamed'; document: string; filename: string }
  | { type: 'QuestionWritten'; text: string }
  | { type: 'CommentWritten'; text: string }
  | { type: 'ReviewWritten'; contents: ReviewContents }
  | { type: 'RevisedBudgetWritten'; budget: Budget }
  | { type: 'AppealWritten'; text: string }
  | { type: 'BankAccountWritten'; iban: string; holder: string }
  | { type: 'ObservationsWritten'; text: string }
  | { type: 'ReportWritten'; contents: ReportContents };

/** What is for ever: ids, codes, amounts, dates, hashes, and what institutions publish or decide with. */
export type RecordEvent =
  | CallEvent
  | ApplicationEvent
  | QuestionEvent
  | OrganisationEvent
  | InstitutionEvent
  | AccountEvent
  | NoticeEvent
  | RemindersEvent
  | RoundEvent
  | ReadingEvent
  | ReviewerEvent
  | ReviewEvent
  | CommissionEvent
  | EnvelopeEvent
  | AwardEvent
  | AgreementEvent
  | ReportEvent
  | WebhookEvent;

export type Fact = RecordEvent | ContentEvent;
export type FactType = Fact['type'];

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
  SpecificationsSet: 2,
  RubricSet: 1,
  ScheduleSet: 2,
  EnvelopesSet: 1,
  CallApproved: 1,
  ApprovalsFell: 1,
  CallPublished: 2,
  RectifyingNoticePublished: 1,
  ShiftProposed: 2,
  OutsideAnswerRecorded: 1,
  ShiftAgreed: 1,
  ShiftRefused: 1,
  ShiftWithdrawn: 1,
  ShiftExpired: 1,
  ScheduleShifted: 2,
  PaymentYearAsked: 1,
  PaymentYearAnswered: 1,
  OutageExtensionGranted: 2,
  OutageExtensionRatified: 1,
  OutageLeftUnratified: 1,
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
  DatesAsked: 1,
  DatesConfirmed: 1,
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
  Unsubscribed: 1,
  Resubscribed: 1,
  PersonForgotten: 1,
  CalendarTokenRenewed: 1,
  NoticeIssued: 2,
  NoticeDelivered: 2,
  NoticeBounced: 1,
  NoticePassedOn: 1,
  NoticeGivenUp: 2,
  NoticeResent: 1,
  ReminderPolicySet: 1,
  ReminderRoundOpened: 1,
  ReminderRoundLapsed: 2,
  ContentsRead: 1,
  CompletionRequested: 1,
  CompletionExtended: 1,
  FileCompleted: 1,
  DeclaredAdmissible: 1,
  RefusedBeforehand: 1,
  AdmissibilityCorrected: 1,
  FileHandedOver: 1,
  ReviewerAppointed: 1,
  ReviewerDismissed: 1,
  InterestsDeclared: 1,
  ConflictConfirmed: 1,
  ReviewAssigned: 1,
  AssignmentDeclined: 1,
  AssignmentWithdrawn: 1,
  ReviewSaved: 1,
  ReviewSubmitted: 1,
  ReviewAmended: 1,
  CommissionMemberAppointed: 1,
  CommissionMemberRemoved: 1,
  MemberInterestsDeclared: 1,
  SessionPlanned: 1,
  SessionConvened: 1,
  SessionMoved: 1,
  AttendanceRecorded: 1,
  SessionOpened: 1,
  SessionAdjourned: 1,
  MemberRecused: 1,
  ApplicantHeard: 1,
  BallotCast: 1,
  VoteRecorded: 1,
  CastingVoteGiven: 1,
  TieSettled: 1,
  TieUnsettled: 1,
  RankingAdopted: 1,
  MinutesDrafted: 1,
  MinutesCommented: 1,
  MinutesSigned: 1,
  FundsReserved: 1,
  ReservationRefused: 1,
  FundsReleased: 1,
  AwardDecided: 1,
  AwardPending: 1,
  AwardGranted: 1,
  AwardFailed: 1,
  AwardSettled: 1,
  AwardNotified: 1,
  ReducedAmountAccepted: 1,
  AwardDeclined: 1,
  CalledUpFromReserve: 1,
  AppealLodged: 1,
  AppealAnswered: 1,
  AgreementDrafted: 1,
  AgreementSigned: 1,
  SignatureExtended: 1,
  AgreementConcluded: 1,
  InstalmentsPlanned: 1,
  PaymentRequested: 1,
  ServiceCertified: 1,
  PaymentApproved: 1,
  PaymentRecorded: 1,
  PaymentsSuspended: 1,
  PaymentsResumed: 1,
  BankAccountGiven: 1,
  BankAccountChecked: 1,
  RecoveryAnnounced: 1,
  RecoveryObserved: 1,
  RecoveryOrdered: 1,
  RecoveryDropped: 1,
  RecoveryPaid: 1,
  FileClosed: 1,
  ReportExpected: 1,
  ReportExtended: 1,
  ReportSubmitted: 1,
  ReportReturned: 1,
  ReportAccepted: 1,
  ReportWaived: 1,
  WebhookRegistered: 1,
  WebhookPaused: 1,
  WebhookResumed: 1,
  WebhookSecretRotated: 1,
  WebhookReplayed: 1,
  WebhookDeleted: 1,
  PersonDescribed: 1,
  ApplicationWritten: 1,
  DocumentNamed: 1,
  QuestionWritten: 1,
  CommentWritten: 1,
  ReviewWritten: 1,
  RevisedBudgetWritten: 1,
  AppealWritten: 1,
  BankAccountWritten: 1,
  ObservationsWritten: 1,
  ReportWritten: 1,
};

/** Can this version read a fact of that type and shape? */
export const isKnown = (type: string, schema: number): boolean =>
  type in factVersions && schema <= factVersions[type as FactType];

/** Grows with every fact and every new shape: a log with a higher one was written by a newer version. */
export const factsGeneration: number = Object.values(factVersions).reduce((total, version) => total + version, 0);

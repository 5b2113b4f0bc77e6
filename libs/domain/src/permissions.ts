import type { CommandType } from './commands.js';
import type { Role } from './roles.js';

/**
 * Who may do what: one line for each command. A role counts where its grant lies on the thing commanded
 * (its lead institutions, its organisation, the person concerned). Source: lifecycle, "Who may do what".
 */
export const commandRoles: Record<CommandType, readonly Role[]> = {
  // Letter of intent
  DraftCall: ['administrator'],
  CopyCall: ['administrator'],
  ReviseHeading: ['administrator'],
  SignLetterOfIntent: ['signatory', 'delegate'],
  // Preparation
  NameReferent: ['administrator'],
  InvitePartner: ['administrator'],
  WithdrawPartnerInvitation: ['administrator'],
  AnswerPartnerInvitation: ['partner', 'administrator'],
  OverrideSilentPartner: ['administrator'],
  AssociateAuthority: ['administrator'],
  DissociateAuthority: ['administrator'],
  CommentPreparation: ['administrator', 'signatory', 'case-officer', 'finance-officer', 'partner'],
  SetSpecifications: ['administrator'],
  SetRubric: ['administrator'],
  SetSchedule: ['administrator'],
  SetEnvelopes: ['administrator', 'finance-officer'],
  ApproveCall: ['signatory', 'delegate'],
  PublishCall: ['administrator'],
  // Schedule
  ProposeShift: ['administrator'],
  RecordOutsideAnswer: ['administrator'],
  AgreeToShift: ['administrator', 'signatory', 'delegate'],
  RefuseShift: ['administrator', 'signatory'],
  WithdrawShift: ['administrator', 'signatory'],
  AnswerPaymentYear: ['finance-officer'],
  ExpireShift: ['system'],
  RecordOutage: ['signatory', 'delegate'],
  RatifyOutage: ['signatory', 'delegate'],
  FlagUnratifiedOutage: ['system'],
  GrantExtension: ['administrator'],
  // Ends
  CancelCall: ['signatory', 'delegate'],
  DeclareUnsuccessful: ['signatory', 'delegate'],
  DropEnding: ['signatory', 'administrator'],
  UnsealContents: ['system'],
  // Submission
  StartApplication: ['preparer', 'submitter'],
  SaveDraft: ['preparer', 'submitter'],
  AttachDocument: ['preparer', 'submitter'],
  RemoveDocument: ['preparer', 'submitter'],
  SubmitApplication: ['submitter'],
  ReplaceSubmission: ['submitter'],
  WithdrawApplication: ['submitter'],
  RegisterPaperFiling: ['case-officer'],
  ShareFile: ['submitter'],
  UnshareFile: ['submitter'],
  AskDates: ['system'],
  ConfirmDates: ['submitter'],
  ForgetContents: ['submitter', 'administrator'],
  // Questions
  AskQuestion: ['person'],
  AnswerQuestion: ['administrator', 'case-officer'],
  CorrectAnswer: ['administrator', 'case-officer'],
  // Admissibility
  RequestCompletion: ['case-officer', 'administrator'],
  ExtendCompletion: ['case-officer', 'administrator'],
  CompleteFile: ['submitter'],
  DeclareAdmissible: ['case-officer', 'administrator'],
  RefuseBeforehand: ['administrator', 'signatory'],
  CorrectAdmissibility: ['administrator'],
  HandOverFile: ['case-officer', 'administrator'],
  // Review
  AppointReviewer: ['administrator'],
  DismissReviewer: ['administrator'],
  DeclareInterests: ['reviewer'],
  ConfirmConflict: ['administrator'],
  AssignReview: ['administrator'],
  DeclineAssignment: ['reviewer'],
  WithdrawAssignment: ['administrator'],
  SaveReview: ['reviewer'],
  SubmitReview: ['reviewer'],
  AmendReview: ['reviewer'],
  // Commission
  AppointMember: ['administrator'],
  RemoveCommissionMember: ['administrator'],
  DeclareMemberInterests: ['member', 'chair'],
  PlanSession: ['administrator'],
  MoveSession: ['administrator', 'system'],
  ConveneSession: ['administrator', 'case-officer', 'chair'],
  RecordAttendance: ['administrator', 'case-officer'],
  OpenSession: ['chair'],
  AdjournSession: ['chair'],
  RecuseMember: ['administrator', 'case-officer', 'chair', 'member'],
  HearApplicant: ['administrator', 'case-officer', 'chair'],
  CastBallot: ['member', 'chair'],
  RecordVote: ['administrator', 'case-officer', 'chair'],
  GiveCastingVote: ['chair'],
  AdoptRanking: ['chair'],
  DraftMinutes: ['administrator', 'case-officer'],
  CommentMinutes: ['member', 'chair', 'case-officer'],
  SignMinutes: ['chair'],
  // Award
  ReserveFunds: ['system'],
  ReleaseFunds: ['system'],
  DecideAward: ['signatory', 'delegate'],
  GrantAward: ['system'],
  FailAward: ['system'],
  NotifyAward: ['signatory', 'delegate', 'administrator'],
  AcceptReducedAmount: ['submitter'],
  DeclineAward: ['submitter', 'system'],
  CallUpFromReserve: ['signatory', 'delegate'],
  LodgeAppeal: ['submitter'],
  AnswerAppeal: ['signatory', 'delegate'],
  // Agreement and payment
  DraftAgreement: ['administrator', 'case-officer'],
  SignAgreement: ['signatory', 'delegate', 'submitter'],
  ExtendSignature: ['case-officer', 'finance-officer', 'administrator'],
  PlanInstalments: ['finance-officer'],
  RequestPayment: ['submitter', 'case-officer'],
  CertifyService: ['case-officer'],
  ApprovePayment: ['finance-officer', 'signatory'],
  RecordPayment: ['finance-officer'],
  SuspendPayments: ['finance-officer', 'administrator'],
  ResumePayments: ['finance-officer', 'administrator'],
  GiveBankAccount: ['submitter'],
  CheckBankAccount: ['finance-officer', 'case-officer'],
  AnnounceRecovery: ['finance-officer', 'administrator'],
  ObserveRecovery: ['submitter'],
  OrderRecovery: ['signatory', 'delegate'],
  DropRecovery: ['finance-officer', 'administrator'],
  RecordRecovery: ['finance-officer'],
  CloseFile: ['administrator'],
  // Reports
  ExpectReport: ['system'],
  ExtendReport: ['case-officer', 'finance-officer', 'administrator'],
  SubmitReport: ['submitter'],
  ReturnReport: ['case-officer', 'administrator'],
  AcceptReport: ['case-officer', 'administrator'],
  WaiveReport: ['system', 'administrator'],
  // Organisations
  RegisterOrganisation: ['person'],
  CorrectOrganisation: ['submitter', 'case-officer'],
  ClaimOrganisation: ['person'],
  ConfirmClaim: ['submitter', 'case-officer'],
  RejectClaim: ['submitter', 'case-officer'],
  InviteColleague: ['submitter'],
  JoinOrganisation: ['person'],
  ChangePower: ['submitter'],
  RemoveMember: ['submitter'],
  // Institutions
  RegisterInstitution: ['operator'],
  GrantDelegation: ['signatory'],
  RevokeDelegation: ['signatory'],
  // People
  OpenAccount: ['anyone'],
  ChangeDetails: ['self'],
  GrantRole: ['operator', 'administrator', 'system'],
  WithdrawRole: ['operator', 'administrator'],
  InviteToSignIn: ['anyone'],
  SignIn: ['anyone'],
  IssueToken: ['self', 'operator', 'system'],
  RevokeToken: ['self', 'operator'],
  Unsubscribe: ['self'],
  UnsubscribeByLink: ['anyone'],
  Resubscribe: ['self'],
  ForgetPerson: ['self', 'operator'],
  RenewCalendarToken: ['self'],
  // Webhooks
  RegisterWebhook: ['administrator'],
  PauseWebhook: ['administrator'],
  GiveUpWebhook: ['system'],
  ResumeWebhook: ['administrator'],
  RotateWebhookSecret: ['administrator'],
  ReplayWebhook: ['administrator'],
  DeleteWebhook: ['administrator'],
  // The service itself
  IssueNotice: ['system'],
  RecordDelivery: ['system'],
  RecordBounce: ['system'],
  PassOnNotice: ['system'],
  GiveUpNotice: ['system'],
  // Reminders
  SetReminderPolicy: ['administrator'],
  OpenReminderRound: ['system'],
  LapseReminderRound: ['system'],
  ResendNotice: ['administrator', 'case-officer', 'operator'],
  TraceReading: [
    'administrator',
    'case-officer',
    'finance-officer',
    'auditor',
    'signatory',
    'reviewer',
    'member',
    'chair',
  ],
};

/** Staff of an institution, whose work the call is. */
const staff: readonly Role[] = ['administrator', 'signatory', 'delegate', 'case-officer', 'finance-officer'];
const applicant: readonly Role[] = ['preparer', 'submitter'];
/** What they are to judge, once they declared their interests. */
const judging: readonly Role[] = ['reviewer', 'member', 'chair'];

/** Who may read what. Lists show each person what these roles reach, and nothing else exists for them. */
export const viewRoles = {
  /** Published calls are everybody's; before that, the leads' staff and the partners who joined. */
  Call: ['anyone', ...staff, 'partner', 'auditor'],
  Preparation: [...staff, 'partner', 'auditor'],
  CallStory: ['anyone', ...staff, 'partner', 'auditor'],
  ShiftPreview: [...staff],
  Questions: ['anyone'],
  QuestionsAsked: ['administrator', 'case-officer', 'auditor'],
  /** Counts before the contents are unsealed, files after. */
  Applications: [...staff, 'auditor', ...applicant, ...judging],
  Application: [...staff, 'auditor', ...applicant, ...judging],
  ApplicationContents: [
    'administrator',
    'case-officer',
    'finance-officer',
    'auditor',
    'signatory',
    ...applicant,
    ...judging,
  ],
  ApplicationStory: [...staff, 'auditor', ...applicant, ...judging],
  DryRun: [...applicant],
  /** A reviewer sees their own line; those who run the call, all. */
  Reviewers: ['administrator', 'signatory', 'case-officer', 'auditor', 'reviewer'],
  /** Names only, to declare interests on: applicants, partners, titles. */
  Names: ['administrator', 'case-officer', 'reviewer', 'member', 'chair'],
  SuspectedConflicts: ['administrator'],
  /** What a reviewer writes themselves, draft or submitted. */
  Review: ['reviewer'],
  /** Scores and comments; a reviewer sees what is theirs. */
  Reviews: ['administrator', 'signatory', 'case-officer', 'auditor', 'reviewer', 'member', 'chair'],
  Commission: ['administrator', 'signatory', 'delegate', 'case-officer', 'auditor', 'member', 'chair'],
  Ranking: ['administrator', 'signatory', 'delegate', 'case-officer', 'finance-officer', 'auditor', 'member', 'chair'],
  Minutes: ['administrator', 'signatory', 'delegate', 'case-officer', 'auditor', 'member', 'chair'],
  Envelopes: [...staff, 'auditor'],
  /** To the applicant once notified. */
  Award: [...staff, 'auditor', ...applicant],
  Agreement: [...staff, 'auditor', ...applicant],
  /** The whole IBAN: who pays, and whose it is. */
  BankAccount: ['finance-officer', ...applicant],
  /** Per line of a call: awarded, paid, recovered. */
  Funding: [...staff, 'auditor'],
  Reports: [...staff, 'auditor', ...applicant],
  SetAside: ['operator'],
  Webhooks: ['administrator'],
  /** The address is the key: whoever has it reads. */
  Calendar: ['anyone'],
  Readings: ['administrator', 'auditor', ...applicant],
  Receipt: ['anyone'],
  Organisations: ['case-officer', 'auditor', 'person'],
  Organisation: ['case-officer', 'auditor', ...applicant],
  Institutions: ['anyone'],
  Institution: [...staff, 'partner', 'operator', 'auditor'],
  People: ['operator', 'administrator'],
  Person: ['self', 'operator', 'administrator'],
  Tokens: ['self', 'operator'],
  Notices: ['self', 'operator'],
  /** What is due in a call, what is late, and the reminders of it. */
  Deadlines: [...staff, 'auditor'],
  /** Of one person in a call: what they were sent, what they will be. */
  PersonReminders: ['administrator'],
  Subscriptions: ['self'],
  /** The page behind the link of a message; the link itself is the permission. */
  UnsubscribePage: ['anyone'],
  /** Messages of a call that reached nobody. */
  Undelivered: ['administrator', 'case-officer'],
  UndeliveredEverywhere: ['operator'],
  MessagePreview: ['operator', 'administrator'],
  Me: ['person'],
  Service: ['anyone'],
} satisfies Record<string, readonly Role[]>;

export type ViewName = keyof typeof viewRoles;

/** Of those who may read this, whoever runs the call and auditors: neither applicants nor who judges. */
export const insidersOf = (view: ViewName): readonly Role[] =>
  viewRoles[view].filter((role) => !applicant.includes(role) && !judging.includes(role));

/** What changes the service and not the log. */
export const serviceRoles = {
  RebuildViews: ['operator'],
  CopyViews: ['operator'],
  ReplaySetAside: ['operator'],
} satisfies Record<string, readonly Role[]>;

export type ServiceActName = keyof typeof serviceRoles;

import type { CommandType } from './facts.js';
import { fundingRefusals } from './refusals-funding.js';
import { selectionRefusals } from './refusals-selection.js';
import { signature } from './refusals-shared.js';

const known = ['CallUnknown', 'NotAllowed'];
const open = [...known, 'CallEnded'];
const preparing = [...open, 'PreparationClosed', 'AlreadyPublished'];
const published = [...open, 'NotPublished'];
const bounds = ['MilestonesOutOfOrder', 'WindowOutOfBounds', 'QuestionsOutOfBounds'];
const unresolved = ['MilestoneDatedTwice', 'MilestoneUnknown', 'ScheduleCycle', 'MilestoneUndated'];
const answering = [...open, 'PreparationClosed', 'ProposalUnknown'];
const moving = ['DateInPast', 'ContentsUnsealed', ...bounds];
const settling = ['ProposalOutdated', ...moving];
const file = ['ApplicationUnknown', 'NotAllowed', 'ContentsForgotten'];
const filing = [...file, 'CallUnknown', 'CallEnded', 'CallClosed'];
const person = ['PersonUnknown', 'NotAllowed', 'PersonForgotten'];
const organisation = ['OrganisationUnknown', 'NotAllowed'];
const identifiers = ['IdentifierMissing', 'SiretInvalid', 'RnaInvalid', 'IdentifierFixed'];

/**
 * What each command may be refused for. The documentation of the routes comes from here; refusals.spec.ts keeps it
 * equal to the rules, and the tests of the service to what it answers.
 */
export const refusals: Record<CommandType, readonly string[]> = {
  DraftCall: ['NotAllowed', 'CallExists', 'LeadMissing', 'LeadTwice', 'LeadUnknown'],
  CopyCall: [...known, 'CallExists'],
  ReviseHeading: [...open, 'AlreadyPublished', 'LeadMissing', 'LeadTwice', 'LeadUnknown', 'LeadsFixed'],
  SignLetterOfIntent: [...open, 'AlreadySigned', ...signature],
  NameReferent: [...open, 'PersonUnknown', 'AlreadyReferent'],
  InvitePartner: [...preparing, 'InstitutionUnknown', 'PartnerIsLead', 'AlreadyInvited'],
  WithdrawPartnerInvitation: [...preparing, 'PartnerUnknown'],
  AnswerPartnerInvitation: [...preparing, 'PartnerUnknown', 'AlreadyAnswered'],
  OverrideSilentPartner: [...preparing, 'PartnerUnknown', 'PartnerAnswered', 'PartnerOptional', 'AlreadyOverridden'],
  AssociateAuthority: [...open, 'AlreadyPublished', 'AlreadyAssociated'],
  DissociateAuthority: [...open, 'AlreadyPublished', 'NotAssociated'],
  CommentPreparation: preparing,
  SetSpecifications: [...preparing, 'SealingCompulsory', 'ExtensionNotAllowed', 'DocumentTwice'],
  SetRubric: [...preparing, 'CriterionTwice', 'ScaleReversed', 'AnchorOutsideScale'],
  SetSchedule: [...preparing, 'ShiftPending', 'ScheduleSetElsewhere', 'NoDerogation', ...unresolved, ...bounds],
  SetEnvelopes: [...preparing, 'NoEnvelopeForAmi', 'FunderNotLead', 'FunderTwice'],
  ApproveCall: [...preparing, 'AlreadyApproved', 'AgreementTooLate', ...signature, 'DelegationCeilingExceeded'],
  PublishCall: [
    ...preparing,
    'SpecificationsMissing',
    'SealingCompulsory',
    'ExtensionNotAllowed',
    'RubricMissing',
    'WeightsNot100',
    'EnvelopeMissing',
    'NoEnvelopeForAmi',
    'FunderNotLead',
    'FunderTwice',
    'PartnerSilent',
    'ShiftPending',
    'EndingPending',
    'ScheduleMissing',
    'ScheduleIncomplete',
    'PublicationNotDue',
    'DeadlinePassed',
    'ApprovalMissing',
    ...bounds,
  ],
  ProposeShift: [
    ...preparing,
    'ScheduleMissing',
    'NothingMoves',
    ...moving,
    'ShiftPending',
    'OutsideAuthorityNotAsked',
    'MilestoneDatedTwice',
  ],
  RecordOutsideAnswer: [...answering, ...settling, 'NobodyAsked', 'AlreadyAnswered'],
  AgreeToShift: [...answering, ...settling, 'AlreadyAgreed', ...signature],
  RefuseShift: [...answering, 'OwnProposal'],
  WithdrawShift: [...answering, 'NotYourProposal'],
  RecordOutage: [
    ...published,
    ...signature,
    'PeriodReversed',
    'OutageOutsideWindow',
    'NotLater',
    'DateInPast',
    'ContentsUnsealed',
    'MilestonesOutOfOrder',
    'WindowOutOfBounds',
  ],
  RatifyOutage: [...published, 'OutageUnknown', 'AlreadyRatified', ...signature],
  GrantExtension: [
    ...published,
    'ExtensionNotAllowed',
    'ContentsUnsealed',
    'DateInPast',
    'NotLater',
    'MilestonesOutOfOrder',
  ],
  CancelCall: [...open, 'OtherEndingPending', 'AlreadyAgreed', ...signature],
  DeclareUnsuccessful: [...published, 'WindowOpen', 'OtherEndingPending', 'AlreadyAgreed', ...signature],
  DropEnding: [...open, 'NoEndingPending'],
  UnsealContents: [...published, 'WindowOpen'],
  StartApplication: ['NotAllowed', 'CallUnknown', 'CallEnded', 'CallClosed', 'AlreadyStarted', 'SecondFile'],
  SaveDraft: [...filing, 'CompletionClosed'],
  AttachDocument: [
    ...filing,
    'CompletionClosed',
    'DocumentNotReopened',
    'DocumentCodeUnknown',
    'TooManyDocuments',
    'AlreadyAttached',
  ],
  RemoveDocument: [...filing, 'CompletionClosed', 'DocumentNotReopened', 'DocumentUnknown'],
  SubmitApplication: [...filing, 'FiledOnPaper', 'AlreadySubmitted', 'ReportOverdue', 'ApplicationIncomplete'],
  ReplaceSubmission: [
    ...filing,
    'FiledOnPaper',
    'NotSubmitted',
    'ReportOverdue',
    'ApplicationIncomplete',
    'NothingChanged',
  ],
  WithdrawApplication: [...file, 'NotSubmitted'],
  RegisterPaperFiling: [
    'NotAllowed',
    'CallUnknown',
    'NotPublished',
    'OrganisationUnknown',
    'DateInFuture',
    'BeforePublication',
    'SecondFile',
    'FiledOnPaper',
    'AlreadySubmitted',
  ],
  ShareFile: [...filing, 'OrganisationUnknown', 'AlreadyShared'],
  UnshareFile: [...filing, 'NotShared'],
  ForgetContents: [...file, 'ContentsNeeded'],
  AskQuestion: ['QuestionExists', 'NotPublished', 'QuestionsClosed'],
  AnswerQuestion: ['QuestionUnknown', 'NotAllowed', 'NotPublished', 'AlreadyAnswered'],
  CorrectAnswer: ['QuestionUnknown', 'NotAllowed', 'NotPublished', 'NotAnswered'],
  ...selectionRefusals,
  ...fundingRefusals,
  RegisterOrganisation: ['NotAllowed', 'OrganisationExists', ...identifiers],
  CorrectOrganisation: [...organisation, ...identifiers],
  ClaimOrganisation: [...organisation, 'AlreadyMember', 'AlreadyInvited', 'AlreadyClaimed'],
  ConfirmClaim: [...organisation, 'NotClaimed', 'OwnClaim'],
  RejectClaim: [...organisation, 'NotClaimed', 'OwnClaim'],
  InviteColleague: [...organisation, 'AlreadyMember', 'AlreadyInvited'],
  JoinOrganisation: [...organisation, 'NotInvited'],
  ChangePower: [...organisation, 'NotMember', 'PowerHeld', 'LastSubmitter'],
  RemoveMember: [...organisation, 'NotMember', 'LastSubmitter'],
  RegisterInstitution: ['NotAllowed', 'InstitutionExists'],
  GrantDelegation: ['InstitutionUnknown', 'NotAllowed', 'OwnDelegation', 'PeriodReversed', 'DelegationOver'],
  RevokeDelegation: ['InstitutionUnknown', 'NotAllowed', 'DelegationUnknown', 'DelegationRevoked'],
  OpenAccount: ['AccountExists'],
  ChangeDetails: person,
  GrantRole: [...person, 'ScopeOfRole', 'OwnRole', 'RoleHeld'],
  WithdrawRole: [...person, 'RoleNotHeld'],
  InviteToSignIn: ['PersonUnknown', 'PersonForgotten'],
  SignIn: ['PersonUnknown', 'PersonForgotten', 'InvitationUnknown', 'InvitationUsed', 'InvitationExpired'],
  IssueToken: [...person, 'TokenExists'],
  RevokeToken: [...person, 'TokenUnknown', 'TokenRevoked'],
  ForgetPerson: person,
  IssueNotice: ['NoticeIssued'],
  RecordDelivery: ['NoticeUnknown'],
  GiveUpNotice: ['NoticeUnknown'],
  SetReminderPolicy: [...open, 'ReminderStepInvalid'],
  OpenReminderRound: ['RoundSettled'],
  LapseReminderRound: ['RoundSettled'],
  TraceReading: [],
};

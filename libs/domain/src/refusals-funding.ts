import type { AgreementCommand } from './agreement/agreement-facts.js';
import type { AwardCommand } from './award/award-facts.js';
import type { EnvelopeCommand } from './award/envelope-facts.js';
import { signature } from './refusals-shared.js';
import type { ReportCommand } from './report/report-facts.js';

type Funding = (EnvelopeCommand | AwardCommand | AgreementCommand | ReportCommand)['type'];

const report = ['ReportUnknown', 'NotAllowed', 'ReportSettled'];
const agreed = ['AgreementUnknown', 'NotAllowed', 'FileClosed'];
const instalment = [...agreed, 'InstalmentUnknown'];
const announced = [...agreed, 'RecoveryUnknown', 'RecoverySettled'];
/** What stops a payment, whenever it is asked for or recorded. */
const stopped = ['PaymentsSuspended', 'BankAccountUnchecked', 'AboveAward', 'ReportOverdue'];
const file = ['ApplicationUnknown', 'NotAllowed'];
const decidable = [...file, 'CallEnded', 'NotPublished', 'ContentsSealed', 'NotSubmitted', 'NotAdmissible'];
const award = [...file, 'NotDecided'];
const told = [...file, 'NotNotified'];

/** Of awards, agreements, payments and reports; see refusals.ts. */
export const fundingRefusals: Record<Funding, readonly string[]> = {
  // Award
  ReserveFunds: ['NotAllowed', 'EnvelopeUnknown'],
  ReleaseFunds: ['NotAllowed', 'EnvelopeUnknown'],
  DecideAward: [
    ...decidable,
    'AwardUnderway',
    'AlreadyDecided',
    'RankingMissing',
    'LinesWithoutAward',
    'LineMissing',
    'EnvelopeUnknown',
    'NotYourEnvelope',
    'LineTwice',
    'AmountMissing',
    'AboveRequested',
    'LeadsDisagree',
    'ReasonsMissing',
    'DepartsWithoutReasons',
    ...signature,
    'DelegationCeilingExceeded',
    'EnvelopeExhausted',
  ],
  GrantAward: ['NotAllowed', 'NotDecided', 'AwardNotPending'],
  FailAward: ['NotAllowed', 'NotDecided', 'AwardNotPending'],
  NotifyAward: [
    ...award,
    'AwardUnderway',
    'AlreadyDeclined',
    'AlreadyNotified',
    ...signature,
    'DelegationCeilingExceeded',
  ],
  AcceptReducedAmount: [
    ...told,
    'ContentsForgotten',
    'NotGranted',
    'AlreadyDeclined',
    'AlreadyAccepted',
    'NotReduced',
    'BudgetInvalid',
  ],
  DeclineAward: [...told, 'AwardUnderway', 'NotGranted', 'AlreadyDeclined'],
  CallUpFromReserve: [...decidable, 'NotDecided', 'NotOnReserve', 'NotYourEnvelope', 'ReserveOrder', ...signature],
  LodgeAppeal: [...told, 'AlreadyDeclined', 'AlreadyAppealed', 'AppealTooLate', 'ContentsForgotten'],
  AnswerAppeal: [...award, 'AwardUnderway', 'NoAppeal', ...signature],
  // Agreement
  DraftAgreement: [
    ...agreed,
    'AwardNotGranted',
    'ReducedAmountPending',
    'SignaturesStarted',
    'PeriodMissing',
    'PeriodReversed',
    'PeriodDiffers',
    'AgreementCompulsory',
    'PartyTwice',
    'PartyMissing',
    'PartyNotFunder',
    'PartyUnknown',
  ],
  SignAgreement: [
    ...agreed,
    'NotAParty',
    'AlreadySigned',
    'AwardNotGranted',
    ...signature,
    'DelegationCeilingExceeded',
  ],
  ExtendSignature: [...agreed, 'AlreadyConcluded', 'DateInPast', 'NotLater'],
  PlanInstalments: [
    ...agreed,
    'InstalmentsMisnumbered',
    'LineUnknown',
    'InstalmentsStarted',
    'InstalmentsDontAddUp',
    'AdvanceTooHigh',
    'BalanceNotLast',
  ],
  RequestPayment: [
    ...instalment,
    'NotConcluded',
    'AlreadyRequested',
    'EarlierInstalment',
    'ConditionNotMet',
    ...stopped,
  ],
  CertifyService: [...instalment, 'NotRequested', 'AlreadyCertified', 'OwnRequest'],
  ApprovePayment: [...instalment, 'NotRequested', 'NotCertified', 'ApprovedTwice', 'AlreadyApproved', 'OwnRequest'],
  RecordPayment: [
    ...instalment,
    'AlreadyPaid',
    'NotApproved',
    'ApprovedByYou',
    ...stopped,
    'DateInFuture',
    'CommitmentInvalid',
  ],
  SuspendPayments: [...agreed, 'AlreadySuspended'],
  ResumePayments: [...agreed, 'NotSuspended'],
  GiveBankAccount: [...agreed, 'IbanInvalid', 'ContentsForgotten'],
  CheckBankAccount: [...agreed, 'BankAccountUnknown', 'AlreadyChecked', 'OwnBankAccount'],
  AnnounceRecovery: [...agreed, 'AbovePaid', 'HearingTooShort'],
  ObserveRecovery: [...announced, 'AlreadyObserved', 'ObservationsClosed', 'ContentsForgotten'],
  OrderRecovery: [...announced, ...signature, 'DelegationCeilingExceeded', 'HearingPending', 'AboveAnnounced'],
  DropRecovery: announced,
  RecordRecovery: [...agreed, 'RecoveryUnknown', 'RecoveryPaid', 'RecoveryNotOrdered', 'DateInFuture'],
  CloseFile: [...agreed, 'NotConcluded', 'FilePending', 'ReportsPending'],
  // Reports
  ExpectReport: [],
  ExtendReport: [...report, 'AlreadySubmitted', 'NotLater', 'DateInPast'],
  SubmitReport: [...report, 'AlreadySubmitted', 'ReportIncomplete', 'ContentsForgotten'],
  ReturnReport: [...report, 'NotSubmitted', 'DateInPast'],
  AcceptReport: [...report, 'NotSubmitted'],
  WaiveReport: report,
};

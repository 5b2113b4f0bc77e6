import type { AgreementCommand } from './agreement/agreement-facts.js';
import type { AwardCommand } from './award/award-facts.js';
import type { EnvelopeCommand } from './award/envelope-facts.js';
import type { ReportCommand } from './report/report-facts.js';
import { signature } from './refusals-shared.js';

type Funding = (EnvelopeCommand | AwardCommand | AgreementCommand | ReportCommand)['type'];

const report = ['ReportUnknown', 'NotAllowed', 'ReportSettled'];
const agreed = ['AgreementUnknown', 'NotAllowed', 'FileClosed'];
const instalment = [...agreed, 'InstalmentUnknown'];
const announced = [...agreed, 'RecoveryUnknown', 'RecoverySettled'];
/** What stops a payment, whenever it is asked for or recorded. */
const stopped = ['PaymentsSuspended', 'BankAccountUnchecked', 'AboveAward', 'ReportOverdue'];

/** Of awards, agreements, payments and reports; see refusals.ts. */
export const fundingRefusals: Record<Funding, readonly string[]> = {
  // Award
  ReserveFunds: [],
  ReleaseFunds: [],
  DecideAward: [],
  GrantAward: [],
  FailAward: [],
  NotifyAward: [],
  AcceptReducedAmount: [],
  DeclineAward: [],
  CallUpFromReserve: [],
  LodgeAppeal: [],
  AnswerAppeal: [],
  // Agreement
  DraftAgreement: [
    ...agreed,
    'AwardNotGranted',
    'ReducedAmountPending',
    'SignaturesStarted',
    'PeriodReversed',
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

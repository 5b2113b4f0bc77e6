import type { AgreementCommand } from './agreement/agreement-facts.js';
import type { AwardCommand } from './award/award-facts.js';
import type { EnvelopeCommand } from './award/envelope-facts.js';
import { signature } from './refusals-shared.js';
import type { ReportCommand } from './report/report-facts.js';

type Funding = (EnvelopeCommand | AwardCommand | AgreementCommand | ReportCommand)['type'];

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
  DraftAgreement: [],
  SignAgreement: [],
  PlanInstalments: [],
  RequestPayment: [],
  CertifyService: [],
  ApprovePayment: [],
  RecordPayment: [],
  SuspendPayments: [],
  ResumePayments: [],
  GiveBankAccount: [],
  CheckBankAccount: [],
  AnnounceRecovery: [],
  ObserveRecovery: [],
  OrderRecovery: [],
  DropRecovery: [],
  RecordRecovery: [],
  CloseFile: [],
  // Reports
  ExpectReport: [],
  ExtendReport: [],
  SubmitReport: [],
  ReturnReport: [],
  AcceptReport: [],
  WaiveReport: [],
};

import type { AgreementCommand } from './agreement/agreement-facts.js';
import type { AwardCommand } from './award/award-facts.js';
import type { EnvelopeCommand } from './award/envelope-facts.js';
import type { ReportCommand } from './report/report-facts.js';

type Funding = (EnvelopeCommand | AwardCommand | AgreementCommand | ReportCommand)['type'];

const report = ['ReportUnknown', 'NotAllowed', 'ReportSettled'];

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
  ExtendReport: [...report, 'AlreadySubmitted', 'NotLater', 'DateInPast'],
  SubmitReport: [...report, 'AlreadySubmitted', 'ReportIncomplete', 'ContentsForgotten'],
  ReturnReport: [...report, 'NotSubmitted', 'DateInPast'],
  AcceptReport: [...report, 'NotSubmitted'],
  WaiveReport: report,
};

import { type AgreementEvent, type Party, partyKey } from '#domain/agreement/agreement-facts.js';
import type { AwardEvent } from '#domain/award/award-facts.js';
import type { Fact } from '#domain/facts.js';
import type { NoticeKind } from '#domain/notice/notice.js';
import type { ReportEvent } from '#domain/report/report-facts.js';
import type { Role } from '#domain/roles.js';
import { holdersOf, holdersOfAny } from '#read-models/identity.js';
import type { Views } from '#read-models/views.js';
import { expectedReport, lastOf } from './about.js';
import { leadsOf, unique } from './audiences.js';
import { applicant, type Happening, type Telling, type Tellings } from './telling.js';

const leads =
  (kind: NoticeKind, ...roles: readonly Role[]) =>
  (_: unknown, { views, call }: Happening): Telling => ({ kind, to: leadsOf(views, call, roles) });

/** Who is told of an award, its agreement and its payments. */
export const fundingTellings: Tellings<
  | Extract<
      AwardEvent['type'],
      'AwardNotified' | 'AwardFailed' | 'AwardDeclined' | 'CalledUpFromReserve' | 'AppealLodged' | 'AppealAnswered'
    >
  | Extract<
      AgreementEvent['type'],
      | 'AgreementDrafted'
      | 'SignatureExtended'
      | 'AgreementConcluded'
      | 'PaymentRequested'
      | 'PaymentRecorded'
      | 'PaymentsSuspended'
      | 'PaymentsResumed'
      | 'BankAccountGiven'
      | 'RecoveryAnnounced'
      | 'RecoveryOrdered'
      | 'RecoveryDropped'
    >
> = {
  AwardNotified: applicant('award-notified'),
  AwardFailed: leads('award-failed', 'signatory'),
  AwardDeclined: leads('award-declined', 'administrator', 'signatory'),
  CalledUpFromReserve: leads('called-up', 'signatory'),
  AppealLodged: leads('appeal-lodged', 'administrator', 'signatory'),
  AppealAnswered: applicant('appeal-answered'),
  AgreementDrafted: (fact, { views }) => ({
    kind: 'agreement-drafted',
    to: ofParties(views, fact.parties, { institution: ['signatory'], organisation: ['submitter'] }),
  }),
  SignatureExtended: (_, { views, history }) => ({
    kind: 'signature-extended',
    to: ofParties(views, awaitedIn(history), { institution: ['signatory'], organisation: ['submitter'] }),
  }),
  AgreementConcluded: (_, { views, history }) => ({
    kind: 'agreement-concluded',
    to: ofParties(views, lastOf(history, 'AgreementDrafted')?.parties ?? [], {
      institution: ['administrator', 'signatory', 'finance-officer'],
      organisation: ['preparer', 'submitter'],
    }),
  }),
  PaymentRequested: leads('payment-requested', 'finance-officer'),
  PaymentRecorded: applicant('payment-recorded'),
  PaymentsSuspended: applicant('payments-suspended'),
  PaymentsResumed: applicant('payments-resumed'),
  BankAccountGiven: leads('bank-account-given', 'finance-officer'),
  RecoveryAnnounced: applicant('recovery-announced'),
  RecoveryOrdered: applicant('recovery-ordered'),
  RecoveryDropped: applicant('recovery-dropped'),
};

/** Who is told of what a beneficiary reports. */
export const reportTellings: Tellings<
  Extract<
    ReportEvent['type'],
    'ReportExpected' | 'ReportExtended' | 'ReportSubmitted' | 'ReportReturned' | 'ReportAccepted'
  >
> = {
  ReportExpected: applicant('report-expected'),
  ReportExtended: applicant('report-extended'),
  ReportSubmitted: (fact, { views, history }) => {
    const readers = expectedReport(history, fact.report)?.leads ?? [];
    return { kind: 'report-submitted', to: holdersOfAny(views, 'institution', readers, ['case-officer']) };
  },
  ReportReturned: applicant('report-returned'),
  ReportAccepted: applicant('report-accepted'),
};

/** Those of the last draft that haven't signed it. */
function awaitedIn(history: readonly Fact[]): readonly Party[] {
  const last = history.findLastIndex(({ type }) => type === 'AgreementDrafted');
  const signed = history.slice(last).flatMap((fact) => (fact.type === 'AgreementSigned' ? [partyKey(fact.party)] : []));
  const parties = lastOf(history, 'AgreementDrafted')?.parties ?? [];
  return parties.filter((party) => !signed.includes(partyKey(party)));
}

/** People of the parties to an agreement, by what they are. */
const ofParties = (views: Views, parties: readonly Party[], roles: Record<Party['kind'], readonly Role[]>): string[] =>
  unique(parties.flatMap(({ kind, id }) => holdersOf(views, kind, id, roles[kind])));

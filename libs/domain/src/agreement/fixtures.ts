/** What the specifications of an agreement start from: an award on two funders, 30 000 € of the FIR and 20 000 € of BOP 304. */
import { paris } from '#calendar/paris.js';
import { digest } from '#commands/canonical.js';
import { APPLICANT, association, PARTNER, SUBMITTER } from '../application/fixtures.js';
import type { AwardEvent } from '../award/award-facts.js';
import { evolveAward, noAward } from '../award/evolve.js';
import { ARS, DREETS, given as givenCall, open, registered } from '../call/fixtures.js';
import type { CallEvent } from '../call/call-facts.js';
import type { EnvelopeLine } from '../call/call-contents.js';
import type { Stamp } from '../decider.js';
import { evolveReports, noReports } from '../report/evolve.js';
import type { ReportEvent } from '../report/report-facts.js';
import { specify } from '../specification.js';
import { agreement } from './agreement.js';
import type {
  AgreementContext,
  AgreementEvent,
  AgreementLine,
  Instalment,
  InstalmentCondition,
  Party,
} from './agreement-facts.js';

export { APPLICANT, ARS, association, DREETS, PARTNER, SUBMITTER };

export const ADMIN = '10000000-0000-4000-8000-000000000001';
export const OFFICER = '10000000-0000-4000-8000-000000000002';
export const FINANCE = '10000000-0000-4000-8000-000000000003';
export const SECOND = '10000000-0000-4000-8000-000000000004';
export const SIGNATORY = '10000000-0000-4000-8000-000000000005';
export const ACCOUNTANT = '10000000-0000-4000-8000-000000000006';

export const as = (actingAs: string, by: string, at?: string): Partial<Stamp> => ({ actingAs, by, ...(at && { at }) });
export const admin = as('administrator', ADMIN);
export const officer = as('case-officer', OFFICER);
export const finance = as('finance-officer', FINANCE);
export const accountant = as('finance-officer', ACCOUNTANT);
export const signatory = as('signatory', SIGNATORY);
export const submitter = as('submitter', SUBMITTER);

/** The open call, with these envelopes. */
export const callGiving = (...lines: readonly EnvelopeLine[]) =>
  givenCall(
    ...open.map((event): CallEvent =>
      event.type === 'EnvelopesSet' ? { type: 'EnvelopesSet', envelopes: { subjectToFunds: false, lines } } : event,
    ),
  ).state;
export const fir = { funder: ARS, programme: 'FIR', year: 2021, amountCents: 90_000_000 };
export const bop304 = { funder: DREETS, programme: 'BOP 304', year: 2021, amountCents: 90_000_000 };

/** What was awarded, of these lines; as much was requested. */
export const granted = (...amounts: readonly number[]) => {
  const amountCents = amounts.reduce((total, amount) => total + amount, 0);
  return {
    type: 'AwardGranted',
    call: 'call-1',
    attempt: 1,
    organisation: APPLICANT,
    lines: amounts.flatMap((each, index) => (each > 0 ? [{ line: index + 1, amountCents: each }] : [])),
    amountCents,
    requestedCents: amountCents,
  } satisfies AwardEvent;
};
export const awardAfter = (...events: readonly AwardEvent[]) => events.reduce(evolveAward, noAward);
export const reportsAfter = (...events: readonly ReportEvent[]) => events.reduce(evolveReports, noReports);
export const reportExpected = {
  type: 'ReportExpected',
  report: 'report-1',
  kind: 'activity',
  application: 'file-1',
  call: 'call-1',
  leads: [ARS, DREETS],
  dueOn: '2022-06-30',
} satisfies ReportEvent;

export const ofArs: Party = { kind: 'institution', id: ARS };
export const ofDreets: Party = { kind: 'institution', id: DREETS };
export const ofApplicant: Party = { kind: 'organisation', id: APPLICANT };
export const lines: AgreementLine[] = [
  { line: 1, amountCents: 3_000_000, funder: ARS, programme: 'FIR', year: 2021 },
  { line: 2, amountCents: 2_000_000, funder: DREETS, programme: 'BOP 304', year: 2021 },
];
export const ABOVE_OF_FIR = 'Plus de 23 000,00 € par an : convention obligatoire (CSP R1435-30).';
export const BELOW_OF_STATE = '23 000,00 € par an au plus : un arrêté suffit (loi 2000-321 art. 10, décret 2001-495).';

export const drafted = {
  type: 'AgreementDrafted',
  call: 'call-1',
  organisation: APPLICANT,
  form: 'agreement',
  object: 'Le café des parents',
  parties: [ofArs, ofDreets, ofApplicant],
  lines,
  yearly: [
    { funder: ARS, year: 2021, amountCents: 3_000_000, compulsory: true, rule: ABOVE_OF_FIR },
    { funder: DREETS, year: 2021, amountCents: 2_000_000, compulsory: false, rule: BELOW_OF_STATE },
  ],
  startsOn: '2021-11-01',
  endsOn: '2022-10-31',
} satisfies AgreementEvent;
const byOffice = { kind: 'office' } as const;
export const signedBy = (party: Party): AgreementEvent => ({
  type: 'AgreementSigned',
  party,
  capacity: party.kind === 'organisation' ? { kind: 'beneficiary' } : byOffice,
});
export const agreed = {
  type: 'AgreementConcluded',
  call: 'call-1',
  organisation: APPLICANT,
  concludedOn: '2021-11-15',
  amountCents: 5_000_000,
  endsOn: '2022-10-31',
  publishBefore: '2022-02-15',
} satisfies AgreementEvent;
/** Signed by all three on 15 November 2021. */
export const concluded: AgreementEvent[] = [
  drafted,
  signedBy(ofArs),
  signedBy(ofDreets),
  signedBy(ofApplicant),
  agreed,
];

export const instalment = (
  number: number,
  line: number,
  kind: Instalment['kind'],
  amountCents: number,
  condition: InstalmentCondition = { kind: 'signature' },
): Instalment => ({ number, line, kind, amountCents, condition });
/** Half of each line on signature; the rest of the FIR on the activity report, that of BOP 304 from 1 March. */
export const plan: Instalment[] = [
  instalment(1, 1, 'advance', 1_500_000),
  instalment(2, 2, 'advance', 1_000_000),
  instalment(3, 1, 'balance', 1_500_000, { kind: 'report', report: 'activity' }),
  instalment(4, 2, 'balance', 1_000_000, { kind: 'date', on: '2022-03-01' }),
];
export const planned = { type: 'InstalmentsPlanned', instalments: plan } satisfies AgreementEvent;
export const content = { version: 0, hash: 'a'.repeat(64) };
/** A valid IBAN, the one the standard itself gives as an example. */
export const IBAN = 'FR1420041010050500013M02606';
export const bankGiven = {
  type: 'BankAccountGiven',
  account: 1,
  ending: '2606',
  content,
  person: SUBMITTER,
} satisfies AgreementEvent;
export const bankChecked = { type: 'BankAccountChecked', account: 1 } satisfies AgreementEvent;
/** Concluded, planned, and an account to pay to. */
export const payable: AgreementEvent[] = [...concluded, planned, bankGiven, bankChecked];

type FactOf<T extends AgreementEvent['type']> = Extract<AgreementEvent, { type: T }>;
export const requested = (number: number): FactOf<'PaymentRequested'> => ({
  type: 'PaymentRequested',
  instalment: number,
  person: SUBMITTER,
});
export const certified = (number: number): FactOf<'ServiceCertified'> => ({
  type: 'ServiceCertified',
  instalment: number,
  person: OFFICER,
});
export const approved = (number: number, person = FINANCE): FactOf<'PaymentApproved'> => ({
  type: 'PaymentApproved',
  instalment: number,
  level: 1,
  last: true,
  person,
});
export const paid = (number: number, amountCents: number): FactOf<'PaymentRecorded'> => ({
  type: 'PaymentRecorded',
  instalment: number,
  amountCents,
  paidOn: '2021-11-20',
  commitment: '2100456789',
});
/** From request to payment. */
export const paying = (number: number, amountCents: number): AgreementEvent[] => [
  requested(number),
  certified(number),
  approved(number),
  paid(number, amountCents),
];
/** Both advances are paid: 15 000 € of the FIR, 10 000 € of BOP 304. */
export const advanced: AgreementEvent[] = [...payable, ...paying(1, 1_500_000), ...paying(2, 1_000_000)];

const stamp: Stamp = { at: '2021-11-20T08:00:00Z', by: ADMIN, actingAs: 'administrator', id: 'file-1' };
const context: AgreementContext = {
  calendar: paris,
  digest,
  call: callGiving(fir, bop304),
  award: awardAfter(granted(3_000_000, 2_000_000)),
  organisation: association,
  institution: registered,
  parties: [registered, registered, association],
  reports: noReports,
};

/** An administrator of the ARS acts on 20 November 2021, unless a step says otherwise. */
export const given = specify(agreement, stamp, context);
export const UNKNOWN = "Ce dossier n'a ni convention ni arrêté.";
export const CLOSED = "Ce dossier est soldé : plus rien ne s'y ajoute.";
export const closed = {
  type: 'FileClosed',
  call: 'call-1',
  organisation: APPLICANT,
  paidCents: 2_500_000,
  recoveredCents: 0,
} satisfies AgreementEvent;

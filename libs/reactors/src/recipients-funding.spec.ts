import { describe, expect, it } from '@jest/globals';
import type { Fact } from '#domain/facts.js';
import { CALL, FILE, on } from '#read-models/fixtures.js';
import { told } from './fixtures.js';
import { fundingTellings, reportTellings } from './recipients-funding.js';

const ofAward = `award-${FILE}`;
const ofAgreement = `agreement-${FILE}`;
const ofReports = 'reports-W1';
const content = { version: 0, hash: 'a' };
const capacity = { kind: 'office' } as const;
const members = ['preparer', 'submitter'];
const signatories = ['ars-signatory', 'dreets-signatory'];
const leaders = ['ars-administrator', 'ars-signatory', 'dreets-administrator', 'dreets-signatory'];
const finance = ['ars-finance', 'dreets-finance'];
const drafted: Fact = {
  type: 'AgreementDrafted',
  call: CALL,
  organisation: 'W1',
  form: 'agreement',
  object: 'Café des parents',
  parties: [
    { kind: 'institution', id: 'ARS-PDL' },
    { kind: 'organisation', id: 'W1' },
  ],
  lines: [],
  yearly: [],
  startsOn: '2021-11-01',
  endsOn: '2022-10-31',
};
const expected: Fact = {
  type: 'ReportExpected',
  report: 'report-1',
  kind: 'activity',
  application: FILE,
  call: CALL,
  leads: ['ARS-PDL', 'DREETS-PDL'],
  dueOn: '2023-06-30',
};
const recovery = { recovery: 1, amountCents: 1, reasons: 'Action non réalisée.' };

const cases: [string, string, Fact, string, string[]][] = [
  [
    'members of the applicant',
    ofAward,
    { type: 'AwardNotified', call: CALL, institution: 'ARS-PDL', notifiedOn: '2021-10-05', appealUntil: '2021-12-05' },
    'award-notified',
    members,
  ],
  [
    'the signatories of the leads',
    ofAward,
    { type: 'AwardFailed', call: CALL, attempt: 1, line: 1, askedCents: 2, leftCents: 1, institutions: ['ARS-PDL'] },
    'award-failed',
    signatories,
  ],
  [
    'those who answer for the leads',
    ofAward,
    { type: 'AwardDeclined', call: CALL, reason: 'Projet reporté.', lines: [], attempt: 1 },
    'award-declined',
    leaders,
  ],
  [
    'the signatories of the leads',
    ofAward,
    { type: 'CalledUpFromReserve', call: CALL, institution: 'ARS-PDL', reason: 'Crédits rendus.', capacity },
    'called-up',
    signatories,
  ],
  [
    'those who answer for the leads',
    ofAward,
    { type: 'AppealLodged', call: CALL, content, lodgedAt: '2021-11-02T09:00:00Z' },
    'appeal-lodged',
    leaders,
  ],
  [
    'members of the applicant',
    ofAward,
    {
      type: 'AppealAnswered',
      call: CALL,
      institution: 'ARS-PDL',
      upheld: false,
      reasons: 'Rien de nouveau.',
      capacity,
      lines: [],
      attempt: 1,
    },
    'appeal-answered',
    members,
  ],
  ['those who sign for the parties', ofAgreement, drafted, 'agreement-drafted', ['ars-signatory', 'submitter']],
  [
    'those who sign for the parties',
    ofAgreement,
    { type: 'SignatureExtended', until: '2021-12-20T11:00:00Z', reason: 'Le conseil se réunit le 15.' },
    'signature-extended',
    ['ars-signatory', 'submitter'],
  ],
  [
    'the people of the parties',
    ofAgreement,
    {
      type: 'AgreementConcluded',
      call: CALL,
      organisation: 'W1',
      concludedOn: '2021-11-05',
      amountCents: 1,
      endsOn: '2022-10-31',
      publishBefore: '2022-02-05',
    },
    'agreement-concluded',
    ['ars-administrator', 'ars-finance', 'ars-signatory', ...members],
  ],
  [
    'the finance officers of the leads',
    ofAgreement,
    { type: 'PaymentRequested', instalment: 1, person: 'submitter' },
    'payment-requested',
    finance,
  ],
  [
    'members of the applicant',
    ofAgreement,
    { type: 'PaymentRecorded', instalment: 1, amountCents: 1, paidOn: '2021-11-20', commitment: '1234567890' },
    'payment-recorded',
    members,
  ],
  [
    'members of the applicant',
    ofAgreement,
    { type: 'PaymentsSuspended', reason: 'Retard.' },
    'payments-suspended',
    members,
  ],
  ['members of the applicant', ofAgreement, { type: 'PaymentsResumed', reason: 'Reçu.' }, 'payments-resumed', members],
  [
    'the finance officers of the leads',
    ofAgreement,
    { type: 'BankAccountGiven', account: 1, ending: '0189', content, person: 'submitter' },
    'bank-account-given',
    finance,
  ],
  [
    'members of the applicant',
    ofAgreement,
    { type: 'RecoveryAnnounced', ...recovery, observationsUntil: '2022-12-01' },
    'recovery-announced',
    members,
  ],
  [
    'members of the applicant',
    ofAgreement,
    { type: 'RecoveryOrdered', ...recovery, titles: [], institution: 'ARS-PDL', capacity: { kind: 'office' } },
    'recovery-ordered',
    members,
  ],
  [
    'members of the applicant',
    ofAgreement,
    { type: 'RecoveryDropped', recovery: 1, reasons: 'Justifié.' },
    'recovery-dropped',
    members,
  ],
  ['members of the beneficiary', ofReports, expected, 'report-expected', members],
  [
    'members of the beneficiary',
    ofReports,
    { type: 'ReportExtended', report: 'report-1', dueOn: '2023-07-31', reason: 'Comptes en retard.' },
    'report-extended',
    members,
  ],
  [
    'the case officers of the leads',
    ofReports,
    { type: 'ReportSubmitted', report: 'report-1', version: 1, content },
    'report-submitted',
    ['ars-officer', 'dreets-officer'],
  ],
  [
    'members of the beneficiary',
    ofReports,
    { type: 'ReportReturned', report: 'report-1', comments: 'Incomplet.', dueOn: '2023-07-15' },
    'report-returned',
    members,
  ],
  ['members of the beneficiary', ofReports, { type: 'ReportAccepted', report: 'report-1' }, 'report-accepted', members],
];

describe('who is told of the money of a file', () => {
  it.each(cases)('%s, on %s', async (_, stream, fact, kind, to) =>
    expect(await told(stream, fact, 'somebody', on(ofAgreement, drafted), on(ofReports, expected))).toEqual({
      kind,
      to,
    }),
  );

  it('those alone who have not signed the last draft, of more time to sign', async () => {
    const signed: Fact = { type: 'AgreementSigned', party: { kind: 'institution', id: 'ARS-PDL' }, capacity };
    const extended: Fact = { type: 'SignatureExtended', until: '2021-12-20T11:00:00Z', reason: 'Conseil le 15.' };
    const after = async (...history: Fact[]) =>
      (await told(ofAgreement, extended, 'somebody', ...history.map((fact) => on(ofAgreement, fact))))?.to;
    expect(await after(drafted, signed)).toEqual(['submitter']);
    expect(await after(drafted, signed, drafted)).toEqual(['ars-signatory', 'submitter']);
  });

  it('is specified for every fact', () =>
    expect(new Set<string>(cases.map(([, , { type }]) => type))).toEqual(
      new Set(Object.keys({ ...fundingTellings, ...reportTellings })),
    ));
});

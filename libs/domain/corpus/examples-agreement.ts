import type { AgreementEvent, Party } from '../src/agreement/agreement-facts.js';
import { CALL, type Examples, FILE, hash, ORGANISATION, PERSON } from './example.js';

const stream = `agreement-${FILE}`;
const contents = `content-agreement-${FILE}`;
const ars: Party = { kind: 'institution', id: 'ARS-PDL' };
const reasons = "Le projet ne s'est tenu qu'à moitié.";

export const agreementExamples: Examples<AgreementEvent['type'] | 'BankAccountWritten' | 'ObservationsWritten'> = {
  AgreementDrafted: [
    stream,
    {
      call: CALL,
      organisation: ORGANISATION,
      form: 'agreement',
      object: 'Le café des parents',
      parties: [ars, { kind: 'organisation', id: ORGANISATION }],
      lines: [{ line: 1, amountCents: 2_400_000, funder: 'ARS-PDL', programme: 'FIR', year: 2021 }],
      yearly: [
        {
          funder: 'ARS-PDL',
          year: 2021,
          amountCents: 2_400_000,
          compulsory: true,
          rule: 'Plus de 23 000,00 € par an : convention obligatoire (CSP R1435-30).',
        },
      ],
      startsOn: '2021-11-01',
      endsOn: '2022-10-31',
    },
  ],
  SignatureExtended: [stream, { until: '2021-12-20T11:00:00Z', reason: 'Le conseil se réunit le 15.' }],
  InstalmentsPlanned: [
    stream,
    {
      instalments: [
        { number: 1, kind: 'advance', line: 1, amountCents: 1_200_000, condition: { kind: 'signature' } },
        { number: 2, kind: 'interim', line: 1, amountCents: 600_000, condition: { kind: 'date', on: '2022-03-01' } },
        {
          number: 3,
          kind: 'balance',
          line: 1,
          amountCents: 600_000,
          condition: { kind: 'report', report: 'activity' },
        },
      ],
    },
  ],
  AgreementSigned: [stream, { party: ars, capacity: { kind: 'office' } }],
  AgreementConcluded: [
    stream,
    {
      call: CALL,
      organisation: ORGANISATION,
      concludedOn: '2021-11-15',
      amountCents: 2_400_000,
      endsOn: '2022-10-31',
      publishBefore: '2022-02-15',
    },
  ],
  BankAccountWritten: [contents, { iban: 'FR1420041010050500013M02606', holder: 'Café des parents' }],
  BankAccountGiven: [stream, { account: 1, ending: '2606', content: { version: 0, hash: hash('6') }, person: PERSON }],
  BankAccountChecked: [stream, { account: 1 }],
  PaymentRequested: [stream, { instalment: 1, person: PERSON }],
  ServiceCertified: [stream, { instalment: 1, person: '10101010-1010-4010-8010-101010101011' }],
  PaymentApproved: [stream, { instalment: 1, level: 1, last: true, person: '10101010-1010-4010-8010-101010101012' }],
  PaymentRecorded: [
    stream,
    { instalment: 1, amountCents: 1_200_000, paidOn: '2021-11-20', commitment: 'FIR 2021-118' },
  ],
  PaymentsSuspended: [stream, { reason: 'Contrôle en cours.' }],
  PaymentsResumed: [stream, { reason: 'Rien à signaler.' }],
  RecoveryAnnounced: [stream, { recovery: 1, amountCents: 600_000, reasons, observationsUntil: '2022-11-30' }],
  ObservationsWritten: [contents, { text: 'Les ateliers reprennent en mars.' }],
  RecoveryObserved: [stream, { recovery: 1, content: { version: 1, hash: hash('7') } }],
  RecoveryOrdered: [
    stream,
    {
      recovery: 1,
      amountCents: 500_000,
      reasons,
      titles: [{ line: 1, kind: 'recettes', amountCents: 500_000 }],
      institution: 'ARS-PDL',
      capacity: { kind: 'office' },
    },
  ],
  RecoveryPaid: [stream, { recovery: 1, paidOn: '2022-12-20', reference: 'TR 2022-12' }],
  RecoveryDropped: [stream, { recovery: 2, reasons: 'Le projet a repris.' }],
  FileClosed: [stream, { call: CALL, organisation: ORGANISATION, paidCents: 1_200_000, recoveredCents: 500_000 }],
};

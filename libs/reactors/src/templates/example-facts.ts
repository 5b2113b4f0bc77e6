/** What several previews tell of, all of it invented. */
import type { Submission } from '#domain/application/application-facts.js';
import type { Schedule } from '#domain/call/call-facts.js';
import type { FactOf } from '../about.js';

export const submission: Submission = {
  submission: 1,
  receipt: 'AR-0000-0000-0000-0001',
  submittedAt: '2026-09-14T09:30:00Z',
  content: { version: 0, hash: 'a1b2c3' },
  documents: [],
  totals: { requestedCents: 2_000_000, productsCents: 2_500_000, chargesCents: 2_500_000, inKindCents: 0 },
  deadline: '2026-09-15T14:00:00Z',
};

const closing = (at: string): Schedule => ({ milestones: [{ kind: 'submissionDeadline', at }] });
export const shift = { before: closing('2026-09-15T14:00:00Z'), after: closing('2026-09-22T14:00:00Z') };

export const planned: FactOf<'SessionPlanned'> = {
  type: 'SessionPlanned',
  session: 'exemple',
  at: '2026-11-10T08:30:00Z',
  place: 'Nantes, salle 3',
};

export const granted: FactOf<'AwardGranted'> = {
  type: 'AwardGranted',
  call: 'exemple',
  attempt: 1,
  organisation: 'exemple',
  lines: [{ line: 1, amountCents: 2_000_000 }],
  amountCents: 2_000_000,
  requestedCents: 2_500_000,
};

export const drafted: FactOf<'AgreementDrafted'> = {
  type: 'AgreementDrafted',
  call: 'exemple',
  organisation: 'exemple',
  form: 'agreement',
  object: 'Café des parents',
  parties: [
    { kind: 'institution', id: 'ARS-PDL' },
    { kind: 'organisation', id: 'exemple' },
  ],
  lines: [{ line: 1, amountCents: 2_000_000, funder: 'ARS-PDL', programme: 'FIR', year: 2027 }],
  yearly: [],
  startsOn: '2027-01-01',
  endsOn: '2027-12-31',
};

export const instalments: FactOf<'InstalmentsPlanned'> = {
  type: 'InstalmentsPlanned',
  instalments: [{ number: 1, kind: 'advance', line: 1, amountCents: 1_000_000, condition: { kind: 'signature' } }],
};

export const expected: FactOf<'ReportExpected'> = {
  type: 'ReportExpected',
  report: 'exemple',
  kind: 'financial',
  application: 'exemple',
  call: 'exemple',
  leads: ['ARS-PDL'],
  dueOn: '2028-06-30',
};

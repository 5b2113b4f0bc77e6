/** What the specifications of reports start from: what one association owes for its project of 2021-2022. */
import { paris } from '#calendar/paris.js';
import { digest } from '#commands/canonical.js';
import type { Stamp } from '../decider.js';
import { specify } from '../specification.js';
import { reports } from './report.js';
import type { ReportContents, ReportEvent } from './report-facts.js';

export const ACTIVITY = 'report-activity';
export const FINANCIAL = 'report-financial';
export const CALL = 'call-1';
export const LEADS = ['ARS-PDL', 'DREETS-PDL'];

const owed = { application: 'file-1', call: CALL, leads: LEADS };
export const activityExpected = {
  type: 'ReportExpected',
  report: ACTIVITY,
  kind: 'activity',
  ...owed,
  dueOn: '2022-12-15',
} satisfies ReportEvent;
export const financialExpected = {
  type: 'ReportExpected',
  report: FINANCIAL,
  kind: 'financial',
  ...owed,
  dueOn: '2023-06-30',
} satisfies ReportEvent;
/** Both, as the agreement made them due. */
export const owing: ReportEvent[] = [activityExpected, financialExpected];

export const content = { version: 0, hash: 'a'.repeat(64) };
export const activityContents: ReportContents = {
  text: 'Mille cinq cents familles sont venues.',
  indicators: [{ label: 'Familles accueillies', unit: 'familles', target: 2000, actual: 1500 }],
};
/** 25 000 € were planned, 24 000 € spent. */
export const financialContents: ReportContents = {
  text: 'Le poste de puéricultrice est resté vacant deux mois.',
  charges: [
    { account: '60', budgetCents: 200_000, actualCents: 250_000 },
    { account: '64', budgetCents: 2_300_000, actualCents: 2_150_000 },
    { account: '864', budgetCents: 150_000, actualCents: 100_000 },
  ],
  products: [
    { account: '70', budgetCents: 500_000, actualCents: 400_000 },
    { account: '74', budgetCents: 2_000_000, actualCents: 2_000_000 },
    { account: '870', budgetCents: 150_000, actualCents: 100_000 },
  ],
};

export const activitySubmitted = {
  type: 'ReportSubmitted',
  report: ACTIVITY,
  version: 1,
  content,
  indicators: [{ target: 2000, actual: 1500 }],
} satisfies ReportEvent;
export const financialSubmitted = {
  type: 'ReportSubmitted',
  report: FINANCIAL,
  version: 1,
  content,
  charges: [...(financialContents.charges ?? [])],
  products: [...(financialContents.products ?? [])],
  gap: {
    charges: { budgetCents: 2_500_000, actualCents: 2_400_000, gapCents: -100_000, gapHundredths: -400 },
    products: { budgetCents: 2_500_000, actualCents: 2_400_000, gapCents: -100_000, gapHundredths: -400 },
    inKind: { budgetCents: 150_000, actualCents: 100_000, gapCents: -50_000, gapHundredths: -3333 },
  },
} satisfies ReportEvent;
export const returned = {
  type: 'ReportReturned',
  report: ACTIVITY,
  comments: 'Précisez le nombre de pères venus.',
  dueOn: '2023-02-28',
} satisfies ReportEvent;
export const accepted = { type: 'ReportAccepted', report: ACTIVITY } satisfies ReportEvent;
export const waived = {
  type: 'ReportWaived',
  report: ACTIVITY,
  reason: 'Le bénéficiaire a renoncé à la subvention.',
} satisfies ReportEvent;

const stamp: Stamp = {
  at: '2022-12-01T09:00:00Z',
  by: '44444444-4444-4444-8444-444444444444',
  actingAs: 'submitter',
  id: '52499120500013',
};
/** On 1 December 2022, two weeks before the first report is due, unless a step says otherwise. */
export const given = specify(reports, stamp, { calendar: paris, digest });

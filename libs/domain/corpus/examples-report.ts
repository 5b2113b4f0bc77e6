import type { ReportEvent } from '../src/report/report-facts.js';
import { CALL, type Examples, FILE, hash, ORGANISATION } from './example.js';

/** Derived from the file and the kind. */
const REPORT = 'dddddddd-dddd-5ddd-8ddd-dddddddddddd';
const reports = `reports-${ORGANISATION}`;
const reason = 'Congé de maternité de la coordinatrice.';
const accounts = {
  charges: [{ account: '64', budgetCents: 2_000_000, actualCents: 1_500_000 }],
  products: [{ account: '74', budgetCents: 2_000_000, actualCents: 1_500_000 }],
};
const gap = { budgetCents: 2_000_000, actualCents: 1_500_000, gapCents: -500_000, gapHundredths: -2500 };
const nothing = { budgetCents: 0, actualCents: 0, gapCents: 0, gapHundredths: null };

export const reportExamples: Examples<ReportEvent['type'] | 'ReportWritten'> = {
  ReportExpected: [
    reports,
    {
      report: REPORT,
      kind: 'financial',
      application: FILE,
      call: CALL,
      leads: ['ARS-PDL', 'DREETS-PDL'],
      dueOn: '2023-06-30',
    },
  ],
  ReportExtended: [reports, { report: REPORT, dueOn: '2023-09-30', reason }],
  ReportWritten: [
    `content-report-${REPORT}`,
    {
      contents: {
        text: 'Le poste est resté vacant trois mois.',
        ...accounts,
        indicators: [{ label: 'Familles accueillies', unit: 'familles', target: 2000, actual: 1500 }],
      },
    },
  ],
  ReportSubmitted: [
    reports,
    {
      report: REPORT,
      version: 1,
      content: { version: 0, hash: hash('d') },
      ...accounts,
      gap: { charges: gap, products: gap, inKind: nothing },
      indicators: [{ target: 2000, actual: 1500 }],
    },
  ],
  ReportReturned: [reports, { report: REPORT, comments: 'Joignez le détail du compte 64.', dueOn: '2023-10-31' }],
  ReportAccepted: [reports, { report: REPORT }],
  ReportWaived: [reports, { report: REPORT, reason: 'Le bénéficiaire a renoncé à la subvention.' }],
};

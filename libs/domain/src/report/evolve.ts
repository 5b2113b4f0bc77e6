import { unreachable } from '../decider.js';
import type { ReportEvent, Reports, ReportState } from './report-facts.js';

export const noReports: Reports = { reports: {} };

export const reportIn = ({ reports }: Reports, report: string): ReportState | undefined =>
  Object.hasOwn(reports, report) ? reports[report] : undefined;

export function evolveReports(state: Reports, event: ReportEvent): Reports {
  if (event.type === 'ReportExpected') {
    const { type: _, ...expected } = event;
    return withReport(state, { ...expected, status: 'expected', versions: 0 });
  }
  const known = reportIn(state, event.report);
  return known ? withReport(state, evolveReport(known, event)) : state;
}

const withReport = ({ reports }: Reports, report: ReportState): Reports => ({
  reports: { ...reports, [report.report]: report },
});

function evolveReport(state: ReportState, event: Exclude<ReportEvent, { type: 'ReportExpected' }>): ReportState {
  switch (event.type) {
    case 'ReportExtended':
      return { ...state, dueOn: event.dueOn };
    case 'ReportSubmitted':
      return { ...state, status: 'submitted', versions: event.version, written: event.content.version };
    case 'ReportReturned':
      return { ...state, status: 'returned', dueOn: event.dueOn };
    case 'ReportAccepted':
      return { ...state, status: 'accepted' };
    case 'ReportWaived':
      return { ...state, status: 'waived' };
    default:
      return unreachable(event);
  }
}

import { unreachable } from '../decider.js';
import type { ReportEvent, Reports, ReportState } from './report-facts.js';

export const noReports: Reports = { reports: {} };

export function evolveReports(state: Reports, event: ReportEvent): Reports {
  if (event.type === 'ReportExpected') {
    const { type: _, ...expected } = event;
    return { reports: { ...state.reports, [event.report]: { ...expected, status: 'expected', versions: 0 } } };
  }
  const known = state.reports[event.report];
  return known ? { reports: { ...state.reports, [event.report]: evolveReport(known, event) } } : state;
}

function evolveReport(report: ReportState, event: Exclude<ReportEvent, { type: 'ReportExpected' }>): ReportState {
  switch (event.type) {
    case 'ReportExtended':
      return { ...report, dueOn: event.dueOn };
    case 'ReportSubmitted':
      return { ...report, status: 'submitted', versions: event.version, written: event.content.version };
    case 'ReportReturned':
      return { ...report, status: 'returned', dueOn: event.dueOn };
    case 'ReportAccepted':
      return { ...report, status: 'accepted' };
    case 'ReportWaived':
      return { ...report, status: 'waived' };
    default:
      return unreachable(event);
  }
}

import { type KnownCall, rulesOf } from '../call/call-state.js';
import type { Calendar, Day, Instant } from '../decider.js';
import { sayDay } from '../instants.js';
import { instantOf } from '../schedule/milestones.js';
import { inNumber } from '../texts.js';
import { noReports } from './evolve.js';
import { frenchReports, overdue, type ReportKind, type Reports } from './report-facts.js';

/** What of an agreement says when it is to be accounted for. */
export interface Concluded {
  readonly concludedOn: Day;
  readonly endsOn: Day;
}

/**
 * The financial report is due so many months after the year in which the project ends; the report of activity when the
 * call says, unless that was over before the agreement was concluded.
 */
export function dueDays(
  call: KnownCall,
  { concludedOn, endsOn }: Concluded,
  calendar: Calendar,
): Readonly<Record<ReportKind, Day>> {
  const { financialMonthsAfterYear } = rulesOf(call).reports;
  const financial = calendar.addMonths(`${endsOn.slice(0, 4)}-12-31`, financialMonthsAfterYear);
  const milestone = instantOf(call.schedule?.milestones ?? [], 'reportsDue');
  const ofCall = milestone && calendar.dayOf(milestone);
  return { financial, activity: ofCall !== undefined && ofCall > concludedOn ? ofCall : financial };
}

/** What is overdue when the request came, said in French; nothing where nothing is. */
export function overdueSaid(
  reports: Reports | undefined,
  at: Instant,
  calendar: Calendar,
  before: string,
): string | undefined {
  // Paris is ahead of UTC: what isn't due by the day in UTC is in time, and the calendar need not be asked.
  if (!Object.values(reports?.reports ?? {}).some(({ dueOn }) => dueOn <= at.slice(0, 10))) return undefined;
  const late = overdue(reports ?? noReports, calendar.dayOf(at));
  if (late.length === 0) return undefined;
  const said = late.map(({ kind, dueOn }) => `le ${frenchReports[kind]} dû le ${sayDay(dueOn)}`);
  const [is, them] = [
    inNumber(late.length, 'Un bilan est en retard', 'Des bilans sont en retard'),
    inNumber(late.length, 'Remettez-le', 'Remettez-les'),
  ];
  return `${is} : ${said.join(', ')}. ${them} ${before}.`;
}

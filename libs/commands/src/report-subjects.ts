import { absent } from '#domain/decider.js';
import { viewRoles } from '#domain/permissions.js';
import { reportIn } from '#domain/report/evolve.js';
import { reports as reportsDecider } from '#domain/report/report.js';
import type { ReportCommand, ReportContext, ReportEvent, Reports } from '#domain/report/report-facts.js';
import { type Reach, reaches } from '#domain/roles.js';
import type { Subject, Target } from './subject.js';

/** Whose report it is: the beneficiary's, and of those who read it. */
const reachOf = ({ command, state, id }: Target<ReportCommand, Reports>): Reach => ({
  organisations: [id],
  institutions: reportIn(state, command.report)?.leads ?? [],
});

/** Its stream bears the id of the beneficiary: one may owe several reports. */
export const reports: Subject<ReportCommand, Reports, ReportEvent, ReportContext> = {
  category: 'reports',
  decider: reportsDecider,
  reach: reachOf,
  visible: (target, { grants }) =>
    reportIn(target.state, target.command.report) !== undefined &&
    grants.some((grant) => viewRoles.Reports.includes(grant.role) && reaches(grant, reachOf(target))),
  unknown: () => absent('ReportUnknown', "Ce bilan n'existe pas."),
  writing: ({ command }) =>
    command.type === 'SubmitReport'
      ? {
          stream: `content-report-${command.report}`,
          event: { type: 'ReportWritten', contents: command.contents },
        }
      : undefined,
  lastWritten: (state, command) => reportIn(state, command.report)?.written,
};

import { viewRoles } from '#domain/permissions.js';
import type { Gap, ReportFigures, ReportKind, Reports, ReportState } from '#domain/report/report-facts.js';
import type { Grant } from '#domain/roles.js';
import { anyOf, type Condition, type Listing } from './listing.js';
import { idOf, type ReadModel } from './read-model.js';
import type { Views } from './views.js';

/** What beneficiaries owe and handed in: figures, and the words of institutions; theirs stay in the content streams. */
export const reports: ReadModel = {
  tables: `
    CREATE TABLE reports (id TEXT PRIMARY KEY, organisation TEXT NOT NULL, call_id TEXT NOT NULL, application TEXT NOT NULL, kind TEXT NOT NULL, leads TEXT NOT NULL, status TEXT NOT NULL, due_on TEXT NOT NULL, expected_at TEXT NOT NULL, changed_at TEXT NOT NULL, versions INTEGER NOT NULL DEFAULT 0, submitted_at TEXT, content_version INTEGER, figures TEXT, comments TEXT, reason TEXT, forgotten INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID;
    CREATE INDEX reports_organisation ON reports (organisation);
    CREATE INDEX reports_call ON reports (call_id);
    CREATE INDEX reports_application ON reports (application);
    CREATE INDEX reports_due ON reports (due_on, id);
  `,
  handlers: (db) => {
    const expect = db.prepare(
      "INSERT INTO reports (id, organisation, call_id, application, kind, leads, status, due_on, expected_at, changed_at, forgotten) SELECT ?1, ?2, ?3, ?4, ?5, ?6, 'expected', ?7, ?8, ?8, COALESCE((SELECT forgotten FROM applications WHERE id = ?4), 0)",
    );
    const extend = db.prepare('UPDATE reports SET due_on = ?, reason = ?, changed_at = ? WHERE id = ?');
    const submit = db.prepare(
      "UPDATE reports SET status = 'submitted', versions = ?, content_version = ?, figures = ?, submitted_at = ?4, changed_at = ?4 WHERE id = ?5",
    );
    const giveBack = db.prepare(
      "UPDATE reports SET status = 'returned', comments = ?, due_on = ?, changed_at = ? WHERE id = ?",
    );
    const accept = db.prepare("UPDATE reports SET status = 'accepted', changed_at = ? WHERE id = ?");
    const waive = db.prepare("UPDATE reports SET status = 'waived', reason = ?, changed_at = ? WHERE id = ?");
    const forget = db.prepare('UPDATE reports SET forgotten = 1 WHERE application = ?');
    return {
      ReportExpected: ({ stream, data, metadata }) => {
        const { report, call, application, kind, leads, dueOn } = data;
        expect.run(report, idOf(stream), call, application, kind, JSON.stringify(leads), dueOn, metadata.at);
      },
      ReportExtended: ({ data: { report, dueOn, reason }, metadata }) => extend.run(dueOn, reason, metadata.at, report),
      ReportSubmitted: ({ data: { report, version, content, ...figures }, metadata }) =>
        submit.run(version, content.version, JSON.stringify(figures), metadata.at, report),
      ReportReturned: ({ data: { report, comments, dueOn }, metadata }) =>
        giveBack.run(comments, dueOn, metadata.at, report),
      ReportAccepted: ({ data: { report }, metadata }) => accept.run(metadata.at, report),
      ReportWaived: ({ data: { report, reason }, metadata }) => waive.run(reason, metadata.at, report),
      ContentsForgotten: ({ stream }) => forget.run(idOf(stream)),
    };
  },
};

export interface ReportRow {
  readonly id: string;
  readonly kind: ReportKind;
  readonly call: string;
  readonly application: string;
  readonly organisation: string;
  readonly organisationName: string | null;
  readonly status: ReportState['status'];
  readonly dueOn: string;
  /** How many times it was handed in. */
  readonly versions: number;
  readonly submittedAt: string | null;
  readonly changedAt: string;
  /** Of the charges of a financial report that was handed in. */
  readonly budgetCents: number | null;
  readonly actualCents: number | null;
  readonly gapCents: number | null;
  readonly gapHundredths: number | null;
}

const ofCharges = (field: keyof Gap): string => `figures ->> '$.gap.charges.${field}' AS ${field}`;
const rowColumns = `reports.id, kind, call_id AS call, application, organisation, organisations.name AS organisationName, status, due_on AS dueOn, versions, submitted_at AS submittedAt, changed_at AS changedAt, ${(
  ['budgetCents', 'actualCents', 'gapCents', 'gapHundredths'] as const
)
  .map(ofCharges)
  .join(', ')}`;
const withOrganisation = 'reports LEFT JOIN organisations ON organisations.id = organisation';

export const reportList: Listing = {
  select: rowColumns,
  from: withOrganisation,
  id: 'reports.id',
  sorts: {
    dueOn: 'due_on',
    changedAt: 'changed_at',
    submittedAt: "COALESCE(submitted_at, '')",
    organisation: 'organisation',
  },
};

/** Owed and not handed in on that day, as the rule of `overdue` says it; the day itself is in time. */
export const overdueOn = (today: string, is: boolean): Condition => ({
  sql: `${is ? '' : 'NOT '}(status IN ('expected', 'returned') AND due_on < ?)`,
  values: [today],
});

/** The reports of one's own organisations, and of the calls that one's institutions lead. */
export function reportsSeenBy(grants: readonly Grant[]): Condition {
  const held = grants.filter(({ role }) => viewRoles.Reports.includes(role));
  if (held.some(({ scope }) => scope.kind === 'everywhere')) return { sql: '1', values: [] };
  const scopes = (kind: 'organisation' | 'institution'): string =>
    JSON.stringify(held.flatMap(({ scope }) => (scope.kind === kind ? [scope.id] : [])));
  return anyOf([
    { sql: 'organisation IN (SELECT value FROM json_each(?))', values: [scopes('organisation')] },
    {
      sql: 'EXISTS (SELECT 1 FROM json_each(leads) AS lead WHERE lead.value IN (SELECT value FROM json_each(?)))',
      values: [scopes('institution')],
    },
  ]);
}

export interface ReportDetails extends ReportRow {
  readonly leads: readonly string[];
  readonly expectedAt: string;
  readonly contentVersion: number | null;
  readonly figures: ReportFigures;
  /** Of the institution that returned it. */
  readonly comments: string | null;
  /** Of the last extension, or why nothing is owed any more. */
  readonly reason: string | null;
  readonly forgotten: boolean;
}

const details = `SELECT ${rowColumns}, leads, expected_at AS expectedAt, content_version AS contentVersion, figures, comments, reason, forgotten FROM ${withOrganisation} WHERE reports.id = ?`;

export function reportOf(views: Views, id: string): ReportDetails | undefined {
  const row = views.get<
    Omit<ReportDetails, 'leads' | 'figures' | 'forgotten'> & {
      leads: string;
      figures: string | null;
      forgotten: number;
    }
  >(details, id);
  if (!row) return undefined;
  const { leads, figures, forgotten, ...rest } = row;
  return {
    ...rest,
    leads: JSON.parse(leads) as string[],
    figures: figures === null ? {} : (JSON.parse(figures) as ReportFigures),
    forgotten: forgotten === 1,
  };
}

/** What one beneficiary owes, as the rules know it: to say beforehand what a submission would be refused for. */
export function reportsOwedBy(views: Views, organisation: string): Reports {
  const rows = views.all<Omit<ReportState, 'leads' | 'written'> & { leads: string }>(
    'SELECT id AS report, kind, application, call_id AS call, leads, due_on AS dueOn, status, versions FROM reports WHERE organisation = ?',
    organisation,
  );
  return {
    reports: Object.fromEntries(
      rows.map(({ leads, ...row }) => [row.report, { ...row, leads: JSON.parse(leads) as string[] }]),
    ),
  };
}

import type { DocumentFact } from '#domain/application/application-facts.js';
import { viewRoles } from '#domain/permissions.js';
import type { Grant, Role } from '#domain/roles.js';
import type { Looking } from '#domain/visibility.js';
import type { ReceiptEntry } from './applications.js';
import { type Examination, examinationFrom } from './examinations.js';
import type { Condition, Listing, Way } from './listing.js';
import type { Views } from './views.js';

/** How far a file has come: its status, and from the submission on its examination. */
export const stages = ['draft', 'submitted', 'completing', 'admissible', 'refused-beforehand', 'withdrawn'] as const;
export type Stage = (typeof stages)[number];

export interface ApplicationRow {
  readonly id: string;
  readonly call: string;
  readonly organisation: string;
  readonly organisationName: string | null;
  readonly number: number;
  readonly status: 'draft' | 'submitted' | 'withdrawn';
  readonly stage: Stage;
  readonly title: string | null;
  readonly submission: number;
  readonly receipt: string | null;
  readonly submittedAt: string | null;
  readonly requestedCents: number | null;
  readonly totalCents: number | null;
  readonly medium: 'electronic' | 'paper' | 'mail';
  readonly late: boolean;
  readonly startedAt: string;
  readonly changedAt: string;
}

const rowColumns =
  "applications.id, call_id AS call, organisation, organisations.name AS organisationName, number, applications.status, COALESCE(examinations.stage, applications.status) AS stage, submission, receipt, submitted_at AS submittedAt, requested_cents AS requestedCents, total_cents AS totalCents, COALESCE(medium, 'electronic') AS medium, late, started_at AS startedAt, changed_at AS changedAt";
const withOrganisation =
  'applications LEFT JOIN organisations ON organisations.id = organisation LEFT JOIN examinations ON examinations.application = applications.id';

/** Files at this stage. */
export const atStage = (stage: Stage): Condition => ({
  sql: 'COALESCE(examinations.stage, applications.status) = ?',
  values: [stage],
});

export type ApplicationListRow = Omit<ApplicationRow, 'late'> & {
  late: number;
  draftTitle: string | null;
  sharedWith: string;
};

export const applicationList: Listing = {
  select: `${rowColumns}, title, draft_title AS draftTitle, (SELECT json_group_array(organisation) FROM shares WHERE application = applications.id) AS sharedWith`,
  from: withOrganisation,
  id: 'applications.id',
  sorts: {
    startedAt: 'started_at',
    changedAt: 'changed_at',
    submittedAt: "COALESCE(submitted_at, '')",
    organisation: 'organisation',
    requestedCents: 'COALESCE(requested_cents, -1)',
  },
};

export const ownOrganisations = (grants: readonly Grant[]): string[] =>
  grants.flatMap(({ scope }) => (scope.kind === 'organisation' ? [scope.id] : []));

/** Is the file that of one of these organisations, or shared with one? */
export const isOwnFile = (views: Views, id: string, organisations: readonly string[]): boolean =>
  views.get(
    'SELECT 1 AS own FROM (SELECT organisation FROM applications WHERE id = ?1 UNION SELECT organisation FROM shares WHERE application = ?1) WHERE organisation IN (SELECT value FROM json_each(?2))',
    id,
    JSON.stringify(organisations),
  ) !== undefined;

/**
 * The files that `sightOfFile` shows somebody something of, said in SQL; of one call or one organisation where given.
 * No index serves what narrows: a big call is walked in its order, never for the few files of one applicant.
 */
export function applicationsSeenBy(
  asking: Looking & { readonly person: string },
  { call, organisation }: { readonly call?: string; readonly organisation?: string } = {},
): readonly Way[] {
  const { person, grants } = asking;
  const own = JSON.stringify(ownOrganisations(grants));
  const open = outsideConflicts(asking);
  const institutions = (roles: readonly Role[]): string =>
    JSON.stringify(
      grants.flatMap(({ role, scope }) => (roles.includes(role) && scope.kind === 'institution' ? [scope.id] : [])),
    );
  const led =
    "EXISTS (SELECT 1 FROM call_institutions WHERE call_id = calls.id AND part = 'lead' AND institution IN (SELECT value FROM json_each(?)))";
  const auditor = grants.some(({ role }) => role === 'auditor') ? '1' : '0';
  const readable = {
    sql: `SELECT id AS one FROM calls WHERE (unsealed = 1 AND (${auditor} OR ${led}) OR open_to_officers = 1 AND ${led}) AND id = COALESCE(?, id)`,
    values: [institutions(viewRoles.Applications), institutions(['case-officer']), call ?? null],
  };
  const narrowed = {
    sql: 'call_id = COALESCE(?, call_id) AND organisation = COALESCE(?, organisation)',
    values: [call ?? null, organisation ?? null],
  };
  return [
    {
      sql: `organisation IN (SELECT value FROM json_each(?)) AND ${narrowed.sql}`,
      values: [own, ...narrowed.values],
    },
    {
      sql: `applications.id IN (SELECT application FROM shares WHERE organisation IN (SELECT value FROM json_each(?))) AND ${narrowed.sql}`,
      values: [own, ...narrowed.values],
    },
    organisation === undefined
      ? {
          sql: `applications.status <> 'draft' AND call_id = every.one AND ${open.sql}`,
          values: open.values,
          each: readable,
        }
      : {
          sql: `applications.status <> 'draft' AND organisation = ? AND +call_id IN (${readable.sql}) AND ${open.sql}`,
          values: [organisation, ...readable.values, ...open.values],
        },
    ...(grants.some(({ scope }) => scope.kind === 'call')
      ? [
          {
            sql: `applications.status = 'submitted' AND ${toJudge} AND ${open.sql} AND ${narrowed.sql}`,
            values: [person, ...open.values, ...narrowed.values],
          },
        ]
      : []),
  ];
}

const toJudge =
  'applications.id IN (SELECT application FROM file_readers WHERE person = ?) AND +call_id IN (SELECT id FROM calls WHERE unsealed = 1)';

/** But those somebody has a conflict on; for lists that show nobody's own files. */
export const outsideConflicts = ({ conflicts = [] }: Looking): Condition =>
  conflicts.length === 0
    ? { sql: '1', values: [] }
    : { sql: 'applications.id NOT IN (SELECT value FROM json_each(?))', values: [JSON.stringify(conflicts)] };

export interface ApplicationDetails extends ApplicationRow {
  readonly version: number;
  readonly draft: { readonly version: number; readonly hash: string } | null;
  readonly forgotten: boolean;
  readonly sharedWith: readonly string[];
  readonly documents: readonly (DocumentFact & { filename: string | null; attachedAt: string })[];
  readonly receipts: readonly ReceiptRow[];
  readonly examination: Examination;
  /** No start before that day: the applicant is asked to confirm dates. */
  readonly datesAsked: string | null;
  /** Confirmed since a shift; null while those that were submitted hold. */
  readonly startsOn: string | null;
  readonly endsOn: string | null;
}

/** What was submitted has one title and its documents, what is being drafted others, which are the applicant's alone. */
export type TitledTwice = Omit<ApplicationDetails, 'documents'> & {
  readonly draftTitle: string | null;
  readonly attached: readonly (AttachedDocument & { removedAt: string | null })[];
};

type AttachedDocument = ApplicationDetails['documents'][number];

type DetailRow = Omit<TitledTwice, 'draft' | 'late' | 'forgotten' | 'receipts' | 'examination'> & {
  examined: string | null;
  decided: string | null;
  late: number;
  forgotten: number;
  draftVersion: number | null;
  draftHash: string | null;
  receipts: string;
};

// Written once: a text put together anew for each request would be hashed anew to find its statement.
const details = `SELECT ${rowColumns}, title, draft_title AS draftTitle, applications.version, draft_version AS draftVersion, draft_hash AS draftHash, forgotten, receipts, dates_asked AS datesAsked, starts_on AS startsOn, ends_on AS endsOn, examinations.state AS examined, decided FROM ${withOrganisation} WHERE applications.id = ?`;

export function titledTwice(views: Views, id: string): TitledTwice | undefined {
  const row = views.get<DetailRow>(details, id);
  if (!row) return undefined;
  const { draftVersion, draftHash, late, forgotten, receipts, examined, decided, ...rest } = row;
  return {
    ...rest,
    late: late === 1,
    forgotten: forgotten === 1,
    draft: draftVersion === null || draftHash === null ? null : { version: draftVersion, hash: draftHash },
    sharedWith: sharedWith(views, id),
    attached: attachedTo(views, id),
    receipts: receiptRows(JSON.parse(receipts) as ReceiptEntry[]),
    examination: examinationFrom(examined, decided),
  };
}

/** `own`: with the title of the draft and what is attached to it; else with what was submitted. */
export function titledFor({ draftTitle, title, attached, ...file }: TitledTwice, own: boolean): ApplicationDetails {
  const submitted = file.receipts.findLast(({ content }) => content !== undefined)?.documents ?? [];
  const shown = attached.filter(({ document, removedAt }) =>
    own ? removedAt === null : submitted.some((one) => one.document === document),
  );
  return {
    ...file,
    title: own ? draftTitle : title,
    documents: shown.map(({ removedAt: _, ...document }) => document),
  };
}

export function applicationOf(views: Views, id: string, own: boolean): ApplicationDetails | undefined {
  const file = titledTwice(views, id);
  return file && titledFor(file, own);
}

const sharedWith = (views: Views, id: string): string[] =>
  views
    .all<{ organisation: string }>('SELECT organisation FROM shares WHERE application = ? ORDER BY organisation', id)
    .map(({ organisation }) => organisation);

const attachedTo = (views: Views, id: string): TitledTwice['attached'] =>
  views.all(
    'SELECT document, code, sha256, size, media_type AS mediaType, filename, attached_at AS attachedAt, removed_at AS removedAt FROM documents WHERE application = ? AND attached_at IS NOT NULL ORDER BY attached_at, document',
    id,
  );

/** Also what was removed from the draft: a submission may still have it. */
export const documentOf = (
  views: Views,
  id: string,
  document: string,
): (DocumentFact & { filename: string | null; removedAt: string | null }) | undefined =>
  views.get(
    'SELECT document, code, sha256, size, media_type AS mediaType, filename, removed_at AS removedAt FROM documents WHERE application = ? AND document = ? AND attached_at IS NOT NULL',
    id,
    document,
  );

export interface ReceiptRow extends ReceiptEntry {
  /** The receipt of what was filed after it. */
  readonly replacedBy: string | null;
}

const receiptRows = (entries: readonly ReceiptEntry[]): ReceiptRow[] =>
  entries.map((entry, index) => ({ ...entry, replacedBy: entries[index + 1]?.receipt ?? null }));

/** The file a receipt was given for. */
export const applicationWithReceipt = (views: Views, receipt: string): string | undefined =>
  views.get<{ application: string }>('SELECT application FROM receipts WHERE receipt = ?', receipt)?.application;

export interface Counts {
  readonly started: number;
  readonly submitted: number;
  readonly withdrawn: number;
}

/** Counts are visible while contents are sealed; they leave out the files that somebody has a conflict on. */
export function countsOf(views: Views, call: string, looking: Looking): Counts {
  const rows = views.all<{ status: string; files: number }>(
    'SELECT status, files FROM call_counts WHERE call_id = ?',
    call,
  );
  const hidden = hiddenIn(views, call, looking);
  const count = (status: string) =>
    (rows.find((row) => row.status === status)?.files ?? 0) - hidden.filter((file) => file.status === status).length;
  const [draft, submitted, withdrawn] = [count('draft'), count('submitted'), count('withdrawn')];
  return { started: draft + submitted + withdrawn, submitted, withdrawn };
}

/** The files of a call that don't exist for somebody, though others see them. */
const hiddenIn = (views: Views, call: string, { grants, conflicts = [] }: Looking): { status: string }[] =>
  conflicts.length === 0
    ? []
    : views.all(
        'SELECT status FROM applications WHERE id IN (SELECT value FROM json_each(?1)) AND call_id = ?2 AND organisation NOT IN (SELECT value FROM json_each(?3)) AND NOT EXISTS (SELECT 1 FROM shares WHERE application = id AND shares.organisation IN (SELECT value FROM json_each(?3)))',
        JSON.stringify(conflicts),
        call,
        JSON.stringify(ownOrganisations(grants)),
      );

export interface ReadingRow {
  readonly person: string;
  readonly name: string | null;
  readonly what: string;
  readonly day: string;
  readonly at: string;
  readonly role: string;
  readonly behalf: string | null;
}

export const readingsOf = (views: Views, application: string): ReadingRow[] =>
  views.all(
    'SELECT person, name, what, day, at, role, behalf FROM readings LEFT JOIN people ON people.id = person WHERE application = ? ORDER BY at, person, what',
    application,
  );

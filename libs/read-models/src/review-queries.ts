import type { Score } from '#domain/review/review-facts.js';
import { type Acquaintance, type Suspicion, suspicionsOf } from '#domain/review/suspicion.js';
import type { Looking } from '#domain/visibility.js';
import { outsideConflicts } from './application-queries.js';
import type { Condition, Listing, Page } from './listing.js';
import type { Views } from './views.js';

export interface ReviewerRow {
  readonly person: string;
  readonly name: string | null;
  readonly expertise: string;
  readonly appointedAt: string;
  readonly dismissedAt: string | null;
  readonly declared: number;
}

export const reviewerList: Listing = {
  select:
    'reviewers.person AS person, people.name AS name, expertise, appointed_at AS appointedAt, dismissed_at AS dismissedAt, declared_at IS NOT NULL AS declared',
  from: 'reviewers LEFT JOIN people ON people.id = reviewers.person',
  id: 'reviewers.person',
  sorts: { name: "COALESCE(people.name, '')", appointedAt: 'appointed_at' },
};

export const reviewersOfCall = (call: string): Condition => ({ sql: 'reviewers.call_id = ?', values: [call] });

export interface Progress {
  readonly assigned: number;
  readonly drafts: number;
  readonly submitted: number;
  readonly declined: number;
}

/** How far one reviewer is, over the files that exist for who looks. */
export const progressOf = (views: Views, call: string, person: string, { conflicts = [] }: Looking): Progress =>
  views.get<Progress>(
    `SELECT COUNT(*) FILTER (WHERE assignments.status = 'assigned') AS assigned,
      COUNT(*) FILTER (WHERE assignments.status = 'assigned' AND reviews.status = 'draft') AS drafts,
      COUNT(*) FILTER (WHERE assignments.status = 'assigned' AND reviews.status = 'submitted') AS submitted,
      COUNT(*) FILTER (WHERE assignments.status = 'declined') AS declined
    FROM assignments LEFT JOIN reviews ON reviews.application = assignments.application AND reviews.person = assignments.person
    WHERE assignments.person = ? AND call_id = ? AND assignments.application NOT IN (SELECT value FROM json_each(?))`,
    person,
    call,
    JSON.stringify(conflicts),
  ) ?? { assigned: 0, drafts: 0, submitted: 0, declined: 0 };

/** Of one reviewer in one call, as far as those files exist for who looks. */
export const conflictsIn = (
  views: Views,
  call: string,
  person: string,
  { conflicts = [] }: Looking,
): { application: string; nature: string }[] =>
  views.all(
    'SELECT application, nature FROM conflicts JOIN applications ON applications.id = application WHERE person = ? AND call_id = ? AND application NOT IN (SELECT value FROM json_each(?)) ORDER BY application',
    person,
    call,
    JSON.stringify(conflicts),
  );

/** One review that counts, or is to come. */
export interface ReviewOfFile {
  readonly person: string;
  readonly name: string | null;
  readonly status: 'assigned' | 'draft' | 'submitted';
  readonly meanHundredths: number | null;
  readonly recommendedCents: number | null;
}

export interface ReviewedFileRow {
  readonly application: string;
  readonly organisation: string;
  readonly organisationName: string | null;
  readonly title: string | null;
  /** `ReviewOfFile[]` as JSON. */
  readonly reviews: string;
}

const ofFile =
  "FROM assignments LEFT JOIN reviews ON reviews.application = assignments.application AND reviews.person = assignments.person LEFT JOIN people ON people.id = assignments.person WHERE assignments.application = applications.id AND assignments.status = 'assigned'";

export const reviewedFiles: Listing = {
  select: `applications.id AS application, organisation, organisations.name AS organisationName, applications.title AS title, (SELECT json_group_array(json_object('person', person, 'name', name, 'status', status, 'meanHundredths', mean, 'recommendedCents', recommended)) FROM (SELECT assignments.person AS person, people.name AS name, COALESCE(reviews.status, 'assigned') AS status, reviews.mean_hundredths AS mean, reviews.recommended_cents AS recommended ${ofFile} ORDER BY assignments.person)) AS reviews`,
  from: 'applications LEFT JOIN organisations ON organisations.id = organisation',
  id: 'applications.id',
  sorts: {
    organisation: 'organisation',
    mean: `COALESCE((SELECT AVG(reviews.mean_hundredths) ${ofFile}), -1)`,
    submitted: `(SELECT COUNT(reviews.mean_hundredths) ${ofFile})`,
  },
};

/** The files of a call that are reviewed or to be, but for those that don't exist for who looks. */
export const toReview = (call: string, looking: Looking): Condition[] => [
  {
    sql: "applications.call_id = ? AND applications.status = 'submitted' AND (EXISTS (SELECT 1 FROM examinations WHERE application = applications.id AND stage = 'admissible') OR EXISTS (SELECT 1 FROM assignments WHERE application = applications.id))",
    values: [call],
  },
  outsideConflicts(looking),
];

/** Those that this person is to judge. */
export const judgedBy = (person: string): Condition => ({
  sql: 'applications.id IN (SELECT application FROM file_readers WHERE person = ?)',
  values: [person],
});

export const namesList: Listing = {
  select:
    'applications.id AS application, organisation, organisations.name AS organisationName, applications.title AS title',
  from: 'applications LEFT JOIN organisations ON organisations.id = organisation',
  id: 'applications.id',
  sorts: { organisationName: "COALESCE(organisations.name, '')", organisation: 'organisation' },
};

/** Everything filed in the call, to declare interests on, but what they are declared on already. */
export const namesIn = (call: string, looking: Looking): Condition[] => [
  { sql: "applications.call_id = ? AND applications.status = 'submitted'", values: [call] },
  outsideConflicts(looking),
];

export interface SubmittedReview {
  readonly person: string;
  readonly name: string | null;
  /** 1, then one more with each amendment. */
  readonly review: number;
  readonly contentVersion: number;
  readonly scores: readonly Score[];
  readonly meanHundredths: number;
  readonly recommendedCents: number | null;
  readonly submittedAt: string;
}

/** Those that count: a review of somebody whose assignment has ended is in the log alone. */
export const reviewsOf = (views: Views, application: string): SubmittedReview[] =>
  views
    .all<Omit<SubmittedReview, 'scores'> & { scores: string }>(
      "SELECT reviews.person, people.name, review, content_version AS contentVersion, scores, mean_hundredths AS meanHundredths, recommended_cents AS recommendedCents, submitted_at AS submittedAt FROM reviews JOIN assignments ON assignments.application = reviews.application AND assignments.person = reviews.person LEFT JOIN people ON people.id = reviews.person WHERE reviews.application = ? AND assignments.status = 'assigned' AND reviews.status = 'submitted' ORDER BY submitted_at, reviews.person",
      application,
    )
    .map((row) => ({ ...row, scores: JSON.parse(row.scores) as Score[] }));

export interface OwnReview {
  readonly status: 'draft' | 'submitted';
  /** Of its stream. */
  readonly version: number;
  readonly contentVersion: number;
  readonly review: number;
  readonly meanHundredths: number | null;
  readonly submittedAt: string | null;
}

export const ownReview = (views: Views, application: string, person: string): OwnReview | undefined =>
  views.get(
    'SELECT status, version, content_version AS contentVersion, review, mean_hundredths AS meanHundredths, submitted_at AS submittedAt FROM reviews WHERE application = ? AND person = ?',
    application,
    person,
  );

export const callOfFile = (views: Views, application: string): string | undefined =>
  views.get<{ call: string }>('SELECT call_id AS call FROM applications WHERE id = ?', application)?.call;

export interface SuspectedConflict extends Suspicion {
  readonly person: string;
  readonly name: string | null;
  readonly application: string;
  readonly organisation: string;
  readonly organisationName: string | null;
}

/** Ties between the reviewers of a call and its applicants that nobody has declared yet. */
export function suspectedConflicts(views: Views, call: string, looking: Looking): Page<SuspectedConflict> {
  const reviewers = views.all<Acquaintance>(
    'SELECT person, name, email FROM reviewers JOIN people ON people.id = person WHERE call_id = ? AND dismissed_at IS NULL ORDER BY person',
    call,
  );
  const open = outsideConflicts(looking);
  const files = views.all<{
    application: string;
    organisation: string;
    organisationName: string | null;
    members: string;
  }>(
    `SELECT applications.id AS application, organisation, organisations.name AS organisationName,
      (SELECT json_group_array(json_object('person', people.id, 'name', people.name, 'email', people.email)) FROM members JOIN people ON people.id = members.person
        WHERE standing = 'member' AND (members.organisation = applications.organisation OR members.organisation IN (SELECT shares.organisation FROM shares WHERE application = applications.id))) AS members
    FROM applications LEFT JOIN organisations ON organisations.id = organisation
    WHERE call_id = ? AND applications.status = 'submitted' AND ${open.sql} ORDER BY applications.id`,
    call,
    ...open.values,
  );
  const known = new Set(
    views
      .all<{ tie: string }>(
        "SELECT conflicts.person || ' ' || application AS tie FROM conflicts JOIN applications ON applications.id = application WHERE call_id = ?",
        call,
      )
      .map(({ tie }) => tie),
  );
  const items = files.flatMap(({ members, ...file }) => {
    const people = JSON.parse(members) as Acquaintance[];
    return reviewers
      .filter(({ person }) => !known.has(`${person} ${file.application}`))
      .flatMap((reviewer) =>
        suspicionsOf(reviewer, people).map(({ reason, said }): SuspectedConflict => {
          const { person, name } = reviewer;
          return { person, name, ...file, reason, said };
        }),
      );
  });
  return { items };
}

/** Everybody who was ever appointed in a call: those who were dismissed too. */
export const reviewersEver = (views: Views, call: string): string[] =>
  views
    .all<{ person: string }>('SELECT person FROM reviewers WHERE call_id = ? ORDER BY person', call)
    .map(({ person }) => person);

/** Everybody whose declarations, assignments or review may speak of a file. */
export const reviewersOfFile = (views: Views, call: string, application: string): string[] =>
  views
    .all<{ person: string }>(
      'SELECT person FROM assignments WHERE application = ?1 UNION SELECT reviewers.person FROM reviewers JOIN conflicts ON conflicts.person = reviewers.person WHERE call_id = ?2 AND conflicts.application = ?1 ORDER BY person',
      application,
      call,
    )
    .map(({ person }) => person);

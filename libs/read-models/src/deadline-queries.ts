import type { Instant } from '#domain/decider.js';
import type { DeadlineKind } from '#domain/reminder/deadlines.js';
import type { ReminderPolicy, Step } from '#domain/reminder/policy.js';
import type { Lapse, Round } from '#domain/reminder/rounds.js';
import type { Views } from './views.js';

export interface DeadlineView {
  readonly key: string;
  readonly kind: DeadlineKind;
  readonly call: string;
  readonly about: string | null;
  readonly dueAt: Instant;
  readonly knownAt: Instant;
  /** How often its date moved. */
  readonly moves: number;
  /** Done, or no longer to be done. */
  readonly closedAt: Instant | null;
}

const columns =
  'key, kind, call_id AS "call", about, due_at AS dueAt, known_at AS knownAt, moves, closed_at AS closedAt';

export const deadlineOf = (views: Views, key: string): DeadlineView | undefined =>
  views.get<DeadlineView>(`SELECT ${columns} FROM deadlines WHERE key = ?`, key);

/** The deadlines of a call, the soonest first. */
export const deadlinesIn = (views: Views, call: string): DeadlineView[] =>
  views.all(`SELECT ${columns} FROM deadlines WHERE call_id = ? ORDER BY due_at, key`, call);

export interface DeadlineMove {
  readonly key: string;
  readonly from: Instant;
  readonly to: Instant;
  readonly movedAt: Instant;
}

/** From where to where dates moved, the first move first. */
export const movesOf = (views: Views, keys: readonly string[]): DeadlineMove[] =>
  views.all(
    'SELECT key, from_at AS "from", to_at AS "to", at AS movedAt FROM deadline_moves WHERE key IN (SELECT value FROM json_each(?)) ORDER BY key, move',
    JSON.stringify(keys),
  );

/** Those of some calls that are open and due between two instants, the soonest first. */
export const deadlinesBetween = (
  views: Views,
  calls: readonly string[],
  { from, to, most }: { from: Instant; to: Instant; most: number },
): DeadlineView[] =>
  views.all(
    `SELECT ${columns} FROM deadlines WHERE closed_at IS NULL AND due_at >= ? AND due_at < ? AND call_id IN (SELECT value FROM json_each(?)) ORDER BY due_at, key LIMIT ?`,
    from,
    to,
    JSON.stringify(calls),
    most,
  );

export interface RoundView extends Omit<Round, 'lapsed'> {
  readonly call: string;
  readonly kind: DeadlineKind;
  readonly about: string | null;
  readonly status: 'planned' | 'opened' | 'lapsed';
  readonly lapsed: Lapse | null;
  /** When it was opened or lapsed, and the fact that says so. */
  readonly settledAt: Instant | null;
  readonly fact: string | null;
  readonly stream: string | null;
}

type Row = Omit<RoundView, 'step' | 'merges'> & { readonly step: string; readonly merges: string };
const roundColumns =
  'key, deadline, call_id AS "call", kind, about, name, step, merges, due_at AS dueAt, at, lapse AS lapsed, status, settled_at AS settledAt, fact, stream';
const told = ({ step, merges, ...row }: Row): RoundView => ({
  ...row,
  step: JSON.parse(step) as Step,
  merges: JSON.parse(merges) as string[],
});

/** Planned rounds to go out before an instant, and after another; those that lapse among them. */
export const roundsPlanned = (views: Views, after: Instant, until: Instant, most: number): RoundView[] =>
  views
    .all<Row>(
      `SELECT ${roundColumns} FROM rounds WHERE status = 'planned' AND at > ? AND at <= ? ORDER BY at, key LIMIT ?`,
      after,
      until,
      most,
    )
    .map(told);

/** How many planned rounds after an instant have theirs behind them, and how many more come until another. */
export const roundsWaiting = (views: Views, after: Instant, now: Instant, until: Instant) =>
  views.get<{ overdue: number; due: number }>(
    "SELECT COUNT(*) FILTER (WHERE at <= ?2) AS overdue, COUNT(*) FILTER (WHERE at > ?2) AS due FROM rounds WHERE status = 'planned' AND at > ?1 AND at <= ?3",
    after,
    now,
    until,
  ) as { overdue: number; due: number };

/** Every round of a call, what is past and what is planned. */
export const roundsIn = (views: Views, call: string): RoundView[] =>
  views.all<Row>(`SELECT ${roundColumns} FROM rounds WHERE call_id = ? ORDER BY at, key`, call).map(told);

export const roundOf = (views: Views, key: string): RoundView | undefined => {
  const row = views.get<Row>(`SELECT ${roundColumns} FROM rounds WHERE key = ?`, key);
  return row && told(row);
};

/** The rounds to come of these deadlines, the next first. */
export const plannedOf = (views: Views, deadlines: readonly string[]): RoundView[] =>
  views
    .all<Row>(
      `SELECT ${roundColumns} FROM rounds WHERE status = 'planned' AND lapse IS NULL AND deadline IN (SELECT value FROM json_each(?)) ORDER BY at, key`,
      JSON.stringify(deadlines),
    )
    .map(told);

/** How many people each of these facts was told to, and to how many of them it was delivered. */
export const toldOf = (
  views: Views,
  facts: readonly string[],
): ReadonlyMap<string, { readonly people: number; readonly delivered: number }> =>
  new Map(
    views
      .all<{ stream: string; people: number; delivered: number }>(
        'SELECT stream, COUNT(*) AS people, COUNT(delivered_at) AS delivered FROM notices WHERE stream IN (SELECT value FROM json_each(?)) GROUP BY stream',
        JSON.stringify(facts),
      )
      .map(({ stream, people, delivered }) => [stream, { people, delivered }]),
  );

/** The steps that a call set itself, and when. */
export function policyOf(views: Views, call: string): { policy: ReminderPolicy; setAt: Instant } | undefined {
  const row = views.get<{ policy: string; setAt: Instant }>(
    'SELECT policy, set_at AS setAt FROM reminder_policies WHERE call_id = ?',
    call,
  );
  return row && { policy: JSON.parse(row.policy) as ReminderPolicy, setAt: row.setAt };
}

/** The file that a deadline is of, where it is of one. */
export function fileOf(
  views: Views,
  { kind, about }: { readonly kind: DeadlineKind; readonly about?: string | null },
): string | undefined {
  if (about === null || about === undefined) return undefined;
  if (kind === 'completion' || kind === 'signatures') return about;
  if (kind !== 'reports') return undefined;
  return views.get<{ application: string }>('SELECT application FROM reports WHERE id = ?', about)?.application;
}

/**
 * The open deadlines that may concern somebody: of the calls where they hold a role, by their institution or alone, and
 * of the files of their organisations or shared with these.
 */
export const deadlinesOpenFrom = (views: Views, person: string): DeadlineView[] =>
  views.all(
    `SELECT ${columns} FROM deadlines WHERE closed_at IS NULL AND call_id IN (
       SELECT call_id FROM grants JOIN call_institutions ON institution = scope_id WHERE person = ?1 AND scope_kind = 'institution' AND part = 'lead'
       UNION SELECT scope_id FROM grants WHERE person = ?1 AND scope_kind = 'call'
       UNION SELECT call_id FROM grants JOIN applications ON organisation = scope_id WHERE person = ?1 AND scope_kind = 'organisation'
       UNION SELECT call_id FROM grants JOIN shares ON shares.organisation = scope_id JOIN applications ON applications.id = application WHERE person = ?1 AND scope_kind = 'organisation'
     ) ORDER BY due_at, key`,
    person,
  );

export interface SentReminder {
  readonly notice: string;
  readonly call: string;
  readonly kind: DeadlineKind;
  readonly name: string;
  readonly issuedAt: Instant;
  readonly deliveredAt: Instant | null;
}

/** The reminders that somebody was sent, the newest first. */
export const remindersSentTo = (views: Views, person: string): SentReminder[] =>
  views.all(
    'SELECT notices.id AS notice, rounds.call_id AS "call", rounds.kind AS kind, rounds.name AS name, issued_at AS issuedAt, delivered_at AS deliveredAt FROM notices JOIN rounds ON rounds.stream = notices.stream WHERE person = ? AND notices.kind = \'reminder\' ORDER BY issued_at DESC, notices.id',
    person,
  );

/** A round that somebody was written to of. */
export interface SentRound extends RoundView {
  readonly issuedAt: Instant;
  readonly deliveredAt: Instant | null;
  /** When it was given up, or refused by their address. */
  readonly failedAt: Instant | null;
}

/** The reminders of one call that somebody was sent, the first first. */
export const remindersSentIn = (views: Views, call: string, person: string): SentRound[] =>
  views
    .all<Row & Pick<SentRound, 'issuedAt' | 'deliveredAt' | 'failedAt'>>(
      `SELECT ${roundColumns}, issuedAt, deliveredAt, failedAt FROM rounds JOIN (
         SELECT stream AS of_round, issued_at AS issuedAt, delivered_at AS deliveredAt, CASE WHEN delivered_at IS NULL THEN ended_at END AS failedAt
         FROM notices WHERE notices.person = ?1 AND notices.kind = 'reminder' AND notices.call_id = ?2
       ) ON stream = of_round WHERE rounds.call_id = ?2 ORDER BY issuedAt, key`,
      person,
      call,
    )
    .map((row) => ({ ...row, ...told(row) }));

/** The other deadlines of one kind and date in a call, each of a file of its own. */
export const dueWith = (
  views: Views,
  { deadline, kind, call, dueAt }: Pick<RoundView, 'deadline' | 'kind' | 'call' | 'dueAt'>,
): { key: string; kind: DeadlineKind; call: string; about: string }[] =>
  views.all(
    'SELECT key, kind, call_id AS "call", about FROM deadlines WHERE call_id = ? AND due_at = ? AND kind = ? AND key <> ? AND about IS NOT NULL AND closed_at IS NULL ORDER BY key',
    call,
    dueAt,
    kind,
    deadline,
  );

import { clockOf } from '#domain/application/examination.js';
import type { Examined } from '#domain/application/admissibility-facts.js';
import { silenceAfter } from '#domain/schedule/bounds.js';
import type { Calendar, Instant } from '#domain/decider.js';
import { later } from '#domain/instants.js';
import type { RuleSet } from '#domain/rules.js';
import type { Looking } from '#domain/visibility.js';
import { holdersOfAny } from './identity.js';
import { applicationsSeenBy, outsideConflicts, ownOrganisations } from './application-queries.js';
import type { Views } from './views.js';

/** Whom a call's dates concern: files by how far they are, and people. */
export interface Concerned {
  readonly drafts: number;
  readonly submitted: number;
  readonly reviewers: number;
  readonly members: number;
  /** Of the leads: those who prepare, sign, examine and pay. */
  readonly staff: number;
}

export function concernedIn(
  views: Views,
  call: string,
  leads: readonly string[],
  files: { readonly started: number; readonly submitted: number; readonly withdrawn: number },
): Concerned {
  const count = (sql: string): number => views.get<{ people: number }>(sql, call)?.people ?? 0;
  return {
    drafts: files.started - files.submitted - files.withdrawn,
    submitted: files.submitted,
    reviewers: count('SELECT COUNT(*) AS people FROM reviewers WHERE call_id = ? AND dismissed_at IS NULL'),
    members: count('SELECT COUNT(*) AS people FROM commission_members WHERE call_id = ? AND removed_at IS NULL'),
    staff: holdersOfAny(views, 'institution', leads, ['administrator', 'signatory', 'case-officer', 'finance-officer'])
      .length,
  };
}

/** A file that silence rejects before it is decided on. */
export interface Silenced {
  readonly application: string;
  readonly organisation: string;
  readonly organisationName: string | null;
  readonly receipt: string | null;
  /** When its delay began. */
  readonly since: Instant;
  /** The last instant at which it can be decided on. */
  readonly until: Instant;
}

interface WaitingRow {
  readonly id: string;
  readonly organisation: string;
  readonly organisationName: string | null;
  readonly receipt: string | null;
  readonly submittedAt: Instant;
  readonly examined: string | null;
}

const DECIDED = "('granted', 'declined', 'refused', 'no-action')";
const waiting = `SELECT applications.id, organisation, organisations.name AS organisationName, receipt, submitted_at AS submittedAt, examinations.state AS examined FROM applications LEFT JOIN organisations ON organisations.id = organisation LEFT JOIN examinations ON examinations.application = applications.id LEFT JOIN awards ON awards.application = applications.id WHERE applications.call_id = ? AND applications.status = 'submitted' AND submitted_at IS NOT NULL AND COALESCE(examinations.stage, '') <> 'refused-beforehand' AND COALESCE(awards.status, '') NOT IN ${DECIDED}`;

/**
 * The files without a decision that silence rejects before `decision`, the first of them first: `count` of all but
 * those somebody has a conflict on, `files` of those they may see now, which while contents are sealed is none.
 */
export function silencedBefore(
  views: Views,
  call: string,
  asked: { readonly decision: Instant; readonly deadline: Instant; readonly at: Instant; readonly rules: RuleSet },
  looking: Looking & { readonly person: string },
  calendar: Calendar,
): { readonly count: number; readonly files: readonly Silenced[] } {
  const { decision, deadline, at, rules } = asked;
  const untilOf = rememberedByDay((from) => silenceAfter(from, rules, calendar), calendar);
  const { sql, values } = outsideConflicts(looking);
  const own = JSON.stringify(ownOrganisations(looking.grants));
  const rows = views.all<WaitingRow>(
    `${waiting} AND (${sql} OR organisation IN (SELECT value FROM json_each(?))) ORDER BY submitted_at, applications.id`,
    call,
    ...values,
    own,
  );
  const silenced = rows
    .map(({ id, submittedAt, examined, ...row }): Silenced => {
      const since = rules.delays.silence.from === 'deadline' ? deadline : submittedAt;
      const stopped = rules.delays.silence.from === 'deadline' ? 0 : stoppedFor(examined, submittedAt, at);
      return { application: id, ...row, since, until: later(untilOf(since), stopped) };
    })
    .filter(({ until }) => until < decision)
    .sort((a, b) => (a.until < b.until ? -1 : a.until > b.until ? 1 : 0));
  const seen = silenced.length === 0 ? new Set<string>() : seenBy(views, call, looking);
  return { count: silenced.length, files: silenced.filter(({ application }) => seen.has(application)) };
}

/** For how long the clock stands still: a request that is open, until what is asked for is due (CRPA L114-5). */
function stoppedFor(examined: string | null, submittedAt: Instant, at: Instant): number {
  if (examined === null) return 0;
  const state = JSON.parse(examined) as Examined;
  const until = state.completion && state.completion.dueAt > at ? state.completion.dueAt : at;
  return clockOf(state, submittedAt, later(until, 1000)).stoppedMs;
}

function seenBy(views: Views, call: string, looking: Looking & { readonly person: string }): ReadonlySet<string> {
  const ways = applicationsSeenBy(looking, { call });
  return new Set(
    ways.flatMap(({ sql, values, each }) =>
      views
        .all<{ id: string }>(
          each
            ? `SELECT applications.id FROM (${each.sql}) AS every JOIN applications ON ${sql}`
            : `SELECT applications.id FROM applications WHERE ${sql}`,
          ...(each ? [...each.values, ...values] : values),
        )
        .map(({ id }) => id),
    ),
  );
}

/** Ten thousand files arrive on a few days. */
function rememberedByDay(instantFrom: (from: Instant) => Instant, calendar: Calendar): (from: Instant) => Instant {
  const known = new Map<string, Instant>();
  return (from) => {
    // An hour is one day in Paris, whatever the season.
    const key = from.slice(0, 13);
    const until = known.get(key) ?? instantFrom(calendar.instantOf(calendar.dayOf(from), '12:00:00'));
    known.set(key, until);
    return until;
  };
}

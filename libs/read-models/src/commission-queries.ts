import type { Presence, Quorum } from '#domain/commission/commission-facts.js';
import type { Looking } from '#domain/visibility.js';
import type { Condition, Listing } from './listing.js';
import type { Views } from './views.js';

export interface MemberRow {
  readonly person: string;
  readonly name: string | null;
  readonly sitsFor: string;
  readonly voice: string;
  readonly chair: boolean;
  readonly substitute: string | null;
  readonly substituteName: string | null;
  readonly qualified: boolean;
  readonly appointedAt: string;
  readonly interestsDeclaredAt: string | null;
}

type Flagged<Row, Flag extends keyof Row> = Omit<Row, Flag> & { readonly [F in Flag]: number };

/** Those who have a seat now, in the order of appointment. */
export const membersOf = (views: Views, call: string): MemberRow[] =>
  views
    .all<Flagged<MemberRow, 'chair' | 'qualified'>>(
      'SELECT person, people.name, sits_for AS sitsFor, voice, chair, substitute, others.name AS substituteName, qualified, appointed_at AS appointedAt, declared_at AS interestsDeclaredAt FROM commission_members LEFT JOIN people ON people.id = person LEFT JOIN people AS others ON others.id = substitute LEFT JOIN commission_declarations USING (call_id, person) WHERE call_id = ? AND removed_at IS NULL ORDER BY appointed_at, person',
      call,
    )
    .map(({ chair, qualified, ...row }) => ({ ...row, chair: chair === 1, qualified: qualified === 1 }));

export interface AttendanceRow {
  readonly member: string;
  readonly name: string | null;
  readonly as: Presence;
  readonly by: string | null;
  readonly substituted: boolean;
  readonly withSubstitute: boolean;
}

/** One date that didn't hold. */
export interface MoveRow {
  readonly from: string;
  readonly to: string;
  /** When it had been convened for the old date; null where it hadn't. */
  readonly convenedAt: string | null;
  readonly reason: string;
  readonly movedAt: string;
}

export interface SessionRow {
  readonly id: string;
  readonly status: string;
  readonly startsAt: string;
  readonly place: string;
  readonly reconvenes: string | null;
  readonly convenedAt: string | null;
  readonly urgency: string | null;
  readonly noQuorumRequired: boolean;
  readonly documents: readonly string[];
  /** How many files are on the agenda, for who looks. */
  readonly files: number;
  /** When it opened, or was adjourned. */
  readonly quorum: Quorum | null;
  readonly attendance: readonly AttendanceRow[];
  /** The dates it had before, the oldest first. */
  readonly moves: readonly MoveRow[];
}

type SessionColumns = Omit<Flagged<SessionRow, 'noQuorumRequired'>, 'documents' | 'quorum' | 'attendance' | 'moves'> & {
  readonly documents: string;
  readonly quorum: string | null;
};

const sessionColumns =
  'SELECT id, status, starts_at AS startsAt, place, reconvenes, convened_at AS convenedAt, urgency, no_quorum_required AS noQuorumRequired, documents, files - (SELECT COUNT(*) FROM session_items WHERE session = sessions.id AND application IN (SELECT value FROM json_each(?))) AS files, quorum FROM sessions WHERE call_id = ?';
const sessionOfCall = `${sessionColumns} AND id = ?`;
const sessionsOfCall = `${sessionColumns} ORDER BY starts_at, id`;

const movesOfSession =
  'SELECT from_at AS "from", to_at AS "to", convened_at AS convenedAt, reason, moved_at AS movedAt FROM session_moves WHERE call_id = ? AND session = ? ORDER BY number';

const sessionRow = (
  views: Views,
  call: string,
  { noQuorumRequired, documents, quorum, ...row }: SessionColumns,
): SessionRow => ({
  ...row,
  noQuorumRequired: noQuorumRequired === 1,
  documents: JSON.parse(documents) as string[],
  quorum: quorum === null ? null : (JSON.parse(quorum) as Quorum),
  attendance: attendanceOf(views, row.id),
  moves: views.all<MoveRow>(movesOfSession, call, row.id),
});

const attendanceOf = (views: Views, session: string): AttendanceRow[] =>
  views
    .all<Flagged<AttendanceRow, 'substituted' | 'withSubstitute'>>(
      'SELECT member, name, came AS "as", held_by AS "by", substituted, with_substitute AS withSubstitute FROM attendance LEFT JOIN people ON people.id = member WHERE session = ? ORDER BY member',
      session,
    )
    .map(({ substituted, withSubstitute, ...row }) => ({
      ...row,
      substituted: substituted === 1,
      withSubstitute: withSubstitute === 1,
    }));

export const sessionsOf = (views: Views, call: string, { conflicts = [] }: Looking): SessionRow[] =>
  views.all<SessionColumns>(sessionsOfCall, JSON.stringify(conflicts), call).map((row) => sessionRow(views, call, row));

export function sessionOf(
  views: Views,
  call: string,
  session: string,
  { conflicts = [] }: Looking,
): SessionRow | undefined {
  const row = views.get<SessionColumns>(sessionOfCall, JSON.stringify(conflicts), call, session);
  return row && sessionRow(views, call, row);
}

export interface RecusalRow {
  readonly member: string;
  readonly nature: string;
  readonly substitute: string | null;
}
export interface ItemRow {
  readonly application: string;
  /** From 1, in the order of the agenda. */
  readonly place: number;
  readonly organisation: string | null;
  readonly organisationName: string | null;
  readonly heard: boolean;
  readonly recused: readonly RecusalRow[];
  /** Null while it isn't voted. */
  readonly vote: {
    readonly how: string;
    readonly for: number;
    readonly against: number;
    readonly abstain: number;
    readonly quorum: Quorum;
    readonly ballots: readonly { readonly member: string; readonly choice: string }[];
    readonly casting: readonly { readonly chair: string; readonly favourable: boolean }[];
  } | null;
  readonly result: string;
}

export interface ItemListRow {
  readonly application: string;
  readonly place: number;
  readonly organisation: string | null;
  readonly organisationName: string | null;
  readonly heard: number;
  readonly how: string | null;
  readonly votesFor: number | null;
  readonly votesAgainst: number | null;
  readonly votesAbstain: number | null;
  readonly quorum: string | null;
  readonly result: string;
  readonly recusals: string;
  readonly ballots: string;
  readonly castings: string;
}

const ofItem = 'session = session_items.session AND application = session_items.application';
/** The items of a session with what was voted; `ballots` are shown once the vote is closed. */
export const itemList: Listing = {
  select: `application, place, organisation, organisations.name AS organisationName, heard, how, votes_for AS votesFor, votes_against AS votesAgainst, votes_abstain AS votesAbstain, quorum, result, (SELECT json_group_array(json_object('member', member, 'nature', nature, 'substitute', substitute)) FROM recusals WHERE ${ofItem}) AS recusals, CASE WHEN how = 'name' THEN (SELECT json_group_array(json_object('member', member, 'choice', choice)) FROM ballots WHERE ${ofItem}) ELSE '[]' END AS ballots, (SELECT json_group_array(json_object('chair', chair, 'favourable', json(iif(favourable, 'true', 'false')))) FROM casting_votes WHERE ${ofItem}) AS castings`,
  from: 'session_items LEFT JOIN applications ON applications.id = application LEFT JOIN organisations ON organisations.id = organisation',
  id: 'session_items.application',
  sorts: { place: 'place' },
};

export const itemRow = ({
  how,
  votesFor,
  votesAgainst,
  votesAbstain,
  quorum,
  heard,
  recusals,
  ballots,
  castings,
  ...row
}: ItemListRow): ItemRow => ({
  ...row,
  heard: heard === 1,
  recused: JSON.parse(recusals) as RecusalRow[],
  vote:
    how === null || votesFor === null || votesAgainst === null || votesAbstain === null || quorum === null
      ? null
      : {
          how,
          for: votesFor,
          against: votesAgainst,
          abstain: votesAbstain,
          quorum: JSON.parse(quorum) as Quorum,
          ballots: JSON.parse(ballots) as { member: string; choice: string }[],
          casting: JSON.parse(castings) as { chair: string; favourable: boolean }[],
        },
});

export interface RankingRow {
  readonly rank: number;
  readonly application: string;
  readonly list: string;
  readonly amountCents: number;
  readonly requestedCents: number | null;
  readonly organisation: string;
  readonly organisationName: string | null;
  readonly title: string | null;
  readonly session: string;
  readonly status: 'draft' | 'submitted' | 'withdrawn';
}

/** But those this person may not deliberate on: a conflict they declared, or recused (CRPA R133-12). */
export const itemsOpenTo = (session: string, { person, conflicts = [] }: Looking & { person: string }): Condition => ({
  sql: 'session_items.session = ? AND session_items.application NOT IN (SELECT value FROM json_each(?)) AND session_items.application NOT IN (SELECT application FROM recusals WHERE session = ? AND member = ?)',
  values: [session, JSON.stringify(conflicts), session, person],
});

/** In the order of the ranks, on one index. */
export const rankingList: Listing = {
  select:
    'position AS rank, application, list, amount_cents AS amountCents, requested_cents AS requestedCents, organisation, organisations.name AS organisationName, title, session, applications.status',
  from: 'rankings JOIN applications ON applications.id = application LEFT JOIN organisations ON organisations.id = organisation',
  id: 'rankings.application',
  sorts: { rank: 'position' },
  long: true,
};

export interface MinutesRow {
  readonly version: number;
  readonly hash: string;
  /** With people, files and comments by their ids: what the hash is of. */
  readonly text: string;
  readonly draftedAt: string;
  readonly signatures: readonly { readonly chair: string; readonly name: string | null; readonly signedAt: string }[];
  readonly comments: readonly {
    readonly id: string;
    readonly version: number;
    readonly person: string;
    readonly name: string | null;
    readonly at: string;
    readonly text: string | null;
  }[];
}

/** The last version, with everything that was said of the minutes. */
export function minutesOf(views: Views, session: string): MinutesRow | undefined {
  const row = views.get<Pick<MinutesRow, 'version' | 'hash' | 'text' | 'draftedAt'>>(
    'SELECT version, hash, text, drafted_at AS draftedAt FROM minutes WHERE session = ? ORDER BY version DESC LIMIT 1',
    session,
  );
  if (!row) return undefined;
  return {
    ...row,
    signatures: views.all(
      'SELECT chair, name, signed_at AS signedAt FROM minutes_signatures LEFT JOIN people ON people.id = chair WHERE session = ? AND version = ? ORDER BY signed_at, chair',
      session,
      row.version,
    ),
    comments: views.all(
      'SELECT minutes_comments.id, version, person, name, at, text FROM minutes_comments LEFT JOIN people ON people.id = person WHERE session = ? ORDER BY at, minutes_comments.id',
      session,
    ),
  };
}

const personName = 'SELECT name FROM people WHERE id = ?';
const applicantName =
  'SELECT organisations.name FROM applications JOIN organisations ON organisations.id = organisation WHERE applications.id = ?';
const commentText = 'SELECT text AS name FROM minutes_comments WHERE id = ?';
const sayings: Readonly<Record<string, string>> = {
  personne: personName,
  dossier: applicantName,
  observation: commentText,
};

/** The name behind a mention, if it is still known. */
export const mentioned = (views: Views, kind: string, id: string): string | null => {
  const sql = sayings[kind];
  return sql === undefined ? null : (views.get<{ name: string | null }>(sql, id)?.name ?? null);
};

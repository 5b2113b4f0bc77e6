import type { Award, AwardEvent, AwardLine, KnownAward, LeadDecision } from '#domain/award/award-facts.js';
import { envelopeId } from '#domain/award/envelope-facts.js';
import { evolveAward, noAward } from '#domain/award/evolve.js';
import type { EnvelopeLine } from '#domain/call/call-contents.js';
import type { Looking } from '#domain/visibility.js';
import type { Listing } from './listing.js';
import { idOf, type ReadModel, type Told } from './read-model.js';
import type { Views } from './views.js';

/** What the applicant was last told: it stays before them while the leads decide again. */
export interface ToldOutcome extends Pick<KnownAward, 'status' | 'decisions' | 'granted'> {
  /** As it was notified, whatever the applicant has answered since. */
  readonly outcome: KnownAward['status'];
  readonly notified: NonNullable<KnownAward['notified']>;
  readonly institution: string;
  readonly at: string;
}

/** The line that was short at the last attempt. */
export interface ShortLine {
  readonly line: number;
  readonly askedCents: number;
  readonly leftCents: number;
}

type AwardFact = AwardEvent['type'];
interface Row {
  readonly state: string;
  readonly waiting: string;
  readonly short: string | null;
  readonly told: string | null;
  readonly budget_version: number | null;
  readonly appeal_version: number | null;
}

/** Decisions on files as their decider folds them, one row each; and what awards hold of each envelope. */
export const awards: ReadModel = {
  tables: `
    CREATE TABLE awards (application TEXT PRIMARY KEY, call_id TEXT NOT NULL, status TEXT NOT NULL, decided INTEGER NOT NULL, amount_cents INTEGER, notified_on TEXT, appeal_until TEXT, appeal TEXT, accepted INTEGER NOT NULL, changed_at TEXT NOT NULL, version INTEGER NOT NULL, state TEXT NOT NULL, waiting TEXT NOT NULL, short TEXT, told TEXT, budget_version INTEGER, appeal_version INTEGER) WITHOUT ROWID;
    CREATE INDEX awards_call ON awards (call_id, changed_at);
    CREATE TABLE held_funds (envelope TEXT NOT NULL, application TEXT NOT NULL, reserved_cents INTEGER NOT NULL, awards INTEGER NOT NULL, PRIMARY KEY (envelope, application)) WITHOUT ROWID;
  `,
  handlers: (db) => {
    const load = db.prepare(
      'SELECT state, waiting, short, told, budget_version, appeal_version FROM awards WHERE application = ?',
    );
    const save = db.prepare(`INSERT OR REPLACE INTO awards VALUES (${Array.from({ length: 17 }, () => '?').join()})`);
    const take = db.prepare(
      'INSERT INTO held_funds VALUES (?1, ?2, ?3, 1) ON CONFLICT (envelope, application) DO UPDATE SET reserved_cents = reserved_cents + ?3, awards = awards + 1',
    );
    const giveBack = db.prepare(
      'UPDATE held_funds SET reserved_cents = reserved_cents - ?3, awards = awards - 1 WHERE envelope = ?1 AND application = ?2',
    );
    const change = ({ stream, version, type, data, metadata: { at } }: Told<AwardFact>) => {
      const id = idOf(stream);
      const row = load.get(id) as Row | undefined;
      const fact = { type, ...data } as AwardEvent;
      const after = evolveAward(row ? (JSON.parse(row.state) as Award) : noAward, fact);
      if (after.status === 'absent') return;
      save.run(
        id,
        after.call,
        after.status,
        Object.keys(after.decisions).length,
        after.granted?.amountCents ?? null,
        after.notified?.on ?? null,
        after.notified?.appealUntil ?? null,
        after.appeal ?? null,
        after.granted?.accepted ? 1 : 0,
        at,
        version,
        JSON.stringify(after),
        JSON.stringify(fact.type === 'AwardDecided' ? fact.waitingFor : []),
        shortAfter(fact, row),
        toldAfter(fact, after, row, at),
        fact.type === 'ReducedAmountAccepted' ? fact.content.version : (row?.budget_version ?? null),
        fact.type === 'AppealLodged' ? fact.content.version : (row?.appeal_version ?? null),
      );
    };
    return {
      ...Object.fromEntries(awardFacts.map((type) => [type, change])),
      FundsReserved: ({ stream, data }) => take.run(idOf(stream), data.application, data.amountCents),
      FundsReleased: ({ stream, data }) => {
        // A release of nothing closes a reservation that was never made.
        if (data.amountCents > 0) giveBack.run(idOf(stream), data.application, data.amountCents);
      },
    };
  },
};

function shortAfter(fact: AwardEvent, row: Row | undefined): string | null {
  if (fact.type === 'AwardPending') return null;
  if (fact.type !== 'AwardFailed') return row?.short ?? null;
  const { line, askedCents, leftCents } = fact;
  return JSON.stringify({ line, askedCents, leftCents } satisfies ShortLine);
}

function toldAfter(fact: AwardEvent, after: KnownAward, row: Row | undefined, at: string): string | null {
  const { status, decisions, granted, notified } = after;
  if (fact.type === 'AwardNotified' && notified) {
    const { institution } = fact;
    const told: ToldOutcome = {
      outcome: status,
      status,
      decisions,
      ...(granted && { granted }),
      notified,
      institution,
      at,
    };
    return JSON.stringify(told);
  }
  const before = row?.told ? (JSON.parse(row.told) as ToldOutcome) : undefined;
  if (before && (fact.type === 'ReducedAmountAccepted' || fact.type === 'AwardDeclined')) {
    return JSON.stringify({ ...before, status, ...(granted && { granted }) });
  }
  return row?.told ?? null;
}

/** `tsc` fails while a fact of the award is missing. */
const everyAwardFact: Record<AwardFact, true> = {
  AwardDecided: true,
  AwardPending: true,
  AwardGranted: true,
  AwardFailed: true,
  AwardSettled: true,
  AwardNotified: true,
  ReducedAmountAccepted: true,
  AwardDeclined: true,
  CalledUpFromReserve: true,
  AppealLodged: true,
  AppealAnswered: true,
};
const awardFacts = Object.keys(everyAwardFact) as AwardFact[];

export interface AwardRow {
  readonly version: number;
  readonly changedAt: string;
  readonly award: KnownAward;
  readonly waitingFor: readonly string[];
  readonly short: ShortLine | null;
  readonly told: ToldOutcome | null;
  /** Versions of what the applicant wrote, in the content stream of the award. */
  readonly budgetVersion: number | null;
  readonly appealVersion: number | null;
}

const oneAward =
  'SELECT version, changed_at, state, waiting, short, told, budget_version, appeal_version FROM awards WHERE application = ?';

export function awardOf(views: Views, application: string): AwardRow | undefined {
  const row = views.get<Row & { version: number; changed_at: string }>(oneAward, application);
  if (!row) return undefined;
  return {
    version: row.version,
    changedAt: row.changed_at,
    award: JSON.parse(row.state) as KnownAward,
    waitingFor: JSON.parse(row.waiting) as string[],
    short: row.short === null ? null : (JSON.parse(row.short) as ShortLine),
    told: row.told === null ? null : (JSON.parse(row.told) as ToldOutcome),
    budgetVersion: row.budget_version,
    appealVersion: row.appeal_version,
  };
}

export const decisionsOf = (decisions: KnownAward['decisions']): readonly LeadDecision[] => Object.values(decisions);

/** All lines of a round, in their order. */
export const linesOf = (decisions: KnownAward['decisions']): AwardLine[] =>
  decisionsOf(decisions)
    .flatMap(({ lines }) => lines)
    .sort((a, b) => a.line - b.line);

export interface AwardListRow {
  readonly application: string;
  readonly organisation: string;
  readonly organisationName: string | null;
  readonly receipt: string | null;
  readonly status: string;
  readonly decided: number;
  readonly requestedCents: number | null;
  readonly amountCents: number | null;
  readonly accepted: number;
  readonly notifiedOn: string | null;
  readonly appealUntil: string | null;
  readonly appeal: string | null;
  readonly changedAt: string;
}

export const awardList: Listing = {
  select:
    'awards.application, organisation, organisations.name AS organisationName, receipt, awards.status, decided, requested_cents AS requestedCents, amount_cents AS amountCents, accepted, notified_on AS notifiedOn, appeal_until AS appealUntil, appeal, awards.changed_at AS changedAt',
  from: 'awards JOIN applications ON applications.id = awards.application LEFT JOIN organisations ON organisations.id = organisation',
  id: 'awards.application',
  sorts: {
    changedAt: 'awards.changed_at',
    organisation: 'organisation',
    amountCents: 'COALESCE(amount_cents, -1)',
    status: 'awards.status',
  },
};

export interface EnvelopeRow extends EnvelopeLine {
  /** 1 is the first. */
  readonly line: number;
  readonly reservedCents: number;
  readonly leftCents: number;
  /** How many awards hold money of it. */
  readonly awards: number;
}

const reserved =
  'SELECT COALESCE(SUM(reserved_cents), 0) AS reservedCents, COALESCE(SUM(awards), 0) AS awards FROM held_funds WHERE envelope = ? AND application NOT IN (SELECT value FROM json_each(?))';

/** What each line has left, as if nothing were held for the files that somebody has a conflict on. */
export const envelopesOf = (
  views: Views,
  call: string,
  lines: readonly EnvelopeLine[],
  { conflicts = [] }: Looking,
): EnvelopeRow[] =>
  lines.map((line, index) => {
    const hidden = JSON.stringify(conflicts);
    const id = envelopeId(call, index + 1);
    const held = views.get<{ reservedCents: number; awards: number }>(reserved, id, hidden) ?? {
      reservedCents: 0,
      awards: 0,
    };
    return { line: index + 1, ...line, ...held, leftCents: line.amountCents - held.reservedCents };
  });

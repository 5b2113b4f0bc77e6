import type { Award, AwardEvent, KnownAward } from '#domain/award/award-facts.js';
import { evolveAward, noAward } from '#domain/award/evolve.js';
import { idOf, type ReadModel, type Told } from './read-model.js';

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
  readonly short: string | null;
  readonly told: string | null;
  readonly budget_version: number | null;
  readonly appeal_version: number | null;
}

/** Decisions on files as their decider folds them, one row each; and what awards hold of each envelope. */
/** What an award holds of one line, or gives back, within a batch. */
interface Holding {
  readonly envelope: string;
  readonly application: string;
  readonly cents: number;
  readonly awards: number;
}

export const awards: ReadModel = {
  tables: `
    CREATE TABLE awards (application TEXT PRIMARY KEY, call_id TEXT NOT NULL, status TEXT NOT NULL, decided INTEGER NOT NULL, amount_cents INTEGER, notified_on TEXT, appeal_until TEXT, appeal TEXT, accepted INTEGER NOT NULL, changed_at TEXT NOT NULL, version INTEGER NOT NULL, state TEXT NOT NULL, waiting TEXT NOT NULL, short TEXT, told TEXT, budget_version INTEGER, appeal_version INTEGER) WITHOUT ROWID;
    CREATE INDEX awards_call ON awards (call_id, changed_at);
    CREATE TABLE held_funds (envelope TEXT NOT NULL, application TEXT NOT NULL, reserved_cents INTEGER NOT NULL, awards INTEGER NOT NULL, PRIMARY KEY (envelope, application)) WITHOUT ROWID;
  `,
  handlers: (db) => {
    const load = db.prepare(
      'SELECT state, short, told, budget_version, appeal_version FROM awards WHERE application = ?',
    );
    const save = db.prepare(`INSERT OR REPLACE INTO awards VALUES (${Array.from({ length: 17 }, () => '?').join()})`);
    const hold = db.prepare(
      'INSERT INTO held_funds VALUES (?1, ?2, ?3, ?4) ON CONFLICT (envelope, application) DO UPDATE SET reserved_cents = reserved_cents + ?3, awards = awards + ?4',
    );
    // The facts of one award come close together, as those of one envelope do: each row is written once a batch.
    const changed = new Map<string, Changing>();
    const held = new Map<string, Holding>();
    const change = ({ stream, version, type, data, metadata: { at } }: Told<AwardFact>) => {
      const id = idOf(stream);
      const before = changed.get(id) ?? changingFrom(load.get(id) as Row | undefined);
      const fact = { type, ...data } as AwardEvent;
      const after = evolveAward(before.award, fact);
      if (after.status === 'absent') return;
      changed.set(id, {
        award: after,
        version,
        at,
        waiting: fact.type === 'AwardDecided' ? fact.waitingFor : [],
        short: shortAfter(fact, before.short),
        told: toldAfter(fact, after, before.told, at),
        budgetVersion: fact.type === 'ReducedAmountAccepted' ? fact.content.version : before.budgetVersion,
        appealVersion: fact.type === 'AppealLodged' ? fact.content.version : before.appealVersion,
      });
    };
    const holding = (stream: string, application: string, cents: number, awards: number) => {
      const key = `${stream} ${application}`;
      const before = held.get(key) ?? { envelope: idOf(stream), application, cents: 0, awards: 0 };
      held.set(key, { ...before, cents: before.cents + cents, awards: before.awards + awards });
    };
    return {
      ...Object.fromEntries(awardFacts.map((type) => [type, change])),
      FundsReserved: ({ stream, data }) => holding(stream, data.application, data.amountCents, 1),
      // A release of nothing closes a reservation that was never made.
      FundsReleased: ({ stream, data }) =>
        data.amountCents > 0 && holding(stream, data.application, -data.amountCents, -1),
      endOfBatch: () => {
        for (const [id, row] of changed) save.run(...valuesOf(id, row));
        for (const { envelope, application, cents, awards } of held.values())
          hold.run(envelope, application, cents, awards);
        changed.clear();
        held.clear();
      },
    };
  },
};

/** A row while its batch is applied. */
interface Changing {
  readonly award: Award;
  readonly version: number;
  readonly at: string;
  readonly waiting: readonly string[];
  readonly short: ShortLine | undefined;
  readonly told: ToldOutcome | undefined;
  readonly budgetVersion: number | null;
  readonly appealVersion: number | null;
}

const parsed = (text: string | null | undefined): unknown => (text ? JSON.parse(text) : undefined);

const changingFrom = (row: Row | undefined): Changing => ({
  award: (parsed(row?.state) as Award | undefined) ?? noAward,
  version: -1,
  at: '',
  waiting: [],
  short: parsed(row?.short) as ShortLine | undefined,
  told: parsed(row?.told) as ToldOutcome | undefined,
  budgetVersion: row?.budget_version ?? null,
  appealVersion: row?.appeal_version ?? null,
});

function valuesOf(id: string, { award, ...row }: Changing): (string | number | null)[] {
  if (award.status === 'absent') throw new Error(`award-${id}: nothing was decided.`);
  const { call, status, decisions, granted, notified, appeal } = award;
  return [
    id,
    call,
    status,
    Object.keys(decisions).length,
    granted?.amountCents ?? null,
    notified?.on ?? null,
    notified?.appealUntil ?? null,
    appeal ?? null,
    granted?.accepted ? 1 : 0,
    row.at,
    row.version,
    JSON.stringify(award),
    JSON.stringify(row.waiting),
    row.short ? JSON.stringify(row.short) : null,
    row.told ? JSON.stringify(row.told) : null,
    row.budgetVersion,
    row.appealVersion,
  ];
}

function shortAfter(fact: AwardEvent, before: ShortLine | undefined): ShortLine | undefined {
  if (fact.type === 'AwardPending') return undefined;
  if (fact.type !== 'AwardFailed') return before;
  const { line, askedCents, leftCents } = fact;
  return { line, askedCents, leftCents };
}

function toldAfter(
  fact: AwardEvent,
  { status, decisions, granted, notified }: KnownAward,
  before: ToldOutcome | undefined,
  at: string,
): ToldOutcome | undefined {
  if (fact.type === 'AwardNotified' && notified) {
    const { institution } = fact;
    return { outcome: status, status, decisions, ...(granted && { granted }), notified, institution, at };
  }
  const answers = fact.type === 'ReducedAmountAccepted' || fact.type === 'AwardDeclined';
  return before && answers ? { ...before, status, ...(granted && { granted }) } : before;
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

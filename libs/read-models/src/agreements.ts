import { agreement as decider } from '#domain/agreement/agreement.js';
import type { Agreement, AgreementEvent, InstalmentState, KnownAgreement } from '#domain/agreement/agreement-facts.js';
import { paidOf } from '#domain/agreement/lines.js';
import { viewRoles } from '#domain/permissions.js';
import type { Looking } from '#domain/visibility.js';
import type { RecordedEvent } from '#event-store/event-store.js';
import { ownOrganisations } from './application-queries.js';
import { anyOf, type Condition, type Listing } from './listing.js';
import { type Handlers, idOf, type ReadModel } from './read-model.js';
import type { Views } from './views.js';

/** Agreements as their own decider folds them, their instalments as a list, and what became of each line's money. */
export const agreements: ReadModel = {
  tables: `
    CREATE TABLE agreements (id TEXT PRIMARY KEY, call_id TEXT NOT NULL, organisation TEXT NOT NULL, status TEXT NOT NULL, drafted_at TEXT NOT NULL, changed_at TEXT NOT NULL, version INTEGER NOT NULL, state TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE agreement_parties (application TEXT NOT NULL, kind TEXT NOT NULL, party TEXT NOT NULL, place INTEGER NOT NULL, signed_at TEXT, delegation TEXT, PRIMARY KEY (application, kind, party)) WITHOUT ROWID;
    CREATE TABLE instalments (id TEXT PRIMARY KEY, application TEXT NOT NULL, call_id TEXT NOT NULL, organisation TEXT NOT NULL, number INTEGER NOT NULL, kind TEXT NOT NULL, line INTEGER NOT NULL, funder TEXT NOT NULL, programme TEXT NOT NULL, year INTEGER NOT NULL, amount_cents INTEGER NOT NULL, state TEXT NOT NULL, paid_on TEXT, commitment TEXT) WITHOUT ROWID;
    CREATE INDEX instalments_application ON instalments (application);
    CREATE INDEX instalments_call ON instalments (call_id);
    CREATE TABLE recovery_titles (application TEXT NOT NULL, recovery INTEGER NOT NULL, line INTEGER NOT NULL, call_id TEXT NOT NULL, amount_cents INTEGER NOT NULL, status TEXT NOT NULL, PRIMARY KEY (application, recovery, line)) WITHOUT ROWID;
    CREATE INDEX recovery_titles_call ON recovery_titles (call_id);
    CREATE TABLE funded_lines (application TEXT NOT NULL, line INTEGER NOT NULL, call_id TEXT NOT NULL, amount_cents INTEGER NOT NULL, PRIMARY KEY (application, line)) WITHOUT ROWID;
    CREATE INDEX funded_lines_call ON funded_lines (call_id);
  `,
  handlers: (db) => {
    const load = db.prepare('SELECT state, drafted_at FROM agreements WHERE id = ?');
    const save = db.prepare('INSERT OR REPLACE INTO agreements VALUES (?, ?, ?, ?, ?, ?, ?, ?)');
    const clearParties = db.prepare('DELETE FROM agreement_parties WHERE application = ?');
    const addParty = db.prepare('INSERT INTO agreement_parties (application, kind, party, place) VALUES (?, ?, ?, ?)');
    const signParty = db.prepare(
      'UPDATE agreement_parties SET signed_at = ?, delegation = ? WHERE application = ? AND kind = ? AND party = ?',
    );
    const clearInstalments = db.prepare('DELETE FROM instalments WHERE application = ?');
    const addInstalment = db.prepare('INSERT INTO instalments VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
    const saveTitle = db.prepare('INSERT OR REPLACE INTO recovery_titles VALUES (?, ?, ?, ?, ?, ?)');
    const clearLines = db.prepare('DELETE FROM funded_lines WHERE application = ?');
    const giveUp = db.prepare('UPDATE funded_lines SET amount_cents = 0 WHERE application = ?');
    const addLine = db.prepare('INSERT INTO funded_lines VALUES (?, ?, ?, ?)');

    const change = (
      event: Pick<RecordedEvent, 'stream' | 'version' | 'type' | 'data'> & { metadata: { at: string } },
    ) => {
      const id = idOf(event.stream);
      const row = load.get(id) as { state: string; drafted_at: string } | undefined;
      const before = row ? (JSON.parse(row.state) as Agreement) : decider.initial;
      const after = decider.evolve(before, { type: event.type, ...event.data } as AgreementEvent);
      if (after.status === 'absent') return;
      const { call, organisation, status } = after;
      const { at } = event.metadata;
      save.run(id, call, organisation, status, row?.drafted_at ?? at, at, event.version, JSON.stringify(after));
      clearInstalments.run(id);
      for (const one of after.instalments) {
        const line = after.lines.find((each) => each.line === one.line);
        addInstalment.run(
          `${id}.${one.number}`,
          id,
          call,
          organisation,
          one.number,
          one.kind,
          one.line,
          line?.funder ?? '',
          line?.programme ?? '',
          line?.year ?? 0,
          one.amountCents,
          stateOf(one),
          one.paid?.on ?? null,
          one.paid?.commitment ?? null,
        );
      }
      for (const { recovery, status: now, titles } of after.recoveries) {
        for (const { line, amountCents } of titles) saveTitle.run(id, recovery, line, call, amountCents, now);
      }
    };
    const all = Object.fromEntries(agreementFacts.map((type) => [type, change])) as Handlers;
    return {
      ...all,
      AgreementDrafted: (event) => {
        change(event);
        const id = idOf(event.stream);
        clearParties.run(id);
        event.data.parties.forEach(({ kind, id: party }, place) => addParty.run(id, kind, party, place));
      },
      AgreementSigned: (event) => {
        change(event);
        const { party, capacity } = event.data;
        const delegation = capacity.kind === 'delegation' ? capacity.delegation : null;
        signParty.run(event.metadata.at, delegation, idOf(event.stream), party.kind, party.id);
      },
      AwardGranted: ({ stream, data: { call, lines } }) => {
        clearLines.run(idOf(stream));
        for (const { line, amountCents } of lines) addLine.run(idOf(stream), line, call, amountCents);
      },
      AwardDeclined: ({ stream }) => giveUp.run(idOf(stream)),
      AppealAnswered: ({ stream, data }) => {
        // What was awarded is taken back, and decided again.
        if (data.upheld) giveUp.run(idOf(stream));
      },
    };
  },
};

/** `tsc` fails while a fact of the agreement is missing. */
const everyAgreementFact: Record<AgreementEvent['type'], true> = {
  AgreementDrafted: true,
  AgreementSigned: true,
  SignatureExtended: true,
  AgreementConcluded: true,
  InstalmentsPlanned: true,
  PaymentRequested: true,
  ServiceCertified: true,
  PaymentApproved: true,
  PaymentRecorded: true,
  PaymentsSuspended: true,
  PaymentsResumed: true,
  BankAccountGiven: true,
  BankAccountChecked: true,
  RecoveryAnnounced: true,
  RecoveryObserved: true,
  RecoveryOrdered: true,
  RecoveryDropped: true,
  RecoveryPaid: true,
  FileClosed: true,
};
const agreementFacts = Object.keys(everyAgreementFact) as AgreementEvent['type'][];

export const instalmentStates = ['planned', 'requested', 'certified', 'approved', 'paid'] as const;
export type InstalmentStage = (typeof instalmentStates)[number];
export function stateOf({ requestedBy, certifiedBy, approved, paid }: InstalmentState): InstalmentStage {
  if (paid) return 'paid';
  if (approved) return 'approved';
  if (certifiedBy !== undefined) return 'certified';
  return requestedBy === undefined ? 'planned' : 'requested';
}

export interface PartyRow {
  readonly kind: 'institution' | 'organisation';
  readonly id: string;
  readonly name: string | null;
  readonly signedAt: string | null;
  /** The delegation it was signed under; null for a signature by office. */
  readonly delegation: string | null;
}

export interface LineRow {
  readonly line: number;
  readonly funder: string;
  readonly programme: string;
  readonly year: number;
  readonly amountCents: number;
  readonly paidCents: number;
  readonly recoveredCents: number;
}

export interface AgreementRow {
  readonly version: number;
  readonly draftedAt: string;
  readonly changedAt: string;
  readonly state: KnownAgreement;
  readonly parties: readonly PartyRow[];
  readonly lines: readonly LineRow[];
}

export function agreementOf(views: Views, id: string): AgreementRow | undefined {
  const row = views.get<{ version: number; draftedAt: string; changedAt: string; state: string }>(
    'SELECT version, drafted_at AS draftedAt, changed_at AS changedAt, state FROM agreements WHERE id = ?',
    id,
  );
  if (!row) return undefined;
  const state = JSON.parse(row.state) as KnownAgreement;
  const parties = views.all<PartyRow>(
    "SELECT agreement_parties.kind, party AS id, COALESCE(institutions.name, organisations.name) AS name, signed_at AS signedAt, delegation FROM agreement_parties LEFT JOIN institutions ON agreement_parties.kind = 'institution' AND institutions.code = party LEFT JOIN organisations ON agreement_parties.kind = 'organisation' AND organisations.id = party WHERE application = ? ORDER BY place",
    id,
  );
  const received = state.recoveries.filter(({ status }) => status === 'paid').flatMap(({ titles }) => titles);
  const lines = state.lines.map((line) => ({
    ...line,
    paidCents: paidOf(state, line.line),
    recoveredCents: received
      .filter((title) => title.line === line.line)
      .reduce((total, { amountCents }) => total + amountCents, 0),
  }));
  return { ...row, state, parties, lines };
}

export interface PaymentRow {
  readonly application: string;
  readonly organisation: string;
  readonly organisationName: string | null;
  readonly number: number;
  readonly kind: string;
  readonly line: number;
  readonly funder: string;
  readonly programme: string;
  readonly year: number;
  readonly amountCents: number;
  readonly state: InstalmentStage;
  readonly paidOn: string | null;
  readonly commitment: string | null;
}

/** One row for each instalment. */
export const paymentList: Listing = {
  select:
    'application, organisation, organisations.name AS organisationName, number, kind, line, funder, programme, year, amount_cents AS amountCents, state, paid_on AS paidOn, commitment',
  from: 'instalments LEFT JOIN organisations ON organisations.id = organisation',
  id: 'instalments.id',
  sorts: {
    organisation: 'organisation',
    amountCents: 'amount_cents',
    paidOn: "COALESCE(paid_on, '')",
    line: 'line',
  },
};

/**
 * The instalments of the agreements that somebody may read: of those who lead the call, and of their parties; of one
 * they have a conflict on, those of their own organisations.
 */
export function paymentsSeenBy({ grants, conflicts = [] }: Looking): Condition {
  const institutions = JSON.stringify(
    grants.flatMap(({ role, scope }) =>
      viewRoles.Agreement.includes(role) && scope.kind === 'institution' ? [scope.id] : [],
    ),
  );
  const own = JSON.stringify(ownOrganisations(grants));
  const hidden = JSON.stringify(conflicts);
  const unhidden = 'instalments.application NOT IN (SELECT value FROM json_each(?))';
  const party = (kind: string): string =>
    `EXISTS (SELECT 1 FROM agreement_parties WHERE application = instalments.application AND kind = '${kind}' AND party IN (SELECT value FROM json_each(?)))`;
  return anyOf([
    ...(grants.some(({ role }) => role === 'auditor') ? [{ sql: unhidden, values: [hidden] }] : []),
    {
      sql: `EXISTS (SELECT 1 FROM call_institutions WHERE call_id = instalments.call_id AND part = 'lead' AND institution IN (SELECT value FROM json_each(?))) AND ${unhidden}`,
      values: [institutions, hidden],
    },
    { sql: `${party('institution')} AND ${unhidden}`, values: [institutions, hidden] },
    { sql: party('organisation'), values: [own] },
    { sql: 'organisation IN (SELECT value FROM json_each(?))', values: [own] },
  ]);
}

export interface FundingRow {
  readonly line: number;
  readonly awardedCents: number;
  readonly paidCents: number;
  readonly recoveredCents: number;
}

/** Of each line of a call: what its awards give, what was paid of it, what came back; but for files with a conflict. */
export const fundingOf = (views: Views, call: string, { conflicts = [] }: Looking): FundingRow[] =>
  views.all(
    "SELECT line, SUM(awarded) AS awardedCents, SUM(paid) AS paidCents, SUM(recovered) AS recoveredCents FROM (SELECT application, line, amount_cents AS awarded, 0 AS paid, 0 AS recovered FROM funded_lines WHERE call_id = ?1 UNION ALL SELECT application, line, 0, amount_cents, 0 FROM instalments WHERE call_id = ?1 AND state = 'paid' UNION ALL SELECT application, line, 0, 0, amount_cents FROM recovery_titles WHERE call_id = ?1 AND status = 'paid') WHERE application NOT IN (SELECT value FROM json_each(?2)) GROUP BY line ORDER BY line",
    call,
    JSON.stringify(conflicts),
  );

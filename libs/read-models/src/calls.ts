import { call as decider, type Call } from '#domain/call/call.js';
import { type KnownCall, wasPublished, windowEnd } from '#domain/call/call-state.js';
import { expiryOf } from '#domain/call/expiry.js';
import { ratifyNext } from '#domain/call/outage.js';
import type { Fact } from '#domain/facts.js';
import { viewRoles } from '#domain/permissions.js';
import type { Grant, Role } from '#domain/roles.js';
import { instantOf } from '#domain/schedule/milestones.js';
import { sealOf } from '#domain/visibility.js';
import type { RecordedEvent } from '#event-store/event-store.js';
import { anyOf, type Condition, type Listing } from './listing.js';
import { type Handlers, idOf, idOfContent, type ReadModel, searchable } from './read-model.js';
import type { Views } from './views.js';

type CallFact = Parameters<typeof decider.evolve>[1];

/** Calls as their own decider folds them: one row each, few facts, read by everybody. */
export const calls: ReadModel = {
  tables: `
    CREATE TABLE calls (id TEXT PRIMARY KEY, title TEXT NOT NULL, kind TEXT NOT NULL, regime TEXT NOT NULL, region TEXT NOT NULL, status TEXT NOT NULL, published_at TEXT, closes_at TEXT, window_end TEXT, shift_expires_at TEXT, ratify_by TEXT, unsealed INTEGER NOT NULL, open_to_officers INTEGER NOT NULL, drafted_at TEXT NOT NULL, changed_at TEXT NOT NULL, version INTEGER NOT NULL, state TEXT NOT NULL, search TEXT NOT NULL) WITHOUT ROWID;
    CREATE INDEX calls_window ON calls (unsealed, window_end);
    CREATE INDEX calls_shift ON calls (shift_expires_at);
    CREATE INDEX calls_ratify ON calls (ratify_by);
    CREATE TABLE call_institutions (call_id TEXT NOT NULL, institution TEXT NOT NULL, part TEXT NOT NULL, PRIMARY KEY (call_id, institution)) WITHOUT ROWID;
    CREATE INDEX call_institutions_institution ON call_institutions (institution, part);
    CREATE TABLE comments (id TEXT PRIMARY KEY, call_id TEXT, person TEXT, at TEXT, text TEXT) WITHOUT ROWID;
  `,
  handlers: (db) => {
    const load = db.prepare('SELECT state, drafted_at FROM calls WHERE id = ?');
    const save = db.prepare(
      'INSERT OR REPLACE INTO calls VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
    );
    const clearParts = db.prepare('DELETE FROM call_institutions WHERE call_id = ?');
    const addPart = db.prepare('INSERT OR REPLACE INTO call_institutions VALUES (?, ?, ?)');
    // With its writer, who may be forgotten though no fact refers to it; and not once they are.
    const write = db.prepare(
      'INSERT INTO comments (id, person, text) SELECT ?1, ?2, ?3 WHERE NOT EXISTS (SELECT 1 FROM people WHERE id = ?2 AND forgotten_at IS NOT NULL) ON CONFLICT (id) DO UPDATE SET text = excluded.text',
    );
    const forget = db.prepare('UPDATE comments SET text = NULL WHERE person = ?');
    const place = db.prepare(
      'INSERT INTO comments (id, call_id, person, at) VALUES (?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET call_id = excluded.call_id, person = excluded.person, at = excluded.at',
    );

    const change = (
      event: Pick<RecordedEvent, 'stream' | 'version' | 'type' | 'data'> & { metadata: { at: string } },
    ) => {
      const id = idOf(event.stream);
      const row = load.get(id) as { state: string; drafted_at: string } | undefined;
      const before = row ? (JSON.parse(row.state) as Call) : decider.initial;
      const after = decider.evolve(before, { type: event.type, ...event.data } as CallFact);
      if (after.status === 'absent') return;
      const milestones = after.schedule?.milestones ?? [];
      const seal = sealOf(after);
      save.run(
        id,
        after.heading.title,
        after.heading.kind,
        after.heading.regime,
        after.heading.territory.region,
        after.status,
        wasPublished(after) ? (instantOf(milestones, 'publication') ?? null) : null,
        instantOf(milestones, 'submissionDeadline') ?? null,
        after.status === 'published' ? windowEnd(after) : null,
        expiryOf(after) ?? null,
        ratifyNext(after)?.ratifyBy ?? null,
        seal.unsealed ? 1 : 0,
        seal.openToOfficers ? 1 : 0,
        row?.drafted_at ?? event.metadata.at,
        event.metadata.at,
        event.version,
        JSON.stringify(after),
        searchable(after.heading.title, ...after.heading.themes),
      );
      if (!partsChange.has(event.type)) return;
      clearParts.run(id);
      for (const [institution, partner] of Object.entries(after.partners)) {
        addPart.run(id, institution, partner.answer === 'accepted' ? 'joined' : 'invited');
      }
      for (const lead of after.heading.leads) addPart.run(id, lead, 'lead');
    };
    const all = Object.fromEntries(callFacts.map((type) => [type, change])) as Handlers;
    return {
      ...all,
      CommentWritten: ({ stream, data, metadata }) => {
        if (stream.startsWith('content-comment-')) write.run(idOfContent(stream), metadata.by, data.text);
      },
      PersonForgotten: ({ stream }) => forget.run(idOf(stream)),
      PreparationCommented: (event) => {
        change(event);
        place.run(event.data.comment, idOf(event.stream), event.metadata.by, event.metadata.at);
      },
    };
  },
};

const partsChange: ReadonlySet<string> = new Set<Fact['type']>([
  'CallDrafted',
  'HeadingRevised',
  'PartnerInvited',
  'PartnerInvitationWithdrawn',
  'PartnerInvitationAnswered',
]);

/** `tsc` fails while a fact of the call is missing. */
const everyCallFact: Record<CallFact['type'], true> = {
  CallDrafted: true,
  HeadingRevised: true,
  LetterOfIntentSigned: true,
  LetterSignaturesFell: true,
  PreparationOpened: true,
  ReferentNamed: true,
  PartnerInvited: true,
  PartnerInvitationWithdrawn: true,
  PartnerInvitationAnswered: true,
  SilentPartnerOverridden: true,
  AuthorityAssociated: true,
  AuthorityDissociated: true,
  PreparationCommented: true,
  SpecificationsSet: true,
  RubricSet: true,
  ScheduleSet: true,
  EnvelopesSet: true,
  CallApproved: true,
  ApprovalsFell: true,
  CallPublished: true,
  RectifyingNoticePublished: true,
  ShiftProposed: true,
  OutsideAnswerRecorded: true,
  ShiftAgreed: true,
  ShiftRefused: true,
  ShiftWithdrawn: true,
  ShiftExpired: true,
  ScheduleShifted: true,
  PaymentYearAsked: true,
  PaymentYearAnswered: true,
  OutageExtensionGranted: true,
  OutageExtensionRatified: true,
  OutageLeftUnratified: true,
  ExtensionGranted: true,
  EndingAgreed: true,
  EndingDropped: true,
  CallCancelled: true,
  CallDeclaredUnsuccessful: true,
  ContentsUnsealed: true,
  ContentsResealed: true,
};
const callFacts = Object.keys(everyCallFact) as CallFact['type'][];

export interface CallListRow {
  readonly id: string;
  readonly title: string;
  readonly kind: string;
  readonly regime: string;
  readonly region: string;
  readonly status: string;
  readonly publishedAt: string | null;
  readonly closesAt: string | null;
}

export const callList: Listing = {
  select: 'calls.id, title, kind, regime, region, status, published_at AS publishedAt, closes_at AS closesAt',
  from: 'calls',
  id: 'calls.id',
  sorts: {
    closesAt: "COALESCE(closes_at, '')",
    publishedAt: "COALESCE(published_at, '')",
    title: 'title',
    changedAt: 'changed_at',
  },
};

const staff = viewRoles.Preparation.filter((role) => role !== 'partner' && role !== 'auditor');
const institutionsOf = (grants: readonly Grant[], roles: readonly Role[]): string[] =>
  grants.flatMap(({ role, scope }) => (roles.includes(role) && scope.kind === 'institution' ? [scope.id] : []));

/** The calls that `sightOfCall` shows somebody something of, said in SQL. */
export function callsSeenBy(grants: readonly Grant[]): Condition {
  if (grants.some(({ role }) => role === 'auditor')) return { sql: '1', values: [] };
  const inside = (parts: string, institutions: readonly string[]): Condition => ({
    sql: `EXISTS (SELECT 1 FROM call_institutions WHERE call_id = calls.id AND part IN (${parts}) AND institution IN (SELECT value FROM json_each(?)))`,
    values: [JSON.stringify(institutions)],
  });
  return anyOf([
    { sql: 'published_at IS NOT NULL', values: [] },
    inside("'lead'", institutionsOf(grants, staff)),
    inside("'joined'", institutionsOf(grants, ['partner', 'administrator'])),
    {
      ...inside("'invited'", institutionsOf(grants, ['partner', 'administrator'])),
      sql: `status = 'preparation' AND ${inside("'invited'", []).sql}`,
    },
  ]);
}

/** The calls that somebody's institutions lead, for one of these roles. */
export const callsLedBy = (views: Views, grants: readonly Grant[], roles: readonly Role[]): string[] => {
  const everywhere = grants.some(({ role, scope }) => roles.includes(role) && scope.kind === 'everywhere');
  return views
    .all<{ id: string }>(
      "SELECT DISTINCT call_id AS id FROM call_institutions WHERE part = 'lead' AND (? OR institution IN (SELECT value FROM json_each(?)))",
      everywhere ? 1 : 0,
      JSON.stringify(institutionsOf(grants, roles)),
    )
    .map(({ id }) => id);
};

export interface CallRow {
  readonly id: string;
  readonly version: number;
  readonly changedAt: string;
  readonly call: KnownCall;
}

export function callOf(views: Views, id: string): CallRow | undefined {
  const row = views.get<{ version: number; changed_at: string; state: string }>(
    'SELECT version, changed_at, state FROM calls WHERE id = ?',
    id,
  );
  return row && { id, version: row.version, changedAt: row.changed_at, call: parsed(id, row.state) };
}

/** Few calls are looked at by many: the text is parsed again once it has changed. */
const lastParsed = new Map<string, { readonly text: string; readonly call: KnownCall }>();
const MOST_PARSED = 100;
function parsed(id: string, text: string): KnownCall {
  const last = lastParsed.get(id);
  if (last?.text === text) return last.call;
  const call = JSON.parse(text) as KnownCall;
  if (lastParsed.size >= MOST_PARSED) lastParsed.clear();
  lastParsed.set(id, { text, call });
  return call;
}

export interface CommentRow {
  readonly id: string;
  readonly person: string;
  readonly name: string | null;
  readonly at: string;
  /** Gone where it was forgotten. */
  readonly text: string | null;
}

export const commentsOf = (views: Views, call: string): CommentRow[] =>
  views.all(
    'SELECT comments.id, person, name, at, text FROM comments LEFT JOIN people ON people.id = person WHERE call_id = ? ORDER BY at, comments.id',
    call,
  );

/** Calls whose window is over, or will be: when their contents are to be unsealed. */
export const callsToUnseal = (views: Views): { id: string; windowEnd: string }[] =>
  views.all(
    'SELECT id, window_end AS windowEnd FROM calls WHERE unsealed = 0 AND window_end IS NOT NULL ORDER BY window_end, id',
  );

export interface PendingShift {
  readonly id: string;
  readonly proposal: number;
  readonly expiresAt: string;
}

/** The proposals that nobody has settled, the first to expire first. */
export const pendingShifts = (views: Views): PendingShift[] =>
  views.all(
    "SELECT id, CAST(json_extract(state, '$.pending.proposal') AS INTEGER) AS proposal, shift_expires_at AS expiresAt FROM calls WHERE shift_expires_at IS NOT NULL ORDER BY shift_expires_at, id",
  );

/** The extensions after an outage that other leads are still to ratify in time, the first due first: one a call. */
export function outagesToRatify(views: Views): { id: string; number: number; ratifyBy: string }[] {
  const rows = views.all<{ id: string; state: string }>(
    'SELECT id, state FROM calls WHERE ratify_by IS NOT NULL ORDER BY ratify_by, id',
  );
  return rows.flatMap(({ id, state }) => {
    const next = ratifyNext(JSON.parse(state) as KnownCall);
    return next ? [{ id, ...next }] : [];
  });
}

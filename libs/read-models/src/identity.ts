import type { TokenScope } from '#domain/account/account.js';
import type { Instant } from '#domain/decider.js';
import type { Conflict } from '#domain/review/reviewer-facts.js';
import type { Grant, Role } from '#domain/roles.js';
import type { Condition, Listing } from './listing.js';
import { idOf, type ReadModel, searchable, type Told } from './read-model.js';
import type { Views } from './views.js';

/** Who is who: people, their tokens and every grant, wherever it comes from; and the files that are closed to them. */
export const identity: ReadModel = {
  tables: `
    CREATE TABLE people (id TEXT PRIMARY KEY, name TEXT, email TEXT, phone TEXT, opened_at TEXT, forgotten_at TEXT, search TEXT NOT NULL DEFAULT '') WITHOUT ROWID;
    CREATE INDEX people_email ON people (email);
    CREATE TABLE tokens (hash TEXT PRIMARY KEY, token TEXT NOT NULL, person TEXT NOT NULL, scopes TEXT NOT NULL, label TEXT NOT NULL, issued_at TEXT NOT NULL, expires_at TEXT NOT NULL, revoked_at TEXT) WITHOUT ROWID;
    CREATE INDEX tokens_person ON tokens (person);
    CREATE TABLE grants (person TEXT NOT NULL, role TEXT NOT NULL, scope_kind TEXT NOT NULL, scope_id TEXT NOT NULL, source TEXT NOT NULL, since TEXT NOT NULL, PRIMARY KEY (person, role, scope_kind, scope_id, source)) WITHOUT ROWID;
    CREATE INDEX grants_scope ON grants (scope_kind, scope_id);
    CREATE TABLE conflicts (person TEXT NOT NULL, application TEXT NOT NULL, nature TEXT NOT NULL, since TEXT NOT NULL, PRIMARY KEY (person, application)) WITHOUT ROWID;
  `,
  handlers: (db) => {
    const open = db.prepare(
      'INSERT INTO people (id, opened_at) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET opened_at = excluded.opened_at',
    );
    const describe = db.prepare(
      'INSERT INTO people (id, name, email, phone, search) VALUES (?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET name = excluded.name, email = excluded.email, phone = excluded.phone, search = excluded.search WHERE forgotten_at IS NULL',
    );
    const forget = db.prepare(
      "UPDATE people SET name = NULL, email = NULL, phone = NULL, search = '', forgotten_at = ? WHERE id = ?",
    );
    const issue = db.prepare('INSERT INTO tokens VALUES (?, ?, ?, ?, ?, ?, ?, NULL)');
    const revoke = db.prepare('UPDATE tokens SET revoked_at = ? WHERE person = ? AND token = ? AND revoked_at IS NULL');
    const revokeAll = db.prepare('UPDATE tokens SET revoked_at = ? WHERE person = ? AND revoked_at IS NULL');
    const grant = db.prepare('INSERT OR REPLACE INTO grants VALUES (?, ?, ?, ?, ?, ?)');
    const withdraw = db.prepare('DELETE FROM grants WHERE person = ? AND role = ? AND scope_kind = ? AND scope_id = ?');
    const withdrawSource = db.prepare(
      'DELETE FROM grants WHERE role = ? AND scope_kind = ? AND scope_id = ? AND source = ?',
    );
    const withdrawSeat = db.prepare("DELETE FROM grants WHERE scope_kind = 'call' AND scope_id = ? AND source = ?");
    const withdrawAll = db.prepare('DELETE FROM grants WHERE person = ?');
    // Nothing takes a conflict back.
    const conflict = db.prepare(
      'INSERT INTO conflicts VALUES (?, ?, ?, ?) ON CONFLICT (person, application) DO UPDATE SET nature = excluded.nature',
    );
    const declare = (person: string, conflicts: readonly Conflict[], at: string) => {
      for (const { application, nature } of conflicts) conflict.run(person, application, nature, at);
    };
    const leave = (person: string, organisation: string) => {
      withdraw.run(person, 'preparer', 'organisation', organisation);
      withdraw.run(person, 'submitter', 'organisation', organisation);
    };
    const belong = ({ stream, data, metadata }: Told<'ClaimConfirmed' | 'ColleagueJoined' | 'PowerChanged'>) => {
      const role = data.power === 'submit' ? 'submitter' : 'preparer';
      leave(data.person, idOf(stream));
      grant.run(data.person, role, 'organisation', idOf(stream), '', metadata.at);
    };
    return {
      AccountOpened: ({ stream, metadata }) => open.run(idOf(stream), metadata.at),
      PersonDescribed: ({ stream, data: { name, email, phone } }) =>
        describe.run(idOf(stream), name, email.toLowerCase(), phone ?? null, searchable(name, email)),
      PersonForgotten: ({ stream, metadata }) => {
        const person = idOf(stream);
        forget.run(metadata.at, person);
        revokeAll.run(metadata.at, person);
        withdrawAll.run(person);
      },
      TokenIssued: ({ stream, data: { hash, token, scopes, label, expiresAt }, metadata }) =>
        issue.run(hash, token, idOf(stream), JSON.stringify(scopes), label, metadata.at, expiresAt),
      TokenRevoked: ({ stream, data, metadata }) => revoke.run(metadata.at, idOf(stream), data.token),
      RoleGranted: ({ stream, data: { role, scope }, metadata }) =>
        grant.run(idOf(stream), role, scope.kind, scope.kind === 'everywhere' ? '' : scope.id, '', metadata.at),
      RoleWithdrawn: ({ stream, data: { role, scope } }) =>
        withdraw.run(idOf(stream), role, scope.kind, scope.kind === 'everywhere' ? '' : scope.id),
      DelegationGranted: ({ stream, data: { delegation, holder }, metadata }) =>
        grant.run(holder, 'delegate', 'institution', idOf(stream), delegation, metadata.at),
      DelegationRevoked: ({ stream, data }) =>
        withdrawSource.run('delegate', 'institution', idOf(stream), data.delegation),
      ClaimConfirmed: belong,
      ColleagueJoined: belong,
      PowerChanged: belong,
      MemberRemoved: ({ stream, data }) => leave(data.person, idOf(stream)),
      ReviewerAppointed: ({ data: { person, call }, metadata }) =>
        grant.run(person, 'reviewer', 'call', call, 'appointment', metadata.at),
      ReviewerDismissed: ({ data: { person, call } }) => withdraw.run(person, 'reviewer', 'call', call),
      InterestsDeclared: ({ data: { person, conflicts }, metadata }) => declare(person, conflicts, metadata.at),
      ConflictConfirmed: ({ data, metadata }) => declare(data.person, [data.conflict], metadata.at),
      AssignmentDeclined: ({ data: { person, application, reason }, metadata }) => {
        if (reason === 'conflict') declare(person, [{ application, nature: 'other' }], metadata.at);
      },
      MemberInterestsDeclared: ({ data: { member, conflicts }, metadata }) => declare(member, conflicts, metadata.at),
      MemberRecused: ({ data: { member, application, nature }, metadata }) =>
        declare(member, [{ application, nature }], metadata.at),
      // A seat is the member's: whoever substitutes leaves with it.
      CommissionMemberAppointed: ({ stream, data: { person, chair, substitute }, metadata }) => {
        withdrawSeat.run(idOf(stream), `seat:${person}`);
        grant.run(person, chair ? 'chair' : 'member', 'call', idOf(stream), `seat:${person}`, metadata.at);
        if (substitute !== undefined)
          grant.run(substitute, 'member', 'call', idOf(stream), `seat:${person}`, metadata.at);
      },
      CommissionMemberRemoved: ({ stream, data }) => withdrawSeat.run(idOf(stream), `seat:${data.person}`),
    };
  },
};

/** Facts after which somebody's sign-in may mean something else. */
export const changesIdentity: ReadonlySet<string> = new Set([
  'PersonForgotten',
  'TokenIssued',
  'TokenRevoked',
  'RoleGranted',
  'RoleWithdrawn',
  'DelegationGranted',
  'DelegationRevoked',
  'ClaimConfirmed',
  'ColleagueJoined',
  'PowerChanged',
  'MemberRemoved',
  'ReviewerAppointed',
  'ReviewerDismissed',
  'InterestsDeclared',
  'ConflictConfirmed',
  'AssignmentDeclined',
  'MemberInterestsDeclared',
  'MemberRecused',
  'CommissionMemberAppointed',
  'CommissionMemberRemoved',
]);

export interface SignedIn {
  readonly person: string;
  readonly scopes: readonly TokenScope[];
  readonly expiresAt: Instant;
  readonly grants: readonly Grant[];
  /** Files they have a conflict on. */
  readonly conflicts: readonly string[];
}

/** Whose token that is, if it is still good for anything but its date. */
export function signedInBy(views: Views, tokenHash: string): SignedIn | undefined {
  const token = views.get<{ person: string; scopes: string; expires_at: string }>(
    'SELECT person, scopes, expires_at FROM tokens WHERE hash = ? AND revoked_at IS NULL',
    tokenHash,
  );
  if (!token) return undefined;
  const { person, scopes, expires_at: expiresAt } = token;
  return {
    person,
    scopes: JSON.parse(scopes) as TokenScope[],
    expiresAt,
    grants: grantsOf(views, person),
    conflicts: conflictsOf(views, person),
  };
}

/** The files that somebody has a declared or confirmed conflict on. */
export const conflictsOf = (views: Views, person: string): string[] =>
  views
    .all<{ application: string }>('SELECT application FROM conflicts WHERE person = ? ORDER BY application', person)
    .map(({ application }) => application);

interface GrantRow {
  readonly role: Role;
  readonly scope_kind: 'everywhere' | 'institution' | 'call' | 'organisation';
  readonly scope_id: string;
}

export const grantsOf = (views: Views, person: string): Grant[] =>
  views
    .all<GrantRow>(
      'SELECT DISTINCT role, scope_kind, scope_id FROM grants WHERE person = ? ORDER BY role, scope_kind, scope_id',
      person,
    )
    .map(({ role, scope_kind: kind, scope_id: id }) => ({
      role,
      scope: kind === 'everywhere' ? { kind } : { kind, id },
    }));

export interface PersonRow {
  readonly id: string;
  readonly name: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly openedAt: string;
  readonly forgottenAt: string | null;
}

const personColumns = 'id, name, email, phone, opened_at AS openedAt, forgotten_at AS forgottenAt';

export const peopleList: Listing = {
  select: personColumns,
  from: 'people',
  id: 'people.id',
  sorts: { name: "COALESCE(name, '')", openedAt: "COALESCE(opened_at, '')" },
};

/** Everybody for the operator; for administrators, the people of their institutions. */
export function peopleSeenBy(grants: readonly Grant[]): Condition {
  const opened = { sql: 'opened_at IS NOT NULL', values: [] };
  if (grants.some(({ role }) => role === 'operator')) return opened;
  const own = grants.flatMap(({ role, scope }) =>
    role === 'administrator' && scope.kind === 'institution' ? [scope.id] : [],
  );
  return {
    sql: "opened_at IS NOT NULL AND id IN (SELECT person FROM grants WHERE scope_kind = 'institution' AND scope_id IN (SELECT value FROM json_each(?)))",
    values: [JSON.stringify(own)],
  };
}

const person = `SELECT ${personColumns} FROM people WHERE id = ? AND opened_at IS NOT NULL`;
export const personOf = (views: Views, id: string): PersonRow | undefined => views.get<PersonRow>(person, id);

/** What these people are called; those forgotten are left out. */
export const namesOf = (views: Views, people: readonly string[]): ReadonlyMap<string, string> =>
  new Map(
    views
      .all<{ id: string; name: string }>(
        'SELECT id, name FROM people WHERE name IS NOT NULL AND id IN (SELECT value FROM json_each(?))',
        JSON.stringify(people),
      )
      .map(({ id, name }) => [id, name]),
  );

/** For a person's own sign-in link only: nobody else learns whether an address is known. */
export const personByEmail = (views: Views, email: string): string | undefined =>
  views.get<{ id: string }>('SELECT id FROM people WHERE email = ? AND forgotten_at IS NULL', email.toLowerCase())?.id;

export interface TokenRow {
  readonly token: string;
  readonly label: string;
  readonly scopes: readonly TokenScope[];
  readonly issuedAt: string;
  readonly expiresAt: string;
  readonly revokedAt: string | null;
}

export const tokensOf = (views: Views, person: string): TokenRow[] =>
  views
    .all<Omit<TokenRow, 'scopes'> & { scopes: string }>(
      'SELECT token, label, scopes, issued_at AS issuedAt, expires_at AS expiresAt, revoked_at AS revokedAt FROM tokens WHERE person = ? ORDER BY issued_at, token',
      person,
    )
    .map((row) => ({ ...row, scopes: JSON.parse(row.scopes) as TokenScope[] }));

/** Everybody who holds one of the roles in one of the places. */
export const holdersOfAny = (views: Views, kind: string, ids: readonly string[], roles: readonly Role[]): string[] =>
  views
    .all<{ person: string }>(
      'SELECT DISTINCT person FROM grants WHERE scope_kind = ? AND scope_id IN (SELECT value FROM json_each(?)) AND role IN (SELECT value FROM json_each(?)) ORDER BY person',
      kind,
      JSON.stringify(ids),
      JSON.stringify(roles),
    )
    .map(({ person }) => person);

export const holdersOf = (views: Views, kind: string, id: string, roles: readonly Role[]): string[] =>
  holdersOfAny(views, kind, [id], roles);

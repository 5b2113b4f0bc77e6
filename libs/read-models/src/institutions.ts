import { paris } from '#calendar/paris.js';
import type { Instant } from '#domain/decider.js';
import type { DelegableAct, Delegation, InstitutionKind } from '#domain/institution/institution.js';
import type { Listing } from './listing.js';
import { idOf, type ReadModel, searchable } from './read-model.js';
import type { Views } from './views.js';

/** Authorities and partners, with their delegations of signature. */
export const institutions: ReadModel = {
  tables: `
    CREATE TABLE institutions (code TEXT PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL, departement TEXT, search TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE delegations (delegation TEXT PRIMARY KEY, institution TEXT NOT NULL, details TEXT NOT NULL, granted_by TEXT NOT NULL, granted_at TEXT NOT NULL, revoked_at TEXT) WITHOUT ROWID;
    CREATE INDEX delegations_institution ON delegations (institution);
  `,
  handlers: (db) => {
    const register = db.prepare('INSERT INTO institutions VALUES (?, ?, ?, ?, ?)');
    const grant = db.prepare('INSERT INTO delegations VALUES (?, ?, ?, ?, ?, NULL)');
    const revoke = db.prepare('UPDATE delegations SET revoked_at = ? WHERE delegation = ?');
    return {
      InstitutionRegistered: ({ stream, data: { name, kind, departement } }) =>
        register.run(idOf(stream), name, kind, departement ?? null, searchable(idOf(stream), name)),
      DelegationGranted: ({ stream, data, metadata }) =>
        grant.run(data.delegation, idOf(stream), JSON.stringify(data), metadata.by, metadata.at),
      DelegationRevoked: ({ data, metadata }) => revoke.run(metadata.at, data.delegation),
    };
  },
};

export interface InstitutionRow {
  readonly code: string;
  readonly name: string;
  readonly kind: InstitutionKind;
  readonly departement: string | null;
}

export const institutionList: Listing = {
  select: 'code, name, kind, departement',
  from: 'institutions',
  id: 'code',
  sorts: { code: 'code', name: 'name' },
};

export const institutionOf = (views: Views, code: string): InstitutionRow | undefined =>
  views.get('SELECT code, name, kind, departement FROM institutions WHERE code = ?', code);

export type DelegationRow = Delegation & { grantedBy: string; grantedAt: string; revokedAt: string | null };

export const delegationsOf = (views: Views, institution: string): DelegationRow[] =>
  views
    .all<{ details: string; grantedBy: string; grantedAt: string; revokedAt: string | null }>(
      'SELECT details, granted_by AS grantedBy, granted_at AS grantedAt, revoked_at AS revokedAt FROM delegations WHERE institution = ? ORDER BY granted_at, delegation',
      institution,
    )
    .map(({ details, ...row }) => ({ ...(JSON.parse(details) as Delegation), ...row }));

/** Who may do this by a delegation that isn't revoked, on a day at least between two instants. */
export const delegatesFor = (
  views: Views,
  institutions: readonly string[],
  act: DelegableAct,
  [first, last]: readonly [first: Instant, last: Instant],
): string[] =>
  institutions
    .flatMap((institution) => delegationsOf(views, institution))
    .filter(({ acts, from, until, revokedAt }) => {
      return revokedAt === null && acts.includes(act) && from <= paris.dayOf(last) && until >= paris.dayOf(first);
    })
    .map(({ holder }) => holder);

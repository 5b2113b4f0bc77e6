import type { LegalForm, Power } from '#domain/organisation/organisation.js';
import type { Listing } from './listing.js';
import { idOf, type ReadModel, searchable } from './read-model.js';
import type { Views } from './views.js';

/** Applicants and who belongs to them. */
export const organisations: ReadModel = {
  tables: `
    CREATE TABLE organisations (id TEXT PRIMARY KEY, name TEXT NOT NULL, legal_form TEXT NOT NULL, siret TEXT, rna TEXT, address TEXT, registered_at TEXT NOT NULL, version INTEGER NOT NULL, search TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE members (organisation TEXT NOT NULL, person TEXT NOT NULL, standing TEXT NOT NULL, power TEXT, since TEXT NOT NULL, PRIMARY KEY (organisation, person)) WITHOUT ROWID;
    CREATE INDEX members_person ON members (person);
  `,
  handlers: (db) => {
    const register = db.prepare('INSERT INTO organisations VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)');
    const correct = db.prepare(
      'UPDATE organisations SET name = ?, legal_form = ?, siret = ?, rna = ?, address = ?, search = ?, version = ? WHERE id = ?',
    );
    const join = db.prepare('INSERT OR REPLACE INTO members VALUES (?, ?, ?, ?, ?)');
    const leave = db.prepare('DELETE FROM members WHERE organisation = ? AND person = ?');
    const member = ({
      stream,
      data,
      metadata,
    }: {
      stream: string;
      data: { person: string; power: Power };
      metadata: { at: string };
    }) => join.run(idOf(stream), data.person, 'member', data.power, metadata.at);
    return {
      OrganisationRegistered: ({ stream, version, data, metadata }) => {
        const { name, legalForm, siret, rna, address } = data;
        register.run(
          idOf(stream),
          name,
          legalForm,
          siret ?? null,
          rna ?? null,
          address ?? null,
          metadata.at,
          version,
          searchable(name, siret, rna),
        );
      },
      OrganisationCorrected: ({ stream, version, data: { name, legalForm, siret, rna, address } }) =>
        correct.run(
          name,
          legalForm,
          siret ?? null,
          rna ?? null,
          address ?? null,
          searchable(name, siret, rna),
          version,
          idOf(stream),
        ),
      OrganisationClaimed: ({ stream, data, metadata }) =>
        join.run(idOf(stream), data.person, 'claimed', null, metadata.at),
      ColleagueInvited: ({ stream, data, metadata }) =>
        join.run(idOf(stream), data.person, 'invited', data.power, metadata.at),
      ClaimConfirmed: member,
      ColleagueJoined: member,
      PowerChanged: member,
      ClaimRejected: ({ stream, data }) => leave.run(idOf(stream), data.person),
      InvitationWithdrawn: ({ stream, data }) => leave.run(idOf(stream), data.person),
      MemberRemoved: ({ stream, data }) => leave.run(idOf(stream), data.person),
    };
  },
};

export interface OrganisationRow {
  readonly id: string;
  readonly name: string;
  readonly legalForm: LegalForm;
  readonly siret: string | null;
  readonly rna: string | null;
  readonly address: string | null;
  readonly registeredAt: string;
}

const columns = 'id, name, legal_form AS legalForm, siret, rna, address, registered_at AS registeredAt';

const organisation = `SELECT ${columns}, version FROM organisations WHERE id = ?`;
export const organisationOf = (views: Views, id: string): (OrganisationRow & { version: number }) | undefined =>
  views.get(organisation, id);

export const organisationList: Listing = {
  select: columns,
  from: 'organisations',
  id: 'organisations.id',
  sorts: { name: 'name', id: 'id', registeredAt: 'registered_at' },
};

export interface MemberRow {
  readonly person: string;
  readonly name: string | null;
  readonly standing: 'claimed' | 'invited' | 'member';
  readonly power: Power | null;
  readonly since: string;
}

export const membersOf = (views: Views, organisation: string): MemberRow[] =>
  views.all(
    'SELECT person, name, standing, power, since FROM members LEFT JOIN people ON people.id = person WHERE organisation = ? ORDER BY since, person',
    organisation,
  );

export const membershipsOf = (
  views: Views,
  person: string,
): { organisation: string; name: string; standing: string; power: string | null }[] =>
  views.all(
    'SELECT organisation, name, standing, power FROM members JOIN organisations ON organisations.id = organisation WHERE person = ? ORDER BY organisation',
    person,
  );

import { describe, expect, it } from '@jest/globals';
import type { Power } from '#domain/organisation/organisation.js';
import { CAMILLE, given, NOW, on, SACHA } from './fixtures.js';
import { containing, page } from './listing.js';
import { membersOf, membershipsOf, organisationList, organisationOf } from './organisations.js';
import type { Views } from './views.js';

const SIRET = '38033590100027';
const RNA = 'W322216459';
const cafe = {
  type: 'OrganisationRegistered',
  name: 'Café des Élèves',
  legalForm: 'association',
  siret: SIRET,
  address: '1 rue du Port, Nantes',
} as const;
const registered = on(`organisation-${SIRET}`, cafe);
const other = on(
  `organisation-${RNA}`,
  { type: 'OrganisationRegistered', name: 'Ludothèque', legalForm: 'association', rna: RNA },
  { at: '2021-07-02T08:00:00Z' },
);
const later = { at: '2021-07-03T08:00:00Z' };
const claimed = on(`organisation-${SIRET}`, { type: 'OrganisationClaimed', person: CAMILLE });
const invited = on(`organisation-${SIRET}`, { type: 'ColleagueInvited', person: SACHA, power: 'prepare' });
const member = (type: 'ClaimConfirmed' | 'ColleagueJoined' | 'PowerChanged', person: string, power: Power) =>
  on(`organisation-${SIRET}`, { type, person, power }, later);

const list = (views: Views, sort: string, q = ''): string[] =>
  page<{ id: string }>(views, organisationList, {
    where: [containing('search', q)],
    sort,
    descending: false,
    limit: 10,
  }).items.map(({ id }) => id);

describe('organisations', () => {
  it('are shown as registered', async () => {
    const { views } = await given(registered, other);
    expect(organisationOf(views, SIRET)).toEqual({
      id: SIRET,
      name: 'Café des Élèves',
      legalForm: 'association',
      siret: SIRET,
      rna: null,
      address: '1 rue du Port, Nantes',
      registeredAt: NOW,
      version: 0,
    });
    expect(organisationOf(views, RNA)).toMatchObject({ siret: null, rna: RNA, address: null });
    expect(organisationOf(views, 'W000000000')).toBeUndefined();
  });

  it('are shown as corrected, since they were registered', async () => {
    const { views } = await given(
      registered,
      on(
        `organisation-${SIRET}`,
        {
          type: 'OrganisationCorrected',
          name: 'Café des Parents',
          legalForm: 'other',
          siret: SIRET,
          rna: RNA,
          reason: 'Nom erroné',
        },
        later,
      ),
    );
    expect(organisationOf(views, SIRET)).toEqual({
      id: SIRET,
      name: 'Café des Parents',
      legalForm: 'other',
      siret: SIRET,
      rna: RNA,
      address: null,
      registeredAt: NOW,
      version: 1,
    });
    expect(list(views, 'name', 'eleves')).toEqual([]);
    expect(list(views, 'name', RNA)).toEqual([SIRET]);
  });

  it('are listed by name, number or date', async () => {
    const { views } = await given(other, registered);
    expect(list(views, 'name')).toEqual([SIRET, RNA]);
    expect(list(views, 'id')).toEqual([SIRET, RNA]);
    expect(list(views, 'registeredAt')).toEqual([SIRET, RNA]);
  });

  it.each(['cafe', 'Élèves CAFÉ', '380335', '  café '])('are found by « %s »', async (q) => {
    const { views } = await given(registered, other);
    expect(list(views, 'name', q)).toEqual([SIRET]);
  });

  it('are not found where one word is missing', async () => {
    const { views } = await given(registered, other);
    expect(list(views, 'name', 'café ludothèque')).toEqual([]);
  });
});

describe('members', () => {
  it('have claimed or were invited first', async () => {
    const { views } = await given(
      registered,
      on(`person-${CAMILLE}`, { type: 'PersonDescribed', name: 'Camille', email: 'c@asso.example' }),
      claimed,
      invited,
    );
    expect(membersOf(views, SIRET)).toEqual([
      { person: CAMILLE, name: 'Camille', standing: 'claimed', power: null, since: NOW },
      { person: SACHA, name: null, standing: 'invited', power: 'prepare', since: NOW },
    ]);
  });

  it('belong once confirmed or joined, with their power, since then', async () => {
    const { views } = await given(
      registered,
      claimed,
      invited,
      member('ClaimConfirmed', CAMILLE, 'submit'),
      member('ColleagueJoined', SACHA, 'prepare'),
    );
    const since = later.at;
    expect(membersOf(views, SIRET)).toEqual([
      { person: CAMILLE, name: null, standing: 'member', power: 'submit', since },
      { person: SACHA, name: null, standing: 'member', power: 'prepare', since },
    ]);
  });

  it('have the power that was changed last', async () => {
    const { views } = await given(
      registered,
      member('ClaimConfirmed', CAMILLE, 'submit'),
      member('PowerChanged', CAMILLE, 'prepare'),
    );
    expect(membersOf(views, SIRET).map(({ power }) => power)).toEqual(['prepare']);
  });

  it.each(['ClaimRejected', 'MemberRemoved'] as const)('are no more after %s', async (type) => {
    const { views } = await given(
      registered,
      claimed,
      invited,
      on(`organisation-${SIRET}`, { type, person: CAMILLE, reason: 'Inconnu ici' }),
    );
    expect(membersOf(views, SIRET).map(({ person }) => person)).toEqual([SACHA]);
  });

  it('find the organisations they belong to', async () => {
    const { views } = await given(
      other,
      registered,
      member('ClaimConfirmed', CAMILLE, 'submit'),
      on(`organisation-${RNA}`, { type: 'OrganisationClaimed', person: CAMILLE }),
    );
    expect(membershipsOf(views, CAMILLE)).toEqual([
      { organisation: SIRET, name: 'Café des Élèves', standing: 'member', power: 'submit' },
      { organisation: RNA, name: 'Ludothèque', standing: 'claimed', power: null },
    ]);
    expect(membershipsOf(views, SACHA)).toEqual([]);
  });
});

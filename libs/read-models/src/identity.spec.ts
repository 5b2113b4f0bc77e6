import { describe, expect, it } from '@jest/globals';
import type { Fact } from '#domain/facts.js';
import { CAMILLE, given, NOW, on, onStream, SACHA } from './fixtures.js';
import {
  conflictsOf,
  grantsOf,
  holdersOf,
  holdersOfAny,
  peopleList,
  peopleSeenBy,
  personByEmail,
  personOf,
  type PersonRow,
  signedInBy,
  tokensOf,
} from './identity.js';
import { page } from './listing.js';
import type { Views } from './views.js';

const content = { version: 0, hash: 'a' };
const camille = {
  type: 'PersonDescribed',
  name: 'Camille Élie',
  email: 'Camille@Asso.example',
  phone: '0102030405',
} as const;
const sacha = { type: 'PersonDescribed', name: 'Sacha', email: 'sacha@asso.example' } as const;
const opened = [
  on(`person-${CAMILLE}`, camille),
  on(`account-${CAMILLE}`, { type: 'AccountOpened', content }),
  on(`person-${SACHA}`, sacha),
  on(`account-${SACHA}`, { type: 'AccountOpened', content }, { at: '2021-07-02T08:00:00Z' }),
];
const token = {
  type: 'TokenIssued',
  token: 'token-1',
  hash: 'hash-1',
  scopes: ['read', 'write'],
  label: 'sauvegarde',
  expiresAt: '2021-08-01T08:00:00Z',
} as const satisfies Fact;
const delegated = (delegation: string): Fact => ({
  type: 'DelegationGranted',
  delegation,
  holder: CAMILLE,
  acts: ['approve-call'],
  from: '2021-01-01',
  until: '2021-12-31',
  reference: 'Arrêté 17',
});
const inARS = { kind: 'institution', id: 'ARS-PDL' } as const;
const organisation = 'organisation-38033590100027';
const inOrganisation = { kind: 'organisation', id: '38033590100027' } as const;

describe('people', () => {
  it('are shown as they described themselves', async () => {
    const { views } = await given(...opened);
    expect(personOf(views, CAMILLE)).toEqual({
      id: CAMILLE,
      name: 'Camille Élie',
      email: 'camille@asso.example',
      phone: '0102030405',
      openedAt: NOW,
      forgottenAt: null,
    });
  });

  it('are shown as they describe themselves now', async () => {
    const { views } = await given(...opened, on(`person-${CAMILLE}`, { ...sacha, name: 'Camille Élie-Roy' }));
    expect(personOf(views, CAMILLE)).toEqual({
      id: CAMILLE,
      name: 'Camille Élie-Roy',
      email: 'sacha@asso.example',
      phone: null,
      openedAt: NOW,
      forgottenAt: null,
    });
  });

  it('do not exist before their account is opened', async () => {
    const { views } = await given(on(`person-${CAMILLE}`, camille));
    expect(personOf(views, CAMILLE)).toBeUndefined();
  });

  it('are found by their address, however it is typed', async () => {
    const { views } = await given(...opened);
    expect(personByEmail(views, 'CAMILLE@asso.EXAMPLE')).toBe(CAMILLE);
    expect(personByEmail(views, 'nobody@asso.example')).toBeUndefined();
  });

  it('are nameless once forgotten, without tokens or roles, and not found by their address', async () => {
    const { views } = await given(
      ...opened,
      on(`account-${CAMILLE}`, token),
      on(`account-${CAMILLE}`, { type: 'RoleGranted', role: 'signatory', scope: inARS }),
      on(`account-${CAMILLE}`, { type: 'PersonForgotten' }, { at: '2021-07-03T08:00:00Z' }),
    );
    const forgotten = { id: CAMILLE, name: null, email: null, phone: null };
    expect(personOf(views, CAMILLE)).toEqual({ ...forgotten, openedAt: NOW, forgottenAt: '2021-07-03T08:00:00Z' });
    expect(personByEmail(views, 'camille@asso.example')).toBeUndefined();
    expect(signedInBy(views, 'hash-1')).toBeUndefined();
    expect(tokensOf(views, CAMILLE).map(({ revokedAt }) => revokedAt)).toEqual(['2021-07-03T08:00:00Z']);
    expect(grantsOf(views, CAMILLE)).toEqual([]);
  });

  it('stay nameless when a description comes after they were forgotten', async () => {
    const { views } = await given(
      ...opened,
      on(`account-${CAMILLE}`, { type: 'PersonForgotten' }),
      on(`person-${CAMILLE}`, camille),
    );
    expect(personOf(views, CAMILLE)).toMatchObject({ name: null, email: null, phone: null });
  });
});

describe('tokens', () => {
  it('sign somebody in with what they may do', async () => {
    const { views } = await given(
      ...opened,
      on(`account-${CAMILLE}`, token),
      on(`account-${CAMILLE}`, { type: 'RoleGranted', role: 'signatory', scope: inARS }),
    );
    expect(signedInBy(views, 'hash-1')).toEqual({
      person: CAMILLE,
      scopes: ['read', 'write'],
      expiresAt: '2021-08-01T08:00:00Z',
      grants: [{ role: 'signatory', scope: inARS }],
      conflicts: [],
    });
    expect(signedInBy(views, 'hash-2')).toBeUndefined();
  });

  it('are listed in the order they were issued, the revoked ones too', async () => {
    const { views } = await given(
      ...opened,
      on(`account-${CAMILLE}`, { ...token, token: 'token-2', hash: 'hash-2' }, { at: '2021-07-02T08:00:00Z' }),
      on(`account-${CAMILLE}`, token),
      on(`account-${CAMILLE}`, { type: 'TokenRevoked', token: 'token-1' }, { at: '2021-07-03T08:00:00Z' }),
    );
    const { label, scopes, expiresAt } = token;
    const shown = { label, scopes, expiresAt };
    expect(tokensOf(views, CAMILLE)).toEqual([
      { ...shown, token: 'token-1', issuedAt: NOW, revokedAt: '2021-07-03T08:00:00Z' },
      { ...shown, token: 'token-2', issuedAt: '2021-07-02T08:00:00Z', revokedAt: null },
    ]);
    expect(signedInBy(views, 'hash-1')).toBeUndefined();
  });

  it('keep the instant of their first revocation', async () => {
    const { views } = await given(
      on(`account-${CAMILLE}`, token),
      on(`account-${CAMILLE}`, { type: 'TokenRevoked', token: 'token-1' }),
      on(`account-${CAMILLE}`, { type: 'PersonForgotten' }, { at: '2021-07-09T08:00:00Z' }),
    );
    expect(tokensOf(views, CAMILLE).map(({ revokedAt }) => revokedAt)).toEqual([NOW]);
  });
});

describe('grants', () => {
  const everywhere = { kind: 'everywhere' } as const;
  const inCall = { kind: 'call', id: 'call-1' } as const;

  it('come from roles, wherever they lie, until withdrawn', async () => {
    const told = await given(
      ...onStream(
        `account-${CAMILLE}`,
        { type: 'RoleGranted', role: 'auditor', scope: everywhere },
        { type: 'RoleGranted', role: 'reviewer', scope: inCall },
        { type: 'RoleGranted', role: 'signatory', scope: inARS },
      ),
    );
    expect(grantsOf(told.views, CAMILLE)).toEqual([
      { role: 'auditor', scope: everywhere },
      { role: 'reviewer', scope: inCall },
      { role: 'signatory', scope: inARS },
    ]);
    await told.andThen(
      on(`account-${CAMILLE}`, { type: 'RoleWithdrawn', role: 'auditor', scope: everywhere, reason: 'Départ' }),
      on(`account-${CAMILLE}`, { type: 'RoleWithdrawn', role: 'signatory', scope: inARS, reason: 'Départ' }),
    );
    expect(grantsOf(told.views, CAMILLE)).toEqual([{ role: 'reviewer', scope: inCall }]);
  });

  it('come from delegations, and last as long as one of them does', async () => {
    const revoked = (delegation: string): Fact => ({ type: 'DelegationRevoked', delegation, reason: 'Fin' });
    const told = await given(...onStream('institution-ARS-PDL', delegated('d-1'), delegated('d-2'), revoked('d-1')));
    expect(grantsOf(told.views, CAMILLE)).toEqual([{ role: 'delegate', scope: inARS }]);
    await told.andThen(on('institution-ARS-PDL', revoked('d-2')));
    expect(grantsOf(told.views, CAMILLE)).toEqual([]);
  });

  it.each([
    ['a confirmed claim', 'ClaimConfirmed', 'prepare', 'preparer'],
    ['a confirmed claim', 'ClaimConfirmed', 'submit', 'submitter'],
    ['joining', 'ColleagueJoined', 'prepare', 'preparer'],
    ['joining', 'ColleagueJoined', 'submit', 'submitter'],
  ] as const)('come from %s (%s) with the power to %s', async (_, type, power, role) => {
    const { views } = await given(on(organisation, { type, person: CAMILLE, power }));
    expect(grantsOf(views, CAMILLE)).toEqual([{ role, scope: inOrganisation }]);
  });

  it('follow a changed power, and end with membership', async () => {
    const told = await given(
      on(organisation, { type: 'ClaimConfirmed', person: CAMILLE, power: 'submit' }),
      on(organisation, { type: 'PowerChanged', person: CAMILLE, power: 'prepare' }),
    );
    expect(grantsOf(told.views, CAMILLE)).toEqual([{ role: 'preparer', scope: inOrganisation }]);
    await told.andThen(on(organisation, { type: 'PowerChanged', person: CAMILLE, power: 'submit' }));
    expect(grantsOf(told.views, CAMILLE)).toEqual([{ role: 'submitter', scope: inOrganisation }]);
    await told.andThen(on(organisation, { type: 'MemberRemoved', person: CAMILLE, reason: 'Départ' }));
    expect(grantsOf(told.views, CAMILLE)).toEqual([]);
  });

  it('tell who holds one of some roles in one of some places', async () => {
    const { views } = await given(
      on(`account-${SACHA}`, { type: 'RoleGranted', role: 'signatory', scope: inARS }),
      on(`account-${CAMILLE}`, { type: 'RoleGranted', role: 'administrator', scope: inARS }),
      on(`account-${CAMILLE}`, { type: 'RoleGranted', role: 'signatory', scope: { ...inARS, id: 'DREETS-PDL' } }),
    );
    expect(holdersOf(views, 'institution', 'ARS-PDL', ['signatory'])).toEqual([SACHA]);
    expect(holdersOf(views, 'call', 'ARS-PDL', ['signatory'])).toEqual([]);
    expect(holdersOfAny(views, 'institution', ['ARS-PDL', 'DREETS-PDL'], ['signatory', 'administrator'])).toEqual([
      CAMILLE,
      SACHA,
    ]);
  });
});

describe('the list of people', () => {
  const seenBy = (views: Views, ...grants: Parameters<typeof peopleSeenBy>[0]) =>
    page<PersonRow>(views, peopleList, {
      where: [peopleSeenBy(grants)],
      sort: 'name',
      descending: false,
      limit: 10,
    }).items.map(({ name }) => name);
  const facts = [
    ...opened,
    on('person-not-opened', sacha),
    on(`account-${SACHA}`, { type: 'RoleGranted', role: 'case-officer', scope: inARS }),
  ];

  it('shows everybody with an account to the operator', async () => {
    const { views } = await given(...facts);
    expect(seenBy(views, { role: 'operator', scope: { kind: 'everywhere' } })).toEqual(['Camille Élie', 'Sacha']);
  });

  it('shows administrators the people of their institutions, others nobody', async () => {
    const { views } = await given(...facts);
    expect(seenBy(views, { role: 'administrator', scope: inARS })).toEqual(['Sacha']);
    expect(seenBy(views, { role: 'administrator', scope: { ...inARS, id: 'DREETS-PDL' } })).toEqual([]);
    expect(seenBy(views, { role: 'signatory', scope: inARS })).toEqual([]);
  });
});

describe('conflicts of interest', () => {
  const conflict = (application: string) => ({ application, nature: 'employment' as const });
  const of = { call: 'call-1', person: CAMILLE };

  it.each<[string, Fact]>([
    ['declared by a reviewer', { type: 'InterestsDeclared', ...of, conflicts: [conflict('f-1')] }],
    ['confirmed by an administrator', { type: 'ConflictConfirmed', ...of, conflict: conflict('f-1'), because: 'Oui.' }],
    ['said when declining', { type: 'AssignmentDeclined', ...of, application: 'f-1', reason: 'conflict' }],
    ['declared by a member', { type: 'MemberInterestsDeclared', member: CAMILLE, conflicts: [conflict('f-1')] }],
    [
      'that recuse a member',
      { type: 'MemberRecused', session: 's-1', application: 'f-1', member: CAMILLE, nature: 'family' },
    ],
  ])('are known by the next sign-in: those %s', async (_, fact) => {
    const { views } = await given(...opened, on(`account-${CAMILLE}`, token), on('reviewer-1', fact));
    expect(signedInBy(views, 'hash-1')?.conflicts).toEqual(['f-1']);
    expect(conflictsOf(views, SACHA)).toEqual([]);
  });
  it('add up, and outlast the role', async () => {
    const { views } = await given(
      on('reviewer-1', { type: 'ReviewerAppointed', ...of, expertise: [] }),
      on('reviewer-1', { type: 'InterestsDeclared', ...of, conflicts: [conflict('f-1')] }),
      on('reviewer-1', { type: 'InterestsDeclared', ...of, conflicts: [conflict('f-2'), conflict('f-1')] }),
      on('reviewer-1', { type: 'ReviewerDismissed', ...of, reason: 'Indisponible.' }),
    );
    expect(conflictsOf(views, CAMILLE)).toEqual(['f-1', 'f-2']);
  });
  it('are none where somebody declines for want of time', async () => {
    const { views } = await given(
      on('reviewer-1', { type: 'AssignmentDeclined', ...of, application: 'f-1', reason: 'overload' }),
    );
    expect(conflictsOf(views, CAMILLE)).toEqual([]);
  });
});

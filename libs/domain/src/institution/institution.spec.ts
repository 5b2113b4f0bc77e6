import { describe, expect, it } from '@jest/globals';
import { paris } from '#calendar/paris.js';
import { digest } from '#commands/canonical.js';
import { absent, type Stamp } from '../decider.js';
import { specify } from '../specification.js';
import { delegableActs, institution, type InstitutionEvent } from './institution.js';

const SIGNATORY = '11111111-1111-4111-8111-111111111111';
const HOLDER = '22222222-2222-4222-8222-222222222222';

const stamp: Stamp = { at: '2021-05-12T08:00:00Z', by: SIGNATORY, actingAs: 'signatory', id: 'ARS-PDL' };
const given = specify(institution, stamp, { calendar: paris, digest });

const registered = {
  type: 'InstitutionRegistered',
  name: 'ARS Pays de la Loire',
  kind: 'ARS',
} satisfies InstitutionEvent;
const delegation = {
  delegation: 'd-1',
  holder: HOLDER,
  acts: ['letter-of-intent', 'approve-call'],
  ceilingCents: 10_000_000,
  from: '2021-01-01',
  until: '2021-12-31',
  reference: 'Arrêté n° 2021-17',
} as const;
const granted = { type: 'DelegationGranted', ...delegation } satisfies InstitutionEvent;
const revoked = { type: 'DelegationRevoked', delegation: 'd-1', reason: 'Mutation.' } satisfies InstitutionEvent;
const UNKNOWN = "Cette institution n'existe pas.";

describe('registering an institution', () => {
  const register = { type: 'RegisterInstitution', name: 'ARS Pays de la Loire', kind: 'ARS' } as const;
  const ofDepartement = {
    type: 'RegisterInstitution',
    name: 'CAF de Loire-Atlantique',
    kind: 'CAF',
    departement: '44',
  } as const;

  it('is a fact', () => given().when(register, { actingAs: 'operator' }).then(registered));
  it('may name its département', () =>
    given()
      .when(ofDepartement, { id: 'CAF-44' })
      .then({ type: 'InstitutionRegistered', name: 'CAF de Loire-Atlantique', kind: 'CAF', departement: '44' }));
  it('leaves it without delegations', () =>
    expect(given(registered).state).toEqual({
      status: 'registered',
      name: 'ARS Pays de la Loire',
      kind: 'ARS',
      delegations: {},
    }));
  it('is refused twice under one code', () =>
    given(registered).when(ofDepartement).thenRefused('InstitutionExists', 'Une institution porte déjà ce code.'));
});

describe('granting a delegation of signature', () => {
  const grant = { type: 'GrantDelegation', ...delegation } as const;

  it('names the person, the acts, the ceiling and the period', () => given(registered).when(grant).then(granted));
  it('may set no ceiling', () => {
    const { ceilingCents: _, ...without } = delegation;
    given(registered)
      .when({ type: 'GrantDelegation', ...without })
      .then({ type: 'DelegationGranted', ...without });
  });
  it.each(delegableActs)('may cover %s alone', (act) =>
    given(registered)
      .when({ ...grant, acts: [act] })
      .then({ ...granted, acts: [act] }),
  );
  it('is kept with those that were granted before', () =>
    expect(given(registered, granted, { ...granted, delegation: 'd-2', reference: 'Arrêté n° 2021-18' }).state).toEqual(
      {
        status: 'registered',
        name: 'ARS Pays de la Loire',
        kind: 'ARS',
        delegations: {
          'd-1': delegation,
          'd-2': { ...delegation, delegation: 'd-2', reference: 'Arrêté n° 2021-18' },
        },
      },
    ));
  it('is refused to oneself', () =>
    given(registered)
      .when({ ...grant, holder: SIGNATORY })
      .thenRefused('OwnDelegation', 'Nul ne se délègue sa propre signature.'));
  it('is refused with a period that ends before it starts', () =>
    given(registered)
      .when({ ...grant, from: '2021-12-31', until: '2021-12-30' })
      .thenRefused('PeriodReversed', 'La fin de la délégation précède son début.'));
  it('may be for one day', () =>
    given(registered)
      .when({ ...grant, from: '2021-12-31', until: '2021-12-31' })
      .then({ ...granted, from: '2021-12-31', until: '2021-12-31' }));
  it('may end today, until midnight in Paris', () =>
    given(registered)
      .when({ ...grant, until: '2021-05-12' }, { at: '2021-05-12T21:59:59Z' })
      .then({ ...granted, until: '2021-05-12' }));
  it('is refused once its last day is over in Paris', () =>
    given(registered)
      .when({ ...grant, until: '2021-05-12' }, { at: '2021-05-12T22:00:00Z' })
      .thenRefused('DelegationOver', 'Cette délégation serait déjà terminée.'));
  it('may start later', () =>
    given(registered)
      .when({ ...grant, from: '2021-09-01' })
      .then({ ...granted, from: '2021-09-01' }));
  it('is refused for an institution that nobody registered, as not found', () =>
    expect(given().when(grant).result).toEqual(absent('InstitutionUnknown', UNKNOWN)));
});

describe('revoking a delegation of signature', () => {
  const revoke = { type: 'RevokeDelegation', delegation: 'd-1', reason: 'Mutation.' } as const;

  it('is a fact with its reason', () => given(registered, granted).when(revoke).then(revoked));
  it('keeps what was delegated, and that it was revoked', () =>
    expect(given(registered, granted, revoked).state).toMatchObject({
      delegations: { 'd-1': { ...delegation, revoked: true } },
    }));
  it('leaves the others', () =>
    expect(given(registered, granted, { ...granted, delegation: 'd-2' }, revoked).state).toMatchObject({
      delegations: { 'd-2': { ...delegation, delegation: 'd-2' } },
    }));
  it('is refused twice', () =>
    given(registered, granted, revoked)
      .when(revoke)
      .thenRefused('DelegationRevoked', 'Cette délégation est déjà retirée.'));
  it('changes nothing where it was never granted', () =>
    expect(given(registered, revoked).state).toEqual(given(registered).state));
  it('registers no institution', () => expect(given(granted, revoked).state).toEqual({ status: 'absent' }));
  it('is refused for a delegation that was never granted, as not found', () =>
    expect(given(registered).when(revoke).result).toEqual(
      absent('DelegationUnknown', "Cette délégation n'existe pas."),
    ));
  it('is refused for an institution that nobody registered, as not found', () =>
    expect(given().when(revoke).result).toEqual(absent('InstitutionUnknown', UNKNOWN)));
});

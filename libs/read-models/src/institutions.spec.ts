import { describe, expect, it } from '@jest/globals';
import { CAMILLE, given, NOW, on, SACHA } from './fixtures.js';
import { delegatesFor, delegationsOf, institutionList, institutionOf } from './institutions.js';
import { page } from './listing.js';

const ars = on('institution-ARS-PDL', { type: 'InstitutionRegistered', name: 'ARS Pays de la Loire', kind: 'ARS' });
const cd = on('institution-CD-44', {
  type: 'InstitutionRegistered',
  name: 'Département de Loire-Atlantique',
  kind: 'CD',
  departement: '44',
});
const details = {
  delegation: 'd-1',
  holder: CAMILLE,
  acts: ['approve-call', 'end-call'],
  ceilingCents: 10_000_000,
  from: '2021-01-01',
  until: '2021-12-31',
  reference: 'Arrêté 17',
} as const;
const granted = on('institution-ARS-PDL', { type: 'DelegationGranted', ...details }, { by: SACHA });

describe('institutions', () => {
  it('are shown as registered', async () => {
    const { views } = await given(ars, cd);
    expect(institutionOf(views, 'CD-44')).toEqual({
      code: 'CD-44',
      name: 'Département de Loire-Atlantique',
      kind: 'CD',
      departement: '44',
    });
    expect(institutionOf(views, 'ARS-PDL')).toMatchObject({ departement: null });
    expect(institutionOf(views, 'ARS-NAQ')).toBeUndefined();
  });

  it('are listed by code or by name', async () => {
    const { views } = await given(cd, ars);
    const sorted = (sort: string, descending: boolean) =>
      page(views, institutionList, { where: [], sort, descending, limit: 10 }).items;
    const rows = [institutionOf(views, 'ARS-PDL'), institutionOf(views, 'CD-44')];
    expect(sorted('code', false)).toEqual(rows);
    expect(sorted('name', true)).toEqual([...rows].reverse());
  });
});

describe('delegations of signature', () => {
  it('are shown with who granted them and when', async () => {
    const { views } = await given(ars, granted);
    expect(delegationsOf(views, 'ARS-PDL')).toEqual([
      { ...details, grantedBy: SACHA, grantedAt: NOW, revokedAt: null },
    ]);
    expect(delegationsOf(views, 'CD-44')).toEqual([]);
  });

  it('stay in the list once revoked', async () => {
    const { views } = await given(
      ars,
      granted,
      on('institution-ARS-PDL', { type: 'DelegationGranted', ...details, delegation: 'd-2' }, { by: SACHA }),
      on(
        'institution-ARS-PDL',
        { type: 'DelegationRevoked', delegation: 'd-1', reason: 'Mutation' },
        { at: '2021-07-02T08:00:00Z' },
      ),
    );
    expect(delegationsOf(views, 'ARS-PDL')).toEqual([
      { ...details, grantedBy: SACHA, grantedAt: NOW, revokedAt: '2021-07-02T08:00:00Z' },
      { ...details, delegation: 'd-2', grantedBy: SACHA, grantedAt: NOW, revokedAt: null },
    ]);
  });

  it('name who may do something by them, on their days, until they are revoked', async () => {
    const { views, andThen } = await given(ars, cd, granted);
    const may = (act: 'end-call' | 'award', first: string, last = first, of = ['ARS-PDL', 'CD-44']) =>
      delegatesFor(views, of, act, [`${first}T08:00:00Z`, `${last}T08:00:00Z`]);
    expect(may('end-call', '2021-01-01')).toEqual([CAMILLE]);
    expect(may('end-call', '2021-12-31', '2022-06-30')).toEqual([CAMILLE]);
    expect(may('end-call', '2022-01-01')).toEqual([]);
    expect(delegatesFor(views, ['ARS-PDL'], 'end-call', ['2021-12-31T23:00:00Z', '2022-02-01T08:00:00Z'])).toEqual([]);
    expect(may('end-call', '2020-12-31')).toEqual([]);
    expect(may('award', '2021-06-01')).toEqual([]);
    expect(may('end-call', '2021-06-01', '2021-06-01', ['CD-44'])).toEqual([]);
    await andThen(on('institution-ARS-PDL', { type: 'DelegationRevoked', delegation: 'd-1', reason: 'Mutation' }));
    expect(may('end-call', '2021-06-01')).toEqual([]);
  });
});

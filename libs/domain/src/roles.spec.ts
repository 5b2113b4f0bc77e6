import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Grant, grantableRoles, grantKey, reaches, type Role, roleThatAllows, scopeKindOf } from './roles.js';

const PERSON = '11111111-1111-4111-8111-111111111111';
const OTHER = '22222222-2222-4222-8222-222222222222';
const SIRET = '38033590100027';
const auditor: Grant = { role: 'auditor', scope: { kind: 'everywhere' } };
const administrator: Grant = { role: 'administrator', scope: { kind: 'institution', id: 'ARS-PDL' } };
const signatory: Grant = { role: 'signatory', scope: { kind: 'institution', id: 'ARS-PDL' } };
const reviewer: Grant = { role: 'reviewer', scope: { kind: 'call', id: 'call-1' } };
const submitter: Grant = { role: 'submitter', scope: { kind: 'organisation', id: SIRET } };

describe('a role', () => {
  it('is granted where its kind of scope lies', () =>
    expect(grantableRoles.map((role) => [role, scopeKindOf(role)])).toEqual([
      ['operator', 'everywhere'],
      ['auditor', 'everywhere'],
      ['administrator', 'institution'],
      ['signatory', 'institution'],
      ['case-officer', 'institution'],
      ['finance-officer', 'institution'],
      ['partner', 'institution'],
    ]));
  it.each(['reviewer', 'member', 'chair'] as const)('%s lies in a call and comes with an appointment', (role) => {
    expect(scopeKindOf(role)).toBe('call');
    expect(grantableRoles).not.toContain(role);
  });
  it.each([
    [auditor, 'auditor'],
    [administrator, 'administrator@institution:ARS-PDL'],
    [reviewer, 'reviewer@call:call-1'],
    [submitter, 'submitter@organisation:38033590100027'],
  ])('and its place have one text', (grant, text) => expect(grantKey(grant)).toBe(text));
});

describe('a grant reaches', () => {
  it.each([
    ['everything when it lies everywhere', auditor, {}],
    ['its institution', administrator, { institutions: ['DREETS-PDL', 'ARS-PDL'] }],
    ['what belongs to no institution, for staff of any', administrator, { institutions: 'any' }],
    ['its call', reviewer, { call: 'call-1' }],
    ['its organisation', submitter, { organisations: [SIRET] }],
  ] as const)('%s', (_, grant, reach) => expect(reaches(grant, reach)).toBe(true));
});

describe('a grant does not reach', () => {
  it.each([
    ['another institution', administrator, { institutions: ['DREETS-PDL'] }],
    ['what names no institution', administrator, { call: 'call-1', organisations: [SIRET] }],
    ['another call', reviewer, { call: 'call-2' }],
    ['an institution by its call', reviewer, { institutions: 'any' }],
    ['another organisation', submitter, { organisations: ['77567227238283'] }],
    ['an institution that has the code of its organisation', submitter, { institutions: [SIRET] }],
  ] as const)('%s', (_, grant, reach) => expect(reaches(grant, reach)).toBe(false));
});

describe('the role that allows', () => {
  const asking = (...grants: Grant[]) => ({ person: PERSON, grants });
  const ofArs = { institutions: ['ARS-PDL'] };

  it('is the first of those asked for, with its grant', () => {
    expect(roleThatAllows(['signatory', 'administrator'], asking(administrator, signatory), ofArs)).toEqual({
      role: 'signatory',
      grant: signatory,
    });
    expect(roleThatAllows(['administrator', 'signatory'], asking(administrator, signatory), ofArs)).toEqual({
      role: 'administrator',
      grant: administrator,
    });
  });
  it('is none where no grant lies on the thing', () =>
    expect(roleThatAllows(['administrator'], asking(administrator), { institutions: ['DREETS-PDL'] })).toBeUndefined());
  it('is none of another kind', () =>
    expect(roleThatAllows(['finance-officer'], asking(administrator, signatory), ofArs)).toBeUndefined());
  it('is none without roles', () => expect(roleThatAllows([], asking(auditor), ofArs)).toBeUndefined());
  it('is anyone for what needs no sign-in', () =>
    expect(roleThatAllows(['anyone'], { person: 'anonymous', grants: [] }, {})).toEqual({ role: 'anyone' }));
  it('is anybody signed in', () => expect(roleThatAllows(['person'], asking(), {})).toEqual({ role: 'person' }));
  it('is the person concerned', () =>
    expect(roleThatAllows(['self'], asking(), { person: PERSON })).toEqual({ role: 'self' }));
  it('is not another person', () => expect(roleThatAllows(['self'], asking(), { person: OTHER })).toBeUndefined());
  it('is the service itself', () =>
    expect(roleThatAllows(['system'], { person: 'system', grants: [] }, {})).toEqual({ role: 'system' }));
  it('is nobody else where it is the service', () =>
    expect(roleThatAllows(['system'], asking(auditor, administrator), {})).toBeUndefined());

  const roles: Role[] = [
    ...grantableRoles,
    'reviewer',
    'member',
    'chair',
    'delegate',
    'preparer',
    'submitter',
    'person',
    'self',
  ];
  const grants = fc.constantFrom(auditor, administrator, signatory, reviewer, submitter);
  const reach = { institutions: ['ARS-PDL'], organisations: [SIRET], call: 'call-1', person: 'anonymous' };

  it.each(['anonymous', 'system'])('is none for %s but what anyone may do, whatever it holds', (person) =>
    fc.assert(
      fc.property(fc.subarray(roles), fc.array(grants), (asked, held) =>
        expect(roleThatAllows(asked, { person, grants: held }, reach)).toBeUndefined(),
      ),
    ),
  );
  it('is always one that was asked for, and whose grant is held there', () =>
    fc.assert(
      fc.property(fc.subarray(roles), fc.array(grants), (asked, held) => {
        const allowed = roleThatAllows(asked, { person: PERSON, grants: held }, reach);
        if (!allowed) {
          expect(asked.some((role) => role === 'person' || held.some((grant) => grant.role === role))).toBe(false);
          return;
        }
        expect(asked).toContain(allowed.role);
        if (allowed.grant) expect([allowed.grant.role, held.includes(allowed.grant)]).toEqual([allowed.role, true]);
        else expect(allowed).toEqual({ role: 'person' });
      }),
    ));
});

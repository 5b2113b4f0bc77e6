import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { CallEvent } from './call/call-facts.js';
import {
  approved,
  ARS,
  cancelled,
  drafted,
  DREETS,
  known,
  open,
  preparing,
  specifications,
  unsealed,
  unsuccessful,
} from './call/fixtures.js';
import type { Grant, Role } from './roles.js';
import { grantsOn, joinedPartners, sealOf, type SealOfCall, sightOfCall, sightOfFile } from './visibility.js';

const at = (role: Role, id: string): Grant => ({ role, scope: { kind: 'institution', id } });
const everywhere = (role: 'operator' | 'auditor'): Grant => ({ role, scope: { kind: 'everywhere' } });
const of = (role: 'preparer' | 'submitter', id: string): Grant => ({ role, scope: { kind: 'organisation', id } });
const staff: Role[] = ['administrator', 'signatory', 'delegate', 'case-officer', 'finance-officer'];
const juror: Grant = { role: 'member', scope: { kind: 'call', id: 'call-1' } };

const invited: CallEvent = { type: 'PartnerInvited', institution: 'CAF-44', presence: 'expected' };
const answered = (accepted: boolean): CallEvent => ({
  type: 'PartnerInvitationAnswered',
  institution: 'CAF-44',
  accepted,
});
const withdrawn: CallEvent = { type: 'PartnerInvitationWithdrawn', institution: 'CAF-44', reason: 'Par erreur.' };

describe('what somebody sees of a call', () => {
  const inPreparation = known(...preparing, invited);

  it.each(staff)('is its preparation, for a %s of a lead', (role) => {
    expect(sightOfCall(known(drafted), [at(role, ARS)])).toBe('preparation');
    expect(sightOfCall(inPreparation, [at(role, DREETS)])).toBe('preparation');
    expect(sightOfCall(known(...open), [at(role, DREETS)])).toBe('preparation');
  });
  it('is its preparation, for an auditor', () =>
    expect(sightOfCall(known(drafted), [everywhere('auditor')])).toBe('preparation'));
  it.each<[string, Grant[]]>([
    ['nobody', []],
    ['an operator', [everywhere('operator')]],
    ['staff of another institution', staff.map((role) => at(role, 'ARS-BRE'))],
    ['a partner of a lead', [at('partner', ARS)]],
    ['an applicant', [of('submitter', '38033590100027')]],
    ['a member of its commission', [juror]],
  ])('is nothing before publication, and what is published after, for %s', (_, grants) => {
    expect(sightOfCall(inPreparation, grants)).toBe('nothing');
    expect(sightOfCall(known(...open), grants)).toBe('published');
  });
  it.each<Role>(['partner', 'administrator'])('is the invitation, for a %s of an institution to answer it', (role) => {
    expect(sightOfCall(inPreparation, [at(role, 'CAF-44')])).toBe('invitation');
    expect(sightOfCall(known(...preparing, invited, answered(false)), [at(role, 'CAF-44')])).toBe('invitation');
  });
  it.each<Role>(['partner', 'administrator'])('is its preparation, for a %s of an institution that joined', (role) => {
    expect(sightOfCall(known(...preparing, invited, answered(true)), [at(role, 'CAF-44')])).toBe('preparation');
    expect(sightOfCall(known(...preparing, invited, answered(true), cancelled), [at(role, 'CAF-44')])).toBe(
      'preparation',
    );
  });
  it.each<Role>(['signatory', 'delegate', 'case-officer', 'finance-officer'])(
    'is nothing, for a %s of a partner',
    (role) => expect(sightOfCall(known(...preparing, invited, answered(true)), [at(role, 'CAF-44')])).toBe('nothing'),
  );
  it('is nothing once the invitation is withdrawn', () =>
    expect(sightOfCall(known(...preparing, invited, answered(true), withdrawn), [at('partner', 'CAF-44')])).toBe(
      'nothing',
    ));
  it('is no invitation before the letter is signed, nor once the call has ended', () => {
    expect(sightOfCall(known(drafted, invited), [at('partner', 'CAF-44')])).toBe('nothing');
    expect(sightOfCall(known(...preparing, invited, cancelled), [at('partner', 'CAF-44')])).toBe('nothing');
  });
  it('is what was published, for a partner that did not join', () =>
    expect(sightOfCall(known(...preparing, invited, ...open.slice(4)), [at('partner', 'CAF-44')])).toBe('published'));
  it('stays what was published once the call has ended', () => {
    expect(sightOfCall(known(...open, cancelled), [])).toBe('published');
    expect(sightOfCall(known(...open, unsuccessful), [])).toBe('published');
  });
  it('stays nothing where it was cancelled before publication', () =>
    expect(sightOfCall(known(...approved, cancelled), [])).toBe('nothing'));
});

describe('partners that joined', () => {
  it('are those that accepted', () =>
    expect(
      joinedPartners(
        known(
          ...preparing,
          invited,
          { type: 'PartnerInvited', institution: 'CPAM-44', presence: 'expected' },
          { type: 'PartnerInvited', institution: 'CD-44', presence: 'optional' },
          answered(true),
          { type: 'PartnerInvitationAnswered', institution: 'CD-44', accepted: false },
        ),
      ),
    ).toEqual(['CAF-44']));
});

describe('the seal of a call', () => {
  it.each<[string, CallEvent[], SealOfCall]>([
    ['while it is prepared', preparing, { leads: [ARS, DREETS], unsealed: false, openToOfficers: false }],
    ['while it is open', open, { leads: [ARS, DREETS], unsealed: false, openToOfficers: false }],
    ['once unsealed', [...open, unsealed], { leads: [ARS, DREETS], unsealed: true, openToOfficers: false }],
    [
      'once unsealed and ended',
      [...open, unsealed, unsuccessful],
      { leads: [ARS, DREETS], unsealed: true, openToOfficers: false },
    ],
    ['cancelled while sealed', [...open, cancelled], { leads: [ARS, DREETS], unsealed: false, openToOfficers: false }],
    [
      'open to the case officers',
      [...preparing, { type: 'SpecificationsSet', specifications: { ...specifications, sealing: 'open-to-officers' } }],
      { leads: [ARS, DREETS], unsealed: false, openToOfficers: true },
    ],
  ])('says who leads and whether it holds %s', (_, history, seal) => expect(sealOf(known(...history))).toEqual(seal));
});

const APPLICANT = '38033590100027';
const SHARED = '77567227238283';
const file = (status: 'draft' | 'submitted' | 'withdrawn') => ({
  status,
  call: 'call-1',
  organisation: APPLICANT,
  sharedWith: [SHARED],
});
const seal = (changes: Partial<SealOfCall> = {}): SealOfCall => ({
  leads: [ARS, DREETS],
  unsealed: false,
  openToOfficers: false,
  ...changes,
});

describe('what somebody sees of a file', () => {
  const readers: Role[] = ['administrator', 'signatory', 'case-officer', 'finance-officer'];

  it.each([
    ['draft', 'preparer', APPLICANT],
    ['draft', 'submitter', SHARED],
    ['submitted', 'preparer', SHARED],
    ['submitted', 'submitter', APPLICANT],
    ['withdrawn', 'preparer', APPLICANT],
  ] as const)('is its contents, %s or not, for a %s of its organisations', (status, role, organisation) =>
    expect(sightOfFile(file(status), seal(), [of(role, organisation)])).toBe('contents'),
  );
  it('is nothing, for another applicant', () =>
    expect(sightOfFile(file('submitted'), seal({ unsealed: true }), [of('submitter', '13002526500013')])).toBe(
      'nothing',
    ));
  it.each([...staff, 'auditor'] as const)('is nothing while sealed, for a %s', (role) =>
    expect(sightOfFile(file('submitted'), seal(), [role === 'auditor' ? everywhere(role) : at(role, ARS)])).toBe(
      'nothing',
    ),
  );
  it.each(readers)('is its contents once unsealed, for a %s of a lead', (role) =>
    expect(sightOfFile(file('submitted'), seal({ unsealed: true }), [at(role, DREETS)])).toBe('contents'),
  );
  it('is its contents once unsealed, for an auditor', () =>
    expect(sightOfFile(file('submitted'), seal({ unsealed: true }), [everywhere('auditor')])).toBe('contents'));
  it('is its record once unsealed, for a delegate', () =>
    expect(sightOfFile(file('submitted'), seal({ unsealed: true }), [at('delegate', ARS)])).toBe('record'));
  it.each([...staff, 'partner'] as const)('is nothing, for a %s of an institution that does not lead', (role) =>
    expect(sightOfFile(file('submitted'), seal({ unsealed: true, openToOfficers: true }), [at(role, 'CAF-44')])).toBe(
      'nothing',
    ),
  );
  it('is nothing, for an operator', () =>
    expect(
      sightOfFile(file('submitted'), seal({ unsealed: true, openToOfficers: true }), [everywhere('operator')]),
    ).toBe('nothing'));
  it('is its contents on filing, for a case officer where the call is open to them', () =>
    expect(sightOfFile(file('submitted'), seal({ openToOfficers: true }), [at('case-officer', ARS)])).toBe('contents'));
  it.each(['administrator', 'signatory', 'delegate', 'finance-officer'] as const)(
    'is nothing on filing, for a %s, even where the call is open to case officers',
    (role) => expect(sightOfFile(file('submitted'), seal({ openToOfficers: true }), [at(role, ARS)])).toBe('nothing'),
  );
  it('is nothing of a draft, for all who lead, even unsealed', () =>
    expect(
      sightOfFile(file('draft'), seal({ unsealed: true, openToOfficers: true }), [
        ...staff.map((role) => at(role, ARS)),
        everywhere('auditor'),
      ]),
    ).toBe('nothing'));
  it.each([...staff, 'auditor'] as const)('is the record of one that was withdrawn, once unsealed, for a %s', (role) =>
    expect(
      sightOfFile(file('withdrawn'), seal({ unsealed: true }), [role === 'auditor' ? everywhere(role) : at(role, ARS)]),
    ).toBe('record'),
  );

  it.each(['reviewer', 'member', 'chair'] as const)(
    'is its contents once unsealed, for a %s who is to judge it',
    (role) => {
      const held: Grant[] = [{ role, scope: { kind: 'call', id: 'call-1' } }];
      expect(sightOfFile(file('submitted'), seal({ unsealed: true }), held, true)).toBe('contents');
      expect(sightOfFile(file('submitted'), seal({ openToOfficers: true }), held, true)).toBe('nothing');
      expect(sightOfFile(file('submitted'), seal({ unsealed: true }), held)).toBe('nothing');
      expect(sightOfFile(file('withdrawn'), seal({ unsealed: true }), held, true)).toBe('nothing');
    },
  );
  it.each<[string, Grant[]]>([
    ['without a role', []],
    ['with a role in another call', [{ role: 'reviewer', scope: { kind: 'call', id: 'call-2' } }]],
  ])('is nothing, for somebody %s, though it was theirs to judge', (_, held) =>
    expect(sightOfFile(file('submitted'), seal({ unsealed: true }), held, true)).toBe('nothing'),
  );

  const institutions = fc.constantFrom(ARS, DREETS, 'CAF-44');
  const grants: fc.Arbitrary<Grant> = fc.oneof(
    fc.tuple(fc.constantFrom<Role[]>(...staff, 'partner'), institutions).map(([role, id]) => at(role, id)),
    fc.constantFrom('operator' as const, 'auditor' as const).map(everywhere),
    fc
      .tuple(fc.constantFrom<Role[]>('reviewer', 'member', 'chair'), fc.constantFrom('call-1', 'call-2'))
      .map(([role, id]): Grant => ({ role, scope: { kind: 'call', id } })),
    fc
      .tuple(
        fc.constantFrom('preparer' as const, 'submitter' as const),
        fc.constantFrom(APPLICANT, SHARED, '13002526500013'),
      )
      .map(([role, id]) => of(role, id)),
  );
  const seals = fc.record({
    leads: fc.constant([ARS, DREETS]),
    unsealed: fc.boolean(),
    openToOfficers: fc.boolean(),
  });
  const statuses = fc.constantFrom('draft' as const, 'submitted' as const, 'withdrawn' as const);
  const applies = ({ scope }: Grant) => scope.kind === 'organisation' && [APPLICANT, SHARED].includes(scope.id);
  const files = ({ role, scope }: Grant) =>
    role === 'case-officer' && scope.kind === 'institution' && [ARS, DREETS].includes(scope.id);

  it("is never anything of a draft without a grant on the applicant's side", () =>
    fc.assert(
      fc.property(fc.array(grants), seals, (held, sealed) =>
        expect(sightOfFile(file('draft'), sealed, held)).toBe(held.some(applies) ? 'contents' : 'nothing'),
      ),
      { numRuns: 1000 },
    ));
  it('is never anything of a sealed file, but for its applicants and case officers where the call is open to them', () =>
    fc.assert(
      fc.property(fc.array(grants), statuses, fc.boolean(), (held, status, openToOfficers) => {
        const sight = sightOfFile(file(status), seal({ openToOfficers }), held);
        const lawful = held.some(applies) || (openToOfficers && status !== 'draft' && held.some(files));
        expect(sight !== 'nothing').toBe(lawful);
      }),
      { numRuns: 1000 },
    ));
  it('is nothing with a conflict on it, whatever else they are, but for those of the applicant', () =>
    fc.assert(
      fc.property(fc.array(grants), statuses, seals, fc.boolean(), (held, status, sealed, judges) => {
        const looking = { grants: held, conflicts: ['file-0', 'file-1'] };
        const sight = sightOfFile(file(status), sealed, grantsOn('file-1', looking), judges);
        expect(sight).toBe(held.some(applies) ? 'contents' : 'nothing');
      }),
      { numRuns: 1000 },
    ));
  it('is what it always was with a conflict on another', () =>
    fc.assert(
      fc.property(fc.array(grants), (held) => {
        expect(grantsOn('file-1', { grants: held, conflicts: ['file-2'] })).toEqual(held);
        expect(grantsOn('file-1', { grants: held })).toEqual(held);
      }),
    ));
  it('grows with every grant', () =>
    fc.assert(
      fc.property(fc.array(grants), grants, statuses, seals, (held, one, status, sealed) => {
        const order = ['nothing', 'record', 'contents'];
        const before = order.indexOf(sightOfFile(file(status), sealed, held));
        expect(order.indexOf(sightOfFile(file(status), sealed, [...held, one]))).toBeGreaterThanOrEqual(before);
      }),
      { numRuns: 1000 },
    ));
});

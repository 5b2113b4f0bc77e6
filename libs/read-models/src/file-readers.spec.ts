import { describe, expect, it } from '@jest/globals';
import type { Fact } from '#domain/facts.js';
import type { Conflict } from '#domain/review/reviewer-facts.js';
import { hasDeclared, partsIn } from './file-readers.js';
import { CALL, CAMILLE, FILE, given, on, onStream, OTHER_CALL, OTHER_FILE, SACHA } from './fixtures.js';

const reviewer = (...facts: readonly Fact[]) => onStream('reviewer-r1', ...facts);
const commission = (...facts: readonly Fact[]) => onStream(`commission-${CALL}`, ...facts);
const of = { call: CALL, person: CAMILLE };

const appointed = { type: 'ReviewerAppointed', ...of, expertise: [] } satisfies Fact;
const declared = (...conflicts: Conflict[]): Fact => ({ type: 'InterestsDeclared', ...of, conflicts });
const assigned = { type: 'ReviewAssigned', ...of, application: FILE } satisfies Fact;
const seated = (changes: object = {}): Fact => ({
  type: 'CommissionMemberAppointed',
  person: CAMILLE,
  sitsFor: 'ARS',
  voice: 'voting',
  chair: false,
  ...changes,
});
const memberDeclared = (member = CAMILLE, ...conflicts: Conflict[]): Fact => ({
  type: 'MemberInterestsDeclared',
  member,
  conflicts,
});
const convened = (session: string, ...agenda: string[]): Fact => ({
  type: 'SessionConvened',
  session,
  agenda,
  documents: [],
  noQuorumRequired: false,
  convenedAt: '2021-09-01T08:00:00Z',
});
const employed: Conflict = { application: FILE, nature: 'employment' };

describe('a reviewer', () => {
  it('reads what is assigned to them, once they declared their interests', async () => {
    const world = await given(...reviewer(appointed, assigned));
    expect(partsIn(world.views, FILE, CAMILLE)).toEqual([]);
    expect(hasDeclared(world.views, CALL, CAMILLE)).toBe(false);
    await world.andThen(...reviewer(declared()));
    expect(partsIn(world.views, FILE, CAMILLE)).toEqual(['reviewer']);
    expect(partsIn(world.views, OTHER_FILE, CAMILLE)).toEqual([]);
    expect(partsIn(world.views, FILE, SACHA)).toEqual([]);
    expect(hasDeclared(world.views, CALL, CAMILLE)).toBe(true);
    expect(hasDeclared(world.views, OTHER_CALL, CAMILLE)).toBe(false);
  });
  it.each<[string, Fact]>([
    ['is declined', { type: 'AssignmentDeclined', ...of, application: FILE, reason: 'overload' }],
    ['is withdrawn', { type: 'AssignmentWithdrawn', ...of, application: FILE, reason: 'Par erreur.' }],
    ['meets a conflict', declared(employed)],
    ['meets a confirmed conflict', { type: 'ConflictConfirmed', ...of, conflict: employed, because: 'Salariée.' }],
    ['belonged to somebody dismissed since', { type: 'ReviewerDismissed', ...of, reason: 'Indisponible.' }],
  ])('reads no longer what %s', async (_, fact) => {
    const { views } = await given(...reviewer(appointed, declared(), assigned, fact));
    expect(partsIn(views, FILE, CAMILLE)).toEqual([]);
  });
  it('who is appointed again reads once they declared again', async () => {
    const dismissed: Fact = { type: 'ReviewerDismissed', ...of, reason: 'Indisponible.' };
    const world = await given(...reviewer(appointed, declared(), assigned, dismissed, appointed));
    expect(hasDeclared(world.views, CALL, CAMILLE)).toBe(false);
    expect(partsIn(world.views, FILE, CAMILLE)).toEqual([]);
    await world.andThen(...reviewer(declared()));
    expect(partsIn(world.views, FILE, CAMILLE)).toEqual(['reviewer']);
  });
});

describe('a member of the commission', () => {
  it('reads the agenda of a session once it is convened, after declaring', async () => {
    const world = await given(...commission(seated(), convened('s1', FILE)));
    expect(partsIn(world.views, FILE, CAMILLE)).toEqual([]);
    await world.andThen(...commission(memberDeclared()));
    expect(partsIn(world.views, FILE, CAMILLE)).toEqual(['member']);
    expect(partsIn(world.views, OTHER_FILE, CAMILLE)).toEqual([]);
    await world.andThen(...commission(convened('s2', OTHER_FILE)));
    expect(partsIn(world.views, OTHER_FILE, CAMILLE)).toEqual(['member']);
  });
  it('reads on though another call has a session of the same name', async () => {
    const { views } = await given(
      ...commission(seated(), memberDeclared(), convened('s1', FILE)),
      on(`commission-${OTHER_CALL}`, convened('s1', OTHER_FILE)),
    );
    expect([FILE, OTHER_FILE].map((file) => partsIn(views, file, CAMILLE))).toEqual([['member'], []]);
  });
  it('may be the chair, or a substitute who declared for themselves', async () => {
    const { views } = await given(
      ...commission(seated({ chair: true, substitute: SACHA }), convened('s1', FILE)),
      ...commission(memberDeclared(), memberDeclared(SACHA)),
    );
    expect([CAMILLE, SACHA].map((person) => partsIn(views, FILE, person))).toEqual([['member'], ['member']]);
  });
  it.each<[string, Fact]>([
    ['a declared conflict', memberDeclared(CAMILLE, employed)],
    ['a recusal', { type: 'MemberRecused', session: 's1', application: FILE, member: CAMILLE, nature: 'family' }],
    ['their removal', { type: 'CommissionMemberRemoved', person: CAMILLE, reason: 'Mutation.' }],
    ['an agenda without the file', convened('s1', OTHER_FILE)],
  ])('reads no longer after %s', async (_, fact) => {
    const { views } = await given(...commission(seated(), memberDeclared(), convened('s1', FILE), fact));
    expect(partsIn(views, FILE, CAMILLE)).toEqual([]);
  });
  it('who reviews the file too reads it in both capacities, and in neither with a conflict declared in one', async () => {
    const world = await given(
      ...reviewer(appointed, declared(), assigned),
      ...commission(seated(), memberDeclared(), convened('s1', FILE)),
    );
    expect(partsIn(world.views, FILE, CAMILLE)).toEqual(['member', 'reviewer']);
    await world.andThen(...commission(memberDeclared(CAMILLE, employed)));
    expect(partsIn(world.views, FILE, CAMILLE)).toEqual([]);
  });
  it('is nobody who merely declared', async () => {
    const { views } = await given(on(`commission-${CALL}`, memberDeclared()), ...commission(convened('s1', FILE)));
    expect(partsIn(views, FILE, CAMILLE)).toEqual([]);
  });
});

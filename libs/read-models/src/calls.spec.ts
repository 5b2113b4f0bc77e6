import { describe, expect, it } from '@jest/globals';
import { call } from '#domain/call/call.js';
import type { CallEvent } from '#domain/call/call-facts.js';
import * as told from '#domain/call/fixtures.js';
import type { Grant, Role } from '#domain/roles.js';
import {
  callList,
  type CallListRow,
  callOf,
  callsSeenBy,
  callsToUnseal,
  commentsOf,
  outagesToRatify,
  pendingShifts,
} from './calls.js';
import { CALL, CAMILLE, given, NOW, on, onStream, OTHER_CALL } from './fixtures.js';
import { page } from './listing.js';
import type { Views } from './views.js';

const happened = (...facts: readonly CallEvent[]) => onStream(`call-${CALL}`, ...facts);
const folded = (...facts: readonly CallEvent[]) =>
  JSON.parse(JSON.stringify(facts.reduce((state, fact) => call.evolve(state, fact), call.initial))) as unknown;
const DEADLINE = '2021-08-13T14:00:00Z';
const inInstitution = (role: Role, id: string): Grant => ({ role, scope: { kind: 'institution', id } });

const listed = (views: Views, grants: readonly Grant[], sort = 'closesAt'): CallListRow[] =>
  page<CallListRow>(views, callList, { where: [callsSeenBy(grants)], sort, descending: false, limit: 10 }).items;
const seen = (views: Views, ...grants: readonly Grant[]) => listed(views, grants).map(({ id }) => id);

describe('a call', () => {
  /** One of each, in an order that the rules would allow. */
  const everything: CallEvent[] = [
    told.drafted,
    { type: 'HeadingRevised', heading: { ...told.heading, title: 'Nouveau titre' } },
    told.arsSigned,
    { type: 'LetterSignaturesFell', institutions: [told.ARS], because: 'HeadingRevised' },
    told.arsSigned,
    told.dreetsSigned,
    told.opened,
    { type: 'ReferentNamed', institution: told.ARS, person: CAMILLE, duty: 'pilotage' },
    { type: 'PartnerInvited', institution: 'CAF-44', presence: 'expected' },
    { type: 'PartnerInvitationAnswered', institution: 'CAF-44', accepted: true },
    { type: 'PartnerInvited', institution: 'CD-44', presence: 'expected' },
    { type: 'SilentPartnerOverridden', institution: 'CD-44', reason: 'Sans réponse' },
    { type: 'PartnerInvited', institution: 'CD-49', presence: 'optional' },
    { type: 'PartnerInvitationWithdrawn', institution: 'CD-49', reason: 'Hors territoire' },
    { type: 'AuthorityAssociated', name: 'Rectorat' },
    { type: 'AuthorityDissociated', name: 'Rectorat', reason: 'Renonce' },
    { type: 'PreparationCommented', comment: 'c1', content: { version: 0, hash: 'a' } },
    ...told.prepared.slice(told.preparing.length),
    told.arsApproved,
    { type: 'ApprovalsFell', institutions: [told.ARS], because: 'RubricSet' },
    told.arsApproved,
    told.dreetsApproved,
    told.published,
    told.shiftProposed,
    { type: 'OutsideAnswerRecorded', proposal: 1, accepted: true, answeredOn: '2021-07-01', reference: 'Lettre' },
    told.shiftAgreed,
    told.scheduleShifted,
    told.rectified,
    { ...told.shiftProposed, proposal: 2 },
    { type: 'ShiftRefused', proposal: 2, institution: told.DREETS, reason: 'Trop tard' },
    { ...told.shiftProposed, proposal: 3 },
    { type: 'ShiftWithdrawn', proposal: 3, institution: told.ARS, reason: 'Inutile' },
    {
      type: 'OutageExtensionGranted',
      number: 2,
      outage: { from: '2021-08-13T10:00:00Z', until: '2021-08-13T12:00:00Z', description: 'Panne' },
      before: told.laterSchedule,
      after: told.closing('2021-08-16T14:00:00Z'),
      institution: told.ARS,
      capacity: { kind: 'office' },
    },
    { type: 'ShiftExpired', proposal: 4, expiredAt: '2021-08-13T14:00:00Z', because: 'Date passée' },
    { type: 'OutageLeftUnratified', number: 2, institutions: [told.DREETS], ratifyBy: '2021-08-14T12:00:00Z' },
    { type: 'OutageExtensionRatified', number: 2, institution: told.DREETS, capacity: { kind: 'office' } },
    {
      type: 'ExtensionGranted',
      institution: told.ARS,
      organisation: 'W1',
      until: '2021-08-20T14:00:00Z',
      reason: 'Crue',
    },
    { type: 'ContentsUnsealed', windowEnd: '2021-08-20T14:00:00Z' },
    { type: 'ContentsResealed', windowEnd: '2021-08-27T14:00:00Z' },
    { type: 'EndingAgreed', institution: told.ARS, capacity: { kind: 'office' }, ending: 'cancelled', reason: 'Gel' },
    { type: 'EndingDropped', institution: told.ARS, reason: 'Dégel' },
    told.cancelled,
  ];

  it.each(everything.map((fact, index) => [index, fact.type] as const))(
    'is what its own rules make of it, up to fact %i, %s',
    async (index) => {
      const history = everything.slice(0, index + 1);
      const { views } = await given(...happened(...history));
      expect(callOf(views, CALL)).toEqual({ id: CALL, version: index, changedAt: NOW, call: folded(...history) });
    },
  );

  it('is unknown before it is drafted', async () => {
    const { views } = await given(...happened(told.opened));
    expect(callOf(views, CALL)).toBeUndefined();
  });

  it('can end as unsuccessful', async () => {
    const { views } = await given(...happened(...told.open, told.unsuccessful));
    expect(callOf(views, CALL)?.call).toEqual(folded(...told.open, told.unsuccessful));
  });
});

describe('the list of calls', () => {
  const row = {
    id: CALL,
    title: 'Appel à projets commun ARS/DREETS – 1000 premiers jours',
    kind: 'AAP',
    regime: 'SUBVENTION',
    region: '52',
    status: 'published',
    publishedAt: '2021-06-14T07:00:00Z',
    closesAt: DEADLINE,
  };
  const invited = { type: 'PartnerInvited', institution: 'CAF-44', presence: 'expected' } as const;
  const joined = { type: 'PartnerInvitationAnswered', institution: 'CAF-44', accepted: true } as const;

  it('shows everybody what is published, and keeps it once ended', async () => {
    const world = await given(...happened(...told.approved));
    expect(listed(world.views, [])).toEqual([]);
    await world.andThen(...happened(told.published));
    expect(listed(world.views, [])).toEqual([row]);
    await world.andThen(...happened(told.cancelled));
    expect(listed(world.views, [])).toEqual([{ ...row, status: 'cancelled' }]);
  });

  it('sorts by what it shows', async () => {
    const { views } = await given(
      ...happened(...told.open, told.scheduleShifted),
      ...onStream(`call-${OTHER_CALL}`, { type: 'CallDrafted', heading: { ...told.heading, title: 'Zones' } }),
    );
    const sorted = (sort: string) =>
      listed(views, [{ role: 'auditor', scope: { kind: 'everywhere' } }], sort).map(({ id }) => id);
    expect(sorted('closesAt')).toEqual([OTHER_CALL, CALL]);
    expect(sorted('publishedAt')).toEqual([OTHER_CALL, CALL]);
    expect(sorted('title')).toEqual([CALL, OTHER_CALL]);
  });

  it('shows a preparation to the staff of its leads and to auditors, nobody else', async () => {
    const { views } = await given(...happened(told.drafted));
    expect(seen(views, inInstitution('case-officer', told.ARS))).toEqual([CALL]);
    expect(seen(views, inInstitution('delegate', told.DREETS))).toEqual([CALL]);
    expect(seen(views, { role: 'auditor', scope: { kind: 'everywhere' } })).toEqual([CALL]);
    expect(seen(views, inInstitution('partner', told.ARS))).toEqual([]);
    expect(seen(views, inInstitution('administrator', 'CAF-44'))).toEqual([]);
  });

  it('follows the leads as the heading is revised', async () => {
    const world = await given(
      ...happened(told.drafted, { type: 'HeadingRevised', heading: { ...told.heading, leads: [told.ARS] } }),
    );
    expect(seen(world.views, inInstitution('administrator', told.DREETS))).toEqual([]);
    expect(seen(world.views, inInstitution('administrator', told.ARS))).toEqual([CALL]);
  });

  it('shows partners what they are invited to, joined, and no more once the invitation is withdrawn', async () => {
    const partner = inInstitution('partner', 'CAF-44');
    const world = await given(...happened(...told.preparing, invited));
    expect(seen(world.views, partner)).toEqual([CALL]);
    expect(seen(world.views, inInstitution('case-officer', 'CAF-44'))).toEqual([]);
    await world.andThen(...happened(joined));
    expect(seen(world.views, partner)).toEqual([CALL]);
    await world.andThen(...happened({ type: 'PartnerInvitationWithdrawn', institution: 'CAF-44', reason: 'Retrait' }));
    expect(seen(world.views, partner)).toEqual([]);
  });

  it('no longer shows a call that ended to who never answered its invitation', async () => {
    const { views } = await given(...happened(...told.preparing, invited, told.cancelled));
    expect(seen(views, inInstitution('partner', 'CAF-44'))).toEqual([]);
  });
});

describe('comments of a preparation', () => {
  const comment = on('content-comment-c1', { type: 'CommentWritten', text: 'À revoir.' });
  const commented = on(`call-${CALL}`, {
    type: 'PreparationCommented',
    comment: 'c1',
    content: { version: 0, hash: 'a' },
  });
  const camille = on(`person-${CAMILLE}`, { type: 'PersonDescribed', name: 'Camille', email: 'c@ars.example' });
  const row = { id: 'c1', person: CAMILLE, name: 'Camille', at: NOW, text: 'À revoir.' };

  it('are shown with who wrote them', async () => {
    const { views } = await given(camille, ...happened(...told.preparing), comment, commented);
    expect(commentsOf(views, CALL)).toEqual([row]);
    expect(commentsOf(views, OTHER_CALL)).toEqual([]);
  });

  it('are not shown before the fact that refers to them', async () => {
    const { views } = await given(...happened(...told.preparing), comment);
    expect(commentsOf(views, CALL)).toEqual([]);
  });

  it('lose their text with the person', async () => {
    const { views } = await given(
      camille,
      ...happened(...told.preparing),
      comment,
      commented,
      on(`account-${CAMILLE}`, { type: 'PersonForgotten' }),
    );
    expect(commentsOf(views, CALL)).toEqual([{ ...row, name: null, text: null }]);
  });
});

describe('calls to unseal', () => {
  it('are the published ones, with the end of the window', async () => {
    const world = await given(...happened(...told.approved));
    expect(callsToUnseal(world.views)).toEqual([]);
    await world.andThen(...happened(told.published));
    expect(callsToUnseal(world.views)).toEqual([{ id: CALL, windowEnd: DEADLINE }]);
  });

  it('wait for the last extension', async () => {
    const until = '2021-08-20T14:00:00Z';
    const { views } = await given(
      ...happened(...told.open, {
        type: 'ExtensionGranted',
        institution: told.ARS,
        organisation: 'W1',
        until,
        reason: 'Crue',
      }),
    );
    expect(callsToUnseal(views)).toEqual([{ id: CALL, windowEnd: until }]);
  });

  it('are no more once unsealed, and are again when the window reopens', async () => {
    const world = await given(...happened(...told.open, told.unsealed));
    expect(callsToUnseal(world.views)).toEqual([]);
    await world.andThen(...happened({ type: 'ContentsResealed', windowEnd: DEADLINE }));
    expect(callsToUnseal(world.views)).toEqual([{ id: CALL, windowEnd: DEADLINE }]);
  });

  it('leave out those that ended', async () => {
    const { views } = await given(...happened(...told.open, told.cancelled));
    expect(callsToUnseal(views)).toEqual([]);
  });
});

describe('what nobody answered yet', () => {
  const proposed = told.deadlineProposed('2021-08-27T14:00:00Z', '2021-07-01T08:00:00Z');
  const extended: CallEvent = {
    type: 'OutageExtensionGranted',
    number: 1,
    outage: { from: '2021-08-13T10:00:00Z', until: '2021-08-13T12:00:00Z', description: 'Panne' },
    ratifyBy: '2021-08-14T12:00:00Z',
    before: told.schedule,
    after: told.closing('2021-08-16T14:00:00Z'),
    institution: told.ARS,
    capacity: { kind: 'office' },
  };
  const ratified: CallEvent = {
    type: 'OutageExtensionRatified',
    number: 1,
    institution: told.DREETS,
    capacity: { kind: 'office' },
  };
  const left: CallEvent = {
    type: 'OutageLeftUnratified',
    number: 1,
    institutions: [told.DREETS],
    ratifyBy: '2021-08-14T12:00:00Z',
  };

  it('is every proposal of a shift, the first to expire first', async () => {
    const later = told.deadlineProposed('2021-08-06T14:00:00Z', '2021-07-01T08:00:00Z');
    const { views } = await given(
      ...happened(...told.open, proposed),
      ...onStream(`call-${OTHER_CALL}`, ...told.open, later),
    );
    expect(pendingShifts(views)).toEqual([
      { id: OTHER_CALL, proposal: 1, expiresAt: '2021-08-06T14:00:00Z' },
      { id: CALL, proposal: 1, expiresAt: DEADLINE },
    ]);
  });
  it('expires later where an outage moved the date that holds', async () => {
    const { views } = await given(...happened(...told.open, proposed, extended));
    expect(pendingShifts(views)).toEqual([{ id: CALL, proposal: 1, expiresAt: '2021-08-16T14:00:00Z' }]);
  });
  it.each<[string, CallEvent]>([
    ['refused', { type: 'ShiftRefused', proposal: 1, institution: told.DREETS, reason: 'Non' }],
    ['expired', { type: 'ShiftExpired', proposal: 1, expiredAt: DEADLINE, because: 'Date passée' }],
    ['ended with its call', told.cancelled],
  ])('is no proposal that was %s', async (_, fact) => {
    const { views } = await given(...happened(...told.open, proposed, fact));
    expect(pendingShifts(views)).toEqual([]);
  });
  it('is every extension that other leads are to ratify, until they did or it was flagged', async () => {
    const second = { ...extended, number: 2, ratifyBy: '2021-08-14T13:00:00Z' };
    const world = await given(...happened(...told.open, second, extended));
    expect(outagesToRatify(world.views)).toEqual([{ id: CALL, number: 2, ratifyBy: '2021-08-14T12:00:00Z' }]);
    await world.andThen(...happened({ ...left, number: 2 }));
    expect(outagesToRatify(world.views)).toEqual([{ id: CALL, number: 1, ratifyBy: '2021-08-14T13:00:00Z' }]);
    await world.andThen(...happened(ratified));
    expect(outagesToRatify(world.views)).toEqual([]);
  });
  it('is no extension of before it was asked to be ratified in time', async () => {
    const { ratifyBy: _, ...before } = extended;
    const { views } = await given(...happened(...told.open, before));
    expect(outagesToRatify(views)).toEqual([]);
  });
});

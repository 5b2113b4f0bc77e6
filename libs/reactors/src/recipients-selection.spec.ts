import { describe, expect, it } from '@jest/globals';
import { submission } from '#domain/application/fixtures.js';
import type { Fact } from '#domain/facts.js';
import { CALL, FILE, on } from '#read-models/fixtures.js';
import { told } from './fixtures.js';
import { selectionTellings } from './recipients-selection.js';

const ofFile = `application-${FILE}`;
const ofCommission = `commission-${CALL}`;
const members = ['preparer', 'submitter'];
const which = { call: CALL, person: 'reviewer', application: FILE };
const quorum = { members: 12, present: 5, needed: 6, required: true };
const completed: Fact = { type: 'FileCompleted', request: 1, replaces: 'AR-1', ...submission };
const handedOver = { type: 'FileHandedOver', to: 'ars-officer', reason: 'Congé.' } as const;

const cases: [string, string, Fact, string, string[]][] = [
  [
    'members of the applicant',
    ofFile,
    {
      type: 'CompletionRequested',
      institution: 'ARS-PDL',
      request: 1,
      fields: [],
      documents: ['statuts'],
      reason: 'Illisibles.',
      dueAt: '2021-09-10T14:00:00Z',
      requestedAt: '2021-09-01T08:00:00Z',
    },
    'completion-requested',
    members,
  ],
  [
    'members of the applicant',
    ofFile,
    {
      type: 'CompletionExtended',
      request: 1,
      dueAt: '2021-09-17T14:00:00Z',
      extendedAt: '2021-09-08T08:00:00Z',
      reason: 'Grève.',
    },
    'completion-extended',
    members,
  ],
  ['members of the applicant', ofFile, completed, 'completion-receipt', members],
  [
    'members of the applicant',
    ofFile,
    { type: 'RefusedBeforehand', institution: 'ARS-PDL', grounds: ['late'], reasons: 'Tardif.' },
    'refused-beforehand',
    members,
  ],
  [
    'members of the applicant',
    ofFile,
    { type: 'AdmissibilityCorrected', institution: 'ARS-PDL', now: { verdict: 'admissible' }, reason: 'Erreur.' },
    'admissibility-corrected',
    members,
  ],
  ['the officer who takes over', ofFile, handedOver, 'file-handed-over', ['ars-officer']],
  [
    'the reviewer',
    'reviewer-r1',
    { type: 'ReviewerAppointed', call: CALL, person: 'reviewer', expertise: [] },
    'reviewer-appointed',
    ['reviewer'],
  ],
  ['the reviewer', 'reviewer-r1', { type: 'ReviewAssigned', ...which }, 'review-assigned', ['reviewer']],
  [
    'the administrators of the leads',
    'reviewer-r1',
    { type: 'AssignmentDeclined', ...which, reason: 'overload' },
    'assignment-declined',
    ['ars-administrator', 'dreets-administrator'],
  ],
  [
    'members, chairs and substitutes',
    ofCommission,
    {
      type: 'SessionConvened',
      session: 's-1',
      agenda: [FILE],
      documents: [],
      noQuorumRequired: false,
      convenedAt: '2021-09-10T08:00:00Z',
    },
    'session-convened',
    ['chair', 'member', 'substitute'],
  ],
  [
    'members, chairs and substitutes',
    ofCommission,
    { type: 'SessionAdjourned', session: 's-1', because: 'quorum', quorum },
    'session-adjourned',
    ['chair', 'member', 'substitute'],
  ],
  [
    'nobody, of a session nobody was convened to',
    ofCommission,
    { type: 'SessionMoved', session: 's-1', from: '1', to: '2', reason: 'La salle est fermée.' },
    'session-moved',
    [],
  ],
  [
    'the chairs',
    ofCommission,
    { type: 'MinutesDrafted', session: 's-1', version: 1, hash: 'a', text: 'Texte.' },
    'minutes-drafted',
    ['chair'],
  ],
];

describe('who is told that a session moved', () => {
  const planned: Fact = { type: 'SessionPlanned', session: 's-1', at: '2021-09-30T07:30:00Z', place: 'Nantes' };
  const convened: Fact = {
    type: 'SessionConvened',
    session: 's-1',
    agenda: [FILE],
    documents: [],
    noQuorumRequired: false,
    convenedAt: '2021-09-10T08:00:00Z',
  };
  const moved: Fact = { type: 'SessionMoved', session: 's-1', from: '1', to: '2', reason: 'La salle est fermée.' };
  const seated = ['chair', 'member', 'substitute'];

  it.each<[string, Fact[], string[]]>([
    ['everybody who was convened', [planned, convened], seated],
    ['nobody where nobody was', [planned], []],
    ['nobody where another session was', [planned, { ...convened, session: 's-2' }], []],
    ['nobody again where it moves twice before it is convened again', [planned, convened, moved], []],
    ['everybody again, once it was convened again', [planned, convened, moved, convened], seated],
  ])('%s', async (_, before, to) =>
    expect(await told(ofCommission, moved, 'chair', ...before.map((fact) => on(ofCommission, fact)))).toEqual({
      kind: 'session-moved',
      to,
    }),
  );
});

describe('who is told of what happens until a file is ranked', () => {
  it.each(cases)('%s, on %s', async (_, stream, fact, kind, to) =>
    expect(await told(stream, fact)).toEqual({ kind, to }),
  );

  it('is specified for every fact', () =>
    expect(new Set<string>(cases.map(([, , { type }]) => type))).toEqual(new Set(Object.keys(selectionTellings))));

  it('the officer who has the file, of what completes it: the last one', async () => {
    const before = [on(ofFile, { ...handedOver, to: 'somebody-else' }), on(ofFile, handedOver)];
    expect((await told(ofFile, completed, 'submitter', ...before))?.to).toEqual(['ars-officer', ...members]);
  });

  it('nobody who was removed from the commission', async () => {
    const removed = on(ofCommission, { type: 'CommissionMemberRemoved', person: 'member', reason: 'Mutation.' });
    const adjourned: Fact = { type: 'SessionAdjourned', session: 's-1', because: 'quorum', quorum };
    expect((await told(ofCommission, adjourned, 'chair', removed))?.to).toEqual(['chair']);
  });

  it('nobody of a file on which they have a conflict', async () => {
    const person = 'ars-administrator';
    const declared = on('reviewer-r2', {
      type: 'InterestsDeclared',
      call: CALL,
      person,
      conflicts: [{ application: FILE, nature: 'family' }],
    });
    const declined: Fact = { type: 'AssignmentDeclined', ...which, reason: 'overload' };
    expect((await told('reviewer-r1', declined, 'reviewer', declared))?.to).toEqual(['dreets-administrator']);
    const other: Fact = { ...declined, application: 'file-2' };
    expect((await told('reviewer-r1', other, 'reviewer', declared))?.to).toEqual([person, 'dreets-administrator']);
  });

  it('members of the applicant all the same, whatever they declared elsewhere', async () => {
    const declared = on('reviewer-r2', {
      type: 'InterestsDeclared',
      call: CALL,
      person: 'submitter',
      conflicts: [{ application: FILE, nature: 'employment' }],
    });
    expect((await told(ofFile, completed, 'submitter', declared))?.to).toEqual(members);
  });
});

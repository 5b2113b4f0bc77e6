import { describe, expect, it } from '@jest/globals';
import type { Fact } from '#domain/facts.js';
import { membersOf, mentioned, minutesOf, sessionOf, sessionsOf } from './commission-queries.js';
import { CALL, CAMILLE, FILE, everybody, given, NOW, on, onStream, OTHER_CALL, OTHER_FILE, SACHA } from './fixtures.js';

const stream = `commission-${CALL}`;
const SESSION = 'd0000000-0000-4000-8000-000000000001';
const of = { session: SESSION };
const quorum = { members: 2, present: 2, needed: 1, required: true };
const described = (person: string, name: string) => [
  on(`person-${person}`, { type: 'PersonDescribed', name, email: `${person}@example.org` }, { by: person }),
  on(`account-${person}`, { type: 'AccountOpened', content: { version: 0, hash: '' } }),
];
const people = [...described(CAMILLE, 'Camille Martin'), ...described(SACHA, 'Sacha Petit')];
const chair: Fact = {
  type: 'CommissionMemberAppointed',
  person: CAMILLE,
  sitsFor: 'ARS-PDL',
  voice: 'voting',
  chair: true,
  substitute: SACHA,
};
const adviser: Fact = {
  type: 'CommissionMemberAppointed',
  person: SACHA,
  sitsFor: 'URIOPSS',
  voice: 'consultative',
  chair: false,
  qualified: true,
};
const planned: Fact = { type: 'SessionPlanned', ...of, at: '2021-09-30T07:30:00Z', place: 'Nantes' };
const convened: Fact = {
  type: 'SessionConvened',
  ...of,
  agenda: [FILE, OTHER_FILE],
  documents: ['Rapport'],
  urgency: 'Crédits.',
  noQuorumRequired: true,
  convenedAt: NOW,
};
const opened: Fact = { type: 'SessionOpened', ...of, quorum };
const sitting = onStream(stream, planned, convened, opened);
const filed = [
  on('organisation-52499120500013', {
    type: 'OrganisationRegistered',
    name: 'Le Café',
    legalForm: 'association',
    siret: '52499120500013',
  }),
  ...[FILE, OTHER_FILE].map((file) =>
    on(`application-${file}`, {
      type: 'ApplicationStarted',
      call: CALL,
      organisation: '52499120500013',
      number: 1,
    }),
  ),
];

describe('the members of a commission', () => {
  const shown = {
    person: CAMILLE,
    name: 'Camille Martin',
    sitsFor: 'ARS-PDL',
    voice: 'voting',
    chair: true,
    substitute: SACHA,
    substituteName: 'Sacha Petit',
    qualified: false,
    appointedAt: NOW,
    interestsDeclaredAt: null,
  };

  it('are shown with their names, their seats and whether they declared their interests', async () => {
    const told = await given(...people, on(stream, chair));
    expect(membersOf(told.views, CALL)).toEqual([shown]);
    expect(membersOf(told.views, OTHER_CALL)).toEqual([]);
    const at = '2021-09-02T08:00:00Z';
    await told.andThen(on(stream, { type: 'MemberInterestsDeclared', member: CAMILLE, conflicts: [] }, { at }));
    expect(membersOf(told.views, CALL)).toEqual([{ ...shown, interestsDeclaredAt: at }]);
  });
  it('keep the day of their appointment when their seat changes', async () => {
    const { views } = await given(
      on(stream, adviser),
      on(stream, { ...adviser, sitsFor: 'Mutualité' }, { at: '2021-09-02T08:00:00Z' }),
    );
    expect(membersOf(views, CALL)).toMatchObject([{ sitsFor: 'Mutualité', qualified: true, appointedAt: NOW }]);
  });
  it('are gone once removed, and start anew when appointed again', async () => {
    const told = await given(
      on(stream, chair),
      on(stream, { type: 'CommissionMemberRemoved', person: CAMILLE, reason: 'Mutation.' }),
    );
    expect(membersOf(told.views, CALL)).toEqual([]);
    await told.andThen(on(stream, chair, { at: '2021-09-02T08:00:00Z' }));
    expect(membersOf(told.views, CALL)).toMatchObject([{ appointedAt: '2021-09-02T08:00:00Z' }]);
  });
  it('have no name once forgotten', async () => {
    const { views } = await given(...people, on(stream, chair), on(`account-${CAMILLE}`, { type: 'PersonForgotten' }));
    expect(membersOf(views, CALL)).toMatchObject([{ person: CAMILLE, name: null }]);
  });
});

describe('a session that moves', () => {
  const to = '2021-10-14T07:30:00Z';
  const moved: Fact = { type: 'SessionMoved', ...of, from: '2021-09-30T07:30:00Z', to, reason: 'Salle fermée.' };
  const came: Fact = { type: 'AttendanceRecorded', ...of, attendance: [{ member: CAMILLE, as: 'present' }] };

  it('is planned again with its agenda, and says what it was convened for', async () => {
    const at = '2021-09-02T08:00:00Z';
    const { views } = await given(...people, ...onStream(stream, planned, convened, came), on(stream, moved, { at }));
    expect(sessionOf(views, CALL, SESSION, everybody)).toEqual({
      id: SESSION,
      status: 'planned',
      startsAt: to,
      place: 'Nantes',
      reconvenes: null,
      convenedAt: null,
      urgency: null,
      noQuorumRequired: false,
      documents: ['Rapport'],
      files: 2,
      quorum: null,
      attendance: [],
      moves: [{ from: '2021-09-30T07:30:00Z', to, convenedAt: NOW, reason: 'Salle fermée.', movedAt: at }],
    });
  });

  it('keeps every date it had, in order', async () => {
    const { views } = await given(
      ...onStream(stream, planned, moved, { ...moved, from: to, to: '2021-10-20T07:30:00Z', reason: 'Grève.' }),
    );
    expect(sessionOf(views, CALL, SESSION, everybody)?.moves).toEqual([
      { from: '2021-09-30T07:30:00Z', to, convenedAt: null, reason: 'Salle fermée.', movedAt: NOW },
      { from: to, to: '2021-10-20T07:30:00Z', convenedAt: null, reason: 'Grève.', movedAt: NOW },
    ]);
  });
});

describe('the sessions of a commission', () => {
  const shown = {
    id: SESSION,
    status: 'planned',
    startsAt: '2021-09-30T07:30:00Z',
    place: 'Nantes',
    reconvenes: null,
    convenedAt: null,
    urgency: null,
    noQuorumRequired: false,
    documents: [],
    files: 0,
    quorum: null,
    attendance: [],
    moves: [],
  };

  it('are shown from their plan to their opening', async () => {
    const told = await given(...people, on(stream, planned));
    expect(sessionsOf(told.views, CALL, everybody)).toEqual([shown]);
    expect(sessionOf(told.views, OTHER_CALL, SESSION, everybody)).toBeUndefined();
    const convoked = {
      ...shown,
      status: 'convened',
      convenedAt: NOW,
      urgency: 'Crédits.',
      noQuorumRequired: true,
      documents: ['Rapport'],
      files: 2,
    };
    await told.andThen(on(stream, convened));
    expect(sessionsOf(told.views, CALL, everybody)).toEqual([convoked]);
    await told.andThen(
      on(stream, {
        type: 'AttendanceRecorded',
        ...of,
        attendance: [
          { member: CAMILLE, as: 'remote', substituted: true },
          { member: SACHA, as: 'represented', by: CAMILLE },
        ],
      }),
      on(stream, { type: 'AttendanceRecorded', ...of, attendance: [{ member: CAMILLE, as: 'present' }] }),
      on(stream, opened),
    );
    expect(sessionOf(told.views, CALL, SESSION, everybody)).toEqual({
      ...convoked,
      status: 'open',
      quorum,
      attendance: [
        {
          member: CAMILLE,
          name: 'Camille Martin',
          as: 'present',
          by: null,
          substituted: false,
          withSubstitute: false,
        },
        {
          member: SACHA,
          name: 'Sacha Petit',
          as: 'represented',
          by: CAMILLE,
          substituted: false,
          withSubstitute: false,
        },
      ],
    });
  });
  it('say which one they take up again', async () => {
    const { views } = await given(
      on(stream, planned),
      on(stream, { type: 'SessionAdjourned', ...of, because: 'quorum', quorum }),
      on(stream, { ...planned, session: 'later', at: '2021-10-10T07:30:00Z', reconvenes: SESSION }),
    );
    expect(sessionsOf(views, CALL, everybody)).toMatchObject([
      { id: SESSION, status: 'adjourned', quorum },
      { id: 'later', reconvenes: SESSION },
    ]);
  });
});

describe('the minutes of a session', () => {
  const content = { version: 0, hash: '' };
  const drafted = (version: number): Fact => ({
    type: 'MinutesDrafted',
    ...of,
    version,
    hash: `hash-${version}`,
    text: `Texte ${version}`,
  });
  const said = [
    on('content-minutes-c1', { type: 'CommentWritten', text: 'À revoir.' }),
    on(stream, { type: 'MinutesCommented', ...of, version: 1, comment: 'c1', by: CAMILLE, content }),
  ];
  const signed: Fact = { type: 'MinutesSigned', ...of, version: 1, hash: 'hash-1', chair: CAMILLE };

  it('are their last version, with who signed it and everything that was said', async () => {
    const told = await given(...people, ...sitting);
    expect(minutesOf(told.views, SESSION)).toBeUndefined();
    await told.andThen(on(stream, drafted(1)), ...said, on(stream, signed));
    const comments = [{ id: 'c1', version: 1, person: CAMILLE, name: 'Camille Martin', at: NOW, text: 'À revoir.' }];
    expect(minutesOf(told.views, SESSION)).toEqual({
      version: 1,
      hash: 'hash-1',
      text: 'Texte 1',
      draftedAt: NOW,
      signatures: [{ chair: CAMILLE, name: 'Camille Martin', signedAt: NOW }],
      comments,
    });
    await told.andThen(on(stream, drafted(2)));
    expect(minutesOf(told.views, SESSION)).toMatchObject({ version: 2, text: 'Texte 2', signatures: [], comments });
  });
  it('lose what a person said with the person, and who it was', async () => {
    const { views } = await given(
      ...people,
      ...sitting,
      on(stream, drafted(1)),
      ...said,
      on(`account-${CAMILLE}`, { type: 'PersonForgotten' }),
      on('content-minutes-c2', { type: 'CommentWritten', text: 'Trop tard.' }),
    );
    expect(minutesOf(views, SESSION)?.comments).toEqual([
      { id: 'c1', version: 1, person: CAMILLE, name: null, at: NOW, text: null },
    ]);
    expect(mentioned(views, 'observation', 'c2')).toBeNull();
  });
  it('have the names of people, applicants and what was said filled in, as far as they are known', async () => {
    const { views } = await given(...people, ...filed, ...said);
    expect([
      mentioned(views, 'personne', CAMILLE),
      mentioned(views, 'dossier', FILE),
      mentioned(views, 'observation', 'c1'),
      mentioned(views, 'personne', 'nobody'),
      mentioned(views, 'autre', 'c1'),
    ]).toEqual(['Camille Martin', 'Le Café', 'À revoir.', null, null]);
  });
  it('say nothing of a comment on the preparation', async () => {
    const { views } = await given(on('content-comment-c3', { type: 'CommentWritten', text: 'Autre.' }));
    expect(mentioned(views, 'observation', 'c3')).toBeNull();
  });
});

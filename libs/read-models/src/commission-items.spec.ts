import { describe, expect, it } from '@jest/globals';
import type { Fact } from '#domain/facts.js';
import {
  type ItemListRow,
  itemList,
  itemRow,
  itemsOpenTo,
  rankingList,
  type RankingRow,
  sessionOf,
} from './commission-queries.js';
import { CALL, CAMILLE, FILE, given, NOW, on, onStream, OTHER_CALL, OTHER_FILE, SACHA } from './fixtures.js';
import { page } from './listing.js';
import type { Views } from './views.js';

const stream = `commission-${CALL}`;
const SESSION = 'd0000000-0000-4000-8000-000000000001';
const of = { session: SESSION };
const quorum = { members: 2, present: 2, needed: 1, required: true };
const convened: Fact = {
  type: 'SessionConvened',
  ...of,
  agenda: [FILE, OTHER_FILE],
  documents: [],
  noQuorumRequired: false,
  convenedAt: NOW,
};
const sitting = onStream(
  stream,
  { type: 'SessionPlanned', ...of, at: '2021-09-30T07:30:00Z', place: 'Nantes' },
  convened,
  { type: 'SessionOpened', ...of, quorum },
);
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

const itemsFor = (views: Views, person = 'nobody', conflicts: string[] = []) =>
  page<ItemListRow>(views, itemList, {
    where: [itemsOpenTo(SESSION, { person, conflicts, grants: [] })],
    sort: 'place',
    descending: false,
    limit: 50,
  }).items.map(itemRow);
const untouched = {
  application: FILE,
  place: 1,
  organisation: '52499120500013',
  organisationName: 'Le Café',
  heard: false,
  recused: [],
  vote: null,
  result: 'undecided',
};

describe('the items of a session', () => {
  const item = { ...of, application: FILE };
  const voted: Fact = {
    type: 'VoteRecorded',
    ...item,
    how: 'name',
    ballots: [{ member: CAMILLE, choice: 'for' }],
    totals: { for: 1, against: 0, abstain: 0 },
    quorum,
    result: 'favourable',
  };
  const cast: Fact = { type: 'BallotCast', ...item, member: SACHA, choice: 'against', by: SACHA };

  it('are those of the agenda, in its order', async () => {
    const { views } = await given(...filed, ...sitting);
    expect(itemsFor(views)).toEqual([untouched, { ...untouched, application: OTHER_FILE, place: 2 }]);
  });
  it('are those of the last agenda', async () => {
    const { views } = await given(...filed, ...sitting, on(stream, { ...convened, agenda: [OTHER_FILE] }));
    expect(itemsFor(views)).toEqual([{ ...untouched, application: OTHER_FILE }]);
  });
  it('say who is recused and that somebody was heard, and no ballot before the vote is closed', async () => {
    const { views } = await given(
      ...filed,
      ...sitting,
      on(stream, { type: 'MemberRecused', ...item, member: CAMILLE, nature: 'family', substitute: SACHA }),
      on(stream, { type: 'ApplicantHeard', ...item }),
      on(stream, cast),
    );
    expect(itemsFor(views)[0]).toEqual({
      ...untouched,
      heard: true,
      recused: [{ member: CAMILLE, nature: 'family', substitute: SACHA }],
    });
  });
  it('show the ballots that counted once the vote is closed, and no others', async () => {
    const { views } = await given(...filed, ...sitting, on(stream, cast), on(stream, voted));
    expect(itemsFor(views)[0]).toEqual({
      ...untouched,
      vote: {
        how: 'name',
        for: 1,
        against: 0,
        abstain: 0,
        quorum,
        ballots: [{ member: CAMILLE, choice: 'for' }],
        casting: [],
      },
      result: 'favourable',
    });
  });
  it.each<[string, Fact, string]>([
    ['settled', { type: 'TieSettled', ...item, result: 'unfavourable' }, 'unfavourable'],
    ['unsettled', { type: 'TieUnsettled', ...item }, 'unsettled'],
  ])('show how a tie ended: %s', async (_, fact, result) => {
    const { views } = await given(
      ...filed,
      ...sitting,
      on(stream, { ...voted, result: 'tie', how: 'totals', chairs: [CAMILLE] }),
      on(stream, { type: 'CastingVoteGiven', ...item, chair: CAMILLE, favourable: false }),
      on(stream, fact),
    );
    expect(itemsFor(views)[0]).toMatchObject({
      vote: { how: 'totals', ballots: [], casting: [{ chair: CAMILLE, favourable: false }] },
      result,
    });
  });
  it('are not there for who has a conflict on them or is recused', async () => {
    const { views } = await given(
      ...filed,
      ...sitting,
      on(stream, { type: 'MemberRecused', ...item, member: CAMILLE, nature: 'family' }),
    );
    const seen = (...asked: [person: string, conflicts?: string[]]) =>
      itemsFor(views, ...asked).map(({ application }) => application);
    expect(seen(CAMILLE)).toEqual([OTHER_FILE]);
    expect(seen(SACHA)).toEqual([FILE, OTHER_FILE]);
    expect(seen(SACHA, [OTHER_FILE])).toEqual([FILE]);
  });
});

describe('the ranking of a call', () => {
  const adopted: Fact = {
    type: 'RankingAdopted',
    ...of,
    ranking: [
      { application: OTHER_FILE, rank: 1, list: 'main', amountCents: 100 },
      { application: FILE, rank: 2, list: 'reserve', amountCents: 50 },
    ],
  };
  const rankingOf = (views: Views, call = CALL, limit = 50, cursor?: string) =>
    page<RankingRow>(views, rankingList, {
      where: [{ sql: 'rankings.call_id = ?', values: [call] }],
      sort: 'rank',
      descending: false,
      limit,
      ...(cursor !== undefined && { cursor }),
    });

  it('is in the order of its ranks, and ends the session', async () => {
    const { views } = await given(...filed, ...sitting, on(stream, adopted));
    const row = {
      requestedCents: null,
      organisation: '52499120500013',
      organisationName: 'Le Café',
      title: null,
      session: SESSION,
      status: 'draft',
    };
    expect(rankingOf(views).items).toEqual([
      { ...row, application: OTHER_FILE, rank: 1, list: 'main', amountCents: 100 },
      { ...row, application: FILE, rank: 2, list: 'reserve', amountCents: 50 },
    ]);
    expect(rankingOf(views, OTHER_CALL).items).toEqual([]);
    expect(sessionOf(views, CALL, SESSION)).toMatchObject({ status: 'ranked', quorum });
  });
  it('is read page by page', async () => {
    const { views } = await given(...filed, ...sitting, on(stream, adopted));
    const first = rankingOf(views, CALL, 1);
    expect(first.items).toMatchObject([{ rank: 1 }]);
    expect(rankingOf(views, CALL, 1, first.next).items).toMatchObject([{ rank: 2 }]);
  });
});

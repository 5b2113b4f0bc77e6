import { beforeAll, describe, expect, it } from '@jest/globals';
import { accepted, type Client } from '#client/client.js';
import { siret } from './applicants.js';
import {
  adviser,
  caf,
  cafSubstitute,
  cast,
  chairs,
  commissioned,
  planned,
  present,
  qualified,
  type Sitting,
  world,
} from './commission-stage.js';
import { expectRefused } from './refusals.js';
import type { Person } from './world.js';

let call: string;
let files: string[];

describe('a session with its quorum', () => {
  let session: Sitting;
  const file = (index: number): string => files[index] ?? '';
  beforeAll(async () => {
    [call, files] = await commissioned();
    session = await planned(call);
    accepted(await session.post(cast.ars.officer, 'convene', { agenda: files, documents: ['Rapports'] }));
    const conflicts = [{ application: file(0), nature: 'governance' }];
    accepted(await caf.post(`/api/calls/${call}/declare-member-interests`, { conflicts }));
    world.clock.set('2021-09-30T07:30:00Z');
  });

  it('gives one mandate to each holder, and none to who only advises', async () => {
    const attend = (...attendance: object[]) => session.post(cast.ars.officer, 'record-attendance', { attendance });
    const represented = (who: Person, by: Person) => ({ member: who.id, as: 'represented', by: by.id });
    expectRefused(
      await attend(...present(chairs.ars), represented(chairs.dreets, chairs.ars), represented(qualified, chairs.ars)),
      409,
      'SecondMandate',
    );
    expectRefused(await attend(...present(adviser), represented(qualified, adviser)), 409, 'HolderNotVoting');
    expectRefused(await attend(...present(cast.caf)), 409, 'NotMember');
    accepted(
      await attend(
        ...present(chairs.ars, chairs.dreets, adviser),
        { member: caf.id, as: 'present', withSubstitute: true },
        represented(qualified, chairs.dreets),
      ),
    );
    accepted(await session.post(chairs.ars, 'open'));
    expectRefused(await session.post(chairs.dreets, 'adjourn'), 409, 'QuorumMet');
  });

  it('hides from a member what they may not deliberate on, and lets their substitute sit', async () => {
    const seen = async (who: Client) =>
      accepted(await session.read<{ items: { application: string; recused: object[] }[] }>(who)).items;
    expect((await seen(caf)).map(({ application }) => application)).toEqual([file(1), file(2)]);
    expect(await seen(cafSubstitute)).toHaveLength(3);
    const found = accepted(await session.read<{ items: object[] }>(cafSubstitute, `?q=${siret(3)}`));
    expect(found.items).toMatchObject([{ application: file(2), place: 3 }]);
    expect((await seen(cast.ars.officer))[0]?.recused).toEqual([
      { member: caf.id, nature: 'governance', substitute: cafSubstitute.id },
    ]);
  });

  it('votes by name, each for themselves, the substitute and the holder of a mandate for another', async () => {
    const cast1 = (who: Client, choice: string, more: object = {}) =>
      session.post(who, 'cast-ballot', { application: file(0), choice, ...more });
    expectRefused(await cast1(caf, 'for'), 409, 'MemberRecused');
    expectRefused(await cast1(adviser, 'for'), 409, 'ConsultativeVoice');
    expectRefused(await cast1(qualified, 'for'), 409, 'MemberAbsent');
    accepted(await cast1(cafSubstitute, 'for'));
    accepted(await cast1(chairs.dreets, 'against'));
    expectRefused(await cast1(chairs.dreets, 'for'), 409, 'AlreadyVoted');
    expectRefused(await cast1(chairs.ars, 'for', { for: qualified.id }), 403, 'NotYourVoice');
    accepted(await cast1(chairs.dreets, 'for', { for: qualified.id }));
    accepted(await session.post(cast.ars.officer, 'hear', { application: file(0) }));
    const close = (body: object = {}) =>
      session.post(cast.ars.officer, 'record-vote', { application: file(0), ...body });
    expectRefused(await close(), 409, 'BallotsMissing', "Le vote n'est pas complet : il manque 1 bulletin.");
    expect(accepted(await session.read<{ items: object[] }>(cast.ars.officer)).items[0]).toMatchObject({
      vote: null,
      result: 'undecided',
    });
    accepted(await close({ ballots: [{ member: chairs.ars.id, choice: 'for' }] }));
    expect(accepted(await session.read<{ items: object[] }>(cast.ars.officer)).items[0]).toMatchObject({
      application: file(0),
      organisationName: 'Association n° 1',
      heard: true,
      vote: { how: 'name', for: 3, against: 1, abstain: 0 },
      result: 'favourable',
    });
    expectRefused(await cast1(chairs.ars, 'for'), 409, 'VoteClosed');
  });

  it('votes by totals, and its co-chairs settle a tie together', async () => {
    const close = (totals: object) => session.post(cast.ars.officer, 'record-vote', { application: file(1), totals });
    expectRefused(
      await close({ for: 3, against: 2, abstain: 0 }),
      409,
      'TotalsDontMatch',
      'Les totaux font 5 voix ; 4 comptent sur ce dossier.',
    );
    const settle = (who: Client) => session.post(who, 'give-casting-vote', { application: file(1), favourable: true });
    expectRefused(await settle(chairs.ars), 409, 'NoTie');
    accepted(await close({ for: 2, against: 2, abstain: 0 }));
    accepted(await settle(chairs.ars));
    expectRefused(await settle(chairs.ars), 409, 'AlreadyVoted');
    accepted(await settle(chairs.dreets));
    expect(accepted(await session.read<{ items: object[] }>(chairs.ars)).items[1]).toMatchObject({
      vote: {
        casting: expect.arrayContaining([{ chair: chairs.ars.id, favourable: true }]) as unknown,
      },
      result: 'favourable',
    });
  });

  it('adopts a ranking of the favourable files, with amounts and a reserve list', async () => {
    const adopt = (...ranking: object[]) => session.post(chairs.ars, 'adopt-ranking', { ranking });
    const first = { application: file(1), rank: 1, list: 'main', amountCents: 2_000_000 };
    const second = { application: file(0), rank: 2, list: 'reserve', amountCents: 1_000_000 };
    expectRefused(await adopt(first, second), 409, 'ItemUndecided');
    const totals = { for: 0, against: 4, abstain: 0 };
    accepted(await session.post(cast.ars.admin, 'record-vote', { application: file(2), totals }));
    expectRefused(await adopt(first), 409, 'FavourableUnranked');
    expectRefused(await adopt(first, { ...second, rank: 3 }), 409, 'RanksBroken');
    expectRefused(await adopt(first, second, { ...second, application: file(2), rank: 3 }), 409, 'NotFavourable');
    expectRefused(await adopt({ ...first, amountCents: 2_000_001 }, second), 409, 'AmountOutOfBounds');
    expectRefused(await session.post(cast.ars.admin, 'adopt-ranking', { ranking: [first, second] }), 403, 'NotAllowed');
    accepted(await adopt(first, second));
    expectRefused(await adopt(first, second), 409, 'AlreadyRanked');
  });

  it('shows the ranking to those it concerns, as a list or as CSV, with titles for who may read the files', async () => {
    const ranking = (who: Client, sending = {}) => who.get<{ items: object[] }>(`/api/calls/${call}/ranking`, sending);
    expect(accepted(await ranking(cast.ars.officer)).items).toEqual([
      {
        rank: 1,
        application: file(1),
        list: 'main',
        amountCents: 2_000_000,
        requestedCents: 2_000_000,
        organisation: siret(2),
        organisationName: 'Association n° 2',
        title: 'Projet 2',
        session: session.session,
      },
      expect.objectContaining({ rank: 2, application: file(0), list: 'reserve', amountCents: 1_000_000 }),
    ]);
    // Who declared their interests reads titles, but nothing of a file they have a conflict on.
    expect(accepted(await ranking(caf)).items).toMatchObject([{ application: file(1), title: 'Projet 2' }]);
    expect(accepted(await ranking(adviser)).items).toMatchObject([{ title: null }, { title: null }]);
    const { text, headers } = await ranking(cast.ars.admin, { accept: 'text/csv' });
    expect(headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(text.split('\n')[0]).toBe(
      'rank,application,list,amountCents,requestedCents,organisation,organisationName,title,session',
    );
    expect(text.split('\n')[1]).toBe(
      `1,${file(1)},main,2000000,2000000,${siret(2)},Association n° 2,Projet 2,${session.session}`,
    );
    const reserve = await cast.ars.admin.get<{ items: object[] }>(`/api/calls/${call}/ranking?list=reserve`);
    expect(accepted(reserve).items).toHaveLength(1);
    const found = await cast.ars.admin.get<{ items: object[] }>(`/api/calls/${call}/ranking?q=${siret(1)}`);
    expect(accepted(found).items).toMatchObject([{ application: file(0) }]);
    expectRefused(await ranking(cast.caf), 403, 'NotAllowed');
    expectRefused(await cast.caf.get(`/api/calls/${call}/commission`), 403, 'NotAllowed');
    expectRefused(await ranking(world.anonymous), 401, 'NotSignedIn');
  });

  it('has minutes that are drafted, commented, drafted again and signed by each chair', async () => {
    interface Minutes {
      version: number;
      text: string;
      record: string;
      signatures: { name: string }[];
      comments: object[];
    }
    const minutes = async (): Promise<Minutes> => accepted(await session.read<Minutes>(chairs.ars, '/minutes'));
    expectRefused(await session.read(chairs.ars, '/minutes'), 404, 'MinutesMissing');
    expectRefused(await session.post(chairs.ars, 'sign-minutes', { version: 1 }), 409, 'MinutesMissing');
    accepted(await session.post(cast.ars.officer, 'draft-minutes'));
    const first = await minutes();
    expect(first.text).toContain('M1. Paule Présidente, ARS-PDL, voix délibérative, préside : présent');
    expect(first.text).toContain('1. Association n° 2 : 20 000,00 €');
    expect(first.record).not.toContain('Paule');
    accepted(await session.post(chairs.ars, 'sign-minutes', { version: 1 }));
    accepted(await session.post(caf, 'comment-minutes', { text: 'Je demande mention de mon désaccord.' }));
    accepted(await session.post(cast.ars.officer, 'draft-minutes'));
    expect(await minutes()).toMatchObject({
      version: 2,
      signatures: [],
      comments: [{ version: 1, name: 'Maud Membre', text: 'Je demande mention de mon désaccord.' }],
    });
    expect((await minutes()).text).toContain('Maud Membre : Je demande mention de mon désaccord.');
    expectRefused(await session.post(chairs.ars, 'sign-minutes', { version: 1 }), 409, 'MinutesOutdated');
    expectRefused(await session.post(caf, 'sign-minutes', { version: 2 }), 403, 'NotAllowed');
    accepted(await session.post(chairs.ars, 'sign-minutes', { version: 2 }));
    accepted(await session.post(chairs.dreets, 'sign-minutes', { version: 2 }));
    expectRefused(await session.post(chairs.ars, 'sign-minutes', { version: 2 }), 409, 'AlreadySigned');
    expectRefused(await session.post(caf, 'comment-minutes', { text: 'Trop tard.' }), 409, 'MinutesFinal');
    expect((await minutes()).signatures.map(({ name }) => name).sort()).toEqual([
      'Paule Présidente',
      'Pierre Président',
    ]);
  });

  it('keeps in its minutes the id of who was forgotten, and none of their words', async () => {
    accepted(await caf.post(`/api/people/${caf.id}/forget`));
    const { text, comments } = accepted(
      await session.read<{ text: string; comments: object[] }>(chairs.ars, '/minutes'),
    );
    expect(text).not.toContain('Maud');
    expect(text).not.toContain('désaccord');
    expect(text).toContain(`M3. ${caf.id}, CAF 44`);
    expect(comments).toMatchObject([{ name: null, text: null }]);
  });
});

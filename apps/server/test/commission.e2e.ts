import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { applicationId } from '#commands/ids.js';
import { accepted, type Client } from '#client/client.js';
import { siret } from './applicants.js';
import { happened } from './happened.js';
import { expectRefused } from './refusals.js';
import { type Cast, castOf, heading, publishedCall } from './stage.js';
import { type Person, World } from './world.js';

let world: World;
let cast: Cast;
let call: string;
let files: string[];
let chairs: { ars: Person; dreets: Person };
let caf: Person;
let cafSubstitute: Person;
let adviser: Person;
let qualified: Person;

/** Admissible files of a call after its window, asking for 20 000 € each. */
async function admissibleFiles(of: string, count: number): Promise<string[]> {
  const made: string[] = [];
  for (let number = 1; number <= count; number++) {
    const organisation = siret(number);
    const id = applicationId(of, organisation, 1);
    const content = { version: 0, hash: 'a'.repeat(64) };
    await happened(world, `application-${id}`, { type: 'ApplicationStarted', call: of, organisation, number: 1 });
    const contents = { title: `Projet ${number}` };
    await happened(world, `content-application-${id}`, { type: 'ApplicationWritten', contents });
    await happened(
      world,
      `application-${id}`,
      {
        type: 'ApplicationSubmitted',
        submission: 1,
        receipt: `AR-${id}`,
        submittedAt: '2021-07-01T08:00:00Z',
        content,
        documents: [],
        totals: { chargesCents: 3_000_000, productsCents: 3_000_000, inKindCents: 0, requestedCents: 2_000_000 },
        deadline: '2021-08-13T14:00:00Z',
      },
      { type: 'DeclaredAdmissible', institution: 'ARS-PDL' },
    );
    made.push(id);
  }
  return made;
}

/** A call whose window is over, with its commission and three files. */
async function commissioned(): Promise<[call: string, files: string[]]> {
  world.clock.set('2021-05-12T08:00:00Z');
  const made = await publishedCall(world, cast);
  await happened(world, `call-${made}`, { type: 'ContentsUnsealed', windowEnd: '2021-08-13T14:00:00Z' });
  world.clock.set('2021-09-01T08:00:00Z');
  const appoint = (person: Person, sitsFor: string, more: object = {}) =>
    cast.ars.admin
      .post(`/api/calls/${made}/appoint-member`, { person: person.id, sitsFor, voice: 'voting', chair: false, ...more })
      .then(accepted);
  await appoint(chairs.ars, 'ARS-PDL', { chair: true });
  await appoint(chairs.dreets, 'DREETS-PDL', { chair: true });
  await appoint(caf, 'CAF 44', { substitute: cafSubstitute.id });
  await appoint(qualified, 'Personnalité qualifiée', { qualified: true });
  await appoint(adviser, 'URIOPSS', { voice: 'consultative' });
  return [made, await admissibleFiles(made, 3)];
}

beforeAll(async () => {
  world = await World.open('2021-05-12T08:00:00Z');
  cast = await castOf(world);
  chairs = { ars: await world.person('Paule Présidente'), dreets: await world.person('Pierre Président') };
  caf = await world.person('Maud Membre');
  cafSubstitute = await world.person('Sam Suppléant');
  adviser = await world.person('Ada Conseillère');
  qualified = await world.person('Quentin Qualifié');
  for (let number = 1; number <= 3; number++) {
    await happened(world, `organisation-${siret(number)}`, {
      type: 'OrganisationRegistered',
      name: `Association n° ${number}`,
      legalForm: 'association',
      siret: siret(number),
    });
  }
});
afterAll(() => world.close());

const START = '2021-09-30T09:30:00+02:00';
const present = (...people: Person[]) => people.map(({ id: member }) => ({ member, as: 'present' }));

/** Acts of one session, by whoever. */
class Sitting {
  constructor(
    readonly path: string,
    readonly session: string,
  ) {}

  post = (who: Client, act: string, body: object = {}) => who.post(`${this.path}/${act}`, body);
  read = <T>(who: Client, what = '') => who.get<T>(`${this.path}${what}`);
}

async function planned(of: string, startsAt = START, more: object = {}): Promise<Sitting> {
  const body = { startsAt, place: 'Nantes, salle Erdre', ...more };
  const { id } = accepted(await cast.ars.admin.post<{ id: string }>(`/api/calls/${of}/plan-session`, body));
  return new Sitting(`/api/calls/${of}/sessions/${id}`, id);
}

describe('a session without quorum', () => {
  let first: Sitting;
  beforeAll(async () => {
    [call, files] = await commissioned();
    first = await planned(call);
  });

  it('is convened with admissible files, in time', async () => {
    expectRefused(await first.post(cast.ars.officer, 'convene', { agenda: [] }), 409, 'AgendaEmpty');
    expectRefused(
      await first.post(cast.ars.officer, 'convene', { agenda: [files[0], 'unknown'] }),
      409,
      'ApplicationNotAdmissible',
    );
    world.clock.set('2021-09-26T08:00:00Z');
    expectRefused(
      await first.post(cast.ars.officer, 'convene', { agenda: files }),
      409,
      'ConvenedTooLate',
      'La convocation part au moins 5 jours avant la séance, sauf urgence motivée (CRPA R133-8) : il en reste 4.',
    );
    world.clock.set('2021-09-15T08:00:00Z');
    expectRefused(
      await first.post(cast.ars.officer, 'convene', { agenda: files, noQuorumRequired: true }),
      409,
      'NoQuorumNotAllowed',
    );
    expectRefused(await first.post(caf, 'convene', { agenda: files }), 403, 'NotAllowed');
    accepted(await first.post(cast.ars.officer, 'convene', { agenda: files }));
  });

  it('does not open before its hour, nor with too few, and is adjourned by a chair', async () => {
    accepted(await first.post(cast.ars.officer, 'record-attendance', { attendance: present(qualified) }));
    expectRefused(await first.post(chairs.ars, 'open'), 409, 'SessionNotDue');
    world.clock.set('2021-09-30T07:30:00Z');
    expectRefused(await first.post(caf, 'open'), 403, 'NotAllowed');
    expectRefused(
      await first.post(chairs.ars, 'open'),
      409,
      'QuorumNotMet',
      "Le quorum n'est pas atteint : 1 voix présente ou représentée sur 4, il en faut 2 (CRPA R133-10).",
    );
    accepted(await first.post(chairs.ars, 'adjourn'));
    expectRefused(await first.post(chairs.ars, 'open'), 409, 'SessionOver');
  });

  it('is taken up again on the same agenda, which then needs no quorum', async () => {
    const second = await planned(call, '2021-10-10T09:30:00+02:00', { reconvenes: first.session });
    expectRefused(
      await second.post(cast.ars.admin, 'convene', { agenda: files.slice(1), noQuorumRequired: true }),
      409,
      'AgendaDiffers',
    );
    accepted(await second.post(cast.ars.admin, 'convene', { agenda: files, noQuorumRequired: true }));
    accepted(await second.post(cast.ars.admin, 'record-attendance', { attendance: present(chairs.ars) }));
    world.clock.set('2021-10-10T07:30:00Z');
    accepted(await second.post(chairs.ars, 'open'));
    const totals = { for: 0, against: 1, abstain: 0 };
    for (const application of files) accepted(await second.post(chairs.ars, 'record-vote', { application, totals }));
    accepted(await second.post(chairs.ars, 'adopt-ranking', { ranking: [] }));
    const shown = accepted(
      await cast.dreets.admin.get<{ members: object[]; sessions: object[] }>(`/api/calls/${call}/commission`),
    );
    expect(shown.sessions).toMatchObject([
      { id: first.session, status: 'adjourned', quorum: { members: 4, present: 1, needed: 2, required: true } },
      {
        id: second.session,
        status: 'ranked',
        reconvenes: first.session,
        noQuorumRequired: true,
        files: 3,
        quorum: { present: 1, required: false },
        attendance: [{ member: chairs.ars.id, name: 'Paule Présidente', as: 'present', by: null }],
      },
    ]);
    expect(shown.members).toHaveLength(5);
    expect(shown.members).toContainEqual(
      expect.objectContaining({ name: 'Maud Membre', sitsFor: 'CAF 44', substituteName: 'Sam Suppléant' }),
    );
  });
});

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
    caf = await world.person('Marc Membre');
  });
});

describe('co-chairs who disagree on a tie', () => {
  it('leave the call without a ranking, and its minutes say so', async () => {
    [call, files] = await commissioned();
    const session = await planned(call);
    accepted(await session.post(chairs.ars, 'convene', { agenda: files.slice(0, 1) }));
    world.clock.set('2021-09-30T07:30:00Z');
    const attendance = present(chairs.ars, chairs.dreets);
    accepted(await session.post(cast.dreets.admin, 'record-attendance', { attendance }));
    accepted(await session.post(chairs.dreets, 'open'));
    const application = files[0] ?? '';
    const totals = { for: 1, against: 1, abstain: 0 };
    accepted(await session.post(chairs.ars, 'record-vote', { application, totals }));
    accepted(await session.post(chairs.ars, 'give-casting-vote', { application, favourable: true }));
    accepted(await session.post(chairs.dreets, 'give-casting-vote', { application, favourable: false }));
    expectRefused(await session.post(chairs.ars, 'adopt-ranking', { ranking: [] }), 409, 'ChairsDisagree');
    accepted(await session.post(cast.ars.officer, 'draft-minutes'));
    const { text } = accepted(await session.read<{ text: string }>(chairs.dreets, '/minutes'));
    expect(text).toContain('les coprésidents ne se sont pas accordés');
    expect(text).toContain("Aucun classement n'est établi.");
    expect(accepted(await cast.ars.admin.get(`/api/calls/${call}/ranking`))).toEqual({ items: [] });
  });
});

describe('a commission', () => {
  it('waits until the contents are unsealed', async () => {
    world.clock.set('2021-05-12T08:00:00Z');
    const sealed = await publishedCall(world, cast);
    const plan = { startsAt: START, place: 'Nantes' };
    expectRefused(await cast.ars.admin.post(`/api/calls/${sealed}/plan-session`, plan), 409, 'ContentsSealed');
    expectRefused(await cast.caf.post(`/api/calls/${sealed}/plan-session`, plan), 403, 'NotAllowed');
  });

  it('under the regime of authorisations is not in the service yet', async () => {
    const drafted = { ...heading, regime: 'AUTHORISATION' };
    const { id } = accepted(await cast.ars.admin.post<{ id: string }>('/api/calls', drafted));
    expectRefused(
      await cast.ars.admin.post(`/api/calls/${id}/plan-session`, { startsAt: START, place: 'Nantes' }),
      409,
      'NotYetSupported',
      "Les règles de la commission de ce régime ne sont pas encore dans le service : sa séance s'y prépare hors ligne.",
    );
  });

  it('is unknown with its call to who may not see it', async () => {
    const { id } = accepted(await cast.ars.admin.post<{ id: string }>('/api/calls', heading));
    expectRefused(await cafSubstitute.get(`/api/calls/${id}/commission`), 404, 'CallUnknown');
    expectRefused(await chairs.ars.post(`/api/calls/${id}/sessions/none/open`), 404, 'CallUnknown');
    expectRefused(await cast.ars.admin.get(`/api/calls/${id}/sessions/none`), 404, 'SessionUnknown');
  });
});

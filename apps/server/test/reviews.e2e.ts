import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { accepted, type Client } from '#client/client.js';
import { applicant, contents, ready, submit, unsealed } from './applicants.js';
import { happened } from './happened.js';
import { expectRefused } from './refusals.js';
import { type Cast, castOf, criteria, publishedCall, schedule } from './stage.js';
import { type Person, until, World } from './world.js';

const UNKNOWN_FILE = '00000000-0000-4000-8000-00000000c0de';
let world: World;
let cast: Cast;
let call: string;
let a: string;
let b: string;
/** Also a case officer of a lead: their conflict on B closes it to them all the same. */
let elise: Person;
let remi: Person;
let filerOfB: Person;

interface Rows {
  items: Record<string, unknown>[];
}
const rows = async (client: Client, path: string) => accepted(await client.get<Rows>(path)).items;
const idsIn = async (client: Client, path: string, field = 'application') =>
  (await rows(client, path)).map((row) => row[field]);
const csv = async (client: Client, path: string) => (await client.get(path, { accept: 'text/csv' })).text;
const act = (client: Client, file: string, what: string, body: object) =>
  client.post(`/api/applications/${file}/${what}`, body);

const opinion = (pertinence: number | null, partenariat: number | null) => ({
  scores: [
    { criterion: 'pertinence', score: pertinence, comment: 'Répond à un besoin constaté.' },
    { criterion: 'partenariat', score: partenariat },
  ],
  comment: 'À soutenir.',
});

beforeAll(async () => {
  world = await World.open('2021-05-12T08:00:00Z');
  cast = await castOf(world);
  call = await publishedCall(world, cast, {
    schedule: {
      milestones: [
        ...schedule.milestones.filter(({ kind }) => kind === 'publication'),
        { kind: 'submissionDeadline', at: '2021-07-01T16:00:00+02:00' },
        { kind: 'reviewsDue', at: '2021-07-20T18:00:00+02:00' },
      ],
    },
  });
  world.clock.set('2021-06-20T08:00:00Z');
  const filed = async (number: number, title: string) => {
    const { person, organisation } = await applicant(world, cast, number);
    const id = await ready(person, call, organisation, { title });
    accepted(await submit(person, id));
    return { id, person };
  };
  ({ id: a } = await filed(1, 'Ateliers de la première nuit'));
  ({ id: b, person: filerOfB } = await filed(2, 'Balades en poussette'));
  elise = await world.person('Élise Évaluatrice', ['case-officer', 'institution', 'ARS-PDL']);
  remi = await world.person('Rémi Évaluateur');
}, 60_000);
afterAll(() => world.close());

describe('reviews', () => {
  it('begin with reviewers that an administrator of a lead appoints', async () => {
    const { admin, officer } = cast.ars;
    const appointment = { person: elise.id, expertise: ['parentalité'] };
    expectRefused(await officer.post(`/api/calls/${call}/appoint-reviewer`, appointment), 403, 'NotAllowed');
    accepted(await admin.post(`/api/calls/${call}/appoint-reviewer`, appointment));
    expectRefused(await admin.post(`/api/calls/${call}/appoint-reviewer`, appointment), 409, 'AlreadyReviewer');
    accepted(await admin.post(`/api/calls/${call}/appoint-reviewer`, { person: remi.id, expertise: [] }));
    expect(await rows(admin, `/api/calls/${call}/reviewers?sort=name`)).toEqual([
      {
        person: remi.id,
        name: 'Rémi Évaluateur',
        expertise: [],
        appointedAt: '2021-06-20T08:00:00Z',
        dismissedAt: null,
        declared: false,
        ...{ assigned: 0, drafts: 0, submitted: 0, declined: 0, conflicts: [] },
      },
      expect.objectContaining({ person: elise.id, expertise: ['parentalité'] }),
    ]);
    expect(await idsIn(remi, `/api/calls/${call}/reviewers`, 'person')).toEqual([remi.id]);
    expectRefused(await filerOfB.get(`/api/calls/${call}/reviewers`), 403, 'NotAllowed');
  });

  it('know nobody while the call is sealed: no names, no declaration', async () => {
    expectRefused(await remi.get(`/api/calls/${call}/names`), 403, 'ContentsSealed');
    expectRefused(await cast.ars.admin.get(`/api/calls/${call}/suspected-conflicts`), 403, 'ContentsSealed');
    expectRefused(await remi.post(`/api/calls/${call}/declare-interests`, { conflicts: [] }), 409, 'ContentsSealed');
    const trial = (file: string) => remi.post(`/api/applications/${file}/submit-review`, opinion(4, 3));
    for (const file of [a, UNKNOWN_FILE]) expectRefused(await trial(file), 404, 'ApplicationUnknown');
  });

  it('show names alone before interests are declared, and contents to nobody', async () => {
    world.clock.set('2021-07-01T14:00:01Z');
    await unsealed(cast.ars.admin, call);
    await happened(world, `application-${a}`, { type: 'DeclaredAdmissible', institution: 'ARS-PDL' });
    await happened(world, `application-${b}`, { type: 'DeclaredAdmissible', institution: 'ARS-PDL' });
    world.clock.set('2021-07-02T08:00:00Z');
    expect(await rows(remi, `/api/calls/${call}/names`)).toEqual([
      expect.objectContaining({
        application: a,
        organisationName: 'Association n° 1',
        title: 'Ateliers de la première nuit',
      }),
      expect.objectContaining({ application: b, organisationName: 'Association n° 2', title: 'Balades en poussette' }),
    ]);
    expect(await csv(remi, `/api/calls/${call}/names`)).toMatch(/^application,organisation,organisationName,title\n/);
    for (const path of ['', '/contents', '/review', '/reviews'])
      expectRefused(await remi.get(`/api/applications/${a}${path}`), 403, 'InterestsNotDeclared');
    expect(await idsIn(remi, '/api/applications', 'id')).toEqual([]);
    expectRefused(await act(remi, a, 'submit-review', opinion(4, 3)), 409, 'InterestsNotDeclared');
    expectRefused(
      await act(cast.ars.admin, a, 'assign-review', { person: remi.id }),
      409,
      'InterestsNotDeclared',
      "Cet évaluateur n'a pas encore déclaré ses intérêts.",
    );
    expectRefused(await filerOfB.get(`/api/calls/${call}/names`), 403, 'NotAllowed');
  });

  it('suspect conflicts, each with its reason, for a person to confirm', async () => {
    const { admin } = cast.ars;
    const suspected = await rows(admin, `/api/calls/${call}/suspected-conflicts`);
    expect(suspected).toContainEqual({
      person: elise.id,
      name: 'Élise Évaluatrice',
      application: b,
      organisation: expect.any(String),
      organisationName: 'Association n° 2',
      reason: 'same-domain',
      said: 'Même domaine de messagerie que Porteur c : example.org.',
    });
    expectRefused(await elise.get(`/api/calls/${call}/suspected-conflicts`), 403, 'NotAllowed');
  });

  it('close a file to who declares a conflict on it, everywhere, though they are a case officer too', async () => {
    expect(await idsIn(elise, '/api/applications?sort=organisation', 'id')).toEqual([a, b]);
    const conflicts = [{ application: b, nature: 'employment' }];
    expect(
      (
        await elise.post<{ faults: unknown[] }>(`/api/calls/${call}/declare-interests`, {
          conflicts: [...conflicts, { application: UNKNOWN_FILE, nature: 'family' }],
        })
      ).body.faults,
    ).toEqual([
      { field: 'conflicts[1].application', code: 'ApplicationUnknown', message: "Ce dossier n'est pas de cet appel." },
    ]);
    accepted(await elise.post(`/api/calls/${call}/declare-interests`, { conflicts }));
    accepted(await remi.post(`/api/calls/${call}/declare-interests`, { conflicts: [] }));
    for (const path of ['', '/contents', '/documents/x', '/story', '/readings', '/review', '/reviews']) {
      const hidden = await elise.get(`/api/applications/${b}${path}`);
      const none = await elise.get(`/api/applications/${UNKNOWN_FILE}${path}`);
      expect(unlike(hidden, b)).toEqual(unlike(none, UNKNOWN_FILE));
      expectRefused(hidden, 404, 'ApplicationUnknown');
    }
    const acts: [string, object][] = [
      ['submit-review', opinion(4, 3)],
      ['decline-assignment', { reason: 'overload' }],
      ['withdraw', { reason: 'Je le retire pour eux.' }],
      ['request-completion', {}],
    ];
    for (const [what, body] of acts)
      expect(unlike(await act(elise, b, what, body), b)).toEqual(
        unlike(await act(elise, UNKNOWN_FILE, what, body), UNKNOWN_FILE),
      );
    expect(await idsIn(elise, '/api/applications', 'id')).toEqual([a]);
    expect(await idsIn(elise, `/api/applications?call=${call}&q=association`, 'id')).toEqual([a]);
    for (const list of ['applications', `calls/${call}/names`, `calls/${call}/reviews`]) {
      expect(await csv(elise, `/api/${list}`)).toContain(a);
      expect(await csv(elise, `/api/${list}`)).not.toContain(b);
    }
    const counted = (client: Client) => client.get<{ counts: object }>(`/api/calls/${call}`);
    expect(accepted(await counted(elise)).counts).toEqual({ started: 1, submitted: 1, withdrawn: 0 });
    expect(accepted(await counted(cast.ars.officer)).counts).toEqual({ started: 2, submitted: 2, withdrawn: 0 });
    expect(await idsIn(cast.ars.officer, '/api/applications?sort=organisation', 'id')).toEqual([a, b]);
    expect((await filerOfB.get(`/api/applications/${b}`)).status).toBe(200);
  });

  it('are assigned by hand, to those who declared and have no conflict; and may be declined', async () => {
    const { admin, officer } = cast.ars;
    expectRefused(await act(officer, a, 'assign-review', { person: remi.id }), 403, 'NotAllowed');
    expectRefused(await act(admin, b, 'assign-review', { person: elise.id }), 409, 'ConflictDeclared');
    expectRefused(await act(remi, a, 'submit-review', opinion(4, 3)), 409, 'NotAssigned');
    expectRefused(await remi.get(`/api/applications/${a}`), 404, 'ApplicationUnknown');
    for (const [file, person] of [
      [a, elise],
      [a, remi],
      [b, remi],
    ] as const)
      accepted(await act(admin, file, 'assign-review', { person: person.id }));
    expectRefused(await act(admin, a, 'assign-review', { person: remi.id }), 409, 'AlreadyAssigned');
    accepted(await act(remi, b, 'decline-assignment', { reason: 'overload' }));
    expectRefused(await remi.get(`/api/applications/${b}/contents`), 404, 'ApplicationUnknown');
    expect(accepted(await remi.get(`/api/applications/${a}/contents`))).toMatchObject({
      contents: { ...contents, title: 'Ateliers de la première nuit' },
    });
    expect(await idsIn(remi, '/api/applications', 'id')).toEqual([a]);
    expect(await rows(admin, `/api/applications/${a}/readings`)).toEqual([
      expect.objectContaining({ person: remi.id, role: 'reviewer', behalf: `call:${call}` }),
    ]);
  });

  it('are saved as drafts: nobody overwrites what they have not seen, nobody else reads them', async () => {
    const path = `/api/applications/${a}/save-review`;
    const begun = await remi.get(`/api/applications/${a}/review`);
    expect(accepted(begun)).toEqual({
      status: 'none',
      review: 0,
      contents: null,
      meanHundredths: null,
      submittedAt: null,
      closesAt: '2021-07-20T16:00:00Z',
      closesSaid: '20 juillet 2021 à 18 h 00 (heure de Paris)',
    });
    const draft = { scores: [{ criterion: 'pertinence', score: 2 }] };
    expect((await remi.post(path, draft)).status).toBe(428);
    const seen = begun.headers.get('etag') ?? '';
    const first = await remi.post(path, draft, { ifMatch: seen });
    accepted(first);
    expectRefused(await remi.post(path, { scores: [] }, { ifMatch: seen }), 412, 'StaleVersion');
    const after = await remi.get<{ contents: object }>(`/api/applications/${a}/review`);
    expect([after.headers.get('etag'), after.body.contents]).toEqual([first.headers.get('etag'), draft]);
    expectRefused(await cast.ars.admin.get(`/api/applications/${a}/review`), 403, 'NotAllowed');
    expect(await rows(cast.ars.admin, `/api/applications/${a}/reviews`)).toEqual([]);
  });

  it('answer every fault at once when submitted', async () => {
    const faulty = { scores: [{ criterion: 'pertinence', score: 6 }], recommendedCents: 2_000_001 };
    const { status, body } = await remi.post<{ code: string; faults: { field: string; code: string }[] }>(
      `/api/applications/${a}/submit-review`,
      faulty,
    );
    expect([status, body.code, body.faults.map(({ field, code }) => `${field} ${code}`)]).toEqual([
      422,
      'ReviewInvalid',
      [
        'scores[0].score ScoreOutsideScale',
        'scores[0].comment CommentMissing',
        'scores.partenariat CriterionMissing',
        'recommendedCents OverRequested',
      ],
    ]);
  });

  it('have a mean without what is not applicable: 60 % of 4/5 and 40 % of 3/5 are 72, 4/5 alone are 80', async () => {
    const key = 'review-of-a';
    const send = () =>
      remi.post(`/api/applications/${a}/submit-review`, { ...opinion(4, 3), recommendedCents: 1_800_000 }, { key });
    expect(accepted(await send())).toEqual({ review: 1, meanHundredths: 7200, submittedAt: '2021-07-02T08:00:00Z' });
    expect(accepted(await send())).toEqual({ review: 1, meanHundredths: 7200, submittedAt: '2021-07-02T08:00:00Z' });
    expectRefused(await act(remi, a, 'submit-review', opinion(4, 3)), 409, 'AlreadySubmitted');
    expect(accepted(await act(elise, a, 'submit-review', opinion(4, null)))).toMatchObject({ meanHundredths: 8000 });
  });

  it('show mean and spread to those who run the call, and to a reviewer their own alone while the phase lasts', async () => {
    const { admin } = cast.ars;
    const [row] = (await rows(admin, `/api/calls/${call}/reviews?sort=mean&order=desc`)) as [object];
    expect(row).toMatchObject({
      application: a,
      organisationName: 'Association n° 1',
      ...{ assigned: 2, submitted: 2, meanHundredths: 7600, spreadHundredths: 800, deviationHundredths: 400 },
      reviews: expect.arrayContaining([
        {
          person: remi.id,
          name: 'Rémi Évaluateur',
          status: 'submitted',
          meanHundredths: 7200,
          recommendedCents: 1_800_000,
        },
      ]),
    });
    const figures = { assigned: null, submitted: null, meanHundredths: null, spreadHundredths: null };
    expect(await rows(remi, `/api/calls/${call}/reviews`)).toEqual([
      expect.objectContaining({ application: a, ...figures, reviews: [expect.objectContaining({ person: remi.id })] }),
    ]);
    expect(await idsIn(remi, `/api/applications/${a}/reviews`, 'person')).toEqual([remi.id]);
    expect(accepted(await admin.get(`/api/applications/${a}/reviews`))).toMatchObject({
      meanHundredths: 7600,
      items: expect.arrayContaining([
        {
          person: elise.id,
          name: 'Élise Évaluatrice',
          review: 1,
          submittedAt: '2021-07-02T08:00:00Z',
          scores: [
            { criterion: 'pertinence', label: 'Pertinence', score: 4, comment: 'Répond à un besoin constaté.' },
            { criterion: 'partenariat', label: 'Partenariat', score: null, comment: null },
          ],
          meanHundredths: 8000,
          recommendedCents: null,
          comment: 'À soutenir.',
        },
      ]),
    });
    expect(await rows(admin, `/api/calls/${call}/reviewers?sort=name`)).toEqual([
      expect.objectContaining({ person: remi.id, assigned: 1, drafts: 0, submitted: 1, declined: 1, conflicts: [] }),
      expect.objectContaining({
        person: elise.id,
        ...{ declared: true, assigned: 1, drafts: 0, submitted: 1, declined: 0 },
        conflicts: [{ application: b, nature: 'employment' }],
      }),
    ]);
    expect(criteria.map(({ weight }) => weight)).toEqual([60, 40]);
  });

  it('are amended with what was seen, each version a fact', async () => {
    const own = `/api/applications/${a}/review`;
    const amend = (body: object) => remi.edit(own, `/api/applications/${a}/amend-review`, body);
    accepted(await amend(opinion(5, 3)));
    expect(accepted(await remi.get(own))).toMatchObject({ status: 'submitted', review: 2, meanHundredths: 8400 });
    const stale = await remi.post(`/api/applications/${a}/amend-review`, opinion(1, 1), { ifMatch: '"1"' });
    expectRefused(stale, 412, 'StaleVersion');
    expectRefused(await remi.edit(own, `/api/applications/${a}/save-review`, opinion(1, 1)), 409, 'AlreadySubmitted');
    expect((await rows(cast.ars.admin, `/api/calls/${call}/reviews?sort=mean&order=desc`))[0]).toMatchObject({
      ...{ meanHundredths: 8200, spreadHundredths: 400, deviationHundredths: 200 },
    });
  });

  it('end with their phase, to the second; then reviewers of a file read each other', async () => {
    const own = `/api/applications/${a}/review`;
    world.clock.set('2021-07-20T16:00:00Z');
    accepted(await remi.edit(own, `/api/applications/${a}/amend-review`, opinion(4, 4)));
    world.clock.set('2021-07-20T16:00:01Z');
    expectRefused(
      await remi.edit(own, `/api/applications/${a}/amend-review`, opinion(5, 5)),
      409,
      'ReviewsClosed',
      "La phase d'évaluation est close depuis le 20 juillet 2021 à 18 h 00 (heure de Paris).",
    );
    expectRefused(await act(cast.ars.admin, b, 'assign-review', { person: remi.id }), 409, 'ReviewsClosed');
    expect((await idsIn(remi, `/api/applications/${a}/reviews`, 'person')).sort()).toEqual([elise.id, remi.id].sort());
    expect(await rows(remi, `/api/calls/${call}/reviews`)).toEqual([
      expect.objectContaining({ submitted: 2, meanHundredths: 8000, spreadHundredths: 0 }),
    ]);
  });

  it('count no more once a conflict is confirmed, and the file is gone for that reviewer', async () => {
    const { admin } = cast.ars;
    const conflict = { person: remi.id, application: a, nature: 'family', because: 'Frère de la directrice.' };
    expectRefused(await elise.post(`/api/calls/${call}/confirm-conflict`, conflict), 403, 'NotAllowed');
    accepted(await admin.post(`/api/calls/${call}/confirm-conflict`, conflict));
    expectRefused(await admin.post(`/api/calls/${call}/confirm-conflict`, conflict), 409, 'ConflictKnown');
    expect(await idsIn(admin, `/api/applications/${a}/reviews`, 'person')).toEqual([elise.id]);
    expectRefused(await remi.get(`/api/applications/${a}/contents`), 404, 'ApplicationUnknown');
    expect(await rows(remi, `/api/calls/${call}/reviews`)).toEqual([]);
    expect(await idsIn(remi, `/api/calls/${call}/names`)).toEqual([b]);
  });

  it('lose their comments with the person, and keep their scores', async () => {
    accepted(await elise.post(`/api/people/${elise.id}/forget`));
    const comments = async () =>
      (await rows(cast.ars.admin, `/api/applications/${a}/reviews`)).map(({ comment, name }) => [comment, name]);
    const gone = async () => JSON.stringify(await comments()) === '[[null,null]]' || undefined;
    await until(gone, 'the erasure');
    expect(await rows(cast.ars.admin, `/api/calls/${call}/reviews?sort=mean&order=desc`)).toMatchObject([
      { application: a, meanHundredths: 8000 },
      { application: b },
    ]);
  });
});

/** What tells one answer from another but the id that was asked. */
const unlike = ({ status, text }: { status: number; text: string }, id: string) => ({
  status,
  text: text.replaceAll(id, '…').replace(/request:[0-9a-f-]+/, 'request'),
});

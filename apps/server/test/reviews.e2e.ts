import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { OpenAPIObject } from '@nestjs/swagger';
import { accepted } from '#client/client.js';
import { Documented } from './documented.js';
import { expectRefused } from './refusals.js';
import { act, idsIn, openedForReview, opinion, type ReviewStage, reviewStage, rows } from './review-stage.js';
import { until, World } from './world.js';

let world: World;
let stage: ReviewStage;

beforeAll(async () => {
  world = await World.open('2021-05-12T08:00:00Z');
  stage = await reviewStage(world);
  const { cast, call, a, b, elise, remi } = stage;
  const { admin } = cast.ars;
  for (const { id: person } of [elise, remi])
    accepted(await admin.post(`/api/calls/${call}/appoint-reviewer`, { person, expertise: [] }));
  await openedForReview(world, stage);
  const conflicts = [{ application: b, nature: 'employment' }];
  accepted(await elise.post(`/api/calls/${call}/declare-interests`, { conflicts }));
  accepted(await remi.post(`/api/calls/${call}/declare-interests`, { conflicts: [] }));
  for (const { id: person } of [elise, remi]) accepted(await act(admin, a, 'assign-review', { person }));
  accepted(await act(admin, b, 'assign-review', { person: remi.id }));
  accepted(await act(remi, b, 'decline-assignment', { reason: 'overload' }));
});
afterAll(() => world.close());

describe('reviews', () => {
  it('are saved as drafts: nobody overwrites what they have not seen, nobody else reads them', async () => {
    const { a, cast, remi } = stage;
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
    const { a, remi } = stage;
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
    const { a, elise, remi } = stage;
    const key = 'review-of-a';
    const send = () =>
      remi.post(`/api/applications/${a}/submit-review`, { ...opinion(4, 3), recommendedCents: 1_800_000 }, { key });
    expect(accepted(await send())).toEqual({ review: 1, meanHundredths: 7200, submittedAt: '2021-07-02T08:00:00Z' });
    expect(accepted(await send())).toEqual({ review: 1, meanHundredths: 7200, submittedAt: '2021-07-02T08:00:00Z' });
    expectRefused(await act(remi, a, 'submit-review', opinion(4, 3)), 409, 'AlreadySubmitted');
    expect(accepted(await act(elise, a, 'submit-review', opinion(4, null)))).toMatchObject({ meanHundredths: 8000 });
  });

  it('show mean and spread to those who run the call, and to a reviewer their own alone while the phase lasts', async () => {
    const { a, b, call, cast, elise, remi } = stage;
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
  });

  it('are amended with what was seen, each version a fact', async () => {
    const { a, call, cast, remi } = stage;
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

  it('are shown as the document of the interface says', async () => {
    const { a, call, cast, elise, remi } = stage;
    const documented = new Documented(accepted(await world.anonymous.get<OpenAPIObject>('/api/openapi.json')));
    for (const client of [cast.ars.admin, elise, remi])
      for (const [path, id] of [
        ['/api/calls/{id}/reviews', call],
        ['/api/calls/{id}/reviewers', call],
        ['/api/calls/{id}/names', call],
        ['/api/calls/{id}/suspected-conflicts', call],
        ['/api/applications/{id}/reviews', a],
        ['/api/applications/{id}/review', a],
      ] as const) {
        const answer = await client.get(path.replace('{id}', id));
        if (answer.status === 200) expect([path, documented.faultsOf('GET', path, answer)]).toEqual([path, []]);
      }
  });

  it('end with their phase, to the second; then reviewers of a file read each other', async () => {
    const { a, b, call, cast, elise, remi } = stage;
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
    const { a, b, call, cast, elise, remi } = stage;
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
    const { a, b, call, cast, elise } = stage;
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

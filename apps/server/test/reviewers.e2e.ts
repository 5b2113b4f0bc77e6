import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { accepted, type Client } from '#client/client.js';
import { contents } from './applicants.js';
import { expectRefused } from './refusals.js';
import { act, idsIn, openedForReview, opinion, type ReviewStage, reviewStage, rows } from './review-stage.js';
import { World } from './world.js';

const UNKNOWN_FILE = '00000000-0000-4000-8000-00000000c0de';

let world: World;
let stage: ReviewStage;

beforeAll(async () => {
  world = await World.open('2021-05-12T08:00:00Z');
  stage = await reviewStage(world);
});
afterAll(() => world.close());

const csv = async (client: Client, path: string) => (await client.get(path, { accept: 'text/csv' })).text;

describe('reviewers', () => {
  it('begin with reviewers that an administrator of a lead appoints', async () => {
    const { call, cast, elise, filerOfB, remi } = stage;
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
    const { a, call, cast, remi } = stage;
    expectRefused(await remi.get(`/api/calls/${call}/names`), 403, 'ContentsSealed');
    expectRefused(await cast.ars.admin.get(`/api/calls/${call}/suspected-conflicts`), 403, 'ContentsSealed');
    expectRefused(await remi.post(`/api/calls/${call}/declare-interests`, { conflicts: [] }), 409, 'ContentsSealed');
    const trial = (file: string) => remi.post(`/api/applications/${file}/submit-review`, opinion(4, 3));
    for (const file of [a, UNKNOWN_FILE]) expectRefused(await trial(file), 404, 'ApplicationUnknown');
  });

  it('show names alone before interests are declared, and contents to nobody', async () => {
    const { a, b, call, cast, filerOfB, remi } = stage;
    await openedForReview(world, stage);
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
    const { b, call, cast, elise } = stage;
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
    const { a, b, call, cast, elise, filerOfB, remi } = stage;
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
    const { a, b, call, cast, elise, remi } = stage;
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
});

/** What tells one answer from another but the id that was asked. */
const unlike = ({ status, text }: { status: number; text: string }, id: string) => ({
  status,
  text: text.replaceAll(id, '…').replace(/request:[0-9a-f-]+/, 'request'),
});

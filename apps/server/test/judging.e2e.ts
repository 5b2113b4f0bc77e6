import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { accepted, type Client } from '#client/client.js';
import { reviewId } from '#commands/ids.js';
import type { CommissionEvent } from '#domain/commission/commission-facts.js';
import { applicant, closedCall, ready, submit, unsealed } from './applicants.js';
import { happened } from './happened.js';
import { expectRefused } from './refusals.js';
import { type Cast, castOf } from './stage.js';
import { type Person, World } from './world.js';

let world: World;
let cast: Cast;
let call: string;
let a: string;
let b: string;
let member: Person;
let substitute: Person;

const commission = (...facts: CommissionEvent[]) => happened(world, `commission-${call}`, ...facts);
const declared = (person: Person, ...files: string[]): CommissionEvent => ({
  type: 'MemberInterestsDeclared',
  member: person.id,
  conflicts: files.map((application) => ({ application, nature: 'governance' })),
});
const convened = (session: string, ...agenda: string[]): CommissionEvent => ({
  type: 'SessionConvened',
  ...{ session, agenda, documents: [], noQuorumRequired: false, convenedAt: '2021-07-05T08:00:00Z' },
});
const files = async (client: Client) =>
  accepted(await client.get<{ items: { id: string }[] }>('/api/applications?sort=organisation')).items.map(
    ({ id }) => id,
  );

beforeAll(async () => {
  world = await World.open('2021-05-12T08:00:00Z');
  cast = await castOf(world);
  call = await closedCall(world, cast);
  const filed = async (number: number) => {
    const { person, organisation } = await applicant(world, cast, number);
    const id = await ready(person, call, organisation);
    accepted(await submit(person, id));
    return id;
  };
  [a, b] = [await filed(1), await filed(2)];
  member = await world.person('Maud Membre');
  substitute = await world.person('Sam Suppléant');
  await commission({
    type: 'CommissionMemberAppointed',
    ...{ person: member.id, sitsFor: 'Usagers', voice: 'voting', chair: false, substitute: substitute.id },
  });
});
afterAll(() => world.close());

describe('members of the commission', () => {
  it('read nothing while the call is sealed, whatever is on the agenda and declared', async () => {
    await commission(declared(member), convened('s1', a));
    expectRefused(await member.get(`/api/calls/${call}/names`), 403, 'ContentsSealed');
    for (const path of ['', '/contents', '/reviews'])
      expectRefused(await member.get(`/api/applications/${a}${path}`), 404, 'ApplicationUnknown');
    expect(await files(member)).toEqual([]);
  });

  it('read the agenda once unsealed, traced, after declaring their interests; their substitutes after their own', async () => {
    world.clock.set('2021-07-01T14:00:01Z');
    await unsealed(cast.ars.admin, call);
    expect(await files(member)).toEqual([a]);
    accepted(await member.get(`/api/applications/${a}/contents`));
    expectRefused(await member.get(`/api/applications/${b}`), 404, 'ApplicationUnknown');
    expect(accepted(await cast.ars.admin.get(`/api/applications/${a}/readings`))).toMatchObject({
      items: [{ person: member.id, role: 'member' }],
    });
    expectRefused(await substitute.get(`/api/applications/${a}/contents`), 403, 'InterestsNotDeclared');
    await commission(declared(substitute));
    accepted(await substitute.get(`/api/applications/${a}/contents`));
    await commission(convened('s2', a, b));
    expect([await files(member), await files(substitute)]).toEqual([
      [a, b],
      [a, b],
    ]);
  });

  it('read every review of the agenda', async () => {
    const reviewer = await world.person('Rémi Évaluateur');
    const of = { call, person: reviewer.id, application: a };
    await happened(world, 'reviewer-r1', { type: 'ReviewAssigned', ...of });
    const id = reviewId(a, reviewer.id);
    const contents = { scores: [{ criterion: 'pertinence', score: 4, comment: 'Solide.' }] };
    await happened(world, `content-review-${id}`, { type: 'ReviewWritten', contents });
    await happened(world, `review-${id}`, {
      type: 'ReviewSubmitted',
      ...{ ...of, review: 1, scores: [{ criterion: 'pertinence', score: 4 }], meanHundredths: 8000 },
      ...{ content: { version: 0, hash: 'a'.repeat(64) }, submittedAt: '2021-07-02T08:00:00Z' },
    });
    expect(accepted(await member.get(`/api/applications/${a}/reviews`))).toMatchObject({
      meanHundredths: 8000,
      items: [{ name: 'Rémi Évaluateur', scores: [{ criterion: 'pertinence', score: 4, comment: 'Solide.' }] }],
    });
    expect(accepted(await member.get(`/api/calls/${call}/reviews`))).toMatchObject({
      items: [{ application: a, submitted: 1, meanHundredths: 8000, spreadHundredths: 0 }],
    });
    expectRefused(await member.get(`/api/applications/${a}/review`), 403, 'NotAllowed');
    expectRefused(await member.get(`/api/calls/${call}/reviewers`), 403, 'NotAllowed');
  });

  it('know nothing any more of a file they have a conflict on, nor of one they are recused from', async () => {
    await commission(declared(member, a));
    await commission({
      type: 'MemberRecused',
      ...{ session: 's2', application: b, member: substitute.id, nature: 'family' },
    });
    expect([await files(member), await files(substitute)]).toEqual([[b], [a]]);
    for (const path of ['', '/contents', '/reviews'])
      expectRefused(await member.get(`/api/applications/${a}${path}`), 404, 'ApplicationUnknown');
    expect(accepted(await member.get<{ items: object[] }>(`/api/calls/${call}/names`)).items).toMatchObject([
      { application: b },
    ]);
  });

  it('read nothing any more once they have left', async () => {
    await commission({ type: 'CommissionMemberRemoved', person: member.id, reason: 'Mutation.' });
    expect([await files(member), await files(substitute)]).toEqual([[], []]);
    expectRefused(await substitute.get(`/api/applications/${a}`), 404, 'ApplicationUnknown');
  });
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { accepted, type Client } from '#client/client.js';
import { type Theatre, theatreOf } from './actors.js';
import { ready, siret, submit } from './applicants.js';
import { all, holderOf, idOf } from './listed.js';
import { heading } from './stage.js';
import { World } from './world.js';

let world: World;
let theatre: Theatre;
beforeAll(async () => {
  world = await World.open('2021-05-12T08:00:00Z');
  theatre = await theatreOf(world);
  const { officer } = theatre.cast.ars;
  for (const organisation of [siret(501), siret(502)]) {
    accepted(
      await officer.post('/api/organisations', { name: 'Sur papier', legalForm: 'company', siret: organisation }),
    );
    const filing = {
      organisation,
      arrivedAt: '2021-06-30T10:00:00+02:00',
      medium: 'mail',
      reference: 'Pli',
      pieces: 1,
    };
    accepted(await officer.post(`/api/calls/${theatre.unsealedCall}/register-paper-filing`, filing));
  }
});
afterAll(() => world.close());

const auditor = (): Client => holderOf(theatre, 'auditor');

describe('what somebody sees in a list', () => {
  it('is what they may open one by one: calls', async () => {
    const { secretCall, openCall, unsealedCall, cast } = theatre;
    const draft = (changes: object) => cast.ars.admin.post<{ id: string }>('/api/calls', { ...heading, ...changes });
    const { id: cancelled } = accepted(await draft({ leads: ['ARS-PDL'] }));
    const end = { institution: 'ARS-PDL', reason: 'Abandonné avant toute publication.' };
    accepted(await cast.ars.signatory.post(`/api/calls/${cancelled}/cancel`, end));
    const { id: inviting } = accepted(await draft({ leads: ['ARS-PDL'] }));
    const signing = { institution: 'ARS-PDL' };
    accepted(await cast.ars.signatory.post(`/api/calls/${inviting}/sign-letter-of-intent`, signing));
    const invitation = { partner: 'DRAC-PDL', presence: 'optional' };
    accepted(await cast.ars.admin.post(`/api/calls/${inviting}/invite-partner`, invitation));
    const ids = [secretCall, openCall, unsealedCall, cancelled, inviting];
    const sights = new Set<string>();
    for (const { client, name } of theatre.actors) {
      const listed = new Set((await all(client, 'calls')).map(idOf));
      const opened = await Promise.all(ids.map(async (id) => (await client.get(`/api/calls/${id}`)).status === 200));
      expect([name, ids.map((id) => listed.has(id))]).toEqual([name, opened]);
      sights.add(opened.join());
    }
    expect(sights.size).toBeGreaterThanOrEqual(4);
  });

  it('is what they may open one by one: files', async () => {
    const { cast, unsealedCall, draft, file, openCall } = theatre;
    const submitter = theatre.actors.find(({ name }) => name === `submitter ${theatre.organisation}`);
    const other = theatre.actors.find(({ name }) => name.startsWith('submitter') && name !== submitter?.name);
    if (!submitter || !other) throw new Error('Two applicants are on the stage.');
    world.clock.set('2021-07-02T08:00:00Z');
    const [organisation = ''] = other.grants.flatMap(({ scope }) => (scope.kind === 'organisation' ? [scope.id] : []));
    const shared = await ready(other.client, openCall, organisation);
    accepted(await other.client.post(`/api/applications/${shared}/share`, { organisation: theatre.organisation }));
    accepted(await submit(other.client, shared));
    const paper = (await all(auditor(), 'applications', `&call=${unsealedCall}`)).map(idOf);
    world.clock.set('2021-06-20T08:00:00Z');
    const neverFiled = await ready(other.client, unsealedCall, organisation);
    world.clock.set('2021-07-02T08:00:00Z');
    const ids = [draft, file, shared, neverFiled, ...paper.slice(0, 3)];
    const sights = new Set<string>();
    for (const { client, name } of theatre.actors.filter(({ person }) => person !== 'anonymous')) {
      const listed = new Set((await all(client, 'applications')).map(idOf));
      const opened = await Promise.all(
        ids.map(async (id) => (await client.get(`/api/applications/${id}`)).status === 200),
      );
      expect([name, ids.map((id) => listed.has(id))]).toEqual([name, opened]);
      sights.add(opened.join());
    }
    expect(sights.size).toBeGreaterThanOrEqual(4);
    expect((await all(cast.caf, 'applications')).length).toBe(0);
  });

  it('is what they may open one by one: people, and themselves', async () => {
    const everybody = (await all(world.operator, 'people')).map(idOf);
    for (const { client, name, person } of theatre.actors.filter((actor) => actor.person !== 'anonymous')) {
      const listed = new Set((await all(client, 'people')).map(idOf));
      const opened = await Promise.all(
        everybody.map(async (id) => (await client.get(`/api/people/${id}`)).status === 200),
      );
      expect([name, everybody.map((id) => listed.has(id) || id === person)]).toEqual([name, opened]);
    }
  });

  it('is counted with the call, which shows counts even while it hides the files', async () => {
    interface Counted {
      counts: { started: number; submitted: number; withdrawn: number };
    }
    const { unsealedCall, openCall, cast } = theatre;
    const listed = await all(auditor(), 'applications', `&call=${unsealedCall}`);
    const of = async (id: string) => accepted(await cast.ars.admin.get<Counted>(`/api/calls/${id}`)).counts;
    expect(await of(unsealedCall)).toEqual({ started: listed.length + 1, submitted: listed.length, withdrawn: 0 });
    expect(await of(openCall)).toEqual({ started: 3, submitted: 2, withdrawn: 0 });
    expect(await all(cast.ars.admin, 'applications', `&call=${openCall}`)).toEqual([]);
  });
});

import { describe, expect, it } from '@jest/globals';
import { accepted } from '#client/client.js';
import { cast, show, world } from './first-day.js';
import { expectRefused } from './refusals.js';
import { publishedCall } from './stage.js';
import { type Person, until } from './world.js';

const incident = {
  reference: 'INC-2021-0813',
  url: 'https://incidents.example.org/2021-0813',
  sha256: 'a'.repeat(64),
};
const outage = {
  from: '2021-08-13T15:20:00+02:00',
  until: '2021-08-13T15:40:00+02:00',
  description: 'Le service ne répondait plus.',
  incident,
};

/** Who is on duty that day, and holds the delegation for outages. */
async function onDuty(name: string): Promise<{ duty: Person; under: string }> {
  const duty = await world.person(name);
  const delegation = {
    holder: duty.id,
    acts: ['outage-extension'],
    from: '2021-01-01',
    until: '2021-12-31',
    reference: 'Arrêté n° 2021-18',
  };
  const { id: under } = accepted(
    await cast.ars.signatory.post<{ id: string }>('/api/institutions/ARS-PDL/grant-delegation', delegation),
  );
  return { duty, under };
}
const ratify = (id: string, number = 1) =>
  cast.dreets.signatory.post(`/api/calls/${id}/ratify-outage`, { institution: 'DREETS-PDL', number });
const deadlineOf = async (id: string) =>
  (await show(id)).schedule?.milestones.find(({ kind }) => kind === 'submissionDeadline')?.at;

describe('an outage half an hour before the deadline, the other lead out of reach', () => {
  it('extends everybody at once, by whoever holds that delegation, the incident attached, and is ratified', async () => {
    const id = await publishedCall(world, cast);
    const { duty, under } = await onDuty('Astrid Astreinte');
    world.clock.set('2021-08-13T13:45:00Z');
    const body = { institution: 'ARS-PDL', under, outage, until: '2021-08-14T16:00:00+02:00' };
    const { incident: _, ...unproved } = outage;
    expectRefused(
      await duty.post(`/api/calls/${id}/record-outage`, { ...body, outage: unproved }),
      400,
      'InvalidInput',
    );
    accepted(await duty.post(`/api/calls/${id}/record-outage`, body));
    expect(await deadlineOf(id)).toBe('2021-08-14T14:00:00Z');
    const told = {
      number: 1,
      ratified: ['ARS-PDL'],
      ratificationDueAt: '2021-08-14T13:45:00Z',
      ratificationOverdue: false,
      leftUnratifiedBy: [],
    };
    expect(await show(id)).toMatchObject({ outages: [{ ...told, incident }] });
    const { outages } = accepted(await world.anonymous.get<{ outages: object[] }>(`/api/calls/${id}`));
    expect(outages).toMatchObject([{ ...told, incident: { reference: 'INC-2021-0813' } }]);
    expect(JSON.stringify(outages)).not.toContain('incidents.example.org');
    accepted(await ratify(id));
    expectRefused(await ratify(id), 409, 'AlreadyRatified');
    expect(await show(id)).toMatchObject({ outages: [{ number: 1, ratified: ['ARS-PDL', 'DREETS-PDL'] }] });
  });

  it('is flagged when 24 hours have passed, forbids another one, and may still be ratified, which stays known as late', async () => {
    const id = await publishedCall(world, cast);
    const { duty, under } = await onDuty('Basile Astreinte');
    world.clock.set('2021-08-13T13:45:00Z');
    const body = { institution: 'ARS-PDL', under, outage, until: '2021-08-16T16:00:00+02:00' };
    accepted(await duty.post(`/api/calls/${id}/record-outage`, body));
    world.clock.set('2021-08-14T13:45:01Z');
    expectRefused(
      await duty.post(`/api/calls/${id}/record-outage`, { ...body, until: '2021-08-17T16:00:00+02:00' }),
      409,
      'OutageUnratified',
    );
    const flagged = { ratificationOverdue: true, leftUnratifiedBy: ['DREETS-PDL'] };
    const shown = await until(async () => {
      const { outages } = (await show(id)) as unknown as { outages: { leftUnratifiedBy: string[] }[] };
      return outages[0]?.leftUnratifiedBy.length ? outages : undefined;
    }, 'the flag');
    expect(shown).toMatchObject([flagged]);
    const messages = await world.messages('Subject: Prolongation à ratifier', 4);
    expect(messages[0]).toContain("Ne l'ont pas encore ratifiée : DREETS-PDL. Elle vaut, et reste à ratifier.");
    accepted(await ratify(id));
    expect(await show(id)).toMatchObject({
      outages: [{ ratified: ['ARS-PDL', 'DREETS-PDL'], ratificationOverdue: false, leftUnratifiedBy: ['DREETS-PDL'] }],
    });
    const { steps } = accepted(
      await cast.ars.admin.get<{ steps: { fact: string; sentence: string }[] }>(`/api/calls/${id}/story`),
    );
    expect(steps.slice(-2).map(({ sentence }) => sentence)).toEqual([
      'Prolongation n° 1 non ratifiée le 14 août 2021 à 15 h 45 (heure de Paris) par : DREETS-PDL.',
      'Prolongation n° 1 ratifiée par DREETS-PDL.',
    ]);
  });
});

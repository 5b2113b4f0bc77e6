import { describe, expect, it } from '@jest/globals';
import { accepted } from '#client/client.js';
import { closedCall, contents, ready, submit, unsealed } from './applicants.js';
import { expectRefused } from './refusals.js';
import { call, cast, newApplicant, world } from './open-call.js';

describe('the seal', () => {
  it('keeps contents from everybody but the applicant until the window is over, counts aside; then readings are traced', async () => {
    const other = await closedCall(world, cast);
    const { person, organisation } = await newApplicant();
    const id = await ready(person, other, organisation);
    accepted(await submit(person, id));
    const { admin, officer } = cast.ars;
    expect(accepted(await admin.get(`/api/calls/${other}`))).toMatchObject({
      unsealed: false,
      counts: { started: 1, submitted: 1, withdrawn: 0 },
    });
    expect(accepted(await officer.get<{ items: unknown[] }>(`/api/applications?call=${other}`)).items).toEqual([]);
    expect((await officer.get(`/api/applications?call=${other}`, { accept: 'text/csv' })).text).not.toContain('mille');
    expectRefused(await officer.get(`/api/applications/${id}`), 404, 'ApplicationUnknown');
    world.clock.set('2021-07-01T14:00:00Z');
    expectRefused(await officer.get(`/api/applications/${id}`), 404, 'ApplicationUnknown');
    world.clock.set('2021-07-01T14:00:01Z');
    await unsealed(admin, other);
    expect(accepted(await officer.get(`/api/applications?call=${other}`))).toMatchObject({
      items: [{ id, title: contents.title, requestedCents: 2_000_000 }],
    });
    expect(accepted(await officer.get(`/api/applications/${id}/contents`))).toMatchObject({ contents });
    accepted(await officer.get(`/api/applications/${id}/contents`));
    expect(accepted(await person.get<{ items: unknown[] }>(`/api/applications/${id}/readings`)).items).toEqual([
      {
        person: officer.id,
        name: 'Inès Instructrice',
        what: 'contents:1',
        day: '2021-07-01',
        at: '2021-07-01T14:00:01Z',
        role: 'case-officer',
        behalf: 'institution:ARS-PDL',
      },
    ]);
  });

  it('may be open to the case officers on filing, where the call chose so', async () => {
    const other = await closedCall(world, cast, { specifications: { sealing: 'open-to-officers' } });
    const { person, organisation } = await newApplicant();
    const id = await ready(person, other, organisation);
    expectRefused(await cast.ars.officer.get(`/api/applications/${id}`), 404, 'ApplicationUnknown');
    accepted(await submit(person, id));
    expect(accepted(await cast.ars.officer.get(`/api/applications/${id}/contents`))).toMatchObject({ contents });
    expectRefused(await cast.ars.admin.get(`/api/applications/${id}`), 404, 'ApplicationUnknown');
  });

  it('waits for the extension of one applicant, where the call allows any', async () => {
    const other = await closedCall(world, cast, { specifications: { individualExtensions: true } });
    const [one, two] = [await newApplicant(), await newApplicant()];
    const [first, second] = [
      await ready(one.person, other, one.organisation),
      await ready(two.person, other, two.organisation),
    ];
    const grant = {
      institution: 'ARS-PDL',
      organisation: one.organisation,
      until: '2021-07-05T16:00:00+02:00',
      reason: 'Hospitalisation de la directrice.',
    };
    expectRefused(await cast.ars.admin.post(`/api/calls/${call}/grant-extension`, grant), 409, 'ExtensionNotAllowed');
    accepted(await cast.ars.admin.post(`/api/calls/${other}/grant-extension`, grant));
    world.clock.set('2021-07-03T08:00:00Z');
    expectRefused(await submit(two.person, second), 409, 'CallClosed');
    expect(accepted(await cast.ars.admin.get(`/api/calls/${other}`))).toMatchObject({ unsealed: false });
    accepted(await submit(one.person, first));
    world.clock.set('2021-07-05T14:00:01Z');
    await unsealed(cast.ars.admin, other);
  });
});

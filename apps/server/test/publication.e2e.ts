import { describe, expect, it } from '@jest/globals';
import { accepted } from '#client/client.js';
import { expectRefused } from './refusals.js';
import { approve, type CallShown, prepared, preparing, publishedCall } from './stage.js';
import { cast, show, world } from './first-day.js';

describe('publishing', () => {
  it('is refused for each thing that is missing, all of them readable beforehand', async () => {
    const id = await preparing(cast);
    const { obstacles } = accepted(
      await cast.ars.admin.get<{ obstacles: { code: string }[] }>(`/api/calls/${id}/readiness`),
    );
    expect(obstacles.map(({ code }) => code)).toEqual([
      'SpecificationsMissing',
      'RubricMissing',
      'EnvelopeMissing',
      'ScheduleMissing',
      'ApprovalMissing',
    ]);
    expectRefused(await cast.ars.admin.post(`/api/calls/${id}/publish`), 409, 'SpecificationsMissing');
  });

  it('publishes the notice at the planned instant, with its dates in Paris time, for everybody', async () => {
    const id = await prepared(cast);
    await approve(cast, id);
    expectRefused(
      await cast.ars.admin.post(`/api/calls/${id}/publish`),
      409,
      'PublicationNotDue',
      'La publication est prévue le 14 juin 2021 à 9 h 00 (heure de Paris).',
    );
    expectRefused(await world.anonymous.get(`/api/calls/${id}`), 404, 'CallUnknown');
    world.clock.set('2021-06-14T07:00:00Z');
    accepted(await cast.ars.admin.post(`/api/calls/${id}/publish`));
    const shown = accepted(await world.anonymous.get<CallShown>(`/api/calls/${id}`));
    expect(shown.status).toBe('published');
    expect(shown.preparation).toBeUndefined();
    expect(shown.schedule?.milestones).toContainEqual({
      kind: 'submissionDeadline',
      at: '2021-08-13T14:00:00Z',
      said: '13 août 2021 à 16 h 00 (heure de Paris)',
    });
    expect(shown.notices).toHaveLength(1);
    expect(shown.notices[0]).toContain('- date limite de dépôt : 13 août 2021 à 16 h 00 (heure de Paris)');
  });

  it("is started from last year's call", async () => {
    const from = await publishedCall(world, cast);
    const { id } = accepted(
      await cast.dreets.admin.post<{ id: string }>(`/api/calls/${from}/copy`, {
        title: 'Mille jours, 2022',
        year: 2022,
      }),
    );
    expect(await show(id)).toMatchObject({
      status: 'drafted',
      copiedFrom: from,
      heading: { title: 'Mille jours, 2022', leads: ['ARS-PDL', 'DREETS-PDL'] },
      specifications: { ceilingCents: 3_000_000 },
      envelopes: { lines: [{ year: 2022 }, { year: 2022 }] },
      referents: [],
    });
    expect((await show(id)).schedule).toBeUndefined();
  });
});

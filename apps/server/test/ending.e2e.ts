import { describe, expect, it } from '@jest/globals';
import { accepted } from '#client/client.js';
import { expectRefused } from './refusals.js';
import { publishedCall } from './stage.js';
import { cast, show, world } from './first-day.js';

describe('ending a call', () => {
  it('takes every lead once the letter is signed, and says why', async () => {
    const id = await publishedCall(world, cast);
    const reason = 'Les crédits ont été gelés par le ministère.';
    accepted(await cast.ars.signatory.post(`/api/calls/${id}/cancel`, { institution: 'ARS-PDL', reason }));
    expect((await show(id)).status).toBe('published');
    expectRefused(
      await cast.dreets.signatory.post(`/api/calls/${id}/declare-unsuccessful`, { institution: 'DREETS-PDL', reason }),
      409,
      'WindowOpen',
    );
    accepted(
      await cast.dreets.signatory.post(`/api/calls/${id}/cancel`, {
        institution: 'DREETS-PDL',
        reason: "D'accord avec l'ARS.",
      }),
    );
    expect(accepted(await world.anonymous.get(`/api/calls/${id}`))).toMatchObject({ status: 'cancelled', reason });
    expectRefused(
      await cast.ars.admin.post(`/api/calls/${id}/propose-shift`, {
        institution: 'ARS-PDL',
        reason,
        changes: [{ kind: 'commission', at: '2021-10-05T09:30:00Z' }],
      }),
      409,
      'CallEnded',
    );
  });

  it('declares a call unsuccessful once its window is over', async () => {
    const id = await publishedCall(world, cast);
    world.clock.set('2021-08-13T14:00:01Z');
    const reason = 'Aucun dossier ne répond au cahier des charges.';
    accepted(
      await cast.ars.signatory.post(`/api/calls/${id}/declare-unsuccessful`, { institution: 'ARS-PDL', reason }),
    );
    accepted(
      await cast.dreets.admin.post(`/api/calls/${id}/drop-ending`, {
        institution: 'DREETS-PDL',
        reason: 'Deux dossiers méritent un examen.',
      }),
    );
    accepted(
      await cast.ars.signatory.post(`/api/calls/${id}/declare-unsuccessful`, { institution: 'ARS-PDL', reason }),
    );
    accepted(
      await cast.dreets.signatory.post(`/api/calls/${id}/declare-unsuccessful`, { institution: 'DREETS-PDL', reason }),
    );
    expect((await show(id)).status).toBe('unsuccessful');
  });
});

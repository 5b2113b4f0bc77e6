import { describe, expect, it } from '@jest/globals';
import { accepted } from '#client/client.js';
import { expectRefused } from './refusals.js';
import { criteria, heading } from './stage.js';
import { cast, show, world } from './first-day.js';

describe('the letter of intent', () => {
  it('opens the preparation with the last signature, and not before', async () => {
    const { id } = accepted(await cast.ars.admin.post<{ id: string }>('/api/calls', heading));
    accepted(await cast.ars.signatory.post(`/api/calls/${id}/sign-letter-of-intent`, { institution: 'ARS-PDL' }));
    expect(await show(id)).toMatchObject({ status: 'drafted', preparation: { signed: ['ARS-PDL'] } });
    expectRefused(
      await cast.ars.admin.edit(`/api/calls/${id}`, `/api/calls/${id}/set-rubric`, { criteria }),
      409,
      'PreparationClosed',
      "La phase préparatoire s'ouvre quand toutes les autorités pilotes ont signé la lettre d'intention.",
    );
    accepted(await cast.dreets.signatory.post(`/api/calls/${id}/sign-letter-of-intent`, { institution: 'DREETS-PDL' }));
    expect(await show(id)).toMatchObject({ status: 'preparation', preparation: { signed: ['ARS-PDL', 'DREETS-PDL'] } });
  });

  it('is signed by those empowered: by office, or under a delegation that is named', async () => {
    const { id } = accepted(await cast.ars.admin.post<{ id: string }>('/api/calls', heading));
    const holder = await world.person('Hélène Délégataire');
    const delegation = {
      holder: holder.id,
      acts: ['letter-of-intent'],
      from: '2021-01-01',
      until: '2021-12-31',
      reference: 'Arrêté n° 2021-17',
    };
    expectRefused(
      await cast.ars.admin.post('/api/institutions/ARS-PDL/grant-delegation', delegation),
      403,
      'NotAllowed',
    );
    const { id: under } = accepted(
      await cast.ars.signatory.post<{ id: string }>('/api/institutions/ARS-PDL/grant-delegation', delegation),
    );
    const sign = (body: object) =>
      holder.post(`/api/calls/${id}/sign-letter-of-intent`, { institution: 'ARS-PDL', ...body });
    expectRefused(
      await sign({}),
      403,
      'DelegationNotNamed',
      'Vous signez par délégation : indiquez laquelle (champ « under »).',
    );
    accepted(await sign({ under }));
    expectRefused(
      await cast.ars.signatory.post(`/api/calls/${id}/sign-letter-of-intent`, { institution: 'ARS-PDL' }),
      409,
      'AlreadySigned',
    );
    expectRefused(
      await cast.ars.signatory.post(`/api/calls/${id}/sign-letter-of-intent`, { institution: 'DREETS-PDL' }),
      403,
      'NotAllowed',
    );
  });

  it('falls when what it says changes before everybody signed', async () => {
    const { id } = accepted(await cast.ars.admin.post<{ id: string }>('/api/calls', heading));
    accepted(await cast.ars.signatory.post(`/api/calls/${id}/sign-letter-of-intent`, { institution: 'ARS-PDL' }));
    accepted(
      await cast.dreets.admin.edit(`/api/calls/${id}`, `/api/calls/${id}/revise-heading`, {
        ...heading,
        title: 'Un autre titre',
      }),
    );
    expect(await show(id)).toMatchObject({ heading: { title: 'Un autre titre' }, preparation: { signed: [] } });
  });
});

import { describe, expect, it } from '@jest/globals';
import { accepted, Client } from '#client/client.js';
import { codeIn } from '#client/mail.js';
import { siret, submit } from './applicants.js';
import { expectRefused } from './refusals.js';
import { call, cast, newApplicant, world } from './open-call.js';

describe('an organisation', () => {
  it('is registered, claimed, and confirmed by somebody else before its files are shown', async () => {
    const organisation = siret(900);
    const first = await world.person('Fanny Première');
    expectRefused(
      await first.post('/api/organisations', { name: 'Asso', legalForm: 'association', siret: '12345678901234' }),
      409,
      'SiretInvalid',
      "Le numéro SIRET 12345678901234 n'est pas valable.",
    );
    accepted(await first.post('/api/organisations', { name: 'Asso', legalForm: 'association', siret: organisation }));
    expectRefused(await first.post(`/api/calls/${call}/start-application`, { organisation }), 403, 'NotAllowed');
    expectRefused(
      await first.post(`/api/organisations/${organisation}/confirm-claim`, { person: first.id, power: 'submit' }),
      403,
      'NotAllowed',
    );
    accepted(
      await cast.ars.officer.post(`/api/organisations/${organisation}/confirm-claim`, {
        person: first.id,
        power: 'submit',
      }),
    );
    accepted(await first.post(`/api/calls/${call}/start-application`, { organisation }));
    const second = await world.person('Serge Second');
    expectRefused(
      await second.post('/api/organisations', { name: 'Asso', legalForm: 'association', siret: organisation }),
      409,
      'OrganisationExists',
    );
    accepted(await second.post(`/api/organisations/${organisation}/claim`));
    accepted(
      await first.post(`/api/organisations/${organisation}/confirm-claim`, { person: second.id, power: 'prepare' }),
    );
    expect(accepted(await second.get(`/api/me`))).toMatchObject({
      grants: [{ role: 'preparer', scope: { kind: 'organisation', id: organisation } }],
    });
    expectRefused(
      await first.post(`/api/organisations/${organisation}/remove-member`, {
        person: first.id,
        reason: 'Je quitte mes fonctions.',
      }),
      409,
      'LastSubmitter',
    );
  });

  it('invites a colleague, who signs in with the code of the message and accepts', async () => {
    const { person, organisation } = await newApplicant();
    accepted(
      await person.post(`/api/organisations/${organisation}/invite-colleague`, {
        name: 'Colin Collègue',
        email: 'colin@association.example',
        power: 'prepare',
      }),
    );
    const letters = await world.messages('To: Colin Collègue <colin@association.example>', 2);
    expect(letters.map((letter) => /^Subject: (.*)$/m.exec(letter)?.[1]).sort()).toEqual([
      expect.stringMatching(/^Invitation — /),
      'Votre code de connexion à Convergence',
    ]);
    const [code] = letters.flatMap((letter) => codeIn(letter) ?? []);
    const { token } = accepted(await world.anonymous.post<{ token: string }>('/api/sign-ins', { code }));
    const colleague = new Client(world.server.url, token);
    expectRefused(
      await world.anonymous.post('/api/sign-ins', { code }),
      403,
      'InvitationUsed',
      'Ce lien de connexion a déjà servi : demandez-en un nouveau.',
    );
    accepted(await colleague.post(`/api/organisations/${organisation}/join`));
    const { id: file } = accepted(
      await colleague.post<{ id: string }>(`/api/calls/${call}/start-application`, { organisation }),
    );
    expectRefused(await submit(colleague, file), 403, 'NotAllowed');
  });
});

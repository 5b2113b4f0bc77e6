import { describe, expect, it } from '@jest/globals';
import { accepted } from '#client/client.js';
import { expectRefused } from './refusals.js';
import { approve, type CallShown, criteria, prepared, preparing, specifications } from './stage.js';
import { cast, show, world } from './first-day.js';

describe('preparing together', () => {
  it('waits for expected partners, not for optional ones, unless their silence is overridden', async () => {
    const id = await prepared(cast);
    accepted(
      await cast.ars.admin.post(`/api/calls/${id}/invite-partner`, {
        partner: 'CAF-44',
        presence: 'expected',
        departement: '44',
      }),
    );
    accepted(await cast.ars.admin.post(`/api/calls/${id}/invite-partner`, { partner: 'CD-44', presence: 'optional' }));
    await approve(cast, id);
    world.clock.set('2021-06-14T07:00:00Z');
    expectRefused(
      await cast.ars.admin.post(`/api/calls/${id}/publish`),
      409,
      'PartnerSilent',
      "Ce partenaire attendu n'a pas répondu : CAF-44. Attendez sa réponse ou passez outre en le motivant.",
    );
    accepted(
      await cast.ars.admin.post(`/api/calls/${id}/override-silent-partner`, {
        partner: 'CAF-44',
        reason: 'Relancée trois fois sans réponse.',
      }),
    );
    accepted(await cast.ars.admin.post(`/api/calls/${id}/publish`));
    expect((await show(id)).status).toBe('published');
  });

  it('shows its preparation to a partner who joined, and only the invitation before', async () => {
    const id = await preparing(cast);
    expectRefused(await cast.caf.get(`/api/calls/${id}`), 404, 'CallUnknown', "Cet appel n'existe pas.");
    accepted(await cast.ars.admin.post(`/api/calls/${id}/invite-partner`, { partner: 'CAF-44', presence: 'expected' }));
    expect(accepted(await cast.caf.get<CallShown>(`/api/calls/${id}`)).preparation).toBeUndefined();
    expectRefused(await cast.caf.post(`/api/calls/${id}/comment`, { text: 'Bonne idée.' }), 403, 'NotAllowed');
    accepted(
      await cast.caf.post(`/api/calls/${id}/answer-partner-invitation`, { institution: 'CAF-44', accepted: true }),
    );
    expect(accepted(await cast.caf.get<CallShown>(`/api/calls/${id}`)).preparation?.partners).toEqual([
      { institution: 'CAF-44', presence: 'expected', answer: 'accepted' },
    ]);
    accepted(await cast.caf.post(`/api/calls/${id}/comment`, { text: 'Pensez aux familles monoparentales.' }));
    expect(accepted(await cast.dreets.admin.get(`/api/calls/${id}/comments`))).toMatchObject({
      items: [{ name: 'Célia Partenaire', text: 'Pensez aux familles monoparentales.' }],
    });
  });

  it('names a referent for each institution, and another in their place', async () => {
    const id = await preparing(cast);
    const name = (person: string) =>
      cast.ars.admin.post(`/api/calls/${id}/name-referent`, {
        institution: 'ARS-PDL',
        person,
        duty: 'santé précarité',
      });
    accepted(await name(cast.ars.officer.id));
    expectRefused(await name(cast.ars.officer.id), 409, 'AlreadyReferent');
    accepted(await name(cast.ars.admin.id));
    expectRefused(await name('00000000-0000-4000-8000-000000000000'), 409, 'PersonUnknown');
    expect(await show(id)).toMatchObject({
      referents: [{ institution: 'ARS-PDL', name: 'Alix Administratrice', duty: 'santé précarité' }],
    });
  });

  it('keeps what another person changed meanwhile: no version, no edit; a stale version, no edit', async () => {
    const id = await preparing(cast);
    const path = `/api/calls/${id}/set-specifications`;
    expectRefused(await cast.ars.admin.post(path, specifications), 428, 'IfMatchMissing');
    const stale = (await cast.ars.admin.get(`/api/calls/${id}`)).headers.get('etag') ?? '';
    accepted(await cast.dreets.admin.edit(`/api/calls/${id}`, path, specifications));
    expectRefused(
      await cast.ars.admin.post(path, { ...specifications, ceilingCents: 1 }, { ifMatch: stale }),
      412,
      'StaleVersion',
      "Quelqu'un a modifié cet objet depuis votre lecture : relisez-le, puis recommencez.",
    );
    expect(await show(id)).toMatchObject({ specifications: { ceilingCents: 3_000_000 } });
  });

  it('lets approvals fall when what was approved changes, and says so in the story', async () => {
    const id = await prepared(cast);
    await approve(cast, id);
    expect((await show(id)).preparation?.approved).toEqual(['ARS-PDL', 'DREETS-PDL']);
    accepted(
      await cast.ars.admin.edit(`/api/calls/${id}`, `/api/calls/${id}/set-rubric`, {
        criteria: [...criteria].reverse(),
      }),
    );
    expect((await show(id)).preparation?.approved).toEqual([]);
    const { steps } = accepted(
      await cast.ars.admin.get<{
        steps: { sentence: string; name: string; role: string; rule: string; behalf: string }[];
      }>(`/api/calls/${id}/story`),
    );
    expect(steps.at(-1)).toMatchObject({
      sentence: 'Approbations tombées (ARS-PDL, DREETS-PDL). La grille de notation a été modifiée.',
      rule: 'Une approbation tombe quand ce qui était approuvé change',
      name: 'Alix Administratrice',
      role: 'administrator',
      behalf: 'institution:ARS-PDL',
    });
  });
});

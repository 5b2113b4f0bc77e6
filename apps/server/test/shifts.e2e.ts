import { describe, expect, it } from '@jest/globals';
import { accepted } from '#client/client.js';
import { expectRefused } from './refusals.js';
import { preparing, publishedCall, schedule } from './stage.js';
import { cast, show, world } from './first-day.js';

describe('moving dates', () => {
  const later = { kind: 'commission', at: '2021-10-05T09:30:00+02:00' };
  const reason = "La salle de la commission n'est plus disponible à la date prévue.";

  it('before publication asks the outside authority that set them, and the other lead', async () => {
    const id = await preparing(cast);
    const first = { ...schedule, setBy: 'autorité nationale qui a fixé le calendrier' };
    accepted(await cast.ars.admin.edit(`/api/calls/${id}`, `/api/calls/${id}/set-schedule`, first));
    const propose = (body: object) =>
      cast.ars.admin.post(`/api/calls/${id}/propose-shift`, {
        institution: 'ARS-PDL',
        changes: [later],
        reason,
        ...body,
      });
    expectRefused(await propose({}), 409, 'OutsideAuthorityNotAsked');
    expectRefused(
      await cast.ars.admin.edit(`/api/calls/${id}`, `/api/calls/${id}/set-schedule`, schedule),
      409,
      'ScheduleSetElsewhere',
    );
    accepted(await propose({ requestedFrom: 'autorité nationale' }));
    accepted(
      await cast.dreets.admin.post(`/api/calls/${id}/agree-to-shift`, { institution: 'DREETS-PDL', proposal: 1 }),
    );
    expect(await show(id)).toMatchObject({
      preparation: { pending: { proposal: 1, agreed: ['ARS-PDL', 'DREETS-PDL'] } },
    });
    accepted(
      await cast.ars.admin.post(`/api/calls/${id}/record-outside-answer`, {
        proposal: 1,
        accepted: true,
        answeredOn: '2021-05-20',
        reference: 'Courrier du 20 mai',
      }),
    );
    const { schedule: after, preparation } = await show(id);
    expect(preparation?.pending).toBeUndefined();
    expect(after?.milestones).toEqual([
      { kind: 'publication', at: '2021-06-14T07:00:00Z', said: '14 juin 2021 à 9 h 00 (heure de Paris)' },
      { kind: 'submissionDeadline', at: '2021-08-13T14:00:00Z', said: '13 août 2021 à 16 h 00 (heure de Paris)' },
      { kind: 'convocationSent', at: '2021-09-20T07:30:00Z', said: '20 septembre 2021 à 9 h 30 (heure de Paris)' },
      { kind: 'commission', at: '2021-10-05T07:30:00Z', said: '5 octobre 2021 à 9 h 30 (heure de Paris)' },
    ]);
  });

  it('after publication is previewed, proposed by one lead, agreed by the other, and published again', async () => {
    const id = await publishedCall(world, cast);
    const preview = accepted(
      await cast.ars.admin.post<{ moved: unknown[]; warnings: string[] }>(`/api/calls/${id}/preview-shift`, {
        changes: [later],
      }),
    );
    expect(preview.moved).toEqual([
      { kind: 'convocationSent', from: '2021-09-15T07:30:00Z', to: '2021-09-20T07:30:00Z' },
      { kind: 'commission', from: '2021-09-30T07:30:00Z', to: '2021-10-05T07:30:00Z' },
    ]);
    expect(preview.warnings).toEqual([
      '« date limite de dépôt » (13 août 2021 à 16 h 00 (heure de Paris)) tombe en juillet ou en août : les porteurs de projet sont peu disponibles.',
    ]);
    accepted(
      await cast.ars.admin.post(`/api/calls/${id}/propose-shift`, { institution: 'ARS-PDL', changes: [later], reason }),
    );
    expect((await show(id)).schedule?.milestones.find(({ kind }) => kind === 'commission')?.at).toBe(
      '2021-09-30T07:30:00Z',
    );
    expectRefused(
      await cast.ars.admin.post(`/api/calls/${id}/agree-to-shift`, { institution: 'ARS-PDL', proposal: 1 }),
      409,
      'AlreadyAgreed',
    );
    accepted(
      await cast.dreets.signatory.post(`/api/calls/${id}/agree-to-shift`, { institution: 'DREETS-PDL', proposal: 1 }),
    );
    const { schedule: after, notices } = await show(id);
    expect(after?.milestones.find(({ kind }) => kind === 'commission')?.at).toBe('2021-10-05T07:30:00Z');
    expect(notices[1]).toBe(
      [
        'Avis rectificatif n° 1 : Appel à projets commun ARS/DREETS – 1000 premiers jours',
        `Motif : ${reason}`,
        '- envoi des convocations : 15 septembre 2021 à 9 h 30 (heure de Paris) → 20 septembre 2021 à 9 h 30 (heure de Paris)',
        '- commission de sélection : 30 septembre 2021 à 9 h 30 (heure de Paris) → 5 octobre 2021 à 9 h 30 (heure de Paris)',
      ].join('\n'),
    );
    const asOf = await cast.ars.admin.get<{ deadline: string; steps: { fact: string }[] }>(
      `/api/calls/${id}/story?asOf=2021-05-12T10:00:00%2B02:00`,
    );
    expect(accepted(asOf).steps.some(({ fact }) => fact === 'ScheduleShifted')).toBe(false);
  });

  it('is refused, withdrawn, never half done', async () => {
    const id = await publishedCall(world, cast);
    const propose = (changes: object[]) =>
      cast.ars.admin.post(`/api/calls/${id}/propose-shift`, { institution: 'ARS-PDL', changes, reason });
    expectRefused(await propose([{ kind: 'commission', at: '2021-06-01T09:00:00Z' }]), 409, 'DateInPast');
    expectRefused(await propose([{ kind: 'commission', at: '2021-07-01T09:00:00Z' }]), 409, 'MilestonesOutOfOrder');
    accepted(await propose([later]));
    expectRefused(await propose([later]), 409, 'ShiftPending');
    accepted(
      await cast.dreets.admin.post(`/api/calls/${id}/refuse-shift`, {
        institution: 'DREETS-PDL',
        proposal: 1,
        reason: 'La date de septembre nous convient.',
      }),
    );
    accepted(await propose([later]));
    expectRefused(
      await cast.dreets.admin.post(`/api/calls/${id}/withdraw-shift`, {
        institution: 'DREETS-PDL',
        proposal: 2,
        reason: 'Nous préférons attendre.',
      }),
      409,
      'NotYourProposal',
    );
    accepted(
      await cast.ars.admin.post(`/api/calls/${id}/withdraw-shift`, {
        institution: 'ARS-PDL',
        proposal: 2,
        reason: 'La salle est de nouveau libre.',
      }),
    );
    expectRefused(
      await cast.dreets.admin.post(`/api/calls/${id}/agree-to-shift`, { institution: 'DREETS-PDL', proposal: 2 }),
      404,
      'ProposalUnknown',
    );
    expect((await show(id)).notices).toHaveLength(1);
  });
});

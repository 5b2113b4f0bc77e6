import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { accepted } from '#client/client.js';
import { expectRefused } from './refusals.js';
import {
  approve,
  type Cast,
  castOf,
  criteria,
  heading,
  prepared,
  preparing,
  publishedCall,
  schedule,
  specifications,
} from './stage.js';
import { World } from './world.js';

interface CallShown {
  status: string;
  heading: { title: string };
  schedule?: { milestones: { kind: string; at: string; said: string }[] };
  notices: string[];
  preparation?: {
    signed: string[];
    approved: string[];
    partners: { institution: string; answer?: string }[];
    pending?: { proposal: number };
  };
}

let world: World;
let cast: Cast;
beforeAll(async () => {
  world = await World.open('2021-05-12T08:00:00Z');
  cast = await castOf(world);
});
beforeEach(() => world.clock.set('2021-05-12T08:00:00Z'));
afterAll(() => world.close());

const show = async (id: string): Promise<CallShown> =>
  accepted(await cast.ars.admin.get<CallShown>(`/api/calls/${id}`));

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

  it('after an outage extends everybody, by whoever holds that delegation, and is ratified', async () => {
    const id = await publishedCall(world, cast);
    world.clock.set('2021-08-13T13:45:00Z');
    const duty = await world.person('Astrid Astreinte');
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
    const outage = {
      from: '2021-08-13T15:20:00+02:00',
      until: '2021-08-13T15:40:00+02:00',
      description: 'Le service ne répondait plus.',
    };
    accepted(
      await duty.post(`/api/calls/${id}/record-outage`, {
        institution: 'ARS-PDL',
        under,
        outage,
        until: '2021-08-14T16:00:00+02:00',
      }),
    );
    expect((await show(id)).schedule?.milestones.find(({ kind }) => kind === 'submissionDeadline')?.at).toBe(
      '2021-08-14T14:00:00Z',
    );
    accepted(
      await cast.dreets.signatory.post(`/api/calls/${id}/ratify-outage`, { institution: 'DREETS-PDL', number: 1 }),
    );
    expectRefused(
      await cast.dreets.signatory.post(`/api/calls/${id}/ratify-outage`, { institution: 'DREETS-PDL', number: 1 }),
      409,
      'AlreadyRatified',
    );
    expect(await show(id)).toMatchObject({ outages: [{ number: 1, ratified: ['ARS-PDL', 'DREETS-PDL'] }] });
  });
});

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

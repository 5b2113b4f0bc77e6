import { describe, expect, it } from '@jest/globals';
import { accepted, type Client } from '#client/client.js';
import { reviewerId, reviewId } from '#commands/ids.js';
import type { Fact } from '#domain/facts.js';
import { closedCall, ready, submit } from './applicants.js';
import { happened } from './happened.js';
import { expectRefused } from './refusals.js';
import { until } from './world.js';
import { call, cast, newApplicant, world } from './open-call.js';

describe('everybody concerned', () => {
  it('is told when dates move: old date, new date, reason', async () => {
    const { person, organisation } = await newApplicant();
    await ready(person, call, organisation);
    const changes = [{ kind: 'commission', at: '2021-10-07T09:30:00+02:00' }];
    const reason = 'La présidente de la commission est empêchée.';
    accepted(
      await cast.ars.admin.post(`/api/calls/${call}/propose-shift`, { institution: 'ARS-PDL', changes, reason }),
    );
    accepted(
      await cast.dreets.admin.post(`/api/calls/${call}/agree-to-shift`, { institution: 'DREETS-PDL', proposal: 1 }),
    );
    const me = accepted(await person.get<{ id: string }>('/api/me'));
    const { items } = await until(async () => {
      const found = accepted(
        await person.get<{ items: { kind: string; deliveredAt: string | null }[] }>(`/api/people/${me.id}/notices`),
      );
      return found.items.some(({ kind, deliveredAt }) => kind === 'schedule-shifted' && deliveredAt)
        ? found
        : undefined;
    }, 'the notice of the shift');
    expect(items.filter(({ kind }) => kind === 'schedule-shifted')).toHaveLength(1);
    const [message = ''] = await world.messages('Subject: Calendrier décalé');
    expect(message).toContain(
      '- commission de sélection : 30 septembre 2021 à 9 h 30 (heure de Paris) → 7 octobre 2021 à 9 h 30 (heure de Paris)',
    );
    expect(message).toContain(`Motif : ${reason}`);
  });
});

describe('the story of a file', () => {
  it('tells each step with who, in which role and under which rule, as of any instant', async () => {
    const { person, organisation } = await newApplicant();
    const id = await ready(person, call, organisation);
    world.clock.set('2021-07-01T08:00:00Z');
    accepted(await submit(person, id));
    interface Story {
      status: string;
      steps: { fact: string; role: string; behalf?: string; rule: string; said: string }[];
    }
    const now = accepted(await person.get<Story>(`/api/applications/${id}/story`));
    expect(now.status).toBe('submitted');
    expect(now.steps.map(({ fact }) => fact)).toEqual(
      expect.arrayContaining([
        'CallPublished',
        'ApplicationStarted',
        'DocumentAttached',
        'DraftSaved',
        'ApplicationSubmitted',
      ]),
    );
    expect(now.steps.at(-1)).toMatchObject({
      role: 'submitter',
      behalf: `organisation:${organisation}`,
      said: '1er juillet 2021 à 10 h 00 (heure de Paris)',
    });
    const before = accepted(await person.get<Story>(`/api/applications/${id}/story?asOf=2021-06-30T00:00:00Z`));
    expect(before.status).toBe('draft');
    expect(before.steps.map(({ fact }) => fact)).not.toContain('ApplicationSubmitted');
  });
});

describe('the story of a file that is examined, ranked and decided', () => {
  interface Story {
    steps: { fact: string; sentence: string; rule: string }[];
  }
  const told = async (person: Client, path: string) =>
    accepted(await person.get<Story>(`/api/${path}/story`)).steps.map(
      ({ fact, sentence }) => [fact, sentence] as const,
    );
  const since = async (person: Client, path: string, begin: string) => {
    const steps = await told(person, path);
    return steps.slice(steps.findIndex(([fact]) => fact === begin) + 1);
  };
  const session = 'session-1';
  const quorum = { members: 12, present: 8, needed: 6, required: true };
  const office = { kind: 'office' } as const;

  /** A file that the commission ranked second, and the leads granted; its applicant doesn't know yet. */
  async function decided() {
    const closed = await closedCall(world, cast);
    const { person, organisation } = await newApplicant();
    const id = await ready(person, closed, organisation);
    accepted(await submit(person, id));
    const item = { session, application: id };
    const commission: Fact[] = [
      { type: 'MemberRecused', ...item, member: cast.caf.id, nature: 'governance' },
      {
        type: 'VoteRecorded',
        ...item,
        how: 'totals',
        totals: { for: 7, against: 1, abstain: 0 },
        quorum,
        result: 'favourable',
      },
      {
        type: 'RankingAdopted',
        session,
        ranking: [
          { application: 'another-file', rank: 1, list: 'main', amountCents: 900_000 },
          { application: id, rank: 2, list: 'main', amountCents: 2_000_000 },
        ],
      },
    ];
    const lines = [{ line: 1, amountCents: 2_000_000 }];
    const award: Fact[] = [
      {
        type: 'AwardDecided',
        call: closed,
        waitingFor: [],
        institution: 'ARS-PDL',
        outcome: 'favourable',
        lines,
        departs: false,
        capacity: office,
      },
      {
        type: 'AwardGranted',
        call: closed,
        attempt: 1,
        organisation,
        lines,
        amountCents: 2_000_000,
        requestedCents: 2_000_000,
      },
    ];
    await happened(world, `call-${closed}`, { type: 'ContentsUnsealed', windowEnd: '2021-07-01T14:00:00Z' });
    await happened(world, `commission-${closed}`, ...commission);
    await happened(world, `award-${id}`, ...award);
    return { closed, person, id };
  }
  const notified = (call: string): Fact => ({
    type: 'AwardNotified',
    call,
    institution: 'ARS-PDL',
    notifiedOn: '2021-10-05',
    appealUntil: '2021-12-05',
  });

  it('tells the applicant nothing of it before the notification; then the result, the rank and the award', async () => {
    const { closed, person, id } = await decided();
    const path = `applications/${id}`;
    expect(await since(person, path, 'ContentsUnsealed')).toEqual([]);

    await happened(world, `award-${id}`, notified(closed));
    await happened(world, `agreement-${id}`, { type: 'PaymentRequested', instalment: 1, person: person.id });
    expect(await since(person, path, 'ContentsUnsealed')).toEqual([
      ['VoteRecorded', `Vote sur le dossier ${id} : avis favorable.`],
      ['RankingAdopted', `Classement adopté : dossier ${id} au rang 2, liste principale, 20 000,00 €.`],
      ['AwardDecided', 'ARS-PDL décide : décision favorable (ligne 1 : 20 000,00 €).'],
      ['AwardGranted', 'Décision favorable : 20 000,00 € accordés sur 20 000,00 € demandés (ligne 1 : 20 000,00 €).'],
      ['AwardNotified', "Décision notifiée par ARS-PDL le 5 octobre 2021 ; recours gracieux jusqu'au 5 décembre 2021."],
      ['PaymentRequested', 'Versement n° 1 demandé.'],
    ]);
  });

  it('tells officers and auditors all of it, and of the ranking the rank of this file alone', async () => {
    const { id } = await decided();
    const auditor = await world.person('Aude Auditrice', ['auditor', 'everywhere']);
    for (const reader of [cast.ars.officer, cast.dreets.admin, auditor]) {
      expect(await since(reader, `applications/${id}`, 'ContentsUnsealed')).toEqual([
        ['MemberRecused', `Déport d'un membre sur le dossier ${id} (gouvernance).`],
        ['VoteRecorded', `Vote sur le dossier ${id} : avis favorable (7 pour, 1 contre, 0 abstention).`],
        ['RankingAdopted', `Classement adopté : dossier ${id} au rang 2, liste principale, 20 000,00 €.`],
        ['AwardDecided', 'ARS-PDL décide : décision favorable (ligne 1 : 20 000,00 €).'],
        ['AwardGranted', 'Décision favorable : 20 000,00 € accordés sur 20 000,00 € demandés (ligne 1 : 20 000,00 €).'],
      ]);
    }
  });

  it('tells those who run the call of its commission and its reviewers, and nobody else', async () => {
    const { closed, person, id } = await decided();
    const { id: reviewer } = await world.person('Évan Évaluateur');
    const which = { call: closed, person: reviewer };
    await happened(
      world,
      `reviewer-${reviewerId(closed, reviewer)}`,
      { type: 'ReviewerAppointed', ...which, expertise: ['parentalité'] },
      { type: 'ReviewAssigned', ...which, application: id },
      { type: 'ReviewerDismissed', ...which, reason: 'À sa demande.' },
    );
    expect(await since(cast.ars.admin, `calls/${closed}`, 'ContentsUnsealed')).toEqual([
      ['MemberRecused', `Déport d'un membre sur le dossier ${id} (gouvernance).`],
      ['VoteRecorded', `Vote sur le dossier ${id} : avis favorable (7 pour, 1 contre, 0 abstention).`],
      [
        'RankingAdopted',
        'Classement adopté : 2 dossiers en liste principale pour 29 000,00 €, 0 en liste complémentaire.',
      ],
      ['ReviewerAppointed', 'Évaluateur désigné (parentalité).'],
      ['ReviewerDismissed', 'Évaluateur déchargé. Motif : À sa demande.'],
    ]);
    for (const reader of [person, world.anonymous]) {
      expect(await since(reader, `calls/${closed}`, 'ContentsUnsealed')).toEqual([]);
    }
  });

  it('tells of its reviews to those who run the call, and to each reviewer their own', async () => {
    const { closed, person, id } = await decided();
    const reviewing = async (name: string, meanHundredths: number) => {
      const reviewer = await world.person(name);
      const which = { call: closed, person: reviewer.id };
      await happened(
        world,
        `reviewer-${reviewerId(closed, reviewer.id)}`,
        { type: 'ReviewerAppointed', ...which, expertise: [] },
        { type: 'InterestsDeclared', ...which, conflicts: [] },
        { type: 'ReviewAssigned', ...which, application: id },
      );
      await happened(world, `review-${reviewId(id, reviewer.id)}`, {
        type: 'ReviewSubmitted',
        ...which,
        application: id,
        review: 1,
        scores: [],
        meanHundredths,
        content: { version: 0, hash: 'a'.repeat(64) },
        submittedAt: '2021-06-20T08:00:00Z',
      });
      return reviewer;
    };
    const first = await reviewing('Rachel Relectrice', 7250);
    await reviewing('Rémi Relecteur', 4000);
    const reviews = async (reader: Client) =>
      (await told(reader, `applications/${id}`)).filter(([fact]) => /^Review/.test(fact)).map(([, said]) => said);
    const [assigned, seven] = ['Dossier confié à un évaluateur.', 'Évaluation remise : 72,50 sur 100.'];
    expect(await reviews(cast.ars.officer)).toEqual([assigned, seven, assigned, 'Évaluation remise : 40,00 sur 100.']);
    expect(await reviews(first)).toEqual([assigned, seven]);
    expect(await reviews(person)).toEqual([]);
    await happened(world, `award-${id}`, notified(closed));
    expect(await reviews(person)).toEqual([]);
  });

  it('is told to nobody who has a conflict on it, in the story of its call neither', async () => {
    const { closed, id } = await decided();
    const officer = await world.person('Inès Intéressée', ['case-officer', 'institution', 'ARS-PDL']);
    expect((await since(officer, `calls/${closed}`, 'ContentsUnsealed')).map(([fact]) => fact)).toContain(
      'VoteRecorded',
    );
    await happened(world, `commission-${closed}`, {
      type: 'MemberInterestsDeclared',
      member: officer.id,
      conflicts: [{ application: id, nature: 'family' }],
    });
    expectRefused(await officer.get(`/api/applications/${id}/story`), 404, 'ApplicationUnknown');
    expect((await since(officer, `calls/${closed}`, 'ContentsUnsealed')).map(([fact]) => fact)).toEqual([
      'RankingAdopted',
      'MemberInterestsDeclared',
    ]);
  });
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { accepted } from '#client/client.js';
import type { Fact } from '#domain/facts.js';
import { applicant, ready, submit } from './applicants.js';
import { happened } from './happened.js';
import { type Cast, castOf, publishedCall } from './stage.js';
import { type Person, until, World } from './world.js';

let world: World;
let cast: Cast;
let call: string;
let person: Person;
let organisation: string;
let file: string;
beforeAll(async () => {
  world = await World.open('2021-05-12T08:00:00Z');
  cast = await castOf(world);
  call = await publishedCall(world, cast);
  world.clock.set('2021-06-20T08:00:00Z');
  ({ person, organisation } = await applicant(world, cast, 1));
  file = await ready(person, call, organisation);
  accepted(await submit(person, file));
});
afterAll(() => world.close());

describe('whoever is concerned by the selection and by the money of a file', () => {
  it('is written to once, whatever restarts meanwhile', async () => {
    const member = await world.person('Mona Membre');
    const substitute = await world.person('Sami Second');
    const notified: Fact = {
      type: 'AwardNotified',
      call,
      institution: 'ARS-PDL',
      notifiedOn: '2021-10-05',
      appealUntil: '2021-12-05',
    };
    await happened(
      world,
      `commission-${call}`,
      {
        type: 'CommissionMemberAppointed',
        person: member.id,
        sitsFor: 'la CAF 44',
        voice: 'voting',
        chair: false,
        substitute: substitute.id,
      },
      { type: 'SessionPlanned', session: 'session-1', at: '2021-09-30T07:30:00Z', place: 'Nantes, salle 3' },
      {
        type: 'SessionConvened',
        session: 'session-1',
        agenda: [file],
        documents: [],
        noQuorumRequired: false,
        convenedAt: '2021-09-10T08:00:00Z',
      },
    );
    await happened(
      world,
      `award-${file}`,
      { type: 'AwardSettled', call, outcome: 'refused', reasons: 'Les crédits vont aux territoires prioritaires.' },
      notified,
    );
    const convened = 'Subject: Convocation à la commission';
    const decided = 'Subject: Décision sur votre dossier';
    await world.messages(convened, 2);
    await world.messages(decided);

    await world.restart();
    await world.ready();
    await happened(world, `reports-${organisation}`, {
      type: 'ReportExpected',
      report: 'report-1',
      kind: 'financial',
      application: file,
      call,
      leads: ['ARS-PDL', 'DREETS-PDL'],
      dueOn: '2023-06-30',
    });
    const [report = ''] = await world.messages('Subject: Compte rendu financier attendu');
    expect(report).toContain('le 30 juin 2023 au plus tard');

    const convocations = await world.messages(convened, 2);
    expect(convocations.map((text) => /^To: (.*)$/m.exec(text)?.[1]?.trim()).sort()).toEqual([
      'Mona Membre <mona.membre@example.org>',
      'Sami Second <sami.second@example.org>',
    ]);
    expect(convocations[0]).toContain('le 30 septembre 2021 à 9 h 30 (heure de Paris), Nantes, salle 3');
    const decisions = await world.messages(decided);
    expect(decisions).toHaveLength(1);
    const [decision = ''] = decisions;
    expect(decision).toContain('refus.');
    expect(decision).toContain('Motifs : Les crédits vont aux territoires prioritaires.');
    expect(decision).toContain(`/api/applications/${file}/award/letter`);
    expect(decision).toContain("recours gracieux auprès de ARS-PDL jusqu'au 5 décembre 2021 inclus");
    const delivered = await until(async () => {
      const { items } = accepted(
        await world
          .as(person)
          .get<{ items: { kind: string; deliveredAt: string | null }[] }>(`/api/people/${person.id}/notices`),
      );
      const kinds = items.flatMap(({ kind, deliveredAt }) => (deliveredAt === null ? [] : [kind]));
      return kinds.includes('report-expected') ? kinds : undefined;
    }, 'the notice of the report to be delivered');
    expect(delivered.filter((kind) => /^(award|report)-/.test(kind)).sort()).toEqual([
      'award-notified',
      'report-expected',
    ]);
  });
});

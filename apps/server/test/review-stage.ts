import { accepted, type Client } from '#client/client.js';
import { applicant, ready, submit, unsealed } from './applicants.js';
import { happened } from './happened.js';
import { type Cast, castOf, publishedCall, schedule } from './stage.js';
import type { Person, World } from './world.js';

/** Two files in one call, sealed until 1 July 2021; reviews are due on 20 July at 18 o'clock. */
export interface ReviewStage {
  readonly cast: Cast;
  readonly call: string;
  readonly a: string;
  readonly b: string;
  readonly filerOfB: Person;
  /** Also a case officer of a lead. */
  readonly elise: Person;
  readonly remi: Person;
}

export async function reviewStage(world: World): Promise<ReviewStage> {
  const cast = await castOf(world);
  const call = await publishedCall(world, cast, {
    schedule: {
      milestones: [
        ...schedule.milestones.filter(({ kind }) => kind === 'publication'),
        { kind: 'submissionDeadline', at: '2021-07-01T16:00:00+02:00' },
        { kind: 'reviewsDue', at: '2021-07-20T18:00:00+02:00' },
      ],
    },
  });
  world.clock.set('2021-06-20T08:00:00Z');
  const filed = async (number: number, title: string) => {
    const { person, organisation } = await applicant(world, cast, number);
    const id = await ready(person, call, organisation, { title });
    accepted(await submit(person, id));
    return { id, person };
  };
  const { id: a } = await filed(1, 'Ateliers de la première nuit');
  const { id: b, person: filerOfB } = await filed(2, 'Balades en poussette');
  const elise = await world.person('Élise Évaluatrice', ['case-officer', 'institution', 'ARS-PDL']);
  const remi = await world.person('Rémi Évaluateur');
  return { cast, call, a, b, filerOfB, elise, remi };
}

/** 2 July: the contents are unsealed, and both files admissible. */
export async function openedForReview(world: World, { cast, call, a, b }: ReviewStage): Promise<void> {
  world.clock.set('2021-07-01T14:00:01Z');
  await unsealed(cast.ars.admin, call);
  for (const file of [a, b])
    await happened(world, `application-${file}`, { type: 'DeclaredAdmissible', institution: 'ARS-PDL' });
  world.clock.set('2021-07-02T08:00:00Z');
}

type Row = Record<string, unknown>;
export const rows = async (client: Client, path: string): Promise<Row[]> =>
  accepted(await client.get<{ items: Row[] }>(path)).items;
export const idsIn = async (client: Client, path: string, field = 'application') =>
  (await rows(client, path)).map((row) => row[field]);
export const act = (client: Client, file: string, what: string, body: object) =>
  client.post(`/api/applications/${file}/${what}`, body);

export const opinion = (pertinence: number | null, partenariat: number | null) => ({
  scores: [
    { criterion: 'pertinence', score: pertinence, comment: 'Répond à un besoin constaté.' },
    { criterion: 'partenariat', score: partenariat },
  ],
  comment: 'À soutenir.',
});

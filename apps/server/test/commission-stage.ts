import { afterAll, beforeAll } from '@jest/globals';
import { applicationId } from '#commands/ids.js';
import { accepted, type Client } from '#client/client.js';
import { siret } from './applicants.js';
import { happened } from './happened.js';
import { type Cast, castOf, publishedCall } from './stage.js';
import { type Person, World } from './world.js';

/** What a file of tests imports to play in: two co-chairs, a member with a substitute, one without, and an adviser. */
export let world: World;
export let cast: Cast;
export let chairs: { ars: Person; dreets: Person };
export let caf: Person;
export let cafSubstitute: Person;
export let adviser: Person;
export let qualified: Person;

/** Admissible files of a call after its window, asking for 20 000 € each. */
async function admissibleFiles(of: string, count: number): Promise<string[]> {
  const made: string[] = [];
  for (let number = 1; number <= count; number++) {
    const organisation = siret(number);
    const id = applicationId(of, organisation, 1);
    const content = { version: 0, hash: 'a'.repeat(64) };
    await happened(world, `application-${id}`, { type: 'ApplicationStarted', call: of, organisation, number: 1 });
    const contents = { title: `Projet ${number}` };
    await happened(world, `content-application-${id}`, { type: 'ApplicationWritten', contents });
    await happened(
      world,
      `application-${id}`,
      {
        type: 'ApplicationSubmitted',
        submission: 1,
        receipt: `AR-${id}`,
        submittedAt: '2021-07-01T08:00:00Z',
        content,
        documents: [],
        totals: { chargesCents: 3_000_000, productsCents: 3_000_000, inKindCents: 0, requestedCents: 2_000_000 },
        deadline: '2021-08-13T14:00:00Z',
      },
      { type: 'DeclaredAdmissible', institution: 'ARS-PDL' },
    );
    made.push(id);
  }
  return made;
}

/** A call whose window is over, with its commission and three files. */
export async function commissioned(): Promise<[call: string, files: string[]]> {
  world.clock.set('2021-05-12T08:00:00Z');
  const made = await publishedCall(world, cast);
  await happened(world, `call-${made}`, { type: 'ContentsUnsealed', windowEnd: '2021-08-13T14:00:00Z' });
  world.clock.set('2021-09-01T08:00:00Z');
  const appoint = (person: Person, sitsFor: string, more: object = {}) =>
    cast.ars.admin
      .post(`/api/calls/${made}/appoint-member`, { person: person.id, sitsFor, voice: 'voting', chair: false, ...more })
      .then(accepted);
  await appoint(chairs.ars, 'ARS-PDL', { chair: true });
  await appoint(chairs.dreets, 'DREETS-PDL', { chair: true });
  await appoint(caf, 'CAF 44', { substitute: cafSubstitute.id });
  await appoint(qualified, 'Personnalité qualifiée', { qualified: true });
  await appoint(adviser, 'URIOPSS', { voice: 'consultative' });
  return [made, await admissibleFiles(made, 3)];
}

beforeAll(async () => {
  world = await World.open('2021-05-12T08:00:00Z');
  cast = await castOf(world);
  chairs = { ars: await world.person('Paule Présidente'), dreets: await world.person('Pierre Président') };
  caf = await world.person('Maud Membre');
  cafSubstitute = await world.person('Sam Suppléant');
  adviser = await world.person('Ada Conseillère');
  qualified = await world.person('Quentin Qualifié');
  for (let number = 1; number <= 3; number++) {
    await happened(world, `organisation-${siret(number)}`, {
      type: 'OrganisationRegistered',
      name: `Association n° ${number}`,
      legalForm: 'association',
      siret: siret(number),
    });
  }
});
afterAll(() => world.close());

export const START = '2021-09-30T09:30:00+02:00';
export const present = (...people: Person[]) => people.map(({ id: member }) => ({ member, as: 'present' }));

/** Acts of one session, by whoever. */
export class Sitting {
  constructor(
    readonly path: string,
    readonly session: string,
  ) {}

  post = (who: Client, act: string, body: object = {}) => who.post(`${this.path}/${act}`, body);
  read = <T>(who: Client, what = '') => who.get<T>(`${this.path}${what}`);
}

export async function planned(of: string, startsAt = START, more: object = {}): Promise<Sitting> {
  const body = { startsAt, place: 'Nantes, salle Erdre', ...more };
  const { id } = accepted(await cast.ars.admin.post<{ id: string }>(`/api/calls/${of}/plan-session`, body));
  return new Sitting(`/api/calls/${of}/sessions/${id}`, id);
}

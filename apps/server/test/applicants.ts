import { accepted, type Client } from '#client/client.js';
import { applicationId } from '#commands/ids.js';
import { happened } from './happened.js';
import { type Cast, castOf, publishedCall } from './stage.js';
import { type Person, until, type World } from './world.js';

/** A valid SIRET of each number. */
export function siret(number: number): string {
  const body = String(100_000_000_000 + number)
    .padStart(13, '1')
    .slice(0, 13);
  for (let last = 0; last < 10; last++) {
    const digits = [...`${body}${last}`].reverse().map(Number);
    const total = digits.reduce(
      (sum, digit, index) => sum + (index % 2 === 0 ? digit : digit * 2 > 9 ? digit * 2 - 9 : digit * 2),
      0,
    );
    if (total % 10 === 0) return `${body}${last}`;
  }
  throw new Error('One of ten digits always fits.');
}

/** An organisation whose claim a case officer confirmed, and the person who may submit for it. */
export async function applicant(
  world: World,
  cast: Cast,
  number: number,
): Promise<{ person: Person; organisation: string }> {
  const person = await world.person(
    `Porteur ${'abcdefghijklmnopqrstuvwxyz'[number % 26]}${'x'.repeat(Math.floor(number / 26))}`,
  );
  const organisation = siret(number);
  accepted(
    await person.post('/api/organisations', {
      name: `Association n° ${number}`,
      legalForm: 'association',
      siret: organisation,
    }),
  );
  accepted(
    await cast.ars.officer.post(`/api/organisations/${organisation}/confirm-claim`, {
      person: person.id,
      power: 'submit',
    }),
  );
  return { person, organisation };
}

export const contents = {
  title: 'La maison des mille jours',
  objectives: 'Rompre l’isolement des jeunes parents.',
  description: 'Des ateliers hebdomadaires, à domicile et en centre social.',
  startsOn: '2021-10-01',
  endsOn: '2022-09-30',
  contact: { name: 'Camille Porteuse', email: 'camille@association.example' },
  budget: {
    charges: [
      { account: '60', label: 'Achats', amountCents: 500_000 },
      { account: '64', label: 'Personnel', amountCents: 2_500_000 },
      { account: '86', label: 'Bénévolat', amountCents: 300_000 },
    ],
    products: [
      { account: '74', label: 'Subvention', funder: 'ARS-PDL', amountCents: 2_000_000 },
      { account: '75', label: 'Cotisations', amountCents: 1_000_000 },
      { account: '87', label: 'Bénévolat', amountCents: 300_000 },
    ],
  },
  requestedCents: 2_000_000,
  attestations: { republicanContract: true, accurate: true, upToDate: true },
};

/** A small but true PDF. */
export const pdf = (words: string): Uint8Array =>
  Buffer.from(
    `%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n% ${words}\ntrailer<</Root 1 0 R>>\n%%EOF\n`,
  );

/** A draft with its compulsory document, ready to be submitted. */
export async function ready(person: Client, call: string, organisation: string, changes: object = {}): Promise<string> {
  const { id } = accepted(await person.post<{ id: string }>(`/api/calls/${call}/start-application`, { organisation }));
  accepted(await person.put(`/api/applications/${id}/documents?filename=statuts.pdf&code=statuts`, pdf('Statuts')));
  accepted(
    await person.edit(`/api/applications/${id}`, `/api/applications/${id}/save-draft`, { ...contents, ...changes }),
  );
  return id;
}

export interface Receipt {
  readonly receipt: string;
  readonly submission: number;
  readonly submittedAt: string;
  readonly contentHash: string;
}

export const submit = (person: Client, id: string, body: object = {}) =>
  person.post<Receipt>(`/api/applications/${id}/submit`, body);

/** A second call whose window, until 1 July, may end without ending that of the first. */
export async function closedCall(world: World, cast: Cast, changes: { specifications?: object } = {}): Promise<string> {
  world.clock.set('2021-05-12T08:00:00Z');
  const schedule = {
    milestones: [
      { kind: 'publication', at: '2021-06-14T09:00:00+02:00' },
      { kind: 'submissionDeadline', at: '2021-07-01T16:00:00+02:00' },
    ],
  };
  const id = await publishedCall(world, cast, { schedule, ...changes });
  world.clock.set('2021-06-20T08:00:00Z');
  return id;
}

export const unsealed = (person: Client, id: string) =>
  until(async () => {
    const { body } = await person.get<{ unsealed: boolean }>(`/api/calls/${id}`);
    return body.unsealed || undefined;
  }, 'the unsealing');

/** An organisation of its number whose one member has begun a file, as facts that happened before. */
export async function draftHappened(world: World, call: string, person: string, number: number): Promise<void> {
  const organisation = siret(number);
  await happened(
    world,
    `organisation-${organisation}`,
    { type: 'OrganisationRegistered', name: `Crèche ${number}`, legalForm: 'association', siret: organisation },
    { type: 'ColleagueJoined', person, power: 'submit' },
  );
  await happened(world, `application-${applicationId(call, organisation, 1)}`, {
    type: 'ApplicationStarted',
    ...{ call, organisation, number: 1 },
  });
}

/** A published call whose first reminder has just reached the one applicant, fifteen days before the deadline. */
export async function onceReminded(world: World): Promise<{ people: Cast; id: string }> {
  const people = await castOf(world);
  const id = await publishedCall(world, people);
  const { person, organisation } = await applicant(world, people, 1);
  await ready(person, id, organisation);
  world.clock.set('2021-07-29T07:00:00Z');
  await world.messages('Rappel : dépôt du dossier');
  return { people, id };
}

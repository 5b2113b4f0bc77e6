import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { AwardLine } from '#domain/award/award-facts.js';
import { callFacts, fileFacts } from '#domain/award/fixtures.js';
import { type Fact, factsGeneration, factVersions } from '#domain/facts.js';
import { SqliteEventStore } from '#event-store/sqlite.js';
import { accepted, type Answer, type Client } from '#client/client.js';
import { applicant } from './applicants.js';
import { happened } from './happened.js';
import type { Cast } from './stage.js';
import type { Person, World } from './world.js';

/** An unsealed call of both leads: 100 000 € of FIR, 50 000 € of programme 304 and 12 000 € of its action. */
export async function unsealedCall(world: World, changes: Parameters<typeof callFacts>[0] = {}): Promise<string> {
  const id = randomUUID();
  await happened(world, `call-${id}`, ...callFacts(changes));
  return id;
}

export interface Filed {
  readonly id: string;
  readonly person: Person;
  readonly organisation: string;
}

let next = 1;
/** The admissible file of an applicant of its own, who asks for 20 000 €. */
export async function admissibleFile(world: World, cast: Cast, call: string): Promise<Filed> {
  const { person, organisation } = await applicant(world, cast, next++);
  const id = randomUUID();
  const facts = fileFacts.map((fact) =>
    fact.type === 'ApplicationStarted'
      ? { ...fact, call, organisation }
      : fact.type === 'ApplicationSubmitted'
        ? { ...fact, receipt: `AR-${id.slice(0, 8).toUpperCase()}` }
        : fact,
  );
  await happened(world, `application-${id}`, ...facts);
  return { id, person, organisation };
}

export interface Taken {
  readonly status: string;
  readonly waitingFor: readonly string[];
  readonly amountCents: number;
  readonly lines: readonly { line: number; amountCents: number }[];
}

export const decide = (
  by: Client,
  id: string,
  institution: string,
  body: { outcome?: string; lines?: AwardLine[]; reasons?: string } = {},
  key?: string,
): Promise<Answer<Taken>> =>
  by.post<Taken>(
    `/api/applications/${id}/decide-award`,
    { institution, outcome: 'favourable', ...body },
    key === undefined ? {} : { key },
  );

/** Both leads decide: so much of FIR, so much of programme 304. */
export async function award({ ars, dreets }: Cast, id: string, fir: number, bop: number): Promise<Answer<Taken>> {
  accepted(await decide(ars.signatory, id, 'ARS-PDL', { lines: [{ line: 1, amountCents: fir }] }));
  return decide(dreets.signatory, id, 'DREETS-PDL', { lines: [{ line: 2, amountCents: bop }] });
}

export const notify = async ({ ars }: Cast, id: string): Promise<void> =>
  void accepted(await ars.admin.post(`/api/applications/${id}/notify-award`, { institution: 'ARS-PDL' }));

interface EnvelopesShown {
  items: { line: number; amountCents: number; reservedCents: number; leftCents: number; awards: number }[];
  amountCents: number;
  reservedCents: number;
  leftCents: number;
}

export const envelopesOf = async (by: Client, call: string): Promise<EnvelopesShown> =>
  accepted(await by.get<EnvelopesShown>(`/api/calls/${call}/envelopes`));

/** What awards hold of each line. */
export const reserved = async (by: Client, call: string): Promise<number[]> =>
  (await envelopesOf(by, call)).items.map(({ reservedCents }) => reservedCents);

const quorum = { members: 6, present: 6, needed: 3, required: true };

/** A session has ranked these files: the first on the main list, the others on the reserve list. */
export const rankedIn = (world: World, call: string, ...files: readonly string[]): Promise<void> =>
  happened(
    world,
    `commission-${call}`,
    { type: 'SessionPlanned', session: 's-1', at: '2021-09-30T07:30:00Z', place: 'Nantes' },
    {
      type: 'SessionConvened',
      session: 's-1',
      agenda: [...files],
      documents: [],
      noQuorumRequired: false,
      convenedAt: '2021-09-15T08:00:00Z',
    },
    { type: 'SessionOpened', session: 's-1', quorum },
    ...files.map((application) => ({
      type: 'VoteRecorded' as const,
      session: 's-1',
      application,
      how: 'totals' as const,
      totals: { for: 6, against: 0, abstain: 0 },
      quorum,
      result: 'favourable' as const,
      chairs: [],
    })),
    {
      type: 'RankingAdopted',
      session: 's-1',
      ranking: files.map((application, index) => ({
        application,
        rank: index + 1,
        list: index === 0 ? ('main' as const) : ('reserve' as const),
        amountCents: 1_500_000,
      })),
    },
  );

/** A budget of 22 000 € with 15 000 € of subsidy. */
export const revised = {
  charges: [{ account: '64', label: 'Personnel', amountCents: 2_200_000 }],
  products: [
    { account: '74', label: 'Subvention', funder: 'ARS-PDL', amountCents: 1_500_000 },
    { account: '75', label: 'Cotisations', amountCents: 700_000 },
  ],
};

/** Writes to the log of a service that is stopped, as it would have before it fell. */
export async function inTheLog(
  { folder, clock }: World,
  write: (append: (stream: string, fact: Fact) => Promise<void>) => Promise<void>,
): Promise<void> {
  const store = SqliteEventStore.open({ path: join(folder, 'log.db'), generation: factsGeneration });
  await write(async (stream, { type, ...data }) => {
    const metadata = { at: clock.now(), by: 'system', role: 'system', command: randomUUID(), request: 'happened' };
    await store.append(stream, 'any', [{ id: randomUUID(), type, schema: factVersions[type], data, metadata }]);
  });
  await store.close();
}

import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { canonical, digest } from '#commands/canonical.js';
import { applicationId, idFrom } from '#commands/ids.js';
import { factsGeneration, factVersions, type Fact } from '#domain/facts.js';
import type { EventStore, NewEvent } from '#event-store/event-store.js';
import { SqliteEventStore } from '#event-store/sqlite.js';

export const CALL = idFrom('bench', 'call');
export const AT = '2026-01-10T08:00:00Z';
export const PEOPLE = 32;
const FILES_EACH = 10_000;

/** A project with a budget of 12 lines: what one submission carries. */
export const contents = {
  title: 'La maison des mille jours, un lieu pour les jeunes parents du territoire',
  objectives: "Rompre l'isolement des jeunes parents et soutenir l'attachement pendant les mille premiers jours.",
  description: 'Des ateliers hebdomadaires, des visites à domicile et des permanences avec les partenaires. '.repeat(3),
  startsOn: '2026-06-01',
  endsOn: '2027-05-31',
  contact: { name: 'Camille Porteuse', email: 'camille@association.example' },
  budget: {
    charges: [
      { account: '60', label: 'Achats de fournitures', amountCents: 300_000 },
      { account: '61', label: 'Locations', amountCents: 400_000 },
      { account: '62', label: 'Déplacements', amountCents: 200_000 },
      { account: '64', label: 'Personnel', amountCents: 2_500_000 },
      { account: '65', label: 'Autres charges', amountCents: 100_000 },
      { account: '864', label: 'Bénévolat', amountCents: 300_000 },
    ],
    products: [
      { account: '70', label: 'Participations', amountCents: 200_000 },
      { account: '74', label: 'Subvention', funder: 'ARS Pays de la Loire', amountCents: 1_500_000 },
      { account: '74', label: 'Subvention', funder: 'DREETS Pays de la Loire', amountCents: 1_000_000 },
      { account: '74', label: 'Subvention', funder: 'Commune', amountCents: 500_000 },
      { account: '75', label: 'Cotisations', amountCents: 300_000 },
      { account: '870', label: 'Bénévolat', amountCents: 300_000 },
    ],
  },
  requestedCents: 2_500_000,
  attestations: { republicanContract: true, accurate: true, upToDate: true },
};

export const personId = (index: number): string => idFrom('bench', 'person', String(index));
export const token = (index: number): string => `cv_bench_${index}`;
export const organisationOf = (index: number): string => `W${String(100_000_000 + index)}`;
const fileOf = (index: number): [organisation: string, number: number] => [
  organisationOf(index % PEOPLE),
  Math.floor(index / PEOPLE) + 1,
];
/** The id of the n-th file: dealt out among the organisations in turn. */
export const fileId = (index: number): string => applicationId(CALL, ...fileOf(index));

export const hash = digest(canonical(contents));
export const totals = {
  chargesCents: 3_500_000,
  productsCents: 3_500_000,
  inKindCents: 300_000,
  requestedCents: 2_500_000,
};

export type Append = [stream: string, expected: 'none' | number, events: NewEvent[]];

/** Metadata as the handler writes them. */
export function event(fact: Fact, by: string, at = AT): NewEvent {
  const { type, ...data } = fact;
  const metadata = {
    at,
    by,
    role: 'submitter',
    behalf: 'organisation:W100000000',
    command: randomUUID(),
    request: hash,
    correlation: randomUUID(),
  };
  return { id: randomUUID(), type, schema: factVersions[type], data, metadata };
}

/** The token of a person, which lasts as long as the bench. */
export const issued = (index: number): Fact => ({
  type: 'TokenIssued',
  token: randomUUID(),
  hash: digest(token(index)),
  scopes: ['read', 'write', 'administer'],
  expiresAt: '2099-01-01T00:00:00Z',
  label: 'bench',
});

/** People with a token each, their organisations, and a call that is open for years. */
export function* setting(): Generator<Append> {
  for (let index = 0; index < PEOPLE; index++) {
    const person = personId(index);
    yield [
      `person-${person}`,
      'none',
      [event({ type: 'PersonDescribed', name: `Personne ${index}`, email: `p${index}@bench.example` }, person)],
    ];
    yield [
      `account-${person}`,
      'none',
      [event({ type: 'AccountOpened', content: { version: 0, hash } }, person), event(issued(index), person)],
    ];
    const registered: Fact = {
      type: 'OrganisationRegistered',
      name: `Organisme ${index}`,
      legalForm: 'association',
      rna: organisationOf(index),
    };
    yield [
      `organisation-${organisationOf(index)}`,
      'none',
      [event(registered, person), event({ type: 'ClaimConfirmed', person, power: 'submit' }, person)],
    ];
  }
  const schedule = {
    milestones: [
      { kind: 'publication' as const, at: AT },
      { kind: 'submissionDeadline' as const, at: '2098-12-31T15:00:00Z' },
    ],
  };
  const facts: Fact[] = [
    {
      type: 'CallDrafted',
      heading: {
        title: 'Appel du banc de mesure',
        kind: 'AAP',
        regime: 'SUBVENTION',
        leads: ['ARS-PDL'],
        territory: { region: '52' },
        themes: [],
        publics: [],
        frameworks: [],
      },
    },
    { type: 'LetterOfIntentSigned', institution: 'ARS-PDL', capacity: { kind: 'office' } },
    { type: 'PreparationOpened' },
    {
      type: 'SpecificationsSet',
      specifications: {
        purpose: 'Mesurer.',
        ceilingCents: 3_000_000,
        maxRatePercent: 80,
        compulsoryDocuments: [],
        filesPerApplicant: FILES_EACH,
        sealing: 'until-closed',
        individualExtensions: false,
        reopenAfterUnsealing: false,
      },
    },
    { type: 'ScheduleSet', schedule },
    { type: 'CallPublished', rules: '2026-11', schedule, notice: 'Avis', warnings: [] },
  ];
  yield [`call-${CALL}`, 'none', facts.map((fact) => event(fact, personId(0)))];
}

function started(index: number): Append {
  const [organisation, number] = fileOf(index);
  return [
    `application-${fileId(index)}`,
    'none',
    [event({ type: 'ApplicationStarted', call: CALL, organisation, number }, personId(index % PEOPLE))],
  ];
}

/** Saved once and submitted: five facts with its start, two of them contents. */
function* finished(index: number): Generator<Append> {
  const by = personId(index % PEOPLE);
  const id = fileId(index);
  const [stream, expected, [start]] = started(index);
  const written = (version: number): Append => [
    `content-application-${id}`,
    version === 0 ? 'none' : version - 1,
    [event({ type: 'ApplicationWritten', contents }, by)],
  ];
  yield written(0);
  yield written(1);
  const submission: Fact = {
    type: 'ApplicationSubmitted',
    submission: 1,
    receipt: `AR-${id.slice(0, 18).toUpperCase()}`,
    submittedAt: AT,
    content: { version: 1, hash },
    documents: [],
    totals,
    deadline: '2098-12-31T15:00:00Z',
  };
  yield [
    stream,
    expected,
    [start as NewEvent, event({ type: 'DraftSaved', content: { version: 0, hash } }, by), event(submission, by)],
  ];
}

/** Writes a log as the service would have: so many files started, or finished. */
export async function seed(folder: string, files: number, kind: 'started' | 'finished', from = 0): Promise<void> {
  const store = SqliteEventStore.open({ path: join(folder, 'log.db'), generation: factsGeneration });
  await fill(store, files, kind, from);
  await store.close();
}

export async function fill(store: EventStore, files: number, kind: 'started' | 'finished', from = 0): Promise<void> {
  const appends = function* (): Generator<Append> {
    if (from === 0) yield* setting();
    for (let index = from; index < files; index++) {
      if (kind === 'started') yield started(index);
      else yield* finished(index);
    }
  };
  await appendAll(store, appends());
}

/** Many at once, so that they share their commits; those of one stream one after the other. */
export async function appendAll(store: EventStore, appends: Iterable<Append>): Promise<void> {
  let pending: Promise<unknown>[] = [];
  let ends = new Map<string, Promise<unknown>>();
  for (const append of appends) {
    const [stream] = append;
    const before = ends.get(stream);
    const done = before ? before.then(() => store.append(...append)) : store.append(...append);
    ends.set(stream, done);
    pending.push(done);
    if (pending.length < 512) continue;
    await Promise.all(pending);
    pending = [];
    ends = new Map();
  }
  await Promise.all(pending);
}

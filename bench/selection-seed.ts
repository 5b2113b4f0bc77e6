import { join } from 'node:path';
import { applicationId, idFrom, reviewerId } from '#commands/ids.js';
import { type Fact, factsGeneration } from '#domain/facts.js';
import { SqliteEventStore } from '#event-store/sqlite.js';
import { AT, type Append, appendAll, event, hash, organisationOf, PEOPLE, personId, setting, totals } from './seed.js';

/** One institution with three envelopes of its own: what an award of the bench draws from. */
export const LEAD = 'ARS-PDL';
export const callId = (name: string): string => idFrom('bench', name);
export const fileOf = (call: string, index: number): string =>
  applicationId(callId(call), organisationOf(index % PEOPLE), Math.floor(index / PEOPLE) + 1);

export const criteria = ['pertinence', 'partenariat', 'budget'].map((code, index) => ({
  code,
  label: code,
  weight: [50, 30, 20][index] ?? 0,
  scale: { min: 0, max: 5, anchors: [] },
  commentRequired: index === 0,
}));

/** What one reviewer sends. */
export const review = {
  scores: [
    { criterion: 'pertinence', score: 4, comment: 'Un projet qui répond aux besoins des familles du territoire.' },
    { criterion: 'partenariat', score: 3 },
    { criterion: 'budget', score: null },
  ],
  comment: 'Avis favorable.',
  recommendedCents: 2_000_000,
};

/** A call whose contents are unsealed, with three envelopes. */
export function* unsealedCall(name: string, amountCents: number): Generator<Append> {
  const by = personId(0);
  const milestones = [
    { kind: 'publication' as const, at: '2025-06-01T07:00:00Z' },
    { kind: 'submissionDeadline' as const, at: '2025-12-31T15:00:00Z' },
    { kind: 'reviewsDue' as const, at: '2098-12-31T15:00:00Z' },
  ];
  const heading = {
    title: `Appel du banc de mesure : ${name}`,
    kind: 'AAP',
    regime: 'SUBVENTION',
    leads: [LEAD],
    territory: { region: '52' },
    themes: [],
    publics: [],
    frameworks: [],
  } as const;
  const lines = ['FIR', 'FIR prévention', 'FIR parcours'].map((programme) => ({
    funder: LEAD,
    programme,
    year: 2026,
    amountCents,
  }));
  const facts: Fact[] = [
    { type: 'CallDrafted', heading },
    { type: 'LetterOfIntentSigned', institution: LEAD, capacity: { kind: 'office' } },
    { type: 'PreparationOpened' },
    {
      type: 'SpecificationsSet',
      specifications: {
        purpose: 'Mesurer.',
        compulsoryDocuments: [],
        filesPerApplicant: 10_000,
        sealing: 'until-closed',
        individualExtensions: false,
        reopenAfterUnsealing: false,
      },
    },
    { type: 'RubricSet', criteria },
    { type: 'EnvelopesSet', envelopes: { subjectToFunds: false, lines } },
    { type: 'ScheduleSet', schedule: { milestones } },
    { type: 'CallPublished', rules: '2026-11', schedule: { milestones }, notice: 'Avis', warnings: [] },
    { type: 'ContentsUnsealed', windowEnd: '2025-12-31T15:00:00Z' },
  ];
  yield [`call-${callId(name)}`, 'none', facts.map((fact) => event(fact, by))];
}

/** Files that may be examined: submitted and declared admissible. */
export function* admissibleFiles(name: string, files: number): Generator<Append> {
  for (let index = 0; index < files; index++) {
    const id = fileOf(name, index);
    const by = personId(index % PEOPLE);
    const organisation = organisationOf(index % PEOPLE);
    const submission: Fact = {
      type: 'ApplicationSubmitted',
      submission: 1,
      receipt: `AR-${id.slice(0, 18).toUpperCase()}`,
      submittedAt: '2025-12-01T08:00:00Z',
      content: { version: 0, hash },
      documents: [],
      totals,
      deadline: '2025-12-31T15:00:00Z',
    };
    const facts: Fact[] = [
      { type: 'ApplicationStarted', call: callId(name), organisation, number: Math.floor(index / PEOPLE) + 1 },
      submission,
      { type: 'DeclaredAdmissible', institution: LEAD },
    ];
    yield [`application-${id}`, 'none', facts.map((fact) => event(fact, by))];
  }
}

/** Everybody is a reviewer of every file, without a conflict. */
export function* reviewers(name: string, files: number): Generator<Append> {
  const call = callId(name);
  for (let index = 0; index < PEOPLE; index++) {
    const person = personId(index);
    const facts: Fact[] = [
      { type: 'ReviewerAppointed', call, person, expertise: [] },
      { type: 'InterestsDeclared', call, person, conflicts: [] },
      ...Array.from({ length: files }, (_, file): Fact => ({
        type: 'ReviewAssigned',
        call,
        person,
        application: fileOf(name, file),
      })),
    ];
    yield [`reviewer-${reviewerId(call, person)}`, 'none', facts.map((fact) => event(fact, personId(0)))];
  }
}

/** Everybody signs for the lead. */
export function* signatories(): Generator<Append> {
  for (let index = 0; index < PEOPLE; index++) {
    const scope = { kind: 'institution' as const, id: LEAD };
    yield [`account-${personId(index)}`, 1, [event({ type: 'RoleGranted', role: 'signatory', scope }, personId(0))]];
  }
  yield [
    `institution-${LEAD}`,
    'none',
    [event({ type: 'InstitutionRegistered', name: 'ARS Pays de la Loire', kind: 'ARS' }, personId(0))],
  ];
}

/** A session that has ranked every file of the call. */
export function* ranked(name: string, files: number): Generator<Append> {
  const session = idFrom('bench', 'session', name);
  const agenda = Array.from({ length: files }, (_, index) => fileOf(name, index));
  const quorum = { members: 12, present: 12, needed: 6, required: true };
  const facts: Fact[] = [
    { type: 'SessionPlanned', session, at: '2026-01-05T09:00:00Z', place: 'Nantes' },
    { type: 'SessionConvened', session, agenda, documents: [], noQuorumRequired: false, convenedAt: AT },
    { type: 'SessionOpened', session, quorum },
    ...agenda.map((application): Fact => ({
      type: 'VoteRecorded',
      session,
      application,
      how: 'totals',
      totals: { for: 9, against: 2, abstain: 1 },
      quorum,
      result: 'favourable',
    })),
    {
      type: 'RankingAdopted',
      session,
      ranking: agenda.map((application, index) => ({
        application,
        rank: index + 1,
        list: index < files / 2 ? 'main' : 'reserve',
        amountCents: 2_000_000,
      })),
    },
  ];
  yield [`commission-${callId(name)}`, 'none', facts.map((fact) => event(fact, personId(0)))];
}

/** A log for what comes after submission: people, then whatever these yield. */
export async function seedSelection(folder: string, ...parts: readonly Iterable<Append>[]): Promise<void> {
  const store = SqliteEventStore.open({ path: join(folder, 'log.db'), generation: factsGeneration });
  await appendAll(store, setting());
  await appendAll(store, signatories());
  for (const part of parts) await appendAll(store, part);
  await store.close();
}

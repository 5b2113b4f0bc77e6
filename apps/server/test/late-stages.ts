import { reportId, reviewerId, reviewId } from '#commands/ids.js';
import type { ContentRef } from '#domain/decider.js';
import { envelopeId } from '#domain/award/envelope-facts.js';
import type { Fact } from '#domain/facts.js';
import { happened } from './happened.js';
import type { World } from './world.js';

/** A file that went through every stage up to its reports, among people who each have their part in it. */
export interface LateStages {
  readonly call: string;
  readonly file: string;
  readonly organisation: string;
  readonly reviewers: readonly string[];
  readonly members: readonly { readonly person: string; readonly chair: boolean }[];
}

export const session = 'c0c0c0c0-0001-4c0c-8c0c-c0c0c0c0c0c0';
/** Texts of these stages that nobody may meet who may not know of the file. */
export const lateSecrets = ['Avis que seul le jury lit', 'Recours du porteur', 'FR1420041010050500013M02606'];
const [opinion = '', appeal = '', iban = ''] = lateSecrets;
const written: ContentRef = { version: 0, hash: 'a'.repeat(64) };
const lines = [{ line: 1, amountCents: 1_500_000 }];

export async function appointed(
  world: World,
  call: string,
  reviewers: readonly string[],
  members: LateStages['members'],
) {
  for (const person of reviewers)
    await happened(world, `reviewer-${reviewerId(call, person)}`, {
      type: 'ReviewerAppointed',
      call,
      person,
      expertise: [],
    });
  for (const { person, chair } of members)
    await happened(world, `commission-${call}`, {
      type: 'CommissionMemberAppointed',
      person,
      sitsFor: chair ? 'ARS-PDL' : 'CAF-44',
      voice: 'voting',
      chair,
      qualified: false,
    });
}

export async function afterwards(world: World, stages: LateStages): Promise<void> {
  const { call, file, reviewers, members } = stages;
  await appointed(world, call, reviewers, members);
  await happened(world, `application-${file}`, { type: 'DeclaredAdmissible', institution: 'ARS-PDL' });
  for (const person of reviewers) {
    await happened(
      world,
      `reviewer-${reviewerId(call, person)}`,
      { type: 'InterestsDeclared', call, person, conflicts: [] },
      { type: 'ReviewAssigned', call, person, application: file },
    );
    await reviewed(world, stages, person);
  }
  await deliberated(world, stages);
  await awarded(world, stages);
  await agreed(world, stages);
}

async function reviewed(world: World, { call, file }: LateStages, person: string): Promise<void> {
  const scores = ['pertinence', 'partenariat'].map((criterion) => ({ criterion, score: 4 }));
  const id = reviewId(file, person);
  await happened(world, `content-review-${id}`, { type: 'ReviewWritten', contents: { scores, comment: opinion } });
  await happened(world, `review-${id}`, {
    type: 'ReviewSubmitted',
    ...{ call, person, application: file, review: 1, scores, content: written },
    meanHundredths: 8000,
    submittedAt: world.clock.now(),
  });
}

const deliberated = (world: World, { call, file, members }: LateStages): Promise<void> =>
  happened(
    world,
    `commission-${call}`,
    ...members.map(({ person }): Fact => ({ type: 'MemberInterestsDeclared', member: person, conflicts: [] })),
    { type: 'SessionPlanned', session, at: '2021-07-20T07:30:00Z', place: 'Nantes, salle Erdre' },
    {
      type: 'SessionConvened',
      session,
      agenda: [file],
      documents: [],
      noQuorumRequired: false,
      convenedAt: world.clock.now(),
    },
    {
      type: 'RankingAdopted',
      session,
      ranking: [{ application: file, rank: 1, list: 'main', amountCents: 1_500_000 }],
    },
    { type: 'MinutesDrafted', session, version: 1, hash: 'b'.repeat(64), text: 'Procès-verbal' },
  );

async function awarded(world: World, { call, file, organisation }: LateStages): Promise<void> {
  const reservation = 'd'.repeat(32);
  const amountCents = 1_500_000;
  await happened(world, `envelope-${envelopeId(call, 1)}`, {
    type: 'FundsReserved',
    ...{ reservation, application: file, amountCents, leftCents: 8_500_000 },
  });
  await happened(world, `content-award-${file}`, { type: 'AppealWritten', text: appeal });
  const decided = { type: 'AwardDecided', call, outcome: 'favourable', departs: false } as const;
  await happened(
    world,
    `award-${file}`,
    { ...decided, institution: 'ARS-PDL', lines, capacity: { kind: 'office' }, waitingFor: ['DREETS-PDL'] },
    { ...decided, institution: 'DREETS-PDL', lines: [], capacity: { kind: 'office' }, waitingFor: [] },
    {
      type: 'AwardPending',
      call,
      attempt: 1,
      organisation,
      requestedCents: 2_000_000,
      reservations: [{ reservation, line: 1, amountCents }],
      amountCents,
    },
    { type: 'AwardGranted', call, attempt: 1, organisation, lines, amountCents, requestedCents: 2_000_000 },
    { type: 'AwardNotified', call, institution: 'ARS-PDL', notifiedOn: '2021-07-02', appealUntil: '2021-09-02' },
    { type: 'AppealLodged', call, content: written, lodgedAt: world.clock.now() },
  );
}

async function agreed(world: World, { call, file, organisation }: LateStages): Promise<void> {
  const funder = 'ARS-PDL';
  await happened(world, `content-agreement-${file}`, { type: 'BankAccountWritten', iban, holder: 'Association' });
  await happened(
    world,
    `agreement-${file}`,
    {
      type: 'AgreementDrafted',
      call,
      organisation,
      form: 'agreement',
      object: 'La maison des mille jours',
      parties: [
        { kind: 'institution', id: 'ARS-PDL' },
        { kind: 'institution', id: 'DREETS-PDL' },
        { kind: 'organisation', id: organisation },
      ],
      lines: [{ line: 1, amountCents: 1_500_000, funder, programme: 'FIR', year: 2021 }],
      yearly: [{ funder, year: 2021, amountCents: 1_500_000, compulsory: false, rule: 'Sous le seuil.' }],
      startsOn: '2021-10-01',
      endsOn: '2022-09-30',
    },
    {
      type: 'InstalmentsPlanned',
      instalments: [
        { number: 1, kind: 'advance', line: 1, amountCents: 700_000, condition: { kind: 'signature' } },
        { number: 2, kind: 'balance', line: 1, amountCents: 800_000, condition: { kind: 'date', on: '2022-03-01' } },
      ],
    },
    { type: 'BankAccountGiven', account: 1, ending: '2606', content: written, person: organisation },
    {
      type: 'RecoveryAnnounced',
      recovery: 1,
      amountCents: 100_000,
      reasons: 'Trop perçu.',
      observationsUntil: '2021-07-20',
    },
  );
  await happened(world, `reports-${organisation}`, {
    type: 'ReportExpected',
    report: reportId(file, 'activity'),
    kind: 'activity',
    application: file,
    call,
    leads: ['ARS-PDL', 'DREETS-PDL'],
    dueOn: '2023-06-30',
  });
}

/** What the specifications of the file start from: one association's file in the joint call of 2021. */
import { paris } from '#calendar/paris.js';
import { digest } from '#commands/canonical.js';
import {
  cancelled,
  drafted,
  given as givenCall,
  open,
  preparing,
  schedule,
  specifications,
  specified,
  ARS,
  unsealed,
} from '../call/fixtures.js';
import type { Specifications } from '../call/call-contents.js';
import type { CallEvent } from '../call/call-facts.js';
import type { Stamp } from '../decider.js';
import type { Organisation } from '../organisation/organisation.js';
import { specify } from '../specification.js';
import { application } from './application.js';
import type { ApplicationContents } from './application-contents.js';
import type { ApplicationContext, ApplicationEvent, DocumentFact, Submission } from './application-facts.js';
import type { Budget } from './budget.js';

/** SIRET of the applicant, of its partner, and RNA of a third. */
export const APPLICANT = '52499120500013';
export const PARTNER = '38033590100027';
export const OTHER = 'W322216459';
export const OFFICER = '66666666-6666-4666-8666-666666666666';
export const SUBMITTER = '44444444-4444-4444-8444-444444444444';

/** 16:00:00 in Paris on 13 August, the second after, and how it is said. */
export const DEADLINE = '2021-08-13T14:00:00Z';
export const TOO_LATE = '2021-08-13T14:00:01Z';
export const CLOSED = 'La date limite de dépôt est passée : 13 août 2021 à 16 h 00 (heure de Paris).';

/** 25 000 € in all, 20 000 € of them asked for: the 80 % of the specifications, to the cent. */
export const budget: Budget = {
  charges: [
    { account: '60', label: 'Achats', amountCents: 200_000 },
    { account: '64', label: 'Charges de personnel', amountCents: 2_300_000 },
    { account: '864', label: 'Bénévolat', amountCents: 150_000 },
  ],
  products: [
    { account: '70', label: 'Participations des familles', amountCents: 500_000 },
    { account: '74', label: 'Subvention', funder: 'ARS Pays de la Loire', amountCents: 2_000_000 },
    { account: '870', label: 'Bénévolat', amountCents: 150_000 },
  ],
};

export const contents: ApplicationContents = {
  title: 'Café des parents',
  objectives: 'Rompre l’isolement des jeunes parents.',
  description: 'Deux accueils par semaine, avec une puéricultrice.',
  startsOn: '2021-11-01',
  endsOn: '2022-10-31',
  contact: { name: 'Camille Martin', email: 'contact@cafe-des-parents.example' },
  consortium: [{ name: 'Centre social', identifier: PARTNER, part: 'Prête ses locaux.' }],
  budget,
  requestedCents: 2_000_000,
  attestations: { republicanContract: true, accurate: true, upToDate: true },
};

export const content = { version: 0, hash: 'a'.repeat(64) };
export const revisedContent = { version: 1, hash: 'b'.repeat(64) };
export const document: DocumentFact = {
  document: 'doc-1',
  code: 'statuts',
  sha256: 'c'.repeat(64),
  size: 48_213,
  mediaType: 'application/pdf',
};

export const started = {
  type: 'ApplicationStarted',
  call: 'call-1',
  organisation: APPLICANT,
  number: 1,
} satisfies ApplicationEvent;
export const saved = { type: 'DraftSaved', content } satisfies ApplicationEvent;
export const attached = {
  type: 'DocumentAttached',
  ...document,
  content: { version: 0, hash: 'd'.repeat(64) },
} satisfies ApplicationEvent;
/** Complete, and not submitted yet. */
export const ready: ApplicationEvent[] = [started, saved, attached];
export const submission: Submission = {
  submission: 1,
  receipt: 'AR-0000-0000-0000-0001',
  submittedAt: '2021-07-01T08:00:00Z',
  content,
  documents: [document],
  totals: { chargesCents: 2_500_000, productsCents: 2_500_000, inKindCents: 150_000, requestedCents: 2_000_000 },
  deadline: DEADLINE,
};
export const submitted = { type: 'ApplicationSubmitted', ...submission } satisfies ApplicationEvent;
/** Submitted on 1 July. */
export const filed: ApplicationEvent[] = [...ready, submitted];
export const withdrawn = { type: 'ApplicationWithdrawn', reason: 'Le projet est reporté.' } satisfies ApplicationEvent;
export const shared = { type: 'FileShared', organisation: PARTNER } satisfies ApplicationEvent;
export const forgotten = { type: 'ContentsForgotten', reason: 'À la demande du porteur.' } satisfies ApplicationEvent;

export const association = {
  status: 'registered',
  name: "CEA du personnel de la ville d'Antibes",
  legalForm: 'association',
  siret: APPLICANT,
  people: { [SUBMITTER]: { standing: 'member', power: 'submit' } },
} satisfies Organisation;

export const callDrafted = givenCall(drafted).state;
export const callInPreparation = givenCall(...preparing).state;
/** Open from 14 June 9 h to 13 August 16 h. */
export const callOpen = givenCall(...open).state;
export const callNeverPublished = givenCall(drafted, cancelled).state;
export const callCancelled = givenCall(...open, cancelled).state;
export const callUnsuccessful = givenCall(...open, {
  type: 'CallDeclaredUnsuccessful',
  reason: 'Aucun dossier recevable.',
}).state;
/** The open call, then what happened to it. */
export const callAfter = (...events: readonly CallEvent[]) => givenCall(...open, ...events).state;
/** The open call, its specifications changed. */
export const callWith = (changes: Partial<Specifications>) =>
  givenCall(
    ...open.map((event): CallEvent =>
      event === specified ? { type: 'SpecificationsSet', specifications: { ...specifications, ...changes } } : event,
    ),
  ).state;

/** The applicant alone may file until 20 August 16 h. */
export const extended = {
  type: 'ExtensionGranted',
  institution: 'ARS-PDL',
  organisation: APPLICANT,
  until: '2021-08-20T14:00:00Z',
  reason: 'Inondation des locaux.',
} satisfies CallEvent;
/** The deadline of everybody becomes 27 August 16 h. */
export const laterSchedule = {
  milestones: schedule.milestones.map((milestone) =>
    milestone.kind === 'submissionDeadline' ? { ...milestone, at: '2021-08-27T14:00:00Z' } : milestone,
  ),
};

/** The window is over, and the case officers read. */
export const callUnsealed = givenCall(...open, unsealed).state;
/** 1 September at 10 in Paris, and the end of the delay, 15 September at 18: the second after, it is over. */
export const ASKED = '2021-09-01T08:00:00Z';
export const DUE = '2021-09-15T16:00:00Z';
export const OVERDUE = '2021-09-15T16:00:01Z';
export const requested = {
  type: 'CompletionRequested',
  request: 1,
  fields: ['objectives', 'budget'],
  documents: ['statuts'],
  reason: 'Les statuts ne sont pas signés ; précisez les objectifs et le budget.',
  dueAt: DUE,
  requestedAt: ASKED,
  institution: ARS,
} satisfies ApplicationEvent;
/** Submitted on 1 July, asked for more on 1 September. */
export const completing: ApplicationEvent[] = [...filed, requested];
export const completion: Submission = {
  ...submission,
  submission: 2,
  receipt: 'AR-0000-0000-0000-0002',
  submittedAt: '2021-09-10T08:00:00Z',
  content: revisedContent,
  deadline: DUE,
};
export const completed = {
  type: 'FileCompleted',
  request: 1,
  replaces: submission.receipt,
  ...completion,
} satisfies ApplicationEvent;
export const admissible = { type: 'DeclaredAdmissible', institution: ARS } satisfies ApplicationEvent;
export const refused = {
  type: 'RefusedBeforehand',
  grounds: ['off-topic'],
  reasons: 'Le projet ne concerne pas les mille premiers jours.',
  institution: ARS,
} satisfies ApplicationEvent;
export const onPaper = {
  type: 'PaperFilingRegistered',
  arrivedAt: DEADLINE,
  medium: 'paper',
  reference: 'Courrier 2021-118',
  pieces: 4,
  receipt: 'AR-0000-0000-0000-000P',
  late: false,
} satisfies ApplicationEvent;

const stamp: Stamp = { at: '2021-07-01T08:00:00Z', by: SUBMITTER, actingAs: 'submitter', id: 'file-1' };
const context: ApplicationContext = {
  calendar: paris,
  digest,
  call: callOpen,
  organisation: association,
  draft: contents,
};

/** Somebody empowered acts for the applicant on 1 July 2021, unless a step says otherwise. */
export const given = specify(application, stamp, context);
/** The same on 1 September 2021, once the contents are unsealed: a case officer examines. */
export const examining = specify(
  application,
  { ...stamp, at: ASKED, by: OFFICER, actingAs: 'case-officer' },
  { ...context, call: callUnsealed, submitted: contents },
);
/** On 10 September 2021 the applicant answers. */
export const answering = specify(
  application,
  { ...stamp, at: completion.submittedAt },
  { ...context, call: callUnsealed, submitted: contents },
);

export const FILE_UNKNOWN = "Ce dossier n'existe pas.";
export const FORGOTTEN = 'Le contenu de ce dossier a été effacé.';
export const CALL_UNKNOWN = "Cet appel n'existe pas.";
export const CALL_CANCELLED = 'Cet appel a été annulé.';
export const CALL_UNSUCCESSFUL = 'Cet appel a été déclaré infructueux.';

import type { ApplicationEvent } from '../application/application-facts.js';
import type { AgreementEvent } from '../agreement/agreement-facts.js';
import type { AwardEvent } from '../award/award-facts.js';
import type { EnvelopeEvent } from '../award/envelope-facts.js';
import type { CallEvent } from '../call/call.js';
import type { CommissionEvent } from '../commission/commission-facts.js';
import { type PersonId, unreachable } from '../decider.js';
import { insidersOf, type ViewName, viewRoles } from '../permissions.js';
import type { ReportEvent } from '../report/report-facts.js';
import type { ReviewEvent } from '../review/review-facts.js';
import type { ReviewerEvent } from '../review/reviewer-facts.js';
import type { Role } from '../roles.js';
import { admissibilityNarrations } from './admissibility-story.js';
import { agreementNarrations } from './agreement-story.js';
import { applicationNarrations } from './application-story.js';
import { awardNarrations, envelopeNarrations } from './award-story.js';
import { callNarrations } from './call-story.js';
import { commissionNarrations, type ResultAlone } from './commission-story.js';
import type { Narrations } from './narration.js';
import { reportNarrations } from './report-story.js';
import { reviewNarrations } from './review-story.js';
import { publicFacts, type StoryFact } from './story.js';

/** Whose story is told. */
export interface ToldFile {
  readonly id: string;
  readonly organisation: string;
  /** Ids of the reports expected of it. */
  readonly reports: readonly string[];
}

/** Who reads it. */
export interface StoryReader {
  readonly person: PersonId;
  /** Those of their roles that reach the file: by its call, by the leads of it, by its organisations. */
  readonly roles: readonly Role[];
  /** The applicant was notified of the award with this fact, or after it. */
  readonly notified: boolean;
}

/**
 * What the story of a file tells somebody of a fact: the fact, what of it they may know, or nothing. The facts are
 * those of its own streams, of its call, its commission and its reviewers, and of the reports of its organisation.
 */
export function tellsOfFile(fact: StoryFact, file: ToldFile, reader: StoryReader): StoryFact | ResultAlone | undefined {
  const own = reader.roles.some((role) => role === 'preparer' || role === 'submitter');
  const sees = (view: ViewName): boolean => holdsAny(reader, viewRoles[view]);
  const when = (told: boolean): StoryFact | undefined => (told ? fact : undefined);
  if (ofApplication(fact)) return when(own || !drafting.has(fact.type));
  if (ofCall(fact)) return when(movesFile(fact, file));
  if (ofReview(fact)) return when(!own && isAbout(fact, file) && readsReview(fact, reader));
  if (ofCommission(fact)) {
    if (!isAbout(fact, file)) return undefined;
    const part = fact.type === 'RankingAdopted' ? placeOf(fact, file) : fact;
    if (own) return reader.notified ? resultOf(part) : undefined;
    return sees(fact.type === 'RankingAdopted' ? 'Ranking' : 'Commission') ? part : undefined;
  }
  // From the notification on, all that led to it; what people of the applicant did, or were answered, at once.
  if (ofAward(fact)) return when(own ? reader.notified || withApplicant.has(fact.type) : sees('Award'));
  if (ofEnvelope(fact)) return when(!own && isAbout(fact, file) && sees('Envelopes'));
  if (ofAgreement(fact)) return when(sees('Agreement'));
  if (ofReport(fact)) return when(file.reports.includes(fact.report) && sees('Reports'));
  return unreachable(fact);
}

/** Reports that were expected of a file, of all that its organisation owes. */
export const reportsOf = (facts: readonly StoryFact[], file: string): string[] =>
  facts.flatMap((fact) => (fact.type === 'ReportExpected' && fact.application === file ? [fact.report] : []));

const isOf =
  <Fact extends StoryFact>(narrations: Narrations<Fact>) =>
  (fact: StoryFact): fact is Fact =>
    fact.type in narrations;
const ofApplication = isOf<ApplicationEvent>({ ...applicationNarrations, ...admissibilityNarrations });
const ofCall = isOf<CallEvent>(callNarrations);
const ofReview = isOf<ReviewerEvent | ReviewEvent>(reviewNarrations);
const ofCommission = isOf<CommissionEvent>(commissionNarrations);
const ofEnvelope = isOf<EnvelopeEvent>(envelopeNarrations);
const ofAward = isOf<AwardEvent>(awardNarrations);
const ofAgreement = isOf<AgreementEvent>(agreementNarrations);
const ofReport = isOf<ReportEvent>(reportNarrations);

const holdsAny = ({ roles }: StoryReader, allowed: readonly Role[]): boolean =>
  roles.some((role) => allowed.includes(role));

/** How the draft was made is the applicant's alone. */
const drafting: ReadonlySet<string> = new Set<ApplicationEvent['type']>([
  'DraftSaved',
  'DocumentAttached',
  'DocumentRemoved',
]);
/** What people of the applicant did about the award, or were answered. */
const withApplicant: ReadonlySet<string> = new Set<AwardEvent['type']>([
  'ReducedAmountAccepted',
  'AwardDeclined',
  'AppealLodged',
  'AppealAnswered',
]);

/** It moves its dates or its seal. */
const movesFile = (fact: CallEvent, { organisation }: ToldFile): boolean =>
  publicFacts.has(fact.type) || (fact.type === 'ExtensionGranted' && fact.organisation === organisation);

/** Reviewers read their own; others who may read reviews don't read what isn't handed in. */
const readsReview = (fact: ReviewerEvent | ReviewEvent, reader: StoryReader): boolean =>
  fact.person === reader.person || (fact.type !== 'ReviewSaved' && holdsAny(reader, insidersOf('Reviews')));

function isAbout(fact: ReviewerEvent | ReviewEvent | CommissionEvent | EnvelopeEvent, { id }: ToldFile): boolean {
  if ('application' in fact) return fact.application === id;
  if ('conflict' in fact) return fact.conflict.application === id;
  if ('conflicts' in fact) return fact.conflicts.some(({ application }) => application === id);
  return 'ranking' in fact && fact.ranking.some(({ application }) => application === id);
}

type RankingAdopted = Extract<CommissionEvent, { type: 'RankingAdopted' }>;
const placeOf = (fact: RankingAdopted, { id }: ToldFile): RankingAdopted => ({
  ...fact,
  ranking: fact.ranking.filter(({ application }) => application === id),
});

/** What the applicant knows of the commission: the opinion on the file, and its place. */
function resultOf(fact: CommissionEvent): CommissionEvent | ResultAlone | undefined {
  switch (fact.type) {
    case 'VoteRecorded': {
      const { type, application, result } = fact;
      return result === 'tie' ? undefined : { type, application, result };
    }
    case 'TieSettled':
    case 'TieUnsettled':
    case 'RankingAdopted':
      return fact;
    default:
      return undefined;
  }
}

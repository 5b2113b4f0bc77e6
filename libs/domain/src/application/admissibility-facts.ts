import type { Instant, PersonId } from '../decider.js';
import type { InstitutionCode } from '../call/call-contents.js';
import type { ApplicationContents } from './application-contents.js';
import type { Submission } from './filing-facts.js';

/** What of the contents can be asked for again. */
export type ContentField = keyof ApplicationContents;

export const frenchFields: Record<ContentField, string> = {
  title: 'intitulé',
  objectives: 'objectifs',
  description: 'description',
  publics: 'publics',
  territory: 'territoire',
  themes: 'thèmes',
  startsOn: 'date de début',
  endsOn: 'date de fin',
  request: 'nature de la demande',
  contact: 'contact',
  consortium: 'partenaires du projet',
  indicators: 'indicateurs',
  budget: 'budget prévisionnel',
  requestedCents: 'montant demandé',
  attestations: 'attestations',
};
export const contentFields = Object.keys(frenchFields) as ContentField[];

/** What a completion request reopens: these fields and documents, until `dueAt`, nothing else. */
export interface CompletionRequest {
  /** 1, then one more with each request. */
  readonly request: number;
  readonly fields: readonly ContentField[];
  /** Codes of documents. */
  readonly documents: readonly string[];
  /** What the applicant reads: which pieces are missing (CRPA L114-5). */
  readonly reason: string;
  readonly dueAt: Instant;
  readonly requestedAt: Instant;
}

/** A request as the file keeps it until it is answered, or the file decided on. */
export interface OpenCompletion extends CompletionRequest {
  /** Since when the clock stands still: the request, or the extension of a delay that had run out. */
  readonly stoppedSince: Instant;
  /** Version of the draft when it was asked: one saved after it answers. */
  readonly draftBefore?: number;
}

/** Grounds of a prior refusal. */
export const refusalGrounds = ['late', 'irregular', 'off-topic', 'over-budget'] as const;
export type RefusalGround = (typeof refusalGrounds)[number];

/** Said of a file: may it be examined? A later one supersedes, with its reason. */
export type Admissibility =
  | { readonly verdict: 'admissible' }
  | { readonly verdict: 'refused'; readonly grounds: readonly RefusalGround[]; readonly reasons: string };

type By = { institution: InstitutionCode };

export type AdmissibilityEvent =
  | ({ type: 'CompletionRequested' } & CompletionRequest & By)
  | { type: 'CompletionExtended'; request: number; dueAt: Instant; extendedAt: Instant; reason: string }
  /** A new version of the submission, with its own receipt; its deadline is that of the request. */
  | ({ type: 'FileCompleted'; request: number; replaces: string } & Submission)
  | ({ type: 'DeclaredAdmissible' } & By)
  | ({ type: 'RefusedBeforehand'; grounds: readonly RefusalGround[]; reasons: string } & By)
  | ({ type: 'AdmissibilityCorrected'; now: Admissibility; reason: string } & By)
  | { type: 'FileHandedOver'; to: PersonId; from?: PersonId; reason: string };

export type AdmissibilityCommand =
  | ({
      type: 'RequestCompletion';
      fields: readonly ContentField[];
      documents: readonly string[];
      reason: string;
      dueAt: Instant;
    } & By)
  | { type: 'ExtendCompletion'; dueAt: Instant; reason: string }
  | { type: 'CompleteFile'; contents?: ApplicationContents; content?: Submission['content'] }
  | ({ type: 'DeclareAdmissible' } & By)
  | ({ type: 'RefuseBeforehand'; grounds: readonly RefusalGround[]; reasons: string } & By)
  | ({ type: 'CorrectAdmissibility'; now: Admissibility; reason: string } & By)
  | { type: 'HandOverFile'; to: PersonId; reason: string };

/** What the state of a file keeps of its admissibility. */
export interface Examined {
  readonly admissibility?: Admissibility;
  /** The request that is open; how many there ever were. */
  readonly completion?: OpenCompletion;
  readonly completions: number;
  /** Number of the submission that last answered a request. */
  readonly completed?: number;
  /** Milliseconds for which the clock stood still, over all requests that are over. */
  readonly stoppedMs: number;
  readonly officer?: PersonId;
}

import type { Instant, PersonId } from '../decider.js';
import type { InstitutionCode } from '../call/call-contents.js';
import type { ApplicationContents } from './application-contents.js';
import type { Submission } from './filing-facts.js';

/** What of the contents can be asked for again. */
export type ContentField = keyof ApplicationContents;

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
  /** The clock stands still from here until the file is completed. */
  readonly requestedAt: Instant;
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
  | { type: 'CompletionExtended'; request: number; dueAt: Instant; reason: string }
  /** A new version of the submission, with its own receipt. */
  | ({ type: 'FileCompleted'; request: number; replaces: string } & Submission)
  | ({ type: 'DeclaredAdmissible' } & By)
  | ({ type: 'RefusedBeforehand'; grounds: RefusalGround[]; reasons: string } & By)
  | ({ type: 'AdmissibilityCorrected'; now: Admissibility; reason: string } & By)
  | { type: 'FileHandedOver'; to: PersonId; from?: PersonId; reason: string };

export type AdmissibilityCommand =
  | ({ type: 'RequestCompletion'; fields: ContentField[]; documents: string[]; reason: string; dueAt: Instant } & By)
  | { type: 'ExtendCompletion'; dueAt: Instant; reason: string }
  | { type: 'CompleteFile'; contents?: ApplicationContents; content?: Submission['content'] }
  | ({ type: 'DeclareAdmissible' } & By)
  | ({ type: 'RefuseBeforehand'; grounds: RefusalGround[]; reasons: string } & By)
  | ({ type: 'CorrectAdmissibility'; now: Admissibility; reason: string } & By)
  | { type: 'HandOverFile'; to: PersonId; reason: string };

/** What the state of a file keeps of its admissibility. */
export interface Examined {
  readonly admissibility?: Admissibility;
  /** The request that is open; how many there ever were. */
  readonly completion?: CompletionRequest;
  readonly completions: number;
  /** Milliseconds for which the clock stood still, over all answered requests. */
  readonly stoppedMs: number;
  readonly officer?: PersonId;
}

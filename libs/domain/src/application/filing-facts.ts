import type { ContentRef, Instant } from '../decider.js';
import type { Cents } from '../money.js';
import type { BudgetTotals } from './budget.js';

export interface DocumentFact {
  readonly document: string;
  /** Which compulsory document it is, or `other`. */
  readonly code: string;
  readonly sha256: string;
  /** Bytes. */
  readonly size: number;
  readonly mediaType: string;
}

/** What a receipt proves: which contents and documents, when. */
export interface Submission {
  /** 1, then one more with each replacement; the last before the deadline counts. */
  readonly submission: number;
  readonly receipt: string;
  readonly submittedAt: Instant;
  readonly content: ContentRef;
  readonly documents: readonly DocumentFact[];
  readonly totals: BudgetTotals & { readonly requestedCents: Cents };
  /** The deadline in force for this applicant when it was submitted. */
  readonly deadline: Instant;
}

export interface PaperFiling {
  readonly arrivedAt: Instant;
  readonly medium: 'paper' | 'mail';
  /** Of the registry of arrivals. */
  readonly reference: string;
  readonly pieces: number;
  readonly receipt: string;
  /** Late paper is registered, then refused beforehand. */
  readonly late: boolean;
}

import type { Application } from '../application/application-facts.js';
import type { Call } from '../call/call-state.js';
import type { ContentRef, Instant, PersonId, Tools } from '../decider.js';
import type { Cents } from '../money.js';
import type { Reviewer } from './reviewer-facts.js';

/** What a reviewer writes: in the content stream `content-review-<id>`, which can be deleted. */
export interface ReviewContents {
  readonly scores: readonly {
    readonly criterion: string;
    /** Within the scale of the criterion, whole points; null for N/A. */
    readonly score: number | null;
    readonly comment?: string;
  }[];
  readonly comment?: string;
  readonly recommendedCents?: Cents;
}

export interface Score {
  readonly criterion: string;
  readonly score: number | null;
}

/** Without its comments, for ever. */
export interface ScoredReview {
  readonly call: string;
  readonly application: string;
  readonly person: PersonId;
  /** 1, then one more with each amendment. */
  readonly review: number;
  readonly scores: readonly Score[];
  /** Weighted mean in hundredths of a point out of 100; N/A left out, its weight shared by the others. */
  readonly meanHundredths: number;
  readonly recommendedCents?: Cents;
  readonly content: ContentRef;
  readonly submittedAt: Instant;
}

/** Unique by reviewer and file: stream `review-<reviewId(application, person)>`. */
export type ReviewEvent =
  | { type: 'ReviewSaved'; call: string; application: string; person: PersonId; content: ContentRef }
  | ({ type: 'ReviewSubmitted' } & ScoredReview)
  | ({ type: 'ReviewAmended' } & ScoredReview);

/** `application`, its `call` and the reviewer name the context; the person is who asks. */
type Of = { call: string; application: string; person: PersonId };
export type ReviewCommand =
  | ({ type: 'SaveReview'; contents: ReviewContents; content: ContentRef } & Of)
  | ({ type: 'SubmitReview'; contents: ReviewContents; content: ContentRef } & Of)
  | ({ type: 'AmendReview'; contents: ReviewContents; content: ContentRef } & Of);

export interface KnownReview {
  readonly status: 'saved' | 'submitted';
  readonly call: string;
  readonly application: string;
  readonly person: PersonId;
  /** The newest content that a fact refers to. */
  readonly written: ContentRef;
  /** The last that was submitted. */
  readonly submitted?: ScoredReview;
}
export type Review = { readonly status: 'absent' } | KnownReview;

export interface ReviewContext extends Tools {
  readonly call?: Call;
  readonly application?: Application;
  readonly reviewer?: Reviewer;
}

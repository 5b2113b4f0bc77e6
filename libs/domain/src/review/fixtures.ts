/** What the specifications of reviews start from: one reviewer in the joint call of 2021, unsealed on 13 August. */
import { paris } from '#calendar/paris.js';
import { digest } from '#commands/canonical.js';
import { filed } from '../application/fixtures.js';
import { application } from '../application/application.js';
import type { Application, KnownApplication } from '../application/application-facts.js';
import {
  account,
  approved,
  cancelled,
  given as givenCall,
  open,
  PERSON,
  schedule,
  SIGNATORY,
  unsealed,
  unsuccessful,
} from '../call/fixtures.js';
import type { Stamp } from '../decider.js';
import type { Milestone } from '../schedule/milestones.js';
import { specify } from '../specification.js';
import { review } from './review.js';
import type { ReviewContents, ReviewContext, ReviewEvent, ScoredReview } from './review-facts.js';
import { reviewer } from './reviewer.js';
import type { Reviewer, ReviewerContext, ReviewerEvent } from './reviewer-facts.js';

export { PERSON } from '../call/fixtures.js';
export const ADMINISTRATOR = SIGNATORY;
export const FILE = 'file-1';
export const OTHER_FILE = 'file-2';
const of = { call: 'call-1', person: PERSON } as const;

/** The commission, 30 September 9 h 30 in Paris, ends the phase where nothing else is said; and the second after. */
export const END = '2021-09-30T07:30:00Z';
export const TOO_LATE = '2021-09-30T07:30:01Z';
export const CLOSED = "La phase d'évaluation est close depuis le 30 septembre 2021 à 9 h 30 (heure de Paris).";

export const callUnsealed = givenCall(...open, unsealed).state;
export const callSealed = givenCall(...open).state;
export const callApproved = givenCall(...approved).state;
export const callCancelled = givenCall(...open, unsealed, cancelled).state;
export const callCancelledSealed = givenCall(...open, cancelled).state;
export const callUnsuccessful = givenCall(...open, unsealed, unsuccessful).state;
/** Unsealed, with these milestones beside its own. */
export const callWith = (...milestones: Milestone[]) =>
  givenCall(
    ...approved,
    {
      type: 'CallPublished',
      rules: '2026-11',
      schedule: { milestones: [...schedule.milestones, ...milestones] },
      notice: 'Avis',
      warnings: [],
    },
    unsealed,
  ).state;
/** Unsealed, and nothing in its calendar ends the phase. */
export const callWithoutEnd = givenCall(
  ...approved,
  {
    type: 'CallPublished',
    rules: '2026-11',
    schedule: { milestones: schedule.milestones.slice(0, 2) },
    notice: 'Avis',
    warnings: [],
  },
  unsealed,
).state;

const known = filed.reduce<Application>(
  (state, fact) => application.evolve(state, fact),
  application.initial,
) as KnownApplication;
export const admissible: KnownApplication = { ...known, admissibility: { verdict: 'admissible' } };
export const notExamined: KnownApplication = known;
export const refused: KnownApplication = {
  ...known,
  admissibility: { verdict: 'refused', grounds: ['off-topic'], reasons: 'Hors sujet.' },
};
export const elsewhere: KnownApplication = { ...admissible, call: 'call-2' };
export const drafting: KnownApplication = { ...known, status: 'draft' };
export const withdrawnFile: KnownApplication = { ...admissible, status: 'withdrawn' };
export const noFile: Application = { status: 'absent' };

export const appointed = { type: 'ReviewerAppointed', ...of, expertise: ['parentalité'] } satisfies ReviewerEvent;
export const dismissed = { type: 'ReviewerDismissed', ...of, reason: 'Indisponible.' } satisfies ReviewerEvent;
export const declared = { type: 'InterestsDeclared', ...of, conflicts: [] } satisfies ReviewerEvent;
export const declaredOn = (...applications: string[]) =>
  ({
    type: 'InterestsDeclared',
    ...of,
    conflicts: applications.map((file) => ({ application: file, nature: 'employment' as const })),
  }) satisfies ReviewerEvent;
export const confirmed = {
  type: 'ConflictConfirmed',
  ...of,
  conflict: { application: FILE, nature: 'family' },
  because: 'Sœur de la présidente.',
} satisfies ReviewerEvent;
export const assigned = { type: 'ReviewAssigned', ...of, application: FILE } satisfies ReviewerEvent;
export const declined = (reason: 'conflict' | 'overload') =>
  ({ type: 'AssignmentDeclined', ...of, application: FILE, reason }) satisfies ReviewerEvent;
export const withdrawn = (reason: string) =>
  ({ type: 'AssignmentWithdrawn', ...of, application: FILE, reason }) satisfies ReviewerEvent;
/** May read and score FILE. */
export const atWork: ReviewerEvent[] = [appointed, declared, assigned];

const stamp: Stamp = { at: '2021-08-20T08:00:00Z', by: ADMINISTRATOR, actingAs: 'administrator', id: 'reviewer-1' };
const reviewerContext: ReviewerContext = {
  calendar: paris,
  digest,
  call: callUnsealed,
  applications: [admissible],
  person: account,
  reviews: [],
};
/** An administrator of a lead acts on 20 August 2021, unless a step says otherwise. */
export const given = specify(reviewer, stamp, reviewerContext);
/** The reviewer themselves. */
export const self: Partial<Stamp> = { by: PERSON, actingAs: 'reviewer' };

export const reviewerAfter = (...history: ReviewerEvent[]): Reviewer => given(...history).state;

/** 4 of 5 at 60 %, 3 of 5 at 40 %: 48 + 24 = 72 points of 100. */
export const contents: ReviewContents = {
  scores: [
    { criterion: 'pertinence', score: 4, comment: 'Répond à un besoin constaté.' },
    { criterion: 'partenariat', score: 3 },
  ],
  comment: 'À soutenir.',
  recommendedCents: 1_800_000,
};
export const content = { version: 0, hash: 'a'.repeat(64) };
export const laterContent = { version: 1, hash: 'b'.repeat(64) };
const here = { call: 'call-1', application: FILE, person: PERSON } as const;
export const saved = { type: 'ReviewSaved', ...here, content } satisfies ReviewEvent;
export const scored: ScoredReview = {
  ...here,
  review: 1,
  scores: [
    { criterion: 'pertinence', score: 4 },
    { criterion: 'partenariat', score: 3 },
  ],
  meanHundredths: 7200,
  recommendedCents: 1_800_000,
  content,
  submittedAt: '2021-08-20T08:00:00Z',
};
export const submitted = { type: 'ReviewSubmitted', ...scored } satisfies ReviewEvent;
export const write = <T extends 'SaveReview' | 'SubmitReview' | 'AmendReview'>(
  type: T,
  changes: Partial<ReviewContents> = {},
  ref = content,
) => ({ type, ...here, contents: { ...contents, ...changes }, content: ref });

const reviewContext: ReviewContext = {
  calendar: paris,
  digest,
  call: callUnsealed,
  application: admissible,
  reviewer: reviewerAfter(...atWork),
};
/** The reviewer writes on 20 August 2021, unless a step says otherwise. */
export const writing = specify(review, { ...stamp, by: PERSON, actingAs: 'reviewer', id: 'review-1' }, reviewContext);

import type { ReviewEvent, ScoredReview } from '../src/review/review-facts.js';
import type { ReviewerEvent } from '../src/review/reviewer-facts.js';
import { CALL, type Examples, FILE, hash, PERSON } from './example.js';

/** Of this person in this call, and on this file. */
const REVIEWER = 'reviewer-f95675aa-fb45-53bb-8049-caa7b9de96a0';
const REVIEW = 'ae2a1ec3-3a70-5ac9-9c70-15aebbd028ae';
const OTHER_FILE = '22222222-2222-4222-8222-222222222223';
const of = { call: CALL, person: PERSON };

const scored: ScoredReview = {
  ...of,
  application: FILE,
  review: 1,
  scores: [
    { criterion: 'pertinence', score: 4 },
    { criterion: 'partenariat', score: null },
  ],
  meanHundredths: 8000,
  recommendedCents: 1_800_000,
  content: { version: 0, hash: hash('a') },
  submittedAt: '2021-09-10T08:00:00Z',
};

export const reviewExamples: Examples<ReviewerEvent['type'] | ReviewEvent['type'] | 'ReviewWritten'> = {
  ReviewerAppointed: [REVIEWER, { ...of, expertise: ['soutien à la parentalité'] }],
  InterestsDeclared: [REVIEWER, { ...of, conflicts: [] }],
  ReviewAssigned: [REVIEWER, { ...of, application: FILE }],
  AssignmentDeclined: [REVIEWER, { ...of, application: OTHER_FILE, reason: 'overload' }],
  ReviewWritten: [
    `content-review-${REVIEW}`,
    {
      contents: {
        scores: [
          { criterion: 'pertinence', score: 4, comment: 'Répond à un besoin constaté.' },
          { criterion: 'partenariat', score: null, comment: 'Porté seul, à dessein.' },
        ],
        comment: 'À soutenir.',
        recommendedCents: 1_800_000,
      },
    },
  ],
  ReviewSaved: [`review-${REVIEW}`, { ...of, application: FILE, content: scored.content }],
  ReviewSubmitted: [`review-${REVIEW}`, scored],
  ReviewAmended: [
    `review-${REVIEW}`,
    {
      ...scored,
      review: 2,
      scores: [
        { criterion: 'pertinence', score: 5 },
        { criterion: 'partenariat', score: null },
      ],
      meanHundredths: 10_000,
      content: { version: 1, hash: hash('b') },
      submittedAt: '2021-09-12T08:00:00Z',
    },
  ],
  ConflictConfirmed: [
    REVIEWER,
    { ...of, conflict: { application: FILE, nature: 'family' }, because: 'Sœur de la présidente.' },
  ],
  AssignmentWithdrawn: [REVIEWER, { ...of, application: FILE, reason: "Conflit d'intérêts confirmé." }],
  ReviewerDismissed: [REVIEWER, { ...of, reason: 'Indisponible jusqu’à la commission.' }],
};

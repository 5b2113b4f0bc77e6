import type { ReviewEvent } from '../src/review/review-facts.js';
import type { ReviewerEvent } from '../src/review/reviewer-facts.js';
import type { Examples } from './example.js';

export const reviewExamples = {} as Examples<ReviewerEvent['type'] | ReviewEvent['type'] | 'ReviewWritten'>;

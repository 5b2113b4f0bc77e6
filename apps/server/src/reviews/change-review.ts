import type { ReviewCommand, ReviewEvent } from '#domain/review/review-facts.js';
import type { ReviewerCommand, ReviewerEvent } from '#domain/review/reviewer-facts.js';
import { Change } from '../change.js';

export class ChangeReviewer extends Change<ReviewerCommand, ReviewerEvent> {}
export class ChangeReview extends Change<ReviewCommand, ReviewEvent> {}

import type { AwardEvent } from '../src/award/award-facts.js';
import type { EnvelopeEvent } from '../src/award/envelope-facts.js';
import type { Examples } from './example.js';

export const awardExamples = {} as Examples<
  EnvelopeEvent['type'] | AwardEvent['type'] | 'RevisedBudgetWritten' | 'AppealWritten'
>;

import type { AdmissibilityEvent } from '../src/application/admissibility-facts.js';
import type { Examples } from './example.js';

export const admissibilityExamples = {} as Examples<AdmissibilityEvent['type']>;

import type { CommissionEvent } from '../src/commission/commission-facts.js';
import type { Examples } from './example.js';

export const commissionExamples = {} as Examples<CommissionEvent['type']>;

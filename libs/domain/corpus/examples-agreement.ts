import type { AgreementEvent } from '../src/agreement/agreement-facts.js';
import type { Examples } from './example.js';

export const agreementExamples = {} as Examples<AgreementEvent['type'] | 'BankAccountWritten' | 'ObservationsWritten'>;

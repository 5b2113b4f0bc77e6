import type { Template } from '../../told.js';
import { submission } from '../example-facts.js';
import { receipt as receiptOf } from '../receipts.js';

export const receipt: Template<'ApplicationSubmitted'> = {
  kind: 'receipt',
  words: (fact, told) => receiptOf(fact, told, false),
  example: [{ type: 'ApplicationSubmitted', ...submission }],
};

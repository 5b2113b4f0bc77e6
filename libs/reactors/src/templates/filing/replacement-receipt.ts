import type { Template } from '../../told.js';
import { submission } from '../example-facts.js';
import { receipt as receiptOf } from '../receipts.js';

export const replacementReceipt: Template<'SubmissionReplaced'> = {
  kind: 'replacement-receipt',
  words: (fact, told) => receiptOf(fact, told, true),
  example: [{ type: 'SubmissionReplaced', replaces: 'AR-0000-0000-0000-0000', ...submission }],
};

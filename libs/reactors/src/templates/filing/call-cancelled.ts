import { callPage, type Template, title } from '../../told.js';

export const callCancelled: Template<'CallCancelled'> = {
  kind: 'call-cancelled',
  words: (fact, told) => ({
    subject: `Appel annulé — ${title(told)}`,
    lines: [`« ${title(told)} » est annulé. Motif : ${fact.reason}`, ...callPage(told)],
  }),
  example: [{ type: 'CallCancelled', reason: 'Crédits gelés.' }],
};

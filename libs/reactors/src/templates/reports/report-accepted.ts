import { filePage, type Template, title } from '../../told.js';
import { expected } from '../example-facts.js';
import { reportOf } from '../report-of.js';

export const reportAccepted: Template<'ReportAccepted'> = {
  kind: 'report-accepted',
  words: (fact, told) => ({
    subject: `${reportOf(fact, told)} accepté — ${title(told)}`,
    lines: [`Ce qu'a remis ${told.organisation} est accepté.`, ...filePage(told)],
  }),
  example: [expected, { type: 'ReportAccepted', report: 'exemple' }],
};

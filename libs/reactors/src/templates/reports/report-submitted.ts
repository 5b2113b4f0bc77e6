import { filePage, type Template, title } from '../../told.js';
import { expected } from '../example-facts.js';
import { reportOf } from '../report-of.js';

export const reportSubmitted: Template<'ReportSubmitted'> = {
  kind: 'report-submitted',
  words: (fact, told) => ({
    subject: `${reportOf(fact, told)} remis — ${title(told)}`,
    lines: [`Remis par ${told.organisation} (version ${fact.version}) : il est à lire.`, ...filePage(told)],
  }),
  example: [
    expected,
    { type: 'ReportSubmitted', report: 'exemple', version: 1, content: { version: 0, hash: 'a1b2c3' } },
  ],
};

import { sayDay } from '#domain/instants.js';
import { filePage, type Template, title } from '../../told.js';
import { expected } from '../example-facts.js';
import { reportOf } from '../report-of.js';

export const reportExtended: Template<'ReportExtended'> = {
  kind: 'report-extended',
  words: (fact, told) => ({
    subject: `${reportOf(fact, told)} : délai prolongé — ${title(told)}`,
    lines: [
      `${told.organisation} peut le remettre jusqu'au ${sayDay(fact.dueOn)} inclus. Motif : ${fact.reason}`,
      ...filePage(told),
    ],
  }),
  example: [
    expected,
    { type: 'ReportExtended', report: expected.report, dueOn: '2028-07-31', reason: 'Comptes certifiés en retard.' },
  ],
};

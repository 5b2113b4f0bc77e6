import { sayDay } from '#domain/instants.js';
import { filePage, type Template, title } from '../../told.js';
import { expected } from '../example-facts.js';
import { reportOf } from '../report-of.js';

export const reportReturned: Template<'ReportReturned'> = {
  kind: 'report-returned',
  words: (fact, told) => ({
    subject: `${reportOf(fact, told)} à reprendre — ${title(told)}`,
    lines: [
      `Observations : ${fact.comments}`,
      `À remettre de nouveau par ${told.organisation} le ${sayDay(fact.dueOn)} au plus tard.`,
      ...filePage(told),
    ],
  }),
  example: [
    expected,
    { type: 'ReportReturned', report: 'exemple', comments: 'Il manque le compte 64.', dueOn: '2028-07-15' },
  ],
};

import { sayDay } from '#domain/instants.js';
import { reportSaid } from '#domain/story/french.js';
import { filePage, type Template, title } from '../../told.js';
import { expected } from '../example-facts.js';

export const reportExpected: Template<'ReportExpected'> = {
  kind: 'report-expected',
  words: (fact, told) => ({
    subject: `${reportSaid(fact.kind)} attendu — ${title(told)}`,
    lines: [
      `À remettre par ${told.organisation} le ${sayDay(fact.dueOn)} au plus tard.`,
      'En retard, il bloque les dépôts, les demandes de versement et les versements.',
      ...filePage(told),
    ],
  }),
  example: [expected],
};

import { sayDay } from '#domain/instants.js';
import { reportSaid } from '#domain/story/french.js';
import { expectedReport } from './about.js';
import type { reportTellings } from './recipients-funding.js';
import { filePage, type Templates, title, type Told } from './told.js';

/** Of what a beneficiary reports. */
export const reportTemplates: Templates<keyof typeof reportTellings> = {
  ReportExpected: (fact, told) => ({
    subject: `${reportSaid(fact.kind)} attendu — ${title(told)}`,
    lines: [
      `À remettre par ${told.organisation} le ${sayDay(fact.dueOn)} au plus tard.`,
      'En retard, il bloque les dépôts, les demandes de versement et les versements.',
      ...filePage(told),
    ],
  }),
  ReportExtended: (fact, told) => ({
    subject: `${reportOf(fact, told)} : délai prolongé — ${title(told)}`,
    lines: [
      `${told.organisation} peut le remettre jusqu'au ${sayDay(fact.dueOn)} inclus. Motif : ${fact.reason}`,
      ...filePage(told),
    ],
  }),
  ReportSubmitted: (fact, told) => ({
    subject: `${reportOf(fact, told)} remis — ${title(told)}`,
    lines: [`Remis par ${told.organisation} (version ${fact.version}) : il est à lire.`, ...filePage(told)],
  }),
  ReportReturned: (fact, told) => ({
    subject: `${reportOf(fact, told)} à reprendre — ${title(told)}`,
    lines: [
      `Observations : ${fact.comments}`,
      `À remettre de nouveau par ${told.organisation} le ${sayDay(fact.dueOn)} au plus tard.`,
      ...filePage(told),
    ],
  }),
  ReportAccepted: (fact, told) => ({
    subject: `${reportOf(fact, told)} accepté — ${title(told)}`,
    lines: [`Ce qu'a remis ${told.organisation} est accepté.`, ...filePage(told)],
  }),
};

const reportOf = ({ report }: { report: string }, { history }: Told): string =>
  reportSaid(expectedReport(history, report)?.kind ?? 'activity');

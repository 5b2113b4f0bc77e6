import { callPage, type Template, title } from '../../told.js';

export const outageUnratified: Template<'OutageLeftUnratified'> = {
  kind: 'outage-unratified',
  words: (fact, told) => ({
    subject: `Prolongation à ratifier — ${title(told)}`,
    lines: [
      `La prolongation n° ${fact.number}, accordée après une panne, devait être ratifiée au plus tard le ${told.calendar.say(fact.ratifyBy)}.`,
      `Ne l'ont pas encore ratifiée : ${fact.institutions.join(', ')}. Elle vaut, et reste à ratifier.`,
      ...callPage(told),
    ],
  }),
  example: [
    { type: 'OutageLeftUnratified', number: 1, institutions: ['DREETS-PDL'], ratifyBy: '2026-09-16T14:00:00Z' },
  ],
};

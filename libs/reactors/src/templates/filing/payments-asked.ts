import { sayDay } from '#domain/instants.js';
import { callPage, type Template, title } from '../../told.js';

export const paymentsAsked: Template<'PaymentYearAsked'> = {
  kind: 'payments-asked',
  words: (fact, told) => ({
    subject: `Année de paiement à confirmer — ${title(told)}`,
    lines: [
      `Le calendrier de « ${title(told)} » dépasse désormais la clôture des paiements de ${fact.year} : ${sayDay(fact.closesOn)}.`,
      "Dites, pour votre institution, si elle paie avant cette clôture ou l'année suivante, et pourquoi.",
      ...callPage(told),
    ],
  }),
  example: [{ type: 'PaymentYearAsked', proposal: 1, year: 2026, closesOn: '2026-12-15' }],
};

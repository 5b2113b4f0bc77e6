import { sayDay } from '#domain/instants.js';
import { euros } from '#domain/money.js';
import { filePage, type Template, title } from '../../told.js';

export const paymentRecorded: Template<'PaymentRecorded'> = {
  kind: 'payment-recorded',
  words: (fact, told) => ({
    subject: `Versement payé — ${title(told)}`,
    lines: [
      `Le versement n° ${fact.instalment} du dossier de ${told.organisation} a été payé le ${sayDay(fact.paidOn)} : ${euros(fact.amountCents)}.`,
      `Numéro d'engagement : ${fact.commitment}`,
      ...filePage(told),
    ],
  }),
  example: [
    { type: 'PaymentRecorded', instalment: 1, amountCents: 1_000_000, paidOn: '2027-02-10', commitment: '1234567890' },
  ],
};

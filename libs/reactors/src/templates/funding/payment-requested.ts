import { euros } from '#domain/money.js';
import { lastOf } from '../../about.js';
import { filePage, type Template, title, type Told } from '../../told.js';
import { instalments } from '../example-facts.js';

export const paymentRequested: Template<'PaymentRequested'> = {
  kind: 'payment-requested',
  words: (fact, told) => ({
    subject: `Versement demandé — ${title(told)}`,
    lines: [
      `Le versement n° ${fact.instalment} du dossier de ${told.organisation} est demandé${amountOf(fact.instalment, told)}.`,
      ...filePage(told),
    ],
  }),
  example: [instalments, { type: 'PaymentRequested', instalment: 1, person: 'exemple' }],
};

function amountOf(instalment: number, { history }: Told): string {
  const planned = lastOf(history, 'InstalmentsPlanned')?.instalments.find(({ number }) => number === instalment);
  return planned ? ` : ${euros(planned.amountCents)} sur la ligne ${planned.line}` : '';
}

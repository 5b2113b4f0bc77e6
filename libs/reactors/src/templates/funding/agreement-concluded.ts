import { sayDay } from '#domain/instants.js';
import { euros } from '#domain/money.js';
import { frenchForms } from '#domain/story/french.js';
import { lastOf } from '../../about.js';
import { filePage, type Template, title } from '../../told.js';
import { drafted } from '../example-facts.js';

export const agreementConcluded: Template<'AgreementConcluded'> = {
  kind: 'agreement-concluded',
  words: (fact, told) => ({
    subject: `${frenchForms[lastOf(told.history, 'AgreementDrafted')?.form ?? 'agreement']} : signatures complètes — ${title(told)}`,
    lines: [
      `Toutes les parties ont signé pour le dossier de ${told.organisation} : ${euros(fact.amountCents)}, jusqu'au ${sayDay(fact.endsOn)}.`,
      ...filePage(told),
    ],
  }),
  example: [
    drafted,
    {
      type: 'AgreementConcluded',
      call: 'exemple',
      organisation: 'exemple',
      concludedOn: '2027-01-20',
      amountCents: 2_000_000,
      endsOn: '2027-12-31',
      publishBefore: '2027-04-20',
    },
  ],
};

import { filePage, type Template, title } from '../../told.js';

export const bankAccountGiven: Template<'BankAccountGiven'> = {
  kind: 'bank-account-given',
  words: (fact, told) => ({
    subject: `Compte bancaire à vérifier — ${title(told)}`,
    lines: [
      `${told.organisation} a donné un compte bancaire finissant par ${fact.ending}.`,
      'Il est vérifié par une seconde personne avant le versement suivant.',
      ...filePage(told),
    ],
  }),
  example: [
    {
      type: 'BankAccountGiven',
      account: 1,
      ending: '0189',
      content: { version: 0, hash: 'a1b2c3' },
      person: 'exemple',
    },
  ],
};

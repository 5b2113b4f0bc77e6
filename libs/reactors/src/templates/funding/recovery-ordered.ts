import { euros } from '#domain/money.js';
import { filePage, type Template, title } from '../../told.js';

export const recoveryOrdered: Template<'RecoveryOrdered'> = {
  kind: 'recovery-ordered',
  words: (fact, told) => ({
    subject: `Reversement ordonné — ${title(told)}`,
    lines: [
      `${told.organisation} doit reverser ${euros(fact.amountCents)}, par décision de ${fact.institution} :`,
      {
        list: fact.titles.map(
          ({ line, kind, amountCents }) => `ligne ${line}, titre de ${kind} : ${euros(amountCents)}`,
        ),
      },
      `Motifs : ${fact.reasons}`,
      'Un recours gracieux est possible dans les deux mois.',
      ...filePage(told),
    ],
  }),
  example: [
    {
      type: 'RecoveryOrdered',
      recovery: 1,
      amountCents: 500_000,
      reasons: 'Action non réalisée.',
      titles: [{ line: 1, kind: 'recettes', amountCents: 500_000 }],
      institution: 'ARS-PDL',
      capacity: { kind: 'office' },
    },
  ],
};

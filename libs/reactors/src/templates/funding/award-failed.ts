import { euros } from '#domain/money.js';
import { filePage, type Template, title } from '../../told.js';

export const awardFailed: Template<'AwardFailed'> = {
  kind: 'award-failed',
  words: (fact, told) => ({
    subject: `Crédits insuffisants — ${title(told)}`,
    lines: [
      `La ligne ${fact.line} ne suffit pas pour le dossier de ${told.organisation} : ${euros(fact.askedCents)} demandés, il reste ${euros(fact.leftCents)}.`,
      `Rien n'est accordé et rien ne reste réservé. Les décisions sont à reprendre (${fact.institutions.join(', ')}).`,
      ...filePage(told),
    ],
  }),
  example: [
    {
      type: 'AwardFailed',
      call: 'exemple',
      attempt: 1,
      line: 2,
      askedCents: 800_000,
      leftCents: 120_000,
      institutions: ['ARS-PDL', 'DREETS-PDL'],
    },
  ],
};

import { filePage, type Template, title } from '../../told.js';

export const appealAnswered: Template<'AppealAnswered'> = {
  kind: 'appeal-answered',
  words: (fact, told) => ({
    subject: `Réponse à votre recours — ${title(told)}`,
    lines: [
      `Le recours gracieux de ${told.organisation} est ${fact.upheld ? 'accueilli' : 'rejeté'} par ${fact.institution}.`,
      `Motifs : ${fact.reasons}`,
      ...filePage(told),
    ],
  }),
  example: [
    {
      type: 'AppealAnswered',
      call: 'exemple',
      institution: 'ARS-PDL',
      upheld: true,
      reasons: 'La pièce a été retrouvée.',
      capacity: { kind: 'office' },
      lines: [],
      attempt: 1,
    },
  ],
};

import { callPage, type Template, title } from '../../told.js';

export const endingProposed: Template<'EndingAgreed'> = {
  kind: 'ending-proposed',
  words: (fact, told) => ({
    subject: `Fin de l'appel proposée — ${title(told)}`,
    lines: [
      `${fact.institution} propose que « ${title(told)} » soit ${fact.ending === 'cancelled' ? 'annulé' : 'déclaré infructueux'}. Motif : ${fact.reason}`,
      "L'accord de votre institution est attendu.",
      ...callPage(told),
    ],
  }),
  example: [
    {
      type: 'EndingAgreed',
      institution: 'ARS-PDL',
      capacity: { kind: 'office' },
      ending: 'cancelled',
      reason: 'Crédits gelés.',
    },
  ],
};

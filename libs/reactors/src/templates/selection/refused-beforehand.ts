import { filePage, type Template, title } from '../../told.js';
import { grounds } from '../grounds.js';

export const refusedBeforehand: Template<'RefusedBeforehand'> = {
  kind: 'refused-beforehand',
  words: (fact, told) => ({
    subject: `Refus préalable — ${title(told)}`,
    lines: [
      `Le dossier de ${told.organisation} pour « ${title(told)} » est refusé avant examen : ${grounds(fact.grounds)}.`,
      `Motifs : ${fact.reasons}`,
      'Un recours gracieux est possible dans les deux mois.',
      ...filePage(told),
    ],
  }),
  example: [
    {
      type: 'RefusedBeforehand',
      institution: 'ARS-PDL',
      grounds: ['late'],
      reasons: 'Le pli est arrivé le lendemain.',
    },
  ],
};

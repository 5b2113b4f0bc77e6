import { filePage, type Template, title } from '../../told.js';
import { grounds } from '../grounds.js';

export const admissibilityCorrected: Template<'AdmissibilityCorrected'> = {
  kind: 'admissibility-corrected',
  words: (fact, told) => ({
    subject: `Recevabilité corrigée — ${title(told)}`,
    lines: [
      ...(fact.now.verdict === 'admissible'
        ? [`Le dossier de ${told.organisation} pour « ${title(told)} » est déclaré recevable.`]
        : [
            `Le dossier de ${told.organisation} pour « ${title(told)} » est refusé avant examen : ${grounds(fact.now.grounds)}.`,
            `Motifs : ${fact.now.reasons}`,
          ]),
      `Motif de la correction : ${fact.reason}`,
      ...(fact.now.verdict === 'refused' ? ['Un recours gracieux est possible dans les deux mois.'] : []),
      ...filePage(told),
    ],
  }),
  example: [
    {
      type: 'AdmissibilityCorrected',
      institution: 'ARS-PDL',
      reason: 'Relecture du cachet.',
      now: { verdict: 'admissible' },
    },
  ],
};

import { filePage, type Template, title } from '../../told.js';

export const calledUp: Template<'CalledUpFromReserve'> = {
  kind: 'called-up',
  words: (fact, told) => ({
    subject: `Dossier appelé de la liste complémentaire — ${title(told)}`,
    lines: [
      `${fact.institution} appelle le dossier de ${told.organisation}. Motif : ${fact.reason}`,
      'Chaque autorité pilote décide de nouveau.',
      ...filePage(told),
    ],
  }),
  example: [
    {
      type: 'CalledUpFromReserve',
      call: 'exemple',
      institution: 'ARS-PDL',
      reason: 'Un lauréat renonce.',
      capacity: { kind: 'office' },
    },
  ],
};

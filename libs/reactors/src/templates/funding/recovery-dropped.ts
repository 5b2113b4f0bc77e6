import { filePage, type Template, title } from '../../told.js';

export const recoveryDropped: Template<'RecoveryDropped'> = {
  kind: 'recovery-dropped',
  words: (fact, told) => ({
    subject: `Reversement abandonné — ${title(told)}`,
    lines: [
      `Il n'est plus demandé à ${told.organisation} de reverser de l'argent (reversement n° ${fact.recovery}).`,
      `Motifs : ${fact.reasons}`,
      ...filePage(told),
    ],
  }),
  example: [{ type: 'RecoveryDropped', recovery: 1, reasons: 'Justificatifs reçus.' }],
};

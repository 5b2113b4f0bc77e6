import { callPage, type Template, title } from '../../told.js';

export const reviewerAppointed: Template<'ReviewerAppointed'> = {
  kind: 'reviewer-appointed',
  words: (_, told) => ({
    subject: `Désignation comme évaluateur — ${title(told)}`,
    lines: [
      `Vous êtes désigné pour évaluer des dossiers de « ${title(told)} ».`,
      "Déclarez d'abord vos intérêts : jusque-là, seuls les noms vous sont montrés.",
      ...callPage(told),
    ],
  }),
  example: [{ type: 'ReviewerAppointed', call: 'exemple', person: 'exemple', expertise: ['santé'] }],
};

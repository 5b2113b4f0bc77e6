import { callPage, type Template, title } from '../../told.js';

export const withdrawal: Template<'ApplicationWithdrawn'> = {
  kind: 'withdrawal',
  words: (fact, told) => ({
    subject: `Dossier retiré — ${title(told)}`,
    lines: [
      `Le dossier de ${told.organisation} pour « ${title(told)} » a été retiré.`,
      `Motif : ${fact.reason}`,
      ...callPage(told),
    ],
  }),
  example: [{ type: 'ApplicationWithdrawn', reason: 'Le projet est reporté.' }],
};

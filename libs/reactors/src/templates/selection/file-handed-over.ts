import { filePage, type Template, title } from '../../told.js';

export const fileHandedOver: Template<'FileHandedOver'> = {
  kind: 'file-handed-over',
  words: (fact, told) => ({
    subject: `Dossier à instruire — ${title(told)}`,
    lines: [
      `Le dossier de ${told.organisation} pour « ${title(told)} » vous est confié. Motif : ${fact.reason}`,
      ...filePage(told),
    ],
  }),
  example: [{ type: 'FileHandedOver', to: 'exemple', reason: 'Congé.' }],
};

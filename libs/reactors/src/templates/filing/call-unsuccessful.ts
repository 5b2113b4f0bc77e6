import { callPage, type Template, title } from '../../told.js';

export const callUnsuccessful: Template<'CallDeclaredUnsuccessful'> = {
  kind: 'call-unsuccessful',
  words: (fact, told) => ({
    subject: `Appel infructueux — ${title(told)}`,
    lines: [`« ${title(told)} » est déclaré infructueux. Motif : ${fact.reason}`, ...callPage(told)],
  }),
  example: [{ type: 'CallDeclaredUnsuccessful', reason: 'Aucun dossier recevable.' }],
};

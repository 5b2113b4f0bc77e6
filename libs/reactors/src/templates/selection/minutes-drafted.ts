import { callPage, type Template, title } from '../../told.js';
import { planned } from '../example-facts.js';
import { whenAndWhere } from '../when-and-where.js';

export const minutesDrafted: Template<'MinutesDrafted'> = {
  kind: 'minutes-drafted',
  words: (fact, told) => ({
    subject: `Procès-verbal à signer — ${title(told)}`,
    lines: [
      `Le procès-verbal de la séance de la commission (${whenAndWhere(fact.session, told)}) attend votre signature : version ${fact.version}.`,
      `Empreinte (SHA-256) : ${fact.hash}`,
      ...callPage(told),
    ],
  }),
  example: [planned, { type: 'MinutesDrafted', session: 'exemple', version: 1, hash: 'a1b2c3', text: 'Texte.' }],
};

import { filePage, type Template, title } from '../../told.js';
import { drafted } from '../example-facts.js';

export const signatureExtended: Template<'SignatureExtended'> = {
  kind: 'signature-extended',
  words: (fact, told) => ({
    subject: `Délai de signature prolongé — ${title(told)}`,
    lines: [
      `La signature de la convention ou de l'arrêté du dossier de ${told.organisation} est attendue jusqu'au ${told.calendar.say(fact.until)}. Motif : ${fact.reason}`,
      ...filePage(told),
    ],
  }),
  example: [
    drafted,
    { type: 'SignatureExtended', until: '2026-12-20T11:00:00Z', reason: 'Le conseil se réunit le 15.' },
  ],
};

import { callPage, type Template, title } from '../../told.js';

export const extensionGranted: Template<'ExtensionGranted'> = {
  kind: 'extension-granted',
  words: (fact, told) => ({
    subject: `Délai accordé — ${title(told)}`,
    lines: [
      `Vous pouvez déposer votre dossier jusqu'au ${told.calendar.say(fact.until)}. Motif : ${fact.reason}`,
      ...callPage(told),
    ],
  }),
  example: [
    {
      type: 'ExtensionGranted',
      institution: 'ARS-PDL',
      organisation: 'exemple',
      until: '2026-09-22T14:00:00Z',
      reason: 'Inondation.',
    },
  ],
};

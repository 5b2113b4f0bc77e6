import { filePage, type Template, title } from '../../told.js';

export const completionExtended: Template<'CompletionExtended'> = {
  kind: 'completion-extended',
  words: (fact, told) => ({
    subject: `Délai des compléments prolongé — ${title(told)}`,
    lines: [
      `Vous pouvez compléter le dossier de ${told.organisation} jusqu'au ${told.calendar.say(fact.dueAt)}. Motif : ${fact.reason}`,
      ...filePage(told),
    ],
  }),
  example: [
    {
      type: 'CompletionExtended',
      request: 1,
      dueAt: '2026-10-17T14:00:00Z',
      extendedAt: '2026-10-08T08:00:00Z',
      reason: 'Assemblée générale reportée.',
    },
  ],
};

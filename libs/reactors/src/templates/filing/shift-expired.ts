import { callPage, type Template, title } from '../../told.js';

export const shiftExpired: Template<'ShiftExpired'> = {
  kind: 'shift-expired',
  words: (fact, told) => ({
    subject: `Décalage expiré — ${title(told)}`,
    lines: [
      `La proposition de décalage n° ${fact.proposal} a expiré sans l'accord de toutes les autorités. ${fact.because}`,
      'Le calendrier ne change pas.',
      ...callPage(told),
    ],
  }),
  example: [
    {
      type: 'ShiftExpired',
      proposal: 1,
      expiredAt: '2026-09-15T14:00:00Z',
      because: "L'ancienne date est arrivée.",
    },
  ],
};

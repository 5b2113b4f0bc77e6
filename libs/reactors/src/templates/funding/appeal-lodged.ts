import { filePage, type Template, title } from '../../told.js';

export const appealLodged: Template<'AppealLodged'> = {
  kind: 'appeal-lodged',
  words: (fact, told) => ({
    subject: `Recours gracieux — ${title(told)}`,
    lines: [
      `${told.organisation} a formé un recours gracieux le ${told.calendar.say(fact.lodgedAt)}.`,
      'Deux mois de silence valent rejet (CRPA L231-4).',
      ...filePage(told),
    ],
  }),
  example: [
    {
      type: 'AppealLodged',
      call: 'exemple',
      content: { version: 0, hash: 'a1b2c3' },
      lodgedAt: '2027-01-12T09:00:00Z',
    },
  ],
};

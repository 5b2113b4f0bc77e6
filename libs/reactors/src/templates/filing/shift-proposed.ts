import { callPage, type Template, title } from '../../told.js';
import { shift } from '../example-facts.js';
import { moves } from '../moves.js';

export const shiftProposed: Template<'ShiftProposed'> = {
  kind: 'shift-proposed',
  words: (fact, told) => ({
    subject: `Décalage proposé — ${title(told)}`,
    lines: [
      `${fact.institution} propose de décaler le calendrier. Motif : ${fact.reason}`,
      moves(fact, told.calendar),
      "Jusqu'à l'accord de toutes les autorités, les anciennes dates valent.",
      ...(told.expiresAt === undefined
        ? []
        : [`Sans cet accord, la proposition expire le ${told.calendar.say(told.expiresAt)}.`]),
      ...callPage(told),
    ],
  }),
  example: [
    {
      type: 'ShiftProposed',
      proposal: 1,
      institution: 'ARS-PDL',
      changes: [],
      reason: 'La salle est prise.',
      ...shift,
      warnings: [],
    },
  ],
};

import { callPage, type Template, title } from '../../told.js';
import { shift } from '../example-facts.js';
import { moves } from '../moves.js';
import { standing } from '../standing.js';

export const scheduleShifted: Template<'ScheduleShifted'> = {
  kind: 'schedule-shifted',
  words: (fact, told) => ({
    subject: `Calendrier décalé — ${title(told)}`,
    lines: [
      `Le calendrier de « ${title(told)} » a changé. Motif : ${fact.reason}`,
      moves(fact, told.calendar),
      standing(told),
      ...callPage(told),
    ],
  }),
  example: [{ type: 'ScheduleShifted', proposal: 1, reason: 'La salle est prise.', ...shift }],
};

import { callPage, type Template, title } from '../../told.js';
import { planned } from '../example-facts.js';

export const sessionMoved: Template<'SessionMoved'> = {
  kind: 'session-moved',
  words: (fact, told) => ({
    subject: `Séance déplacée, convocation annulée — ${title(told)}`,
    lines: [
      `La séance de la commission de « ${title(told)} » ne se tient pas le ${told.calendar.say(fact.from)} : la convocation est annulée.`,
      `Nouvelle date : le ${told.calendar.say(fact.to)}. Motif : ${fact.reason}`,
      "Les mandats et les réponses donnés pour l'ancienne date ne valent plus : ils vous seront demandés de nouveau avec la nouvelle convocation.",
      ...callPage(told),
    ],
  }),
  example: [
    planned,
    {
      type: 'SessionMoved',
      session: planned.session,
      from: planned.at,
      to: '2026-11-24T08:30:00Z',
      reason: 'La salle est fermée.',
    },
  ],
};

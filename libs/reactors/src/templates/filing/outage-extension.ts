import { callPage, type Template, title } from '../../told.js';
import { shift } from '../example-facts.js';
import { moves } from '../moves.js';
import { standing } from '../standing.js';

export const outageExtension: Template<'OutageExtensionGranted'> = {
  kind: 'outage-extension',
  words: (fact, told) => ({
    subject: `Dépôt prolongé — ${title(told)}`,
    lines: [
      `À la suite d'une panne du service, le dépôt est prolongé pour tous. ${fact.outage.description}`,
      moves(fact, told.calendar),
      standing(told),
      ...callPage(told),
    ],
  }),
  example: [
    {
      type: 'OutageExtensionGranted',
      number: 1,
      outage: { from: '2026-09-15T10:00:00Z', until: '2026-09-15T12:00:00Z', description: 'Panne de courant.' },
      ...shift,
      institution: 'ARS-PDL',
      capacity: { kind: 'office' },
    },
  ],
};

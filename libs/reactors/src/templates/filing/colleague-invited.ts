import type { Template } from '../../told.js';

export const colleagueInvited: Template<'ColleagueInvited'> = {
  kind: 'colleague-invited',
  words: (fact, { organisation }) => ({
    subject: `Invitation — ${organisation}`,
    lines: [
      `Un collègue vous invite dans ${organisation} pour ${fact.power === 'submit' ? 'préparer et déposer' : 'préparer'} ses dossiers.`,
      'Connectez-vous pour accepter.',
    ],
  }),
  example: [{ type: 'ColleagueInvited', person: 'exemple', power: 'submit' }],
};

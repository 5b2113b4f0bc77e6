import type { Template } from '../../told.js';

export const claimConfirmed: Template<'ClaimConfirmed'> = {
  kind: 'claim-confirmed',
  words: (fact, { organisation }) => ({
    subject: `Rattachement confirmé — ${organisation}`,
    lines: [
      `Vous êtes rattaché à ${organisation} : vous pouvez ${fact.power === 'submit' ? 'préparer et déposer' : 'préparer'} ses dossiers.`,
    ],
  }),
  example: [{ type: 'ClaimConfirmed', person: 'exemple', power: 'submit' }],
};

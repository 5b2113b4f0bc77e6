import type { Template } from '../../told.js';

export const claimRejected: Template<'ClaimRejected'> = {
  kind: 'claim-rejected',
  words: (fact, { organisation }) => ({
    subject: `Rattachement refusé — ${organisation}`,
    lines: [`Votre rattachement à ${organisation} est refusé. Motif : ${fact.reason}`],
  }),
  example: [{ type: 'ClaimRejected', person: 'exemple', reason: 'Inconnu dans notre organisme.' }],
};

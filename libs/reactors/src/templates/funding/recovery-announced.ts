import { sayDay } from '#domain/instants.js';
import { euros } from '#domain/money.js';
import { filePage, type Template, title } from '../../told.js';

export const recoveryAnnounced: Template<'RecoveryAnnounced'> = {
  kind: 'recovery-announced',
  words: (fact, told) => ({
    subject: `Reversement envisagé — ${title(told)}`,
    lines: [
      `Il est envisagé de demander à ${told.organisation} de reverser ${euros(fact.amountCents)}.`,
      `Motifs : ${fact.reasons}`,
      `Vos observations sont attendues jusqu'au ${sayDay(fact.observationsUntil)} inclus.`,
      ...filePage(told),
    ],
  }),
  example: [
    {
      type: 'RecoveryAnnounced',
      recovery: 1,
      amountCents: 500_000,
      reasons: 'Action non réalisée.',
      observationsUntil: '2028-06-01',
    },
  ],
};

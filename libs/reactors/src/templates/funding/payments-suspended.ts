import { filePage, type Template, title } from '../../told.js';

export const paymentsSuspended: Template<'PaymentsSuspended'> = {
  kind: 'payments-suspended',
  words: (fact, told) => ({
    subject: `Versements suspendus — ${title(told)}`,
    lines: [
      `Les versements du dossier de ${told.organisation} sont suspendus. Motif : ${fact.reason}`,
      ...filePage(told),
    ],
  }),
  example: [{ type: 'PaymentsSuspended', reason: 'Compte rendu en retard.' }],
};

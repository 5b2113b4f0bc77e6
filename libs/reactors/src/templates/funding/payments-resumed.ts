import { filePage, type Template, title } from '../../told.js';

export const paymentsResumed: Template<'PaymentsResumed'> = {
  kind: 'payments-resumed',
  words: (fact, told) => ({
    subject: `Versements repris — ${title(told)}`,
    lines: [`Les versements du dossier de ${told.organisation} reprennent. Motif : ${fact.reason}`, ...filePage(told)],
  }),
  example: [{ type: 'PaymentsResumed', reason: 'Compte rendu reçu.' }],
};

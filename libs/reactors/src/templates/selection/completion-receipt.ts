import { euros } from '#domain/money.js';
import { type Template, title } from '../../told.js';
import { submission } from '../example-facts.js';

export const completionReceipt: Template<'FileCompleted'> = {
  kind: 'completion-receipt',
  words: (fact, told) => ({
    subject: `Compléments reçus ${fact.receipt} — ${title(told)}`,
    lines: [
      `Le dossier de ${told.organisation} pour « ${title(told)} » a été complété le ${told.calendar.say(fact.submittedAt)}.`,
      `Numéro d'accusé de réception : ${fact.receipt} (dépôt n° ${fact.submission})`,
      `Montant demandé : ${euros(fact.totals.requestedCents)} sur un total de ${euros(fact.totals.productsCents)}`,
      `Pièces : ${fact.documents.length}`,
      `Empreinte du contenu (SHA-256) : ${fact.content.hash}`,
      { label: 'Vérification', url: `${told.url}/api/receipts/${fact.receipt}` },
    ],
  }),
  example: [{ type: 'FileCompleted', request: 1, replaces: 'AR-0000-0000-0000-0000', ...submission }],
};

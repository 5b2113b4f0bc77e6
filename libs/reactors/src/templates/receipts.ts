import type { Submission } from '#domain/application/application-facts.js';
import { euros } from '#domain/money.js';
import { type Contents, title, type Told } from '../told.js';

export function receipt(fact: Submission, told: Told, replaces: boolean): Contents {
  const { organisation, calendar, url } = told;
  const what = replaces ? 'Dépôt remplacé' : 'Accusé de réception';
  return {
    subject: `${what} ${fact.receipt} — ${title(told)}`,
    lines: [
      `Le dossier de ${organisation} pour « ${title(told)} » a été déposé le ${calendar.say(fact.submittedAt)}.`,
      `Numéro d'accusé de réception : ${fact.receipt} (dépôt n° ${fact.submission})`,
      `Montant demandé : ${euros(fact.totals.requestedCents)} sur un total de ${euros(fact.totals.productsCents)}`,
      `Pièces : ${fact.documents.length}`,
      `Empreinte du contenu (SHA-256) : ${fact.content.hash}`,
      `Date limite : ${calendar.say(fact.deadline)}. Jusque-là, ce dépôt peut être remplacé.`,
      { label: 'Vérification', url: `${url}/api/receipts/${fact.receipt}` },
    ],
  };
}

import type { ApplicationEvent } from '../application/application.js';
import type { AdmissibilityEvent } from '../application/admissibility-facts.js';
import { type Calendar, unreachable } from '../decider.js';
import { euros } from '../money.js';
import { counted } from '../texts.js';
import type { Narration } from './narration.js';

const WINDOW = 'Dépôt ouvert à la seconde près, date limite incluse (CRPA L112-13)';

export function narrateApplication(fact: Exclude<ApplicationEvent, AdmissibilityEvent>, calendar: Calendar): Narration {
  switch (fact.type) {
    case 'ApplicationStarted':
      return {
        sentence: `Dossier n° ${fact.number} ouvert par ${fact.organisation}.`,
        rule: 'Nombre de dossiers fixé par le cahier des charges',
      };
    case 'DraftSaved':
      return { sentence: 'Brouillon enregistré.', rule: WINDOW };
    case 'DocumentAttached':
      return {
        sentence: `Pièce jointe (${fact.code}, ${counted(fact.size, 'octet')}).`,
        rule: 'Pièces demandées par le cahier des charges',
      };
    case 'DocumentRemoved':
      return { sentence: 'Pièce retirée du brouillon.', rule: WINDOW };
    case 'ApplicationSubmitted':
    case 'SubmissionReplaced': {
      const verb =
        fact.type === 'SubmissionReplaced' ? `Dépôt remplacé (l'ancien : ${fact.replaces})` : 'Dossier déposé';
      return {
        sentence: `${verb} : accusé ${fact.receipt}, ${euros(fact.totals.requestedCents)} demandés sur ${euros(fact.totals.productsCents)}, date limite ${calendar.say(fact.deadline)}.`,
        rule: `${WINDOW} ; accusé de réception (CRPA R112-11-2)`,
      };
    }
    case 'ApplicationWithdrawn':
      return {
        sentence: `Dossier retiré. Motif : ${fact.reason}`,
        rule: 'Le porteur de projet dispose de son dossier',
      };
    case 'PaperFilingRegistered':
      return {
        sentence: `Pli ${fact.reference} arrivé le ${calendar.say(fact.arrivedAt)}${fact.late ? ', après la date limite' : ''} : accusé ${fact.receipt}.`,
        rule: "La date d'arrivée fait foi ; un pli tardif est enregistré, puis refusé",
      };
    case 'FileShared':
      return {
        sentence: `Dossier partagé avec ${fact.organisation}.`,
        rule: "Les partenaires d'un groupement partagent un dossier",
      };
    case 'FileUnshared':
      return {
        sentence: `Dossier plus partagé avec ${fact.organisation}.`,
        rule: "Les partenaires d'un groupement partagent un dossier",
      };
    case 'ContentsForgotten':
      return { sentence: `Contenu effacé. Motif : ${fact.reason}`, rule: 'Effacement des données (RGPD, art. 17)' };
    default:
      return unreachable(fact);
  }
}

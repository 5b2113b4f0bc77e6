import type { ApplicationEvent, Submission } from '../application/application-facts.js';
import type { AdmissibilityEvent } from '../application/admissibility-facts.js';
import type { Calendar } from '../decider.js';
import { sayDay } from '../instants.js';
import { euros } from '../money.js';
import { counted } from '../texts.js';
import { type Narrations, told } from './narration.js';

const WINDOW = 'Dépôt ouvert à la seconde près, date limite incluse (CRPA L112-13)';
const RECEIPT = `${WINDOW} ; accusé de réception (CRPA R112-11-2)`;
const DATES = 'Un décalage qui rend un démarrage impossible fait confirmer les dates, sans rouvrir le dossier';
const CONSORTIUM = "Les partenaires d'un groupement partagent un dossier";

/** Every fact of a file but those of its admissibility, as a person reads it. */
export const applicationNarrations: Narrations<Exclude<ApplicationEvent, AdmissibilityEvent>> = {
  ApplicationStarted: (fact) =>
    told(
      `Dossier n° ${fact.number} ouvert par ${fact.organisation}.`,
      'Nombre de dossiers fixé par le cahier des charges',
    ),
  DraftSaved: () => told('Brouillon enregistré.', WINDOW),
  DocumentAttached: (fact) =>
    told(`Pièce jointe (${fact.code}, ${counted(fact.size, 'octet')}).`, 'Pièces demandées par le cahier des charges'),
  DocumentRemoved: () => told('Pièce retirée du brouillon.', WINDOW),
  ApplicationSubmitted: (fact, calendar) => told(`Dossier déposé : ${filed(fact, calendar)}`, RECEIPT),
  SubmissionReplaced: (fact, calendar) =>
    told(`Dépôt remplacé (l'ancien : ${fact.replaces}) : ${filed(fact, calendar)}`, RECEIPT),
  ApplicationWithdrawn: (fact) =>
    told(`Dossier retiré. Motif : ${fact.reason}`, 'Le porteur de projet dispose de son dossier'),
  PaperFilingRegistered: (fact, calendar) =>
    told(
      `Pli ${fact.reference} arrivé le ${calendar.say(fact.arrivedAt)}${fact.late ? ', après la date limite' : ''} : accusé ${fact.receipt}.`,
      "La date d'arrivée fait foi ; un pli tardif est enregistré, puis refusé",
    ),
  FileShared: (fact) => told(`Dossier partagé avec ${fact.organisation}.`, CONSORTIUM),
  FileUnshared: (fact) => told(`Dossier plus partagé avec ${fact.organisation}.`, CONSORTIUM),
  DatesAsked: (fact) =>
    told(`Dates du projet à confirmer : aucun démarrage n'est possible avant le ${sayDay(fact.earliest)}.`, DATES),
  DatesConfirmed: (fact) =>
    told(`Dates du projet confirmées : du ${sayDay(fact.startsOn)} au ${sayDay(fact.endsOn)}.`, DATES),
  ContentsForgotten: (fact) => told(`Contenu effacé. Motif : ${fact.reason}`, 'Effacement des données (RGPD, art. 17)'),
};

const filed = ({ receipt, totals, deadline }: Submission, calendar: Calendar): string =>
  `accusé ${receipt}, ${euros(totals.requestedCents)} demandés sur ${euros(totals.productsCents)}, date limite ${calendar.say(deadline)}.`;

import {
  type Admissibility,
  type AdmissibilityEvent,
  frenchFields,
  type RefusalGround,
} from '../application/admissibility-facts.js';
import { euros } from '../money.js';
import { frenchGrounds } from './french.js';
import { type Narrations, told } from './narration.js';

const INCOMPLETE =
  'Dossier incomplet : pièces manquantes indiquées, délai fixé, le temps de réponse est suspendu (CRPA L114-5)';
const EXAMINED = 'Les autorités pilotes examinent la complétude et la recevabilité';
const REFUSED = 'Refus préalable (CASF R313-6, ou pratique pour une subvention), motivé (CRPA L211-2)';

/** Every fact of the admissibility of a file, as a person reads it. */
export const admissibilityNarrations: Narrations<AdmissibilityEvent> = {
  CompletionRequested: (fact, calendar) =>
    told(
      `${fact.institution} demande des compléments (n° ${fact.request}) avant le ${calendar.say(fact.dueAt)} : ${asked(fact)}. Motif : ${fact.reason}`,
      INCOMPLETE,
    ),
  CompletionExtended: (fact, calendar) =>
    told(
      `Délai des compléments n° ${fact.request} prolongé jusqu'au ${calendar.say(fact.dueAt)}. Motif : ${fact.reason}`,
      'Un délai individuel est possible pour des compléments, jamais pour le dépôt (CASF R313-6)',
    ),
  FileCompleted: (fact) =>
    told(
      `Compléments n° ${fact.request} reçus (l'ancien dépôt : ${fact.replaces}) : accusé ${fact.receipt}, ${euros(fact.totals.requestedCents)} demandés sur ${euros(fact.totals.productsCents)}.`,
      'Seul ce qui était demandé est rouvert ; accusé de réception (CRPA R112-11-2)',
    ),
  DeclaredAdmissible: (fact) => told(`Dossier déclaré recevable par ${fact.institution}.`, EXAMINED),
  RefusedBeforehand: (fact) =>
    told(`Refus préalable par ${fact.institution} : ${grounds(fact.grounds)}. Motifs : ${fact.reasons}`, REFUSED),
  AdmissibilityCorrected: (fact) =>
    told(
      `Recevabilité corrigée par ${fact.institution} : ${verdict(fact.now)} Motif de la correction : ${fact.reason}`,
      'Une erreur est corrigée par un nouveau fait motivé ; ce qui était écrit reste',
    ),
  FileHandedOver: (fact) =>
    told(
      `Dossier confié à ${fact.from === undefined ? 'un' : 'un autre'} instructeur. Motif : ${fact.reason}`,
      EXAMINED,
    ),
};

const grounds = (codes: readonly RefusalGround[]): string => codes.map((code) => frenchGrounds[code]).join(', ');

const verdict = (now: Admissibility): string =>
  now.verdict === 'admissible'
    ? 'dossier recevable.'
    : `refus préalable (${grounds(now.grounds)}). Motifs : ${now.reasons}`;

const asked = ({
  fields,
  documents,
}: {
  fields: readonly (keyof typeof frenchFields)[];
  documents: readonly string[];
}) => [...fields.map((field) => frenchFields[field]), ...documents.map((code) => `pièce « ${code} »`)].join(', ');

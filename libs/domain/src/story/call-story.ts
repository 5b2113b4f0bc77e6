import type { CallEvent } from '../call/call.js';
import type { Schedule } from '../call/call-facts.js';
import { movedMilestones } from '../call/notices.js';
import type { Calendar } from '../decider.js';
import { amountOf, euros } from '../money.js';
import { sayDay } from '../instants.js';
import { frenchMilestones, instantOf } from '../schedule/milestones.js';
import { counted, inNumber } from '../texts.js';
import { type Narrations, signedUnder, told } from './narration.js';

const JOINT = "Chaque autorité pilote accepte l'appel et ses changements";
const PREPARATION = "Phase préparatoire, ouverte par la lettre d'intention";
const CLOSING = 'Clôture annuelle des paiements (pratique)';
const FALL = 'Une approbation tombe quand ce qui était approuvé change';

/** Every fact of a call, as a person reads it. */
export const callNarrations: Narrations<CallEvent> = {
  CallDrafted: (fact) =>
    told(
      `Appel rédigé : « ${fact.heading.title} » (${fact.heading.leads.join(', ')})${fact.copiedFrom ? ", repris d'un appel antérieur" : ''}.`,
      `Régime ${fact.heading.regime}`,
    ),
  HeadingRevised: (fact) => told(`Objet de l'appel modifié : « ${fact.heading.title} ».`, JOINT),
  LetterOfIntentSigned: (fact) =>
    told(`Lettre d'intention signée pour ${fact.institution}.`, signedUnder(fact.capacity)),
  LetterSignaturesFell: (fact) =>
    told(
      `${inNumber(fact.institutions.length, "Signature de la lettre d'intention tombée", "Signatures de la lettre d'intention tombées")} (${fact.institutions.join(', ')}). ${fact.because}`,
      FALL,
    ),
  PreparationOpened: () =>
    told('Phase préparatoire ouverte.', "La dernière signature de la lettre d'intention ouvre la phase préparatoire"),
  ReferentNamed: (fact) =>
    told(`Référent ${fact.replaces ? 'remplacé' : 'désigné'} pour ${fact.institution} : ${fact.duty}.`, PREPARATION),
  PartnerInvited: (fact) =>
    told(
      `Partenaire invité : ${fact.institution} (présence ${fact.presence === 'expected' ? 'attendue' : 'facultative'}).`,
      PREPARATION,
    ),
  PartnerInvitationWithdrawn: (fact) =>
    told(`Invitation retirée : ${fact.institution}. Motif : ${fact.reason}`, PREPARATION),
  PartnerInvitationAnswered: (fact) =>
    told(`${fact.institution} ${fact.accepted ? 'participe' : 'ne participe pas'} à la préparation.`, PREPARATION),
  SilentPartnerOverridden: (fact) =>
    told(
      `Silence de ${fact.institution} passé outre. Motif : ${fact.reason}`,
      'Un partenaire attendu répond, ou son silence est passé outre par un motif',
    ),
  AuthorityAssociated: (fact) => told(`Autorité associée : ${fact.name}.`, PREPARATION),
  AuthorityDissociated: (fact) =>
    told(`Autorité qui n'est plus associée : ${fact.name}. Motif : ${fact.reason}`, PREPARATION),
  PreparationCommented: () => told('Observation sur la préparation.', PREPARATION),
  SpecificationsSet: () => told('Cahier des charges fixé.', PREPARATION),
  RubricSet: (fact) =>
    told(`Grille de notation fixée : ${counted(fact.criteria.length, 'critère')}.`, 'Les pondérations totalisent 100'),
  ScheduleSet: (fact, calendar) =>
    told(
      `Calendrier fixé${fact.schedule.setBy ? ` par ${fact.schedule.setBy}` : ''} : ${deadline(fact.schedule, calendar)}.`,
      'Ordre des jalons et bornes du régime',
    ),
  EnvelopesSet: (fact) =>
    told(
      `Enveloppes fixées : ${euros(amountOf(fact.envelopes.lines))}.`,
      'Un appel à projets de subvention a au moins une enveloppe',
    ),
  CallApproved: (fact) => told(`Appel approuvé pour ${fact.institution}.`, signedUnder(fact.capacity)),
  ApprovalsFell: (fact) =>
    told(
      `${inNumber(fact.institutions.length, 'Approbation tombée', 'Approbations tombées')} (${fact.institutions.join(', ')}). ${fact.because}`,
      FALL,
    ),
  CallPublished: (fact, calendar) =>
    told(`Avis publié : ${deadline(fact.schedule, calendar)}.`, `${JOINT} ; règles version ${fact.rules}`),
  RectifyingNoticePublished: (fact) =>
    told(`Avis rectificatif n° ${fact.number} publié.`, "Un changement a la même publicité que l'avis"),
  ShiftProposed: (fact, calendar) =>
    told(
      `${fact.institution} propose un décalage (n° ${fact.proposal}) : ${moves(fact, calendar)}. Motif : ${fact.reason}`,
      JOINT,
    ),
  OutsideAnswerRecorded: (fact) =>
    told(
      `Réponse de l'autorité qui a fixé le calendrier : ${fact.accepted ? 'accord' : 'refus'} (${fact.reference}).`,
      'Un calendrier fixé ailleurs se déplace avec son accord',
    ),
  ShiftAgreed: (fact) =>
    told(
      `${fact.institution} accepte le décalage n° ${fact.proposal}.`,
      fact.capacity ? signedUnder(fact.capacity) : JOINT,
    ),
  ShiftRefused: (fact) =>
    told(`${fact.institution} refuse le décalage n° ${fact.proposal}. Motif : ${fact.reason}`, JOINT),
  ShiftWithdrawn: (fact) =>
    told(`${fact.institution} retire le décalage n° ${fact.proposal}. Motif : ${fact.reason}`, JOINT),
  ShiftExpired: (fact) =>
    told(
      `Le décalage n° ${fact.proposal} a expiré sans l'accord de toutes les autorités. ${fact.because}`,
      "Une proposition expire avec la première des dates qu'elle déplace",
    ),
  ScheduleShifted: (fact, calendar) =>
    told(
      `Calendrier décalé : ${moves(fact, calendar)}. Motif : ${fact.reason}`,
      `${JOINT} ; un dossier déposé reste valable`,
    ),
  PaymentYearAsked: (fact) =>
    told(
      `Le décalage franchit la clôture des paiements de ${fact.year} (${sayDay(fact.closesOn)}) : les gestionnaires financiers disent en quelle année ils paient.`,
      CLOSING,
    ),
  PaymentYearAnswered: (fact) =>
    told(
      `${fact.institution} paiera ${fact.year === 'this' ? "avant la clôture de l'année" : "l'année suivante"}. Motif : ${fact.reason}`,
      CLOSING,
    ),
  OutageExtensionGranted: (fact, calendar) =>
    told(
      `Dépôt prolongé pour tous après une panne${fact.outage.incident ? ` (incident ${fact.outage.incident.reference})` : ''} : ${moves(fact, calendar)}.`,
      signedUnder(fact.capacity),
    ),
  OutageExtensionRatified: (fact) =>
    told(`Prolongation n° ${fact.number} ratifiée par ${fact.institution}.`, signedUnder(fact.capacity)),
  OutageLeftUnratified: (fact, calendar) =>
    told(
      `Prolongation n° ${fact.number} non ratifiée le ${calendar.say(fact.ratifyBy)} par : ${fact.institutions.join(', ')}.`,
      "Une prolongation d'urgence est ratifiée sous 24 heures, ou signalée",
    ),
  ExtensionGranted: (fact, calendar) =>
    told(
      `Délai accordé à ${fact.organisation} jusqu'au ${calendar.say(fact.until)}. Motif : ${fact.reason}`,
      'Délai individuel prévu par le cahier des charges',
    ),
  EndingAgreed: (fact) =>
    told(
      `${fact.institution} demande que l'appel soit ${fact.ending === 'cancelled' ? 'annulé' : 'déclaré infructueux'}. Motif : ${fact.reason}`,
      signedUnder(fact.capacity),
    ),
  EndingDropped: (fact) => told(`Fin de l'appel abandonnée par ${fact.institution}. Motif : ${fact.reason}`, JOINT),
  CallCancelled: (fact) => told(`Appel annulé. Motif : ${fact.reason}`, JOINT),
  CallDeclaredUnsuccessful: (fact) => told(`Appel déclaré infructueux. Motif : ${fact.reason}`, JOINT),
  ContentsUnsealed: (fact, calendar) =>
    told(
      `Dossiers descellés, dépôt clos depuis le ${calendar.say(fact.windowEnd)}.`,
      'Les dossiers restent scellés tant que le dépôt est ouvert',
    ),
  ContentsResealed: (fact, calendar) =>
    told(
      `Dossiers de nouveau scellés : le dépôt rouvre jusqu'au ${calendar.say(fact.windowEnd)}.`,
      'Réouverture prévue par le cahier des charges',
    ),
};

const deadline = ({ milestones }: Schedule, calendar: Calendar): string => {
  const at = instantOf(milestones, 'submissionDeadline');
  return at ? `dépôt jusqu'au ${calendar.say(at)}` : 'sans date limite de dépôt';
};

const moves = ({ before, after }: { before: Schedule; after: Schedule }, calendar: Calendar): string =>
  movedMilestones(before, after)
    .map(
      ({ kind, from, to }) => `${frenchMilestones[kind]} ${from ? `${calendar.say(from)} → ` : ''}${calendar.say(to)}`,
    )
    .join(' ; ');

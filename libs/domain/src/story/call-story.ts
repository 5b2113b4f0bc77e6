import type { CallEvent } from '../call/call.js';
import type { Schedule } from '../call/call-facts.js';
import { movedMilestones } from '../call/notices.js';
import { type Calendar, unreachable } from '../decider.js';
import type { Capacity } from '../institution/institution.js';
import { euros, sum } from '../money.js';
import { frenchMilestones, instantOf } from '../schedule/milestones.js';
import { counted, inNumber } from '../texts.js';
import type { Narration } from './narration.js';

const JOINT = "Chaque autorité pilote accepte l'appel et ses changements";
const PREPARATION = "Phase préparatoire, ouverte par la lettre d'intention";
const FALL = 'Une approbation tombe quand ce qui était approuvé change';

export function narrateCall(fact: CallEvent, calendar: Calendar): Narration {
  const told = (sentence: string, rule: string): Narration => ({ sentence, rule });
  switch (fact.type) {
    case 'CallDrafted':
      return told(
        `Appel rédigé : « ${fact.heading.title} » (${fact.heading.leads.join(', ')})${fact.copiedFrom ? ", repris d'un appel antérieur" : ''}.`,
        `Régime ${fact.heading.regime}`,
      );
    case 'HeadingRevised':
      return told(`Objet de l'appel modifié : « ${fact.heading.title} ».`, JOINT);
    case 'LetterOfIntentSigned':
      return told(`Lettre d'intention signée pour ${fact.institution}.`, signedUnder(fact.capacity));
    case 'LetterSignaturesFell':
      return told(
        `${inNumber(fact.institutions.length, "Signature de la lettre d'intention tombée", "Signatures de la lettre d'intention tombées")} (${fact.institutions.join(', ')}). ${fact.because}`,
        FALL,
      );
    case 'PreparationOpened':
      return told(
        'Phase préparatoire ouverte.',
        "La dernière signature de la lettre d'intention ouvre la phase préparatoire",
      );
    case 'ReferentNamed':
      return told(
        `Référent ${fact.replaces ? 'remplacé' : 'désigné'} pour ${fact.institution} : ${fact.duty}.`,
        PREPARATION,
      );
    case 'PartnerInvited':
      return told(
        `Partenaire invité : ${fact.institution} (présence ${fact.presence === 'expected' ? 'attendue' : 'facultative'}).`,
        PREPARATION,
      );
    case 'PartnerInvitationWithdrawn':
      return told(`Invitation retirée : ${fact.institution}. Motif : ${fact.reason}`, PREPARATION);
    case 'PartnerInvitationAnswered':
      return told(
        `${fact.institution} ${fact.accepted ? 'participe' : 'ne participe pas'} à la préparation.`,
        PREPARATION,
      );
    case 'SilentPartnerOverridden':
      return told(
        `Silence de ${fact.institution} passé outre. Motif : ${fact.reason}`,
        'Un partenaire attendu répond, ou son silence est passé outre par un motif',
      );
    case 'AuthorityAssociated':
      return told(`Autorité associée : ${fact.name}.`, PREPARATION);
    case 'AuthorityDissociated':
      return told(`Autorité qui n'est plus associée : ${fact.name}. Motif : ${fact.reason}`, PREPARATION);
    case 'PreparationCommented':
      return told('Observation sur la préparation.', PREPARATION);
    case 'SpecificationsSet':
      return told('Cahier des charges fixé.', PREPARATION);
    case 'RubricSet':
      return told(
        `Grille de notation fixée : ${counted(fact.criteria.length, 'critère')}.`,
        'Les pondérations totalisent 100',
      );
    case 'ScheduleSet':
      return told(
        `Calendrier fixé${fact.schedule.setBy ? ` par ${fact.schedule.setBy}` : ''} : ${deadline(fact.schedule, calendar)}.`,
        'Ordre des jalons et bornes du régime',
      );
    case 'EnvelopesSet':
      return told(
        `Enveloppes fixées : ${euros(sum(fact.envelopes.lines.map((line) => line.amountCents)))}.`,
        'Un appel à projets de subvention a au moins une enveloppe',
      );
    case 'CallApproved':
      return told(`Appel approuvé pour ${fact.institution}.`, signedUnder(fact.capacity));
    case 'ApprovalsFell':
      return told(
        `${inNumber(fact.institutions.length, 'Approbation tombée', 'Approbations tombées')} (${fact.institutions.join(', ')}). ${fact.because}`,
        FALL,
      );
    case 'CallPublished':
      return told(`Avis publié : ${deadline(fact.schedule, calendar)}.`, `${JOINT} ; règles version ${fact.rules}`);
    case 'RectifyingNoticePublished':
      return told(`Avis rectificatif n° ${fact.number} publié.`, "Un changement a la même publicité que l'avis");
    case 'ShiftProposed':
      return told(
        `${fact.institution} propose un décalage (n° ${fact.proposal}) : ${moves(fact, calendar)}. Motif : ${fact.reason}`,
        JOINT,
      );
    case 'OutsideAnswerRecorded':
      return told(
        `Réponse de l'autorité qui a fixé le calendrier : ${fact.accepted ? 'accord' : 'refus'} (${fact.reference}).`,
        'Un calendrier fixé ailleurs se déplace avec son accord',
      );
    case 'ShiftAgreed':
      return told(
        `${fact.institution} accepte le décalage n° ${fact.proposal}.`,
        fact.capacity ? signedUnder(fact.capacity) : JOINT,
      );
    case 'ShiftRefused':
      return told(`${fact.institution} refuse le décalage n° ${fact.proposal}. Motif : ${fact.reason}`, JOINT);
    case 'ShiftWithdrawn':
      return told(`${fact.institution} retire le décalage n° ${fact.proposal}. Motif : ${fact.reason}`, JOINT);
    case 'ScheduleShifted':
      return told(
        `Calendrier décalé : ${moves(fact, calendar)}. Motif : ${fact.reason}`,
        `${JOINT} ; un dossier déposé reste valable`,
      );
    case 'OutageExtensionGranted':
      return told(`Dépôt prolongé pour tous après une panne : ${moves(fact, calendar)}.`, signedUnder(fact.capacity));
    case 'OutageExtensionRatified':
      return told(`Prolongation n° ${fact.number} ratifiée par ${fact.institution}.`, signedUnder(fact.capacity));
    case 'ExtensionGranted':
      return told(
        `Délai accordé à ${fact.organisation} jusqu'au ${calendar.say(fact.until)}. Motif : ${fact.reason}`,
        'Délai individuel prévu par le cahier des charges',
      );
    case 'EndingAgreed':
      return told(
        `${fact.institution} demande que l'appel soit ${fact.ending === 'cancelled' ? 'annulé' : 'déclaré infructueux'}. Motif : ${fact.reason}`,
        signedUnder(fact.capacity),
      );
    case 'EndingDropped':
      return told(`Fin de l'appel abandonnée par ${fact.institution}. Motif : ${fact.reason}`, JOINT);
    case 'CallCancelled':
      return told(`Appel annulé. Motif : ${fact.reason}`, JOINT);
    case 'CallDeclaredUnsuccessful':
      return told(`Appel déclaré infructueux. Motif : ${fact.reason}`, JOINT);
    case 'ContentsUnsealed':
      return told(
        `Dossiers descellés, dépôt clos depuis le ${calendar.say(fact.windowEnd)}.`,
        'Les dossiers restent scellés tant que le dépôt est ouvert',
      );
    case 'ContentsResealed':
      return told(
        `Dossiers de nouveau scellés : le dépôt rouvre jusqu'au ${calendar.say(fact.windowEnd)}.`,
        'Réouverture prévue par le cahier des charges',
      );
    default:
      return unreachable(fact);
  }
}

const signedUnder = (capacity: Capacity): string =>
  capacity.kind === 'office' ? 'Signature de plein droit' : `Signature par délégation ${capacity.delegation}`;

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

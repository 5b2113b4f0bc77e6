import type { AwardEvent } from '../award/award-facts.js';
import type { EnvelopeEvent } from '../award/envelope-facts.js';
import { sayDay } from '../instants.js';
import { euros } from '../money.js';
import { frenchLines, frenchOutcomes, frenchReleases } from './french.js';
import { because, type Narrations, signedUnder, told } from './narration.js';

const ENVELOPE = "Une enveloppe n'est jamais engagée au-delà de son montant";
const RESERVED =
  "Les crédits sont réservés avant que la décision vaille ; une ligne insuffisante, et rien n'est accordé";
const STANDS = 'La décision vaut quand chaque autorité qui a une ligne a décidé';
const REASONS = 'Une décision défavorable est motivée (CRPA L211-2)';
const APPEAL = 'Recours gracieux dans les deux mois de la notification';

/** Every fact of the money of an envelope, as a person reads it. */
export const envelopeNarrations: Narrations<EnvelopeEvent> = {
  FundsReserved: (fact) =>
    told(
      `Crédits réservés pour le dossier ${fact.application} : ${euros(fact.amountCents)} ; reste ${euros(fact.leftCents)}.`,
      ENVELOPE,
    ),
  ReservationRefused: (fact) =>
    told(
      `Crédits insuffisants pour le dossier ${fact.application} : ${euros(fact.amountCents)} demandés, reste ${euros(fact.leftCents)}.`,
      ENVELOPE,
    ),
  FundsReleased: (fact) =>
    told(
      `Crédits rendus par le dossier ${fact.application} : ${euros(fact.amountCents)} (${frenchReleases[fact.because]}).`,
      "Une réservation close l'est pour toujours",
    ),
};

/** Every fact of the award of a file, as a person reads it. */
export const awardNarrations: Narrations<AwardEvent> = {
  AwardDecided: (fact) =>
    told(
      `${fact.institution} décide : ${frenchOutcomes[fact.outcome]}${fact.lines.length > 0 ? ` (${frenchLines(fact.lines)})` : ''}${fact.departs ? ", en s'écartant de l'avis de la commission" : ''}.${because(fact.reasons)}${awaited(fact.waitingFor)}`,
      [
        signedUnder(fact.capacity),
        ...(fact.outcome === 'refused' ? [REASONS] : []),
        ...(fact.departs ? ["un avis qui n'est pas suivi l'est avec des motifs (CASF R313-7)"] : []),
      ].join(' ; '),
    ),
  AwardPending: (fact) =>
    told(
      `Chaque autorité a décidé : ${euros(fact.amountCents)} demandés aux enveloppes (${frenchLines(fact.reservations)}).`,
      RESERVED,
    ),
  AwardGranted: (fact) =>
    told(
      `Décision favorable : ${euros(fact.amountCents)} accordés sur ${euros(fact.requestedCents)} demandés (${frenchLines(fact.lines)}).`,
      STANDS,
    ),
  AwardFailed: (fact) =>
    told(
      `Rien n'est accordé : la ligne ${fact.line} est insuffisante (${euros(fact.askedCents)} demandés, reste ${euros(fact.leftCents)}). Les décisions tombent (${fact.institutions.join(', ')}).`,
      RESERVED,
    ),
  AwardSettled: (fact) =>
    told(
      `Décision : ${frenchOutcomes[fact.outcome]}.${because(fact.reasons)}`,
      fact.outcome === 'refused' ? `${STANDS} ; ${REASONS}` : STANDS,
    ),
  AwardNotified: (fact) =>
    told(
      `Décision notifiée par ${fact.institution} le ${sayDay(fact.notifiedOn)} ; recours gracieux jusqu'au ${sayDay(fact.appealUntil)}.`,
      fact.capacity ? `${signedUnder(fact.capacity)} ; ${APPEAL}` : APPEAL,
    ),
  ReducedAmountAccepted: (fact) =>
    told(
      `Montant réduit accepté, avec un budget révisé de ${euros(fact.totalCents)}.`,
      'Le porteur accepte un montant réduit avec un budget révisé, ou le décline',
    ),
  AwardDeclined: (fact) =>
    told(
      `Décision déclinée par le porteur${fact.lines.length > 0 ? ` ; crédits rendus (${frenchLines(fact.lines)})` : ''}. Motif : ${fact.reason}`,
      'Le porteur accepte un montant réduit avec un budget révisé, ou le décline',
    ),
  CalledUpFromReserve: (fact) =>
    told(
      `Dossier appelé de la liste complémentaire par ${fact.institution}. Motif : ${fact.reason}`,
      `${signedUnder(fact.capacity)} ; la liste complémentaire est appelée dans son ordre, quand des crédits reviennent`,
    ),
  AppealLodged: (fact, calendar) => told(`Recours gracieux formé le ${calendar.say(fact.lodgedAt)}.`, APPEAL),
  AppealAnswered: (fact) =>
    told(
      `Recours gracieux ${fact.upheld ? 'accueilli' : 'rejeté'} par ${fact.institution}${fact.lines.length > 0 ? ` ; crédits rendus (${frenchLines(fact.lines)})` : ''}.${because(fact.reasons)}`,
      `${signedUnder(fact.capacity)} ; ${APPEAL} ; ${fact.upheld ? 'les autorités décident de nouveau' : 'rejet motivé (CRPA L211-2)'}`,
    ),
};

const awaited = (institutions: readonly string[]): string =>
  institutions.length === 0 ? '' : ` Décision attendue de ${institutions.join(', ')}.`;

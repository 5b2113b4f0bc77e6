import type { Party } from '#domain/agreement/agreement-facts.js';
import { sayDay } from '#domain/instants.js';
import { euros, sum } from '#domain/money.js';
import { frenchForms, frenchLines, frenchOutcomes } from '#domain/story/french.js';
import { type FactOf, lastOf } from './about.js';
import type { fundingTellings } from './recipients-funding.js';
import { filePage, type Templates, title, type Told } from './told.js';

const APPEAL = 'Un recours gracieux est possible dans les deux mois.';

/** Of awards, agreements and payments. */
export const fundingTemplates: Templates<keyof typeof fundingTellings> = {
  AwardNotified: (fact, told) => ({
    subject: `Décision sur votre dossier — ${title(told)}`,
    lines: [
      ...outcome(told),
      `Lettre : ${told.url}/api/applications/${told.file}/award/letter`,
      `Voies de recours : recours gracieux auprès de ${fact.institution} jusqu'au ${sayDay(fact.appealUntil)} inclus ; recours devant le tribunal administratif dans le même délai.`,
      ...filePage(told),
    ],
  }),
  AwardFailed: (fact, told) => ({
    subject: `Crédits insuffisants — ${title(told)}`,
    lines: [
      `La ligne ${fact.line} ne suffit pas pour le dossier de ${told.organisation} : ${euros(fact.askedCents)} demandés, il reste ${euros(fact.leftCents)}.`,
      `Rien n'est accordé et rien ne reste réservé. Les décisions sont à reprendre (${fact.institutions.join(', ')}).`,
      ...filePage(told),
    ],
  }),
  AwardDeclined: (fact, told) => ({
    subject: `Décision déclinée — ${title(told)}`,
    lines: [
      `${told.organisation} décline la décision sur son dossier pour « ${title(told)} ».`,
      ...(fact.lines.length > 0 ? [`Crédits rendus : ${frenchLines(fact.lines)}`] : []),
      ...filePage(told),
    ],
  }),
  CalledUpFromReserve: (fact, told) => ({
    subject: `Dossier appelé de la liste complémentaire — ${title(told)}`,
    lines: [
      `${fact.institution} appelle le dossier de ${told.organisation}. Motif : ${fact.reason}`,
      'Chaque autorité pilote décide de nouveau.',
      ...filePage(told),
    ],
  }),
  AppealLodged: (fact, told) => ({
    subject: `Recours gracieux — ${title(told)}`,
    lines: [
      `${told.organisation} a formé un recours gracieux le ${told.calendar.say(fact.lodgedAt)}.`,
      'Deux mois de silence valent rejet (CRPA L231-4).',
      ...filePage(told),
    ],
  }),
  AppealAnswered: (fact, told) => ({
    subject: `Réponse à votre recours — ${title(told)}`,
    lines: [
      `Le recours gracieux de ${told.organisation} est ${fact.upheld ? 'accueilli' : 'rejeté'} par ${fact.institution}.`,
      `Motifs : ${fact.reasons}`,
      ...filePage(told),
    ],
  }),
  AgreementDrafted: (fact, told) => ({
    subject: `${frenchForms[fact.form]} à signer — ${title(told)}`,
    lines: [
      `Pour le dossier de ${told.organisation} : ${euros(sum(fact.lines.map(({ amountCents }) => amountCents)))}, du ${sayDay(fact.startsOn)} au ${sayDay(fact.endsOn)}.`,
      `Parties : ${fact.parties.map((party) => nameOf(party, fact, told)).join(', ')}`,
      'La signature de chacune est attendue.',
      ...filePage(told),
    ],
  }),
  SignatureExtended: (fact, told) => ({
    subject: `Délai de signature prolongé — ${title(told)}`,
    lines: [
      `La signature de la convention ou de l'arrêté du dossier de ${told.organisation} est attendue jusqu'au ${told.calendar.say(fact.until)}. Motif : ${fact.reason}`,
      ...filePage(told),
    ],
  }),
  AgreementConcluded: (fact, told) => ({
    subject: `${frenchForms[lastOf(told.history, 'AgreementDrafted')?.form ?? 'agreement']} : signatures complètes — ${title(told)}`,
    lines: [
      `Toutes les parties ont signé pour le dossier de ${told.organisation} : ${euros(fact.amountCents)}, jusqu'au ${sayDay(fact.endsOn)}.`,
      ...filePage(told),
    ],
  }),
  PaymentRequested: (fact, told) => ({
    subject: `Versement demandé — ${title(told)}`,
    lines: [
      `Le versement n° ${fact.instalment} du dossier de ${told.organisation} est demandé${amountOf(fact.instalment, told)}.`,
      ...filePage(told),
    ],
  }),
  PaymentRecorded: (fact, told) => ({
    subject: `Versement payé — ${title(told)}`,
    lines: [
      `Le versement n° ${fact.instalment} du dossier de ${told.organisation} a été payé le ${sayDay(fact.paidOn)} : ${euros(fact.amountCents)}.`,
      `Numéro d'engagement : ${fact.commitment}`,
      ...filePage(told),
    ],
  }),
  PaymentsSuspended: (fact, told) => ({
    subject: `Versements suspendus — ${title(told)}`,
    lines: [
      `Les versements du dossier de ${told.organisation} sont suspendus. Motif : ${fact.reason}`,
      ...filePage(told),
    ],
  }),
  PaymentsResumed: (fact, told) => ({
    subject: `Versements repris — ${title(told)}`,
    lines: [`Les versements du dossier de ${told.organisation} reprennent. Motif : ${fact.reason}`, ...filePage(told)],
  }),
  BankAccountGiven: (fact, told) => ({
    subject: `Compte bancaire à vérifier — ${title(told)}`,
    lines: [
      `${told.organisation} a donné un compte bancaire finissant par ${fact.ending}.`,
      'Il est vérifié par une seconde personne avant le versement suivant.',
      ...filePage(told),
    ],
  }),
  RecoveryAnnounced: (fact, told) => ({
    subject: `Reversement envisagé — ${title(told)}`,
    lines: [
      `Il est envisagé de demander à ${told.organisation} de reverser ${euros(fact.amountCents)}.`,
      `Motifs : ${fact.reasons}`,
      `Vos observations sont attendues jusqu'au ${sayDay(fact.observationsUntil)} inclus.`,
      ...filePage(told),
    ],
  }),
  RecoveryOrdered: (fact, told) => ({
    subject: `Reversement ordonné — ${title(told)}`,
    lines: [
      `${told.organisation} doit reverser ${euros(fact.amountCents)}, par décision de ${fact.institution} :`,
      ...fact.titles.map(({ line, kind, amountCents }) => `- ligne ${line}, titre de ${kind} : ${euros(amountCents)}`),
      `Motifs : ${fact.reasons}`,
      APPEAL,
      ...filePage(told),
    ],
  }),
  RecoveryDropped: (fact, told) => ({
    subject: `Reversement abandonné — ${title(told)}`,
    lines: [
      `Il n'est plus demandé à ${told.organisation} de reverser de l'argent (reversement n° ${fact.recovery}).`,
      `Motifs : ${fact.reasons}`,
      ...filePage(told),
    ],
  }),
};

/** Of the decision that is notified: the last one before. */
function outcome(told: Told): string[] {
  const decided = told.history.findLast(
    (fact): fact is FactOf<'AwardGranted' | 'AwardSettled'> =>
      fact.type === 'AwardGranted' || fact.type === 'AwardSettled',
  );
  const whose = `du dossier de ${told.organisation} pour « ${title(told)} »`;
  if (decided?.type === 'AwardGranted') {
    const { amountCents, requestedCents } = decided;
    return [
      `Issue ${whose} : décision favorable, ${euros(amountCents)} accordés sur ${euros(requestedCents)} demandés.`,
      ...(amountCents < requestedCents
        ? ['Le montant est réduit : acceptez-le avec un budget révisé, ou déclinez-le.']
        : []),
    ];
  }
  if (!decided) return [`La décision sur l'issue ${whose} vous est notifiée.`];
  return [
    `Issue ${whose} : ${frenchOutcomes[decided.outcome]}.`,
    ...(decided.reasons === undefined ? [] : [`Motifs : ${decided.reasons}`]),
  ];
}

/** Institutions by their code, the beneficiary by its name. */
const nameOf = ({ id }: Party, { organisation }: { organisation: string }, told: Told): string =>
  id === organisation ? (told.organisation ?? id) : id;

function amountOf(instalment: number, { history }: Told): string {
  const planned = lastOf(history, 'InstalmentsPlanned')?.instalments.find(({ number }) => number === instalment);
  return planned ? ` : ${euros(planned.amountCents)} sur la ligne ${planned.line}` : '';
}

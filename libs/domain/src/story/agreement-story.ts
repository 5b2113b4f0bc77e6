import type { AgreementEvent, Instalment } from '../agreement/agreement-facts.js';
import { sayDay } from '../instants.js';
import { euros } from '../money.js';
import { frenchCondition, frenchForms, frenchInstalments, frenchLines } from './french.js';
import { because, type Narrations, signedUnder, told } from './narration.js';

const COMPULSORY = 'Convention au-delà de 23 000 € par an, par autorité (loi 2000-321, art. 10), arrêté en deçà';
const CONDITIONS = 'Chaque versement a sa condition : signature, date ou compte rendu accepté';
const APPROVED = "Niveaux d'approbation selon le montant ; personne n'approuve deux fois, ni sa propre demande";
const IBAN = 'Un IBAN donné est vérifié par une seconde personne avant le versement suivant';
const HEARING = 'Reversement motivé (CRPA L211-2), après avoir entendu le bénéficiaire (CRPA L122-1)';
const SUSPENSION = 'Les versements se suspendent et reprennent par décision motivée';

/** Every fact of the agreement of a file and of its payments, as a person reads it. */
export const agreementNarrations: Narrations<AgreementEvent> = {
  AgreementDrafted: (fact) =>
    told(
      `${frenchForms[fact.form]} en projet entre ${fact.parties.map(({ id }) => id).join(', ')}, du ${sayDay(fact.startsOn)} au ${sayDay(fact.endsOn)} (${frenchLines(fact.lines)}). Objet : ${fact.object}`,
      [...new Set(fact.yearly.map(({ rule }) => rule))].join(' ; ') || COMPULSORY,
    ),
  AgreementSigned: ({ party, capacity }) =>
    told(
      `Signature : ${party.id}.`,
      capacity.kind === 'beneficiary' ? 'Le bénéficiaire signe par qui peut déposer pour lui' : signedUnder(capacity),
    ),
  SignatureExtended: (fact, calendar) =>
    told(
      `Délai de signature prolongé jusqu'au ${calendar.say(fact.until)}. Motif : ${fact.reason}`,
      'Un délai individuel est possible pour une convention',
    ),
  AgreementConcluded: (fact) =>
    told(
      `Signatures complètes le ${sayDay(fact.concludedOn)} : ${euros(fact.amountCents)} jusqu'au ${sayDay(fact.endsOn)}, données essentielles à publier avant le ${sayDay(fact.publishBefore)}.`,
      `${COMPULSORY} ; données essentielles dans les 3 mois de la signature (décret 2017-779)`,
    ),
  InstalmentsPlanned: (fact) => told(`Versements prévus : ${fact.instalments.map(planned).join(' ; ')}.`, CONDITIONS),
  PaymentRequested: (fact) => told(`Versement n° ${fact.instalment} demandé.`, CONDITIONS),
  ServiceCertified: (fact) =>
    told(
      `Service fait certifié pour le versement n° ${fact.instalment}.`,
      "L'instructeur certifie le service fait, le comptable paie",
    ),
  PaymentApproved: (fact) =>
    told(
      `Versement n° ${fact.instalment} approuvé au niveau ${fact.level}${fact.last ? '' : ', une autre approbation est attendue'}.`,
      APPROVED,
    ),
  PaymentRecorded: (fact) =>
    told(
      `Versement n° ${fact.instalment} payé le ${sayDay(fact.paidOn)} : ${euros(fact.amountCents)}, engagement ${fact.commitment}.`,
      "Un paiement garde son numéro d'engagement",
    ),
  PaymentsSuspended: (fact) => told(`Versements suspendus. Motif : ${fact.reason}`, SUSPENSION),
  PaymentsResumed: (fact) => told(`Versements repris. Motif : ${fact.reason}`, SUSPENSION),
  BankAccountGiven: (fact) => told(`Compte bancaire n° ${fact.account} donné, finissant par ${fact.ending}.`, IBAN),
  BankAccountChecked: (fact) => told(`Compte bancaire n° ${fact.account} vérifié.`, IBAN),
  RecoveryAnnounced: (fact) =>
    told(
      `Reversement n° ${fact.recovery} envisagé : ${euros(fact.amountCents)} ; observations attendues jusqu'au ${sayDay(fact.observationsUntil)}.${because(fact.reasons)}`,
      HEARING,
    ),
  RecoveryObserved: (fact) => told(`Observations du bénéficiaire sur le reversement n° ${fact.recovery}.`, HEARING),
  RecoveryOrdered: (fact) =>
    told(
      `Reversement n° ${fact.recovery} ordonné par ${fact.institution} : ${euros(fact.amountCents)} (${fact.titles.map(titled).join(' ; ')}).${because(fact.reasons)}`,
      `${signedUnder(fact.capacity)} ; ${HEARING} ; titre de perception (État) ou de recettes (ARS)`,
    ),
  RecoveryDropped: (fact) => told(`Reversement n° ${fact.recovery} abandonné.${because(fact.reasons)}`, HEARING),
  RecoveryPaid: (fact) =>
    told(
      `Reversement n° ${fact.recovery} payé le ${sayDay(fact.paidOn)} (${fact.reference}).`,
      'Titre de perception (État) ou de recettes (ARS)',
    ),
  FileClosed: (fact) =>
    told(
      `Dossier soldé : ${euros(fact.paidCents)} versés, ${euros(fact.recoveredCents)} reversés.`,
      'Un dossier se solde quand rien ne reste dû',
    ),
};

const planned = ({ number, kind, line, amountCents, condition }: Instalment): string =>
  `n° ${number}, ${frenchInstalments[kind]} de ${euros(amountCents)} sur la ligne ${line}, ${frenchCondition(condition)}`;

const titled = ({ line, kind, amountCents }: { line: number; kind: 'perception' | 'recettes'; amountCents: number }) =>
  `ligne ${line}, titre de ${kind} : ${euros(amountCents)}`;

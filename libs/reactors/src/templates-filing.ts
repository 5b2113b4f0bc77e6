import type { PaperFiling, Submission } from '#domain/application/application-facts.js';
import type { Schedule } from '#domain/call/call-facts.js';
import { movedMilestones } from '#domain/call/notices.js';
import type { Calendar } from '#domain/decider.js';
import { euros } from '#domain/money.js';
import { frenchMilestones } from '#domain/schedule/milestones.js';
import { counted } from '#domain/texts.js';
import type { ToldType } from './recipients.js';
import type { fundingTellings, reportTellings } from './recipients-funding.js';
import type { selectionTellings } from './recipients-selection.js';
import { callPage, type Contents, type Templates, title, type Told } from './told.js';

/** Of calls, questions, organisations and what is filed. */
export const filingTemplates: Templates<
  Exclude<ToldType, keyof (typeof selectionTellings & typeof fundingTellings & typeof reportTellings)>
> = {
  SignInInvited: (fact, { calendar, url, signInCode }) => ({
    subject: 'Votre code de connexion à Convergence',
    lines: [
      `Ce code sert une fois, jusqu'au ${calendar.say(fact.expiresAt)} :`,
      '',
      `  ${signInCode}`,
      '',
      `Envoyez-le à ${url}/api/sign-ins pour obtenir votre jeton d'accès.`,
      "Si vous n'avez rien demandé, ignorez ce message.",
    ],
  }),
  ApplicationSubmitted: (fact, told) => receipt(fact, told, false),
  SubmissionReplaced: (fact, told) => receipt(fact, told, true),
  PaperFilingRegistered: (fact, told) => paperReceipt(fact, told),
  ApplicationWithdrawn: (fact, told) => ({
    subject: `Dossier retiré — ${title(told)}`,
    lines: [
      `Le dossier de ${told.organisation} pour « ${title(told)} » a été retiré.`,
      `Motif : ${fact.reason}`,
      ...callPage(told),
    ],
  }),
  PartnerInvited: (fact, told) => ({
    subject: `Invitation à la phase préparatoire — ${title(told)}`,
    lines: [
      `Votre institution est invitée à préparer « ${title(told)} » (présence ${fact.presence === 'expected' ? 'attendue' : 'facultative'}).`,
      'Merci de répondre à cette invitation.',
      ...callPage(told),
    ],
  }),
  ShiftProposed: (fact, told) => ({
    subject: `Décalage proposé — ${title(told)}`,
    lines: [
      `${fact.institution} propose de décaler le calendrier. Motif : ${fact.reason}`,
      ...moves(fact, told.calendar),
      "Jusqu'à l'accord de toutes les autorités, les anciennes dates valent.",
      ...(told.expiresAt === undefined
        ? []
        : [`Sans cet accord, la proposition expire le ${told.calendar.say(told.expiresAt)}.`]),
      ...callPage(told),
    ],
  }),
  ScheduleShifted: (fact, told) => ({
    subject: `Calendrier décalé — ${title(told)}`,
    lines: [
      `Le calendrier de « ${title(told)} » a changé. Motif : ${fact.reason}`,
      ...moves(fact, told.calendar),
      standing(told),
      ...callPage(told),
    ],
  }),
  ShiftExpired: (fact, told) => ({
    subject: `Décalage expiré — ${title(told)}`,
    lines: [
      `La proposition de décalage n° ${fact.proposal} a expiré sans l'accord de toutes les autorités. ${fact.because}`,
      'Le calendrier ne change pas.',
      ...callPage(told),
    ],
  }),
  OutageLeftUnratified: (fact, told) => ({
    subject: `Prolongation à ratifier — ${title(told)}`,
    lines: [
      `La prolongation n° ${fact.number}, accordée après une panne, devait être ratifiée au plus tard le ${told.calendar.say(fact.ratifyBy)}.`,
      `Ne l'ont pas encore ratifiée : ${fact.institutions.join(', ')}. Elle vaut, et reste à ratifier.`,
      ...callPage(told),
    ],
  }),
  OutageExtensionGranted: (fact, told) => ({
    subject: `Dépôt prolongé — ${title(told)}`,
    lines: [
      `À la suite d'une panne du service, le dépôt est prolongé pour tous. ${fact.outage.description}`,
      ...moves(fact, told.calendar),
      standing(told),
      ...callPage(told),
    ],
  }),
  ExtensionGranted: (fact, told) => ({
    subject: `Délai accordé — ${title(told)}`,
    lines: [
      `Vous pouvez déposer votre dossier jusqu'au ${told.calendar.say(fact.until)}. Motif : ${fact.reason}`,
      ...callPage(told),
    ],
  }),
  EndingAgreed: (fact, told) => ({
    subject: `Fin de l'appel proposée — ${title(told)}`,
    lines: [
      `${fact.institution} propose que « ${title(told)} » soit ${fact.ending === 'cancelled' ? 'annulé' : 'déclaré infructueux'}. Motif : ${fact.reason}`,
      "L'accord de votre institution est attendu.",
      ...callPage(told),
    ],
  }),
  CallCancelled: (fact, told) => ({
    subject: `Appel annulé — ${title(told)}`,
    lines: [`« ${title(told)} » est annulé. Motif : ${fact.reason}`, ...callPage(told)],
  }),
  CallDeclaredUnsuccessful: (fact, told) => ({
    subject: `Appel infructueux — ${title(told)}`,
    lines: [`« ${title(told)} » est déclaré infructueux. Motif : ${fact.reason}`, ...callPage(told)],
  }),
  QuestionAnswered: (fact, told) => ({
    subject: `Réponse à une question — ${title(told)}`,
    lines: [`Question : ${fact.question}`, `Réponse : ${fact.answer}`, ...callPage(told)],
  }),
  AnswerCorrected: (fact, told) => ({
    subject: `Réponse corrigée — ${title(told)}`,
    lines: [`Question : ${fact.question}`, `Réponse : ${fact.answer}`, ...callPage(told)],
  }),
  ClaimConfirmed: (fact, { organisation }) => ({
    subject: `Rattachement confirmé — ${organisation}`,
    lines: [
      `Vous êtes rattaché à ${organisation} : vous pouvez ${fact.power === 'submit' ? 'préparer et déposer' : 'préparer'} ses dossiers.`,
    ],
  }),
  ClaimRejected: (fact, { organisation }) => ({
    subject: `Rattachement refusé — ${organisation}`,
    lines: [`Votre rattachement à ${organisation} est refusé. Motif : ${fact.reason}`],
  }),
  ColleagueInvited: (fact, { organisation }) => ({
    subject: `Invitation — ${organisation}`,
    lines: [
      `Un collègue vous invite dans ${organisation} pour ${fact.power === 'submit' ? 'préparer et déposer' : 'préparer'} ses dossiers.`,
      'Connectez-vous pour accepter.',
    ],
  }),
};

function receipt(fact: Submission, told: Told, replaces: boolean): Contents {
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
      `Vérification : ${url}/api/receipts/${fact.receipt}`,
    ],
  };
}

function paperReceipt(fact: PaperFiling, told: Told): Contents {
  const { organisation, calendar, url } = told;
  return {
    subject: `Pli enregistré ${fact.receipt} — ${title(told)}`,
    lines: [
      `Le pli de ${organisation} pour « ${title(told)} » est arrivé le ${calendar.say(fact.arrivedAt)} (${counted(fact.pieces, 'pièce')}).`,
      `Numéro d'accusé de réception : ${fact.receipt}`,
      ...(fact.late ? ['Il est arrivé après la date limite.'] : []),
      `Vérification : ${url}/api/receipts/${fact.receipt}`,
    ],
  };
}

/** What was filed before the dates moved: each receipt stays. */
function standing({ filed, calendar }: Told): string {
  if (!filed) return 'Un dossier déjà déposé reste valable.';
  const stands = 'Votre dossier déposé reste valable, et votre accusé de réception aussi';
  return filed.until === undefined
    ? `${stands}.`
    : `${stands}. Si vous le souhaitez, vous pouvez remplacer ce dépôt jusqu'au ${calendar.say(filed.until)}.`;
}

const moves = ({ before, after }: { before: Schedule; after: Schedule }, calendar: Calendar): string[] =>
  movedMilestones(before, after).map(
    ({ kind, from, to }) =>
      `- ${frenchMilestones[kind]} : ${from ? calendar.say(from) : 'sans date'} → ${calendar.say(to)}`,
  );

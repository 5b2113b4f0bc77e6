import { frenchMilestones } from '#domain/schedule/milestones.js';
import type { Submission, PaperFiling } from '#domain/application/application-facts.js';
import { movedMilestones } from '#domain/call/notices.js';
import type { Schedule } from '#domain/call/call-facts.js';
import type { Calendar } from '#domain/decider.js';
import type { Fact } from '#domain/facts.js';
import { euros } from '#domain/money.js';
import type { NoticeKind } from '#domain/notice/notice.js';

/** What a template may speak of. */
export interface Told {
  readonly kind: NoticeKind;
  readonly fact: Fact;
  /** Of the person written to. */
  readonly name: string;
  readonly call?: { readonly id: string; readonly title: string };
  readonly organisation?: string;
  readonly signInCode?: string;
  readonly url: string;
  readonly calendar: Calendar;
}

export interface Letter {
  readonly subject: string;
  readonly text: string;
}

/** The words of a notice, in French. Nothing an applicant wrote is in them. */
export function letter(told: Told): Letter {
  const { subject, lines } = contents(told);
  const text = [
    `Bonjour ${told.name},`,
    '',
    ...lines,
    '',
    '--',
    'Convergence, message automatique : ne pas répondre.',
    '',
  ];
  return { subject, text: text.join('\n') };
}

type Contents = { subject: string; lines: string[] };

function contents(told: Told): Contents {
  const { fact, calendar, url } = told;
  const title = told.call?.title ?? '';
  const callPage = told.call ? [`Appel : ${url}/api/calls/${told.call.id}`] : [];
  switch (fact.type) {
    case 'SignInInvited':
      return {
        subject: 'Votre code de connexion à Convergence',
        lines: [
          `Ce code sert une fois, jusqu'au ${calendar.say(fact.expiresAt)} :`,
          '',
          `  ${told.signInCode}`,
          '',
          `Envoyez-le à ${url}/api/sign-ins pour obtenir votre jeton d'accès.`,
          "Si vous n'avez rien demandé, ignorez ce message.",
        ],
      };
    case 'ApplicationSubmitted':
    case 'SubmissionReplaced':
      return receipt(told, fact, fact.type === 'SubmissionReplaced');
    case 'PaperFilingRegistered':
      return paperReceipt(told, fact);
    case 'ApplicationWithdrawn':
      return {
        subject: `Dossier retiré — ${title}`,
        lines: [
          `Le dossier de ${told.organisation} pour « ${title} » a été retiré.`,
          `Motif : ${fact.reason}`,
          ...callPage,
        ],
      };
    case 'PartnerInvited':
      return {
        subject: `Invitation à la phase préparatoire — ${title}`,
        lines: [
          `Votre institution est invitée à préparer « ${title} » (présence ${fact.presence === 'expected' ? 'attendue' : 'facultative'}).`,
          'Merci de répondre à cette invitation.',
          ...callPage,
        ],
      };
    case 'ShiftProposed':
      return {
        subject: `Décalage proposé — ${title}`,
        lines: [
          `${fact.institution} propose de décaler le calendrier. Motif : ${fact.reason}`,
          ...moves(fact, calendar),
          "Jusqu'à l'accord de toutes les autorités, les anciennes dates valent.",
          ...callPage,
        ],
      };
    case 'ScheduleShifted':
      return {
        subject: `Calendrier décalé — ${title}`,
        lines: [
          `Le calendrier de « ${title} » a changé. Motif : ${fact.reason}`,
          ...moves(fact, calendar),
          'Un dossier déjà déposé reste valable.',
          ...callPage,
        ],
      };
    case 'OutageExtensionGranted':
      return {
        subject: `Dépôt prolongé — ${title}`,
        lines: [
          `À la suite d'une panne du service, le dépôt est prolongé pour tous. ${fact.outage.description}`,
          ...moves(fact, calendar),
          ...callPage,
        ],
      };
    case 'ExtensionGranted':
      return {
        subject: `Délai accordé — ${title}`,
        lines: [
          `Vous pouvez déposer votre dossier jusqu'au ${calendar.say(fact.until)}. Motif : ${fact.reason}`,
          ...callPage,
        ],
      };
    case 'EndingAgreed':
      return {
        subject: `Fin de l'appel proposée — ${title}`,
        lines: [
          `${fact.institution} propose que « ${title} » soit ${fact.ending === 'cancelled' ? 'annulé' : 'déclaré infructueux'}. Motif : ${fact.reason}`,
          "L'accord de votre institution est attendu.",
          ...callPage,
        ],
      };
    case 'CallCancelled':
      return {
        subject: `Appel annulé — ${title}`,
        lines: [`« ${title} » est annulé. Motif : ${fact.reason}`, ...callPage],
      };
    case 'CallDeclaredUnsuccessful':
      return {
        subject: `Appel infructueux — ${title}`,
        lines: [`« ${title} » est déclaré infructueux. Motif : ${fact.reason}`, ...callPage],
      };
    case 'QuestionAnswered':
    case 'AnswerCorrected':
      return {
        subject: `${fact.type === 'AnswerCorrected' ? 'Réponse corrigée' : 'Réponse à une question'} — ${title}`,
        lines: [`Question : ${fact.question}`, `Réponse : ${fact.answer}`, ...callPage],
      };
    case 'ClaimConfirmed':
      return {
        subject: `Rattachement confirmé — ${told.organisation}`,
        lines: [
          `Vous êtes rattaché à ${told.organisation} : vous pouvez ${fact.power === 'submit' ? 'préparer et déposer' : 'préparer'} ses dossiers.`,
        ],
      };
    case 'ClaimRejected':
      return {
        subject: `Rattachement refusé — ${told.organisation}`,
        lines: [`Votre rattachement à ${told.organisation} est refusé. Motif : ${fact.reason}`],
      };
    case 'ColleagueInvited':
      return {
        subject: `Invitation — ${told.organisation}`,
        lines: [
          `Un collègue vous invite dans ${told.organisation} pour ${fact.power === 'submit' ? 'préparer et déposer' : 'préparer'} ses dossiers.`,
          'Connectez-vous pour accepter.',
        ],
      };
    default:
      throw new Error(`No template tells of ${fact.type}.`);
  }
}

function receipt({ call, organisation, calendar, url }: Told, fact: Submission, replaces: boolean): Contents {
  const what = replaces ? 'Dépôt remplacé' : 'Accusé de réception';
  return {
    subject: `${what} ${fact.receipt} — ${call?.title ?? ''}`,
    lines: [
      `Le dossier de ${organisation} pour « ${call?.title ?? ''} » a été déposé le ${calendar.say(fact.submittedAt)}.`,
      `Numéro d'accusé de réception : ${fact.receipt} (dépôt n° ${fact.submission})`,
      `Montant demandé : ${euros(fact.totals.requestedCents)} sur un total de ${euros(fact.totals.productsCents)}`,
      `Pièces : ${fact.documents.length}`,
      `Empreinte du contenu (SHA-256) : ${fact.content.hash}`,
      `Date limite : ${calendar.say(fact.deadline)}. Jusque-là, ce dépôt peut être remplacé.`,
      `Vérification : ${url}/api/receipts/${fact.receipt}`,
    ],
  };
}

function paperReceipt({ call, organisation, calendar, url }: Told, fact: PaperFiling): Contents {
  return {
    subject: `Pli enregistré ${fact.receipt} — ${call?.title ?? ''}`,
    lines: [
      `Le pli de ${organisation} pour « ${call?.title ?? ''} » est arrivé le ${calendar.say(fact.arrivedAt)} (${fact.pieces} ${fact.pieces > 1 ? 'pièces' : 'pièce'}).`,
      `Numéro d'accusé de réception : ${fact.receipt}`,
      ...(fact.late ? ['Il est arrivé après la date limite.'] : []),
      `Vérification : ${url}/api/receipts/${fact.receipt}`,
    ],
  };
}

const moves = ({ before, after }: { before: Schedule; after: Schedule }, calendar: Calendar): string[] =>
  movedMilestones(before, after).map(
    ({ kind, from, to }) =>
      `- ${frenchMilestones[kind]} : ${from ? calendar.say(from) : 'sans date'} → ${calendar.say(to)}`,
  );

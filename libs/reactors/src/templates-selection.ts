import { type CompletionRequest, frenchFields, type RefusalGround } from '#domain/application/admissibility-facts.js';
import { euros } from '#domain/money.js';
import { frenchDeclines, frenchGrounds } from '#domain/story/french.js';
import { counted } from '#domain/texts.js';
import { lastOf } from './about.js';
import type { selectionTellings } from './recipients-selection.js';
import { callPage, filePage, type Templates, title, type Told } from './told.js';

/** Of the examination of a file, of its reviewers and of the commission. */
export const selectionTemplates: Templates<keyof typeof selectionTellings> = {
  CompletionRequested: (fact, told) => ({
    subject: `Compléments demandés — ${title(told)}`,
    lines: [
      `Le dossier de ${told.organisation} pour « ${title(told)} » est incomplet. À fournir avant le ${told.calendar.say(fact.dueAt)} :`,
      ...asked(fact, told),
      `Motif : ${fact.reason}`,
      "Seuls ces éléments sont rouverts. Le temps de votre réponse ne compte pas dans le délai d'instruction.",
      ...filePage(told),
    ],
  }),
  CompletionExtended: (fact, told) => ({
    subject: `Délai des compléments prolongé — ${title(told)}`,
    lines: [
      `Vous pouvez compléter le dossier de ${told.organisation} jusqu'au ${told.calendar.say(fact.dueAt)}. Motif : ${fact.reason}`,
      ...filePage(told),
    ],
  }),
  FileCompleted: (fact, told) => ({
    subject: `Compléments reçus ${fact.receipt} — ${title(told)}`,
    lines: [
      `Le dossier de ${told.organisation} pour « ${title(told)} » a été complété le ${told.calendar.say(fact.submittedAt)}.`,
      `Numéro d'accusé de réception : ${fact.receipt} (dépôt n° ${fact.submission})`,
      `Montant demandé : ${euros(fact.totals.requestedCents)} sur un total de ${euros(fact.totals.productsCents)}`,
      `Pièces : ${fact.documents.length}`,
      `Empreinte du contenu (SHA-256) : ${fact.content.hash}`,
      `Vérification : ${told.url}/api/receipts/${fact.receipt}`,
    ],
  }),
  RefusedBeforehand: (fact, told) => ({
    subject: `Refus préalable — ${title(told)}`,
    lines: [
      `Le dossier de ${told.organisation} pour « ${title(told)} » est refusé avant examen : ${grounds(fact.grounds)}.`,
      `Motifs : ${fact.reasons}`,
      'Un recours gracieux est possible dans les deux mois.',
      ...filePage(told),
    ],
  }),
  AdmissibilityCorrected: (fact, told) => ({
    subject: `Recevabilité corrigée — ${title(told)}`,
    lines: [
      ...(fact.now.verdict === 'admissible'
        ? [`Le dossier de ${told.organisation} pour « ${title(told)} » est déclaré recevable.`]
        : [
            `Le dossier de ${told.organisation} pour « ${title(told)} » est refusé avant examen : ${grounds(fact.now.grounds)}.`,
            `Motifs : ${fact.now.reasons}`,
          ]),
      `Motif de la correction : ${fact.reason}`,
      ...(fact.now.verdict === 'refused' ? ['Un recours gracieux est possible dans les deux mois.'] : []),
      ...filePage(told),
    ],
  }),
  FileHandedOver: (fact, told) => ({
    subject: `Dossier à instruire — ${title(told)}`,
    lines: [
      `Le dossier de ${told.organisation} pour « ${title(told)} » vous est confié. Motif : ${fact.reason}`,
      ...filePage(told),
    ],
  }),
  ReviewerAppointed: (_, told) => ({
    subject: `Désignation comme évaluateur — ${title(told)}`,
    lines: [
      `Vous êtes désigné pour évaluer des dossiers de « ${title(told)} ».`,
      "Déclarez d'abord vos intérêts : jusque-là, seuls les noms vous sont montrés.",
      ...callPage(told),
    ],
  }),
  ReviewAssigned: (_, told) => ({
    subject: `Dossier à évaluer — ${title(told)}`,
    lines: [
      `Un dossier de « ${title(told)} » vous est confié.`,
      "Si vous avez un conflit d'intérêts, déclarez-le sans ouvrir le dossier ; vous pouvez aussi décliner.",
      ...filePage(told),
    ],
  }),
  AssignmentDeclined: (fact, told) => ({
    subject: `Évaluation déclinée — ${title(told)}`,
    lines: [
      `Un évaluateur décline un dossier de « ${title(told)} » (${frenchDeclines[fact.reason]}).`,
      'Il reste à le confier à un autre évaluateur.',
      ...filePage(told),
    ],
  }),
  SessionConvened: (fact, told) => ({
    subject: `Convocation à la commission — ${title(told)}`,
    lines: [
      `La commission de « ${title(told)} » se réunit ${whenAndWhere(fact.session, told)}.`,
      `Ordre du jour : ${counted(fact.agenda.length, 'dossier')}${fact.documents.length > 0 ? `, ${counted(fact.documents.length, 'document')}` : ''}.`,
      ...(fact.noQuorumRequired ? ["Seconde réunion sur le même ordre du jour : aucun quorum n'est exigé."] : []),
      ...(fact.urgency === undefined ? [] : [`Urgence : ${fact.urgency}`]),
      'Déclarez vos intérêts avant la séance : un membre intéressé ne délibère pas.',
      ...callPage(told),
    ],
  }),
  SessionMoved: (fact, told) => ({
    subject: `Séance déplacée, convocation annulée — ${title(told)}`,
    lines: [
      `La séance de la commission de « ${title(told)} » ne se tient pas le ${told.calendar.say(fact.from)} : la convocation est annulée.`,
      `Nouvelle date : le ${told.calendar.say(fact.to)}. Motif : ${fact.reason}`,
      "Les mandats et les réponses donnés pour l'ancienne date ne valent plus : ils vous seront demandés de nouveau avec la nouvelle convocation.",
      ...callPage(told),
    ],
  }),
  SessionAdjourned: (fact, told) => ({
    subject: `Séance ajournée — ${title(told)}`,
    lines: [
      `La séance de la commission de « ${title(told)} » (${whenAndWhere(fact.session, told)}) est ajournée faute de quorum : ${counted(fact.quorum.present, 'membre')} sur ${fact.quorum.members}, il en faut ${fact.quorum.needed}.`,
      'Une nouvelle convocation suivra, avec le même ordre du jour.',
      ...callPage(told),
    ],
  }),
  MinutesDrafted: (fact, told) => ({
    subject: `Procès-verbal à signer — ${title(told)}`,
    lines: [
      `Le procès-verbal de la séance de la commission (${whenAndWhere(fact.session, told)}) attend votre signature : version ${fact.version}.`,
      `Empreinte (SHA-256) : ${fact.hash}`,
      ...callPage(told),
    ],
  }),
};

const grounds = (codes: readonly RefusalGround[]): string => codes.map((code) => frenchGrounds[code]).join(', ');

function asked({ fields, documents }: Pick<CompletionRequest, 'fields' | 'documents'>, { call }: Told): string[] {
  const labelOf = (code: string): string => call?.documents.find((one) => one.code === code)?.label ?? code;
  return [
    ...fields.map((field) => `- ${frenchFields[field]}`),
    ...documents.map((code) => `- pièce « ${labelOf(code)} »`),
  ];
}

/** `le 30 septembre 2021 à 9 h 30 (heure de Paris), Nantes`. */
function whenAndWhere(session: string, { history, calendar }: Told): string {
  const planned = lastOf(history, 'SessionPlanned', (one) => one.session === session);
  const at = lastOf(history, 'SessionMoved', (one) => one.session === session)?.to ?? planned?.at;
  return planned && at !== undefined ? `le ${calendar.say(at)}, ${planned.place}` : 'à une date à confirmer';
}

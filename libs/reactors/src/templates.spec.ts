import { describe, expect, it } from '@jest/globals';
import * as file from '#domain/application/fixtures.js';
import * as call from '#domain/call/fixtures.js';
import type { Fact } from '#domain/facts.js';
import type { NoticeKind } from '#domain/notice/notice.js';
import { noticeOf, sent, TITLE } from './fixtures.js';
import { letter } from './letter.js';
import { filingTemplates } from './templates/filing.js';

const PAGE = 'Appel : https://convergence.example/api/calls/call-1';
const invited = { type: 'SignInInvited', invitation: 'i-1', expiresAt: '2021-07-08T08:00:00Z' } as const;
const submission = { ...file.submission, content: { version: 0, hash: 'a1b2' } };
const paper = {
  type: 'PaperFilingRegistered',
  arrivedAt: '2021-08-13T14:00:01Z',
  medium: 'paper',
  reference: 'REG-1',
  pieces: 3,
  receipt: 'AP-1',
  late: false,
} as const;
const outage = {
  type: 'OutageExtensionGranted',
  number: 1,
  outage: { from: '2021-08-13T10:00:00Z', until: '2021-08-13T12:00:00Z', description: 'Panne de courant.' },
  before: call.schedule,
  after: call.closing('2021-08-16T14:00:00Z'),
  institution: call.ARS,
  capacity: { kind: 'office' },
} as const;
const extension = {
  type: 'ExtensionGranted',
  institution: call.ARS,
  organisation: file.APPLICANT,
  until: '2021-08-20T14:00:00Z',
  reason: 'Inondation.',
} as const;
const ending = {
  type: 'EndingAgreed',
  institution: call.ARS,
  capacity: { kind: 'office' },
  ending: 'cancelled',
  reason: 'Crédits gelés.',
} as const;
const answer = { call: 'call-1', question: 'Les crèches ?', answer: 'Oui.' } as const;
const moved = [
  '- envoi des convocations : 15 septembre 2021 à 9 h 30 (heure de Paris) → 20 septembre 2021 à 9 h 30 (heure de Paris)',
  '- commission de sélection : 30 septembre 2021 à 9 h 30 (heure de Paris) → 5 octobre 2021 à 9 h 30 (heure de Paris)',
];

type Case = [what: string, kind: NoticeKind, fact: Fact, subject: string, ...lines: string[]];
const cases: Case[] = [
  [
    'an invitation to sign in',
    'sign-in',
    invited,
    'Votre code de connexion à Convergence',
    "Ce code sert une fois, jusqu'au 8 juillet 2021 à 10 h 00 (heure de Paris) :",
    '',
    '  code-1',
    '',
    "Envoyez-le à https://convergence.example/api/sign-ins pour obtenir votre jeton d'accès.",
    "Si vous n'avez rien demandé, ignorez ce message.",
  ],
  [
    'a receipt',
    'receipt',
    { type: 'ApplicationSubmitted', ...submission },
    `Accusé de réception AR-0000-0000-0000-0001 — ${TITLE}`,
    `Le dossier de Les Petits Pas pour « ${TITLE} » a été déposé le 1er juillet 2021 à 10 h 00 (heure de Paris).`,
    "Numéro d'accusé de réception : AR-0000-0000-0000-0001 (dépôt n° 1)",
    'Montant demandé : 20 000,00 € sur un total de 25 000,00 €',
    'Pièces : 1',
    'Empreinte du contenu (SHA-256) : a1b2',
    'Date limite : 13 août 2021 à 16 h 00 (heure de Paris). Jusque-là, ce dépôt peut être remplacé.',
    'Vérification : https://convergence.example/api/receipts/AR-0000-0000-0000-0001',
  ],
  [
    'the receipt of a replacement',
    'replacement-receipt',
    { type: 'SubmissionReplaced', replaces: 'AR-1', ...submission, submission: 2, receipt: 'AR-2' },
    `Dépôt remplacé AR-2 — ${TITLE}`,
    `Le dossier de Les Petits Pas pour « ${TITLE} » a été déposé le 1er juillet 2021 à 10 h 00 (heure de Paris).`,
    "Numéro d'accusé de réception : AR-2 (dépôt n° 2)",
    'Montant demandé : 20 000,00 € sur un total de 25 000,00 €',
    'Pièces : 1',
    'Empreinte du contenu (SHA-256) : a1b2',
    'Date limite : 13 août 2021 à 16 h 00 (heure de Paris). Jusque-là, ce dépôt peut être remplacé.',
    'Vérification : https://convergence.example/api/receipts/AR-2',
  ],
  [
    'a filing on paper',
    'paper-receipt',
    { ...paper, arrivedAt: '2021-08-13T14:00:00Z', pieces: 1 },
    `Pli enregistré AP-1 — ${TITLE}`,
    `Le pli de Les Petits Pas pour « ${TITLE} » est arrivé le 13 août 2021 à 16 h 00 (heure de Paris) (1 pièce).`,
    "Numéro d'accusé de réception : AP-1",
    'Vérification : https://convergence.example/api/receipts/AP-1',
  ],
  [
    'a late filing on paper',
    'paper-receipt',
    { ...paper, late: true },
    `Pli enregistré AP-1 — ${TITLE}`,
    `Le pli de Les Petits Pas pour « ${TITLE} » est arrivé le 13 août 2021 à 16 h 00 min 01 s (heure de Paris) (3 pièces).`,
    "Numéro d'accusé de réception : AP-1",
    'Il est arrivé après la date limite.',
    'Vérification : https://convergence.example/api/receipts/AP-1',
  ],
  [
    'a withdrawal',
    'withdrawal',
    file.withdrawn,
    `Dossier retiré — ${TITLE}`,
    `Le dossier de Les Petits Pas pour « ${TITLE} » a été retiré.`,
    'Motif : Le projet est reporté.',
    PAGE,
  ],
  [
    'an expected partner',
    'partner-invited',
    { type: 'PartnerInvited', institution: 'CAF-44', presence: 'expected' },
    `Invitation à la phase préparatoire — ${TITLE}`,
    `Votre institution est invitée à préparer « ${TITLE} » (présence attendue).`,
    'Merci de répondre à cette invitation.',
    PAGE,
  ],
  [
    'an optional partner',
    'partner-invited',
    { type: 'PartnerInvited', institution: 'CAF-44', presence: 'optional' },
    `Invitation à la phase préparatoire — ${TITLE}`,
    `Votre institution est invitée à préparer « ${TITLE} » (présence facultative).`,
    'Merci de répondre à cette invitation.',
    PAGE,
  ],
  [
    'a proposed shift',
    'shift-proposed',
    call.shiftProposed,
    `Décalage proposé — ${TITLE}`,
    'ARS-PDL propose de décaler le calendrier. Motif : La salle est prise.',
    ...moved,
    "Jusqu'à l'accord de toutes les autorités, les anciennes dates valent.",
    PAGE,
  ],
  [
    'a shifted schedule',
    'schedule-shifted',
    call.scheduleShifted,
    `Calendrier décalé — ${TITLE}`,
    `Le calendrier de « ${TITLE} » a changé. Motif : La salle est prise.`,
    ...moved,
    'Un dossier déjà déposé reste valable.',
    PAGE,
  ],
  [
    'dates to confirm',
    'dates-to-confirm',
    { type: 'DatesAsked', earliest: '2021-11-15' },
    `Dates de votre projet à confirmer — ${TITLE}`,
    `Le calendrier de « ${TITLE} » a changé : le projet de Les Petits Pas ne peut plus démarrer avant le 15 novembre 2021.`,
    "Confirmez de nouvelles dates de début et de fin. Votre dossier reste tel que vous l'avez déposé, il ne se rouvre pas.",
  ],
  [
    'payments that a shift puts behind the closing of the year',
    'payments-asked',
    { type: 'PaymentYearAsked', proposal: 1, year: 2021, closesOn: '2021-12-15' },
    `Année de paiement à confirmer — ${TITLE}`,
    `Le calendrier de « ${TITLE} » dépasse désormais la clôture des paiements de 2021 : 15 décembre 2021.`,
    "Dites, pour votre institution, si elle paie avant cette clôture ou l'année suivante, et pourquoi.",
    PAGE,
  ],
  [
    'a date that is new',
    'schedule-shifted',
    {
      ...call.scheduleShifted,
      before: { milestones: [] },
      after: { milestones: [{ kind: 'decision', at: '2021-10-05T07:30:00Z' }] },
    },
    `Calendrier décalé — ${TITLE}`,
    `Le calendrier de « ${TITLE} » a changé. Motif : La salle est prise.`,
    '- décision : sans date → 5 octobre 2021 à 9 h 30 (heure de Paris)',
    'Un dossier déjà déposé reste valable.',
    PAGE,
  ],
  [
    'an outage',
    'outage-extension',
    outage,
    `Dépôt prolongé — ${TITLE}`,
    "À la suite d'une panne du service, le dépôt est prolongé pour tous. Panne de courant.",
    '- date limite de dépôt : 13 août 2021 à 16 h 00 (heure de Paris) → 16 août 2021 à 16 h 00 (heure de Paris)',
    'Un dossier déjà déposé reste valable.',
    PAGE,
  ],
  [
    'a proposal that expired',
    'shift-expired',
    { type: 'ShiftExpired', proposal: 2, expiredAt: file.DEADLINE, because: 'Sa date est arrivée.' },
    `Décalage expiré — ${TITLE}`,
    "La proposition de décalage n° 2 a expiré sans l'accord de toutes les autorités. Sa date est arrivée.",
    'Le calendrier ne change pas.',
    PAGE,
  ],
  [
    'an extension left unratified',
    'outage-unratified',
    { type: 'OutageLeftUnratified', number: 1, institutions: [call.DREETS], ratifyBy: file.DEADLINE },
    `Prolongation à ratifier — ${TITLE}`,
    'La prolongation n° 1, accordée après une panne, devait être ratifiée au plus tard le 13 août 2021 à 16 h 00 (heure de Paris).',
    "Ne l'ont pas encore ratifiée : DREETS-PDL. Elle vaut, et reste à ratifier.",
    PAGE,
  ],
  [
    'an extension',
    'extension-granted',
    extension,
    `Délai accordé — ${TITLE}`,
    "Vous pouvez déposer votre dossier jusqu'au 20 août 2021 à 16 h 00 (heure de Paris). Motif : Inondation.",
    PAGE,
  ],
  [
    'a proposed cancellation',
    'ending-proposed',
    ending,
    `Fin de l'appel proposée — ${TITLE}`,
    `ARS-PDL propose que « ${TITLE} » soit annulé. Motif : Crédits gelés.`,
    "L'accord de votre institution est attendu.",
    PAGE,
  ],
  [
    'a proposal to declare the call unsuccessful',
    'ending-proposed',
    { ...ending, ending: 'unsuccessful' },
    `Fin de l'appel proposée — ${TITLE}`,
    `ARS-PDL propose que « ${TITLE} » soit déclaré infructueux. Motif : Crédits gelés.`,
    "L'accord de votre institution est attendu.",
    PAGE,
  ],
  [
    'a cancelled call',
    'call-cancelled',
    { type: 'CallCancelled', reason: 'Crédits gelés.' },
    `Appel annulé — ${TITLE}`,
    `« ${TITLE} » est annulé. Motif : Crédits gelés.`,
    PAGE,
  ],
  [
    'an unsuccessful call',
    'call-unsuccessful',
    { type: 'CallDeclaredUnsuccessful', reason: 'Aucun dossier recevable.' },
    `Appel infructueux — ${TITLE}`,
    `« ${TITLE} » est déclaré infructueux. Motif : Aucun dossier recevable.`,
    PAGE,
  ],
  [
    'an answer',
    'question-answered',
    { type: 'QuestionAnswered', ...answer, late: false },
    `Réponse à une question — ${TITLE}`,
    'Question : Les crèches ?',
    'Réponse : Oui.',
    PAGE,
  ],
  [
    'a corrected answer',
    'answer-corrected',
    { type: 'AnswerCorrected', ...answer, reason: 'Oubli' },
    `Réponse corrigée — ${TITLE}`,
    'Question : Les crèches ?',
    'Réponse : Oui.',
    PAGE,
  ],
  [
    'a confirmed claim',
    'claim-confirmed',
    { type: 'ClaimConfirmed', person: 'p', power: 'submit' },
    'Rattachement confirmé — Les Petits Pas',
    'Vous êtes rattaché à Les Petits Pas : vous pouvez préparer et déposer ses dossiers.',
  ],
  [
    'a claim confirmed to prepare only',
    'claim-confirmed',
    { type: 'ClaimConfirmed', person: 'p', power: 'prepare' },
    'Rattachement confirmé — Les Petits Pas',
    'Vous êtes rattaché à Les Petits Pas : vous pouvez préparer ses dossiers.',
  ],
  [
    'a rejected claim',
    'claim-rejected',
    { type: 'ClaimRejected', person: 'p', reason: 'Inconnu ici.' },
    'Rattachement refusé — Les Petits Pas',
    'Votre rattachement à Les Petits Pas est refusé. Motif : Inconnu ici.',
  ],
  [
    'an invited colleague',
    'colleague-invited',
    { type: 'ColleagueInvited', person: 'p', power: 'submit' },
    'Invitation — Les Petits Pas',
    'Un collègue vous invite dans Les Petits Pas pour préparer et déposer ses dossiers.',
    'Connectez-vous pour accepter.',
  ],
  [
    'a colleague invited to prepare only',
    'colleague-invited',
    { type: 'ColleagueInvited', person: 'p', power: 'prepare' },
    'Invitation — Les Petits Pas',
    'Un collègue vous invite dans Les Petits Pas pour préparer ses dossiers.',
    'Connectez-vous pour accepter.',
  ],
];

describe('a letter', () => {
  it.each(cases)('tells of %s', (_, kind, fact, subject, ...lines) => {
    expect(letter(noticeOf(kind, fact, { signInCode: 'code-1' }))).toMatchObject({ subject, text: sent(...lines) });
  });

  it('is specified for every template', () => {
    const written = new Set<string>(cases.map(([, , { type }]) => type));
    expect(Object.keys(filingTemplates).filter((type) => !written.has(type))).toEqual([]);
  });
});

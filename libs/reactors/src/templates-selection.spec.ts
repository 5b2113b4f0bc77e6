import { describe, expect, it } from '@jest/globals';
import { submission } from '#domain/application/fixtures.js';
import type { Fact } from '#domain/facts.js';
import type { NoticeKind } from '#domain/notice/notice.js';
import { noticeOf, sent, TITLE } from './fixtures.js';
import { letter } from './letter.js';
import { selectionTemplates } from './templates/selection.js';

const PAGE = 'Dossier : https://convergence.example/api/applications/file-1';
const CALL_PAGE = 'Appel : https://convergence.example/api/calls/call-1';
const APPEAL = 'Un recours gracieux est possible dans les deux mois.';
const which = { call: 'call-1', person: 'person-1', application: 'file-1' };
const planned: Fact = { type: 'SessionPlanned', session: 's-1', at: '2021-09-30T07:30:00Z', place: 'Nantes, salle 3' };
const convened = {
  type: 'SessionConvened',
  session: 's-1',
  noQuorumRequired: false,
  convenedAt: '2021-09-10T08:00:00Z',
} as const;
const correction = { type: 'AdmissibilityCorrected', institution: 'ARS-PDL', reason: 'Relecture.' } as const;

const cases: [what: string, kind: NoticeKind, fact: Fact, subject: string, ...lines: string[]][] = [
  [
    'missing pieces, by their names',
    'completion-requested',
    {
      type: 'CompletionRequested',
      institution: 'ARS-PDL',
      request: 1,
      fields: ['budget', 'attestations'],
      documents: ['statuts', 'other'],
      reason: 'Le budget ne dit pas les bénévoles.',
      dueAt: '2021-09-10T14:00:00Z',
      requestedAt: '2021-09-01T08:00:00Z',
    },
    `Compléments demandés — ${TITLE}`,
    `Le dossier de Les Petits Pas pour « ${TITLE} » est incomplet. À fournir avant le 10 septembre 2021 à 16 h 00 (heure de Paris) :`,
    '- budget prévisionnel',
    '- attestations',
    '- pièce « Statuts signés »',
    '- pièce « other »',
    'Motif : Le budget ne dit pas les bénévoles.',
    "Seuls ces éléments sont rouverts. Le temps de votre réponse ne compte pas dans le délai d'instruction.",
    PAGE,
  ],
  [
    'a later date for them',
    'completion-extended',
    {
      type: 'CompletionExtended',
      request: 1,
      dueAt: '2021-09-17T14:00:00Z',
      extendedAt: '2021-09-08T08:00:00Z',
      reason: 'Assemblée reportée.',
    },
    `Délai des compléments prolongé — ${TITLE}`,
    "Vous pouvez compléter le dossier de Les Petits Pas jusqu'au 17 septembre 2021 à 16 h 00 (heure de Paris). Motif : Assemblée reportée.",
    PAGE,
  ],
  [
    'the receipt of what completes a file',
    'completion-receipt',
    { type: 'FileCompleted', request: 1, replaces: 'AR-1', ...submission, submission: 2, receipt: 'AR-2' },
    `Compléments reçus AR-2 — ${TITLE}`,
    `Le dossier de Les Petits Pas pour « ${TITLE} » a été complété le 1er juillet 2021 à 10 h 00 (heure de Paris).`,
    "Numéro d'accusé de réception : AR-2 (dépôt n° 2)",
    'Montant demandé : 20 000,00 € sur un total de 25 000,00 €',
    'Pièces : 1',
    `Empreinte du contenu (SHA-256) : ${submission.content.hash}`,
    'Vérification : https://convergence.example/api/receipts/AR-2',
  ],
  [
    'a prior refusal',
    'refused-beforehand',
    { type: 'RefusedBeforehand', institution: 'ARS-PDL', grounds: ['late', 'off-topic'], reasons: 'Pli du 16 août.' },
    `Refus préalable — ${TITLE}`,
    `Le dossier de Les Petits Pas pour « ${TITLE} » est refusé avant examen : dépôt tardif, hors de l'objet de l'appel.`,
    'Motifs : Pli du 16 août.',
    APPEAL,
    PAGE,
  ],
  [
    'a refusal that was a mistake',
    'admissibility-corrected',
    { ...correction, now: { verdict: 'admissible' } },
    `Recevabilité corrigée — ${TITLE}`,
    `Le dossier de Les Petits Pas pour « ${TITLE} » est déclaré recevable.`,
    'Motif de la correction : Relecture.',
    PAGE,
  ],
  [
    'an admission that was a mistake',
    'admissibility-corrected',
    { ...correction, now: { verdict: 'refused', grounds: ['over-budget'], reasons: 'Plus que le plafond.' } },
    `Recevabilité corrigée — ${TITLE}`,
    `Le dossier de Les Petits Pas pour « ${TITLE} » est refusé avant examen : au-delà du budget.`,
    'Motifs : Plus que le plafond.',
    'Motif de la correction : Relecture.',
    APPEAL,
    PAGE,
  ],
  [
    'a file to examine',
    'file-handed-over',
    { type: 'FileHandedOver', to: 'person-1', reason: 'Congé.' },
    `Dossier à instruire — ${TITLE}`,
    `Le dossier de Les Petits Pas pour « ${TITLE} » vous est confié. Motif : Congé.`,
    PAGE,
  ],
  [
    'an appointment as a reviewer',
    'reviewer-appointed',
    { type: 'ReviewerAppointed', call: 'call-1', person: 'person-1', expertise: ['santé'] },
    `Désignation comme évaluateur — ${TITLE}`,
    `Vous êtes désigné pour évaluer des dossiers de « ${TITLE} ».`,
    "Déclarez d'abord vos intérêts : jusque-là, seuls les noms vous sont montrés.",
    CALL_PAGE,
  ],
  [
    'a file to review, without its name',
    'review-assigned',
    { type: 'ReviewAssigned', ...which },
    `Dossier à évaluer — ${TITLE}`,
    `Un dossier de « ${TITLE} » vous est confié.`,
    "Si vous avez un conflit d'intérêts, déclarez-le sans ouvrir le dossier ; vous pouvez aussi décliner.",
    PAGE,
  ],
  [
    'a file that nobody reviews any more',
    'assignment-declined',
    { type: 'AssignmentDeclined', ...which, reason: 'not-my-field' },
    `Évaluation déclinée — ${TITLE}`,
    `Un évaluateur décline un dossier de « ${TITLE} » (hors de son domaine).`,
    'Il reste à le confier à un autre évaluateur.',
    PAGE,
  ],
  [
    'a session',
    'session-convened',
    { ...convened, agenda: ['file-1'], documents: [] },
    `Convocation à la commission — ${TITLE}`,
    `La commission de « ${TITLE} » se réunit le 30 septembre 2021 à 9 h 30 (heure de Paris), Nantes, salle 3.`,
    'Ordre du jour : 1 dossier.',
    'Déclarez vos intérêts avant la séance : un membre intéressé ne délibère pas.',
    CALL_PAGE,
  ],
  [
    'an urgent second session that needs no quorum',
    'session-convened',
    {
      ...convened,
      agenda: ['file-1', 'file-2'],
      documents: ['doc-1', 'doc-2'],
      noQuorumRequired: true,
      urgency: 'Crédits à engager avant la fin du mois.',
    },
    `Convocation à la commission — ${TITLE}`,
    `La commission de « ${TITLE} » se réunit le 30 septembre 2021 à 9 h 30 (heure de Paris), Nantes, salle 3.`,
    'Ordre du jour : 2 dossiers, 2 documents.',
    "Seconde réunion sur le même ordre du jour : aucun quorum n'est exigé.",
    'Urgence : Crédits à engager avant la fin du mois.',
    'Déclarez vos intérêts avant la séance : un membre intéressé ne délibère pas.',
    CALL_PAGE,
  ],
  [
    'a session that moved',
    'session-moved',
    {
      type: 'SessionMoved',
      session: 's-1',
      from: '2021-09-30T07:30:00Z',
      to: '2021-10-14T07:30:00Z',
      reason: 'La salle est fermée.',
    },
    `Séance déplacée, convocation annulée — ${TITLE}`,
    `La séance de la commission de « ${TITLE} » ne se tient pas le 30 septembre 2021 à 9 h 30 (heure de Paris) : la convocation est annulée.`,
    'Nouvelle date : le 14 octobre 2021 à 9 h 30 (heure de Paris). Motif : La salle est fermée.',
    "Les mandats et les réponses donnés pour l'ancienne date ne valent plus : ils vous seront demandés de nouveau avec la nouvelle convocation.",
    CALL_PAGE,
  ],
  [
    'a session without quorum',
    'session-adjourned',
    {
      type: 'SessionAdjourned',
      session: 's-1',
      because: 'quorum',
      quorum: { members: 12, present: 5, needed: 6, required: true },
    },
    `Séance ajournée — ${TITLE}`,
    `La séance de la commission de « ${TITLE} » (le 30 septembre 2021 à 9 h 30 (heure de Paris), Nantes, salle 3) est ajournée faute de quorum : 5 membres sur 12, il en faut 6.`,
    'Une nouvelle convocation suivra, avec le même ordre du jour.',
    CALL_PAGE,
  ],
  [
    'minutes to sign',
    'minutes-drafted',
    { type: 'MinutesDrafted', session: 's-1', version: 2, hash: 'a1b2', text: 'Texte.' },
    `Procès-verbal à signer — ${TITLE}`,
    'Le procès-verbal de la séance de la commission (le 30 septembre 2021 à 9 h 30 (heure de Paris), Nantes, salle 3) attend votre signature : version 2.',
    'Empreinte (SHA-256) : a1b2',
    CALL_PAGE,
  ],
  [
    'minutes of a session nobody planned',
    'minutes-drafted',
    { type: 'MinutesDrafted', session: 's-2', version: 1, hash: 'a1b2', text: 'Texte.' },
    `Procès-verbal à signer — ${TITLE}`,
    'Le procès-verbal de la séance de la commission (à une date à confirmer) attend votre signature : version 1.',
    'Empreinte (SHA-256) : a1b2',
    CALL_PAGE,
  ],
];

describe('a letter of the selection', () => {
  it.each(cases)('tells of %s', (_, kind, fact, subject, ...lines) =>
    expect(letter(noticeOf(kind, fact, { file: 'file-1', history: [planned, fact] }))).toMatchObject({
      subject,
      text: sent(...lines),
    }),
  );

  it('tells of a session that moved with its new date', () => {
    const moved: Fact = {
      type: 'SessionMoved',
      session: 's-1',
      from: '2021-09-30T07:30:00Z',
      to: '2021-10-14T07:30:00Z',
      reason: 'La salle est fermée.',
    };
    const fact: Fact = { ...convened, agenda: ['file-1'], documents: [] };
    const { text } = letter(noticeOf('session-convened', fact, { history: [planned, moved, fact] }));
    expect(text).toContain('se réunit le 14 octobre 2021 à 9 h 30 (heure de Paris), Nantes, salle 3.');
  });

  it('is specified for every template', () =>
    expect(new Set<string>(cases.map(([, , { type }]) => type))).toEqual(new Set(Object.keys(selectionTemplates))));
});

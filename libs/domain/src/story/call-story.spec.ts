import { describe, expect, it } from '@jest/globals';
import { paris } from '#calendar/paris.js';
import type { CallEvent } from '../call/call.js';
import { ARS, DREETS, schedule } from '../call/fixtures.js';
import {
  after,
  delegated,
  type FactAfterPreparation,
  JOINT,
  MOVES,
  OFFICE,
  office,
  rowsOf,
  type Story,
} from './fixtures.js';
import { narrate } from './story.js';

const outage = { from: '2021-08-13T12:00:00Z', until: '2021-08-13T13:00:00Z', description: 'Panne du réseau.' };

/** Every fact of a call from its publication on, as a person reads it. */
const told: Story<FactAfterPreparation> = {
  CallPublished: [
    [
      { type: 'CallPublished', rules: '2026-11', schedule, notice: 'Avis', warnings: [] },
      "Avis publié : dépôt jusqu'au 13 août 2021 à 16 h 00 (heure de Paris).",
      `${JOINT} ; règles version 2026-11`,
    ],
  ],
  RectifyingNoticePublished: [
    [
      { type: 'RectifyingNoticePublished', number: 2, notice: 'Avis rectificatif' },
      'Avis rectificatif n° 2 publié.',
      "Un changement a la même publicité que l'avis",
    ],
  ],
  ShiftProposed: [
    [
      {
        type: 'ShiftProposed',
        proposal: 1,
        institution: DREETS,
        changes: [{ kind: 'submissionDeadline', at: '2021-08-27T14:00:00Z' }],
        reason: 'Congés des associations.',
        before: schedule,
        after,
        warnings: [],
      },
      `DREETS-PDL propose un décalage (n° 1) : ${MOVES}. Motif : Congés des associations.`,
      JOINT,
    ],
  ],
  OutsideAnswerRecorded: [
    [
      {
        type: 'OutsideAnswerRecorded',
        proposal: 1,
        accepted: true,
        answeredOn: '2021-07-02',
        reference: 'Courriel du 2 juillet',
      },
      "Réponse de l'autorité qui a fixé le calendrier : accord (Courriel du 2 juillet).",
      'Un calendrier fixé ailleurs se déplace avec son accord',
    ],
    [
      { type: 'OutsideAnswerRecorded', proposal: 1, accepted: false, answeredOn: '2021-07-02', reference: 'Lettre 12' },
      "Réponse de l'autorité qui a fixé le calendrier : refus (Lettre 12).",
      'Un calendrier fixé ailleurs se déplace avec son accord',
    ],
  ],
  ShiftAgreed: [
    [{ type: 'ShiftAgreed', proposal: 1, institution: ARS }, 'ARS-PDL accepte le décalage n° 1.', JOINT],
    [
      { type: 'ShiftAgreed', proposal: 1, institution: ARS, capacity: delegated },
      'ARS-PDL accepte le décalage n° 1.',
      'Signature par délégation d-1',
    ],
  ],
  ShiftRefused: [
    [
      { type: 'ShiftRefused', proposal: 1, institution: ARS, reason: 'Commission trop proche.' },
      'ARS-PDL refuse le décalage n° 1. Motif : Commission trop proche.',
      JOINT,
    ],
  ],
  ShiftWithdrawn: [
    [
      { type: 'ShiftWithdrawn', proposal: 1, institution: DREETS, reason: 'Sans objet.' },
      'DREETS-PDL retire le décalage n° 1. Motif : Sans objet.',
      JOINT,
    ],
  ],
  ShiftExpired: [
    [
      {
        type: 'ShiftExpired',
        proposal: 1,
        expiredAt: '2021-08-13T14:00:00Z',
        because: "L'ancienne date de « date limite de dépôt » est arrivée : 13 août 2021 à 16 h 00 (heure de Paris).",
      },
      "Le décalage n° 1 a expiré sans l'accord de toutes les autorités. L'ancienne date de « date limite de dépôt » est arrivée : 13 août 2021 à 16 h 00 (heure de Paris).",
      "Une proposition expire avec la première des dates qu'elle déplace",
    ],
  ],
  ScheduleShifted: [
    [
      { type: 'ScheduleShifted', proposal: 1, reason: 'Congés des associations.', before: schedule, after },
      `Calendrier décalé : ${MOVES}. Motif : Congés des associations.`,
      `${JOINT} ; un dossier déposé reste valable`,
    ],
  ],
  PaymentYearAsked: [
    [
      { type: 'PaymentYearAsked', proposal: 1, year: 2021, closesOn: '2021-12-15' },
      'Le décalage franchit la clôture des paiements de 2021 (15 décembre 2021) : les gestionnaires financiers disent en quelle année ils paient.',
      'Clôture annuelle des paiements (pratique)',
    ],
  ],
  PaymentYearAnswered: [
    [
      { type: 'PaymentYearAnswered', institution: ARS, year: 'this', reason: 'Crédits engagés.' },
      `${ARS} paiera avant la clôture de l'année. Motif : Crédits engagés.`,
      'Clôture annuelle des paiements (pratique)',
    ],
    [
      { type: 'PaymentYearAnswered', institution: ARS, year: 'next', reason: 'Report demandé.' },
      `${ARS} paiera l'année suivante. Motif : Report demandé.`,
      'Clôture annuelle des paiements (pratique)',
    ],
  ],
  OutageExtensionGranted: [
    [
      {
        type: 'OutageExtensionGranted',
        number: 1,
        institution: ARS,
        capacity: delegated,
        outage,
        before: schedule,
        after,
      },
      `Dépôt prolongé pour tous après une panne : ${MOVES}.`,
      'Signature par délégation d-1',
    ],
    [
      {
        type: 'OutageExtensionGranted',
        number: 1,
        institution: ARS,
        capacity: office,
        outage: { ...outage, incident: { reference: 'INC-2021-0813' } },
        ratifyBy: '2021-08-14T13:35:00Z',
        before: schedule,
        after,
      },
      `Dépôt prolongé pour tous après une panne (incident INC-2021-0813) : ${MOVES}.`,
      OFFICE,
    ],
  ],
  OutageExtensionRatified: [
    [
      { type: 'OutageExtensionRatified', number: 1, institution: DREETS, capacity: office },
      'Prolongation n° 1 ratifiée par DREETS-PDL.',
      OFFICE,
    ],
  ],
  OutageLeftUnratified: [
    [
      {
        type: 'OutageLeftUnratified',
        number: 1,
        institutions: [DREETS, 'CD-44'],
        ratifyBy: '2021-08-14T13:35:00Z',
      },
      'Prolongation n° 1 non ratifiée le 14 août 2021 à 15 h 35 (heure de Paris) par : DREETS-PDL, CD-44.',
      "Une prolongation d'urgence est ratifiée sous 24 heures, ou signalée",
    ],
  ],
  ExtensionGranted: [
    [
      {
        type: 'ExtensionGranted',
        institution: ARS,
        organisation: '52499120500013',
        until: '2021-08-20T14:00:00Z',
        reason: 'Inondation des locaux.',
      },
      "Délai accordé à 52499120500013 jusqu'au 20 août 2021 à 16 h 00 (heure de Paris). Motif : Inondation des locaux.",
      'Délai individuel prévu par le cahier des charges',
    ],
  ],
  EndingAgreed: [
    [
      { type: 'EndingAgreed', ending: 'cancelled', institution: ARS, reason: 'Crédits gelés.', capacity: office },
      "ARS-PDL demande que l'appel soit annulé. Motif : Crédits gelés.",
      OFFICE,
    ],
    [
      { type: 'EndingAgreed', ending: 'unsuccessful', institution: ARS, reason: 'Aucun dossier.', capacity: delegated },
      "ARS-PDL demande que l'appel soit déclaré infructueux. Motif : Aucun dossier.",
      'Signature par délégation d-1',
    ],
  ],
  EndingDropped: [
    [
      { type: 'EndingDropped', institution: DREETS, reason: 'Crédits rétablis.' },
      "Fin de l'appel abandonnée par DREETS-PDL. Motif : Crédits rétablis.",
      JOINT,
    ],
  ],
  CallCancelled: [[{ type: 'CallCancelled', reason: 'Crédits gelés.' }, 'Appel annulé. Motif : Crédits gelés.', JOINT]],
  CallDeclaredUnsuccessful: [
    [
      { type: 'CallDeclaredUnsuccessful', reason: 'Aucun dossier.' },
      'Appel déclaré infructueux. Motif : Aucun dossier.',
      JOINT,
    ],
  ],
  ContentsUnsealed: [
    [
      { type: 'ContentsUnsealed', windowEnd: '2021-08-13T14:00:00Z' },
      'Dossiers descellés, dépôt clos depuis le 13 août 2021 à 16 h 00 (heure de Paris).',
      'Les dossiers restent scellés tant que le dépôt est ouvert',
    ],
  ],
  ContentsResealed: [
    [
      { type: 'ContentsResealed', windowEnd: '2021-08-27T14:00:00Z' },
      "Dossiers de nouveau scellés : le dépôt rouvre jusqu'au 27 août 2021 à 16 h 00 (heure de Paris).",
      'Réouverture prévue par le cahier des charges',
    ],
  ],
};

describe('the story of a published call', () => {
  it.each(rowsOf<CallEvent>(told))('tells %s: %s', (_type, sentence, fact, rule) =>
    expect(narrate(fact, paris)).toEqual({ sentence, rule }),
  );
});

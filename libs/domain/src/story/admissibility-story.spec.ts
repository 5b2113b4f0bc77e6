import { describe, expect, it } from '@jest/globals';
import { paris } from '#calendar/paris.js';
import type { AdmissibilityEvent } from '../application/admissibility-facts.js';
import { submission } from '../application/fixtures.js';
import { rowsOf, type Story } from './fixtures.js';
import { narrate } from './story.js';

const INCOMPLETE =
  'Dossier incomplet : pièces manquantes indiquées, délai fixé, le temps de réponse est suspendu (CRPA L114-5)';
const EXAMINED = 'Les autorités pilotes examinent la complétude et la recevabilité';
const CORRECTED = 'Une erreur est corrigée par un nouveau fait motivé ; ce qui était écrit reste';
const handedOver = { type: 'FileHandedOver', to: 'person-2', reason: 'Congé.' } as const;

/** Every fact of the admissibility of a file, as a person reads it. */
const told: Story<AdmissibilityEvent> = {
  CompletionRequested: [
    [
      {
        type: 'CompletionRequested',
        institution: 'ARS-PDL',
        request: 1,
        fields: ['budget', 'requestedCents'],
        documents: ['statuts'],
        reason: 'Les statuts ne sont pas signés',
        dueAt: '2021-09-10T14:00:00Z',
        requestedAt: '2021-09-01T08:00:00Z',
      },
      'ARS-PDL demande des compléments (n° 1) avant le 10 septembre 2021 à 16 h 00 (heure de Paris) : ' +
        'budget prévisionnel, montant demandé, pièce « statuts ». Motif : Les statuts ne sont pas signés.',
      INCOMPLETE,
    ],
  ],
  CompletionExtended: [
    [
      {
        type: 'CompletionExtended',
        request: 1,
        dueAt: '2021-09-17T14:00:00Z',
        extendedAt: '2021-09-08T08:00:00Z',
        reason: 'Assemblée reportée.',
      },
      "Délai des compléments n° 1 prolongé jusqu'au 17 septembre 2021 à 16 h 00 (heure de Paris). Motif : Assemblée reportée.",
      'Un délai individuel est possible pour des compléments, jamais pour le dépôt (CASF R313-6)',
    ],
  ],
  FileCompleted: [
    [
      { type: 'FileCompleted', request: 1, replaces: 'AR-1', ...submission, receipt: 'AR-2' },
      "Compléments n° 1 reçus (l'ancien dépôt : AR-1) : accusé AR-2, 20 000,00 € demandés sur 25 000,00 €.",
      'Seul ce qui était demandé est rouvert ; accusé de réception (CRPA R112-11-2)',
    ],
  ],
  DeclaredAdmissible: [
    [{ type: 'DeclaredAdmissible', institution: 'ARS-PDL' }, 'Dossier déclaré recevable par ARS-PDL.', EXAMINED],
  ],
  RefusedBeforehand: [
    [
      {
        type: 'RefusedBeforehand',
        institution: 'ARS-PDL',
        grounds: ['late', 'irregular', 'off-topic', 'over-budget'],
        reasons: 'Pli arrivé le 16 août.',
      },
      "Refus préalable par ARS-PDL : dépôt tardif, dossier irrégulier, hors de l'objet de l'appel, au-delà du budget. " +
        'Motifs : Pli arrivé le 16 août.',
      'Refus préalable (CASF R313-6, ou pratique pour une subvention), motivé (CRPA L211-2)',
    ],
  ],
  AdmissibilityCorrected: [
    [
      {
        type: 'AdmissibilityCorrected',
        institution: 'ARS-PDL',
        now: { verdict: 'admissible' },
        reason: 'Le cachet de la poste fait foi.',
      },
      'Recevabilité corrigée par ARS-PDL : dossier recevable. Motif de la correction : Le cachet de la poste fait foi.',
      CORRECTED,
    ],
    [
      {
        type: 'AdmissibilityCorrected',
        institution: 'ARS-PDL',
        now: { verdict: 'refused', grounds: ['off-topic'], reasons: 'Projet sans lien avec les familles.' },
        reason: 'Relecture.',
      },
      "Recevabilité corrigée par ARS-PDL : refus préalable (hors de l'objet de l'appel). " +
        'Motifs : Projet sans lien avec les familles. Motif de la correction : Relecture.',
      CORRECTED,
    ],
  ],
  FileHandedOver: [
    [handedOver, 'Dossier confié à un instructeur. Motif : Congé.', EXAMINED],
    [{ ...handedOver, from: 'person-1' }, 'Dossier confié à un autre instructeur. Motif : Congé.', EXAMINED],
  ],
};

describe('the story of the admissibility of a file', () => {
  it.each(rowsOf<AdmissibilityEvent>(told))('tells %s: %s', (_type, sentence, fact, rule) =>
    expect(narrate(fact, paris)).toEqual({ sentence, rule }),
  );
});

import { describe, expect, it } from '@jest/globals';
import { paris } from '#calendar/paris.js';
import type { AdmissibilityEvent } from '../application/admissibility-facts.js';
import type { ApplicationEvent } from '../application/application.js';
import { attached, forgotten, saved, shared, started, submitted, withdrawn } from '../application/fixtures.js';
import { rowsOf, type Story } from './fixtures.js';
import { narrate } from './story.js';

const WINDOW = 'Dépôt ouvert à la seconde près, date limite incluse (CRPA L112-13)';
const RECEIPT = `${WINDOW} ; accusé de réception (CRPA R112-11-2)`;
const DATES = 'Un décalage qui rend un démarrage impossible fait confirmer les dates, sans rouvrir le dossier';
const CONSORTIUM = "Les partenaires d'un groupement partagent un dossier";
const PAPER = "La date d'arrivée fait foi ; un pli tardif est enregistré, puis refusé";

const { type: _, ...submission } = submitted;
const paper = {
  type: 'PaperFilingRegistered',
  arrivedAt: '2021-08-13T14:00:00Z',
  medium: 'paper',
  reference: 'Courrier 2021-118',
  pieces: 4,
  receipt: 'AR-0000-0000-0000-0002',
  late: false,
} as const;

/** Every fact of a file, as a person reads it. */
const told: Story<Exclude<ApplicationEvent, AdmissibilityEvent>> = {
  ApplicationStarted: [
    [started, 'Dossier n° 1 ouvert par 52499120500013.', 'Nombre de dossiers fixé par le cahier des charges'],
  ],
  DraftSaved: [[saved, 'Brouillon enregistré.', WINDOW]],
  DocumentAttached: [
    [attached, 'Pièce jointe (statuts, 48213 octets).', 'Pièces demandées par le cahier des charges'],
    [{ ...attached, size: 1 }, 'Pièce jointe (statuts, 1 octet).', 'Pièces demandées par le cahier des charges'],
  ],
  DocumentRemoved: [[{ type: 'DocumentRemoved', document: 'doc-1' }, 'Pièce retirée du brouillon.', WINDOW]],
  ApplicationSubmitted: [
    [
      submitted,
      'Dossier déposé : accusé AR-0000-0000-0000-0001, 20 000,00 € demandés sur 25 000,00 €, ' +
        'date limite 13 août 2021 à 16 h 00 (heure de Paris).',
      RECEIPT,
    ],
  ],
  SubmissionReplaced: [
    [
      {
        type: 'SubmissionReplaced',
        ...submission,
        receipt: 'AR-0000-0000-0000-0003',
        replaces: 'AR-0000-0000-0000-0001',
      },
      "Dépôt remplacé (l'ancien : AR-0000-0000-0000-0001) : accusé AR-0000-0000-0000-0003, " +
        '20 000,00 € demandés sur 25 000,00 €, date limite 13 août 2021 à 16 h 00 (heure de Paris).',
      RECEIPT,
    ],
  ],
  ApplicationWithdrawn: [
    [withdrawn, 'Dossier retiré. Motif : Le projet est reporté.', 'Le porteur de projet dispose de son dossier'],
  ],
  PaperFilingRegistered: [
    [
      paper,
      'Pli Courrier 2021-118 arrivé le 13 août 2021 à 16 h 00 (heure de Paris) : accusé AR-0000-0000-0000-0002.',
      PAPER,
    ],
    [
      { ...paper, arrivedAt: '2021-08-13T14:00:01Z', late: true },
      'Pli Courrier 2021-118 arrivé le 13 août 2021 à 16 h 00 min 01 s (heure de Paris), après la date limite : ' +
        'accusé AR-0000-0000-0000-0002.',
      PAPER,
    ],
  ],
  FileShared: [[shared, 'Dossier partagé avec 38033590100027.', CONSORTIUM]],
  DatesAsked: [
    [
      { type: 'DatesAsked', earliest: '2021-11-15' },
      "Dates du projet à confirmer : aucun démarrage n'est possible avant le 15 novembre 2021.",
      DATES,
    ],
  ],
  DatesConfirmed: [
    [
      { type: 'DatesConfirmed', startsOn: '2021-12-01', endsOn: '2022-11-30' },
      'Dates du projet confirmées : du 1er décembre 2021 au 30 novembre 2022.',
      DATES,
    ],
  ],
  FileUnshared: [
    [{ type: 'FileUnshared', organisation: '38033590100027' }, 'Dossier plus partagé avec 38033590100027.', CONSORTIUM],
  ],
  ContentsForgotten: [
    [forgotten, 'Contenu effacé. Motif : À la demande du porteur.', 'Effacement des données (RGPD, art. 17)'],
  ],
};

describe('the story of a file', () => {
  it.each(rowsOf<ApplicationEvent>(told))('tells %s: %s', (_type, sentence, fact, rule) =>
    expect(narrate(fact, paris)).toEqual({ sentence, rule }),
  );
});

import { describe, expect, it } from '@jest/globals';
import { paris } from '#calendar/paris.js';
import type { AwardEvent } from '../award/award-facts.js';
import type { EnvelopeEvent } from '../award/envelope-facts.js';
import { delegated, OFFICE, office, rowsOf, type Story } from './fixtures.js';
import { narrate } from './story.js';

const ENVELOPE = "Une enveloppe n'est jamais engagée au-delà de son montant";
const RESERVED =
  "Les crédits sont réservés avant que la décision vaille ; une ligne insuffisante, et rien n'est accordé";
const STANDS = 'La décision vaut quand chaque autorité qui a une ligne a décidé';
const REASONS = 'Une décision défavorable est motivée (CRPA L211-2)';
const APPEAL = 'Recours gracieux dans les deux mois de la notification';
const ANSWERED = 'Le porteur accepte un montant réduit avec un budget révisé, ou le décline';

const call = 'call-1';
const lines = [
  { line: 1, amountCents: 1_200_000 },
  { line: 2, amountCents: 800_000 },
];
const funds = { reservation: 'r-1', application: 'file-1', amountCents: 1_200_000 };
const decided: Extract<AwardEvent, { type: 'AwardDecided' }> = {
  type: 'AwardDecided',
  call,
  waitingFor: [],
  institution: 'ARS-PDL',
  outcome: 'favourable',
  lines: lines.slice(0, 1),
  departs: false,
  capacity: office,
};
const answered: Extract<AwardEvent, { type: 'AppealAnswered' }> = {
  type: 'AppealAnswered',
  call,
  institution: 'ARS-PDL',
  upheld: true,
  reasons: 'Pièce retrouvée.',
  capacity: office,
  lines: lines.slice(0, 1),
  attempt: 1,
};

const notified = {
  type: 'AwardNotified',
  call,
  institution: 'ARS-PDL',
  notifiedOn: '2021-10-05',
  appealUntil: '2021-12-05',
} as const;
const NOTIFIED = "Décision notifiée par ARS-PDL le 5 octobre 2021 ; recours gracieux jusqu'au 5 décembre 2021.";

/** Every fact of the money of an envelope and of an award, as a person reads it. */
const told: Story<EnvelopeEvent | AwardEvent> = {
  FundsReserved: [
    [
      { type: 'FundsReserved', ...funds, leftCents: 8_800_000 },
      'Crédits réservés pour le dossier file-1 : 12 000,00 € ; reste 88 000,00 €.',
      ENVELOPE,
    ],
  ],
  ReservationRefused: [
    [
      { type: 'ReservationRefused', ...funds, leftCents: 500_000 },
      'Crédits insuffisants pour le dossier file-1 : 12 000,00 € demandés, reste 5 000,00 €.',
      ENVELOPE,
    ],
  ],
  FundsReleased: (
    [
      ['another-line-short', 'une autre ligne est insuffisante'],
      ['declined', 'la décision est déclinée'],
      ['withdrawn', 'la décision est retirée après un recours'],
    ] as const
  ).map(([because, said]) => [
    { type: 'FundsReleased', ...funds, because },
    `Crédits rendus par le dossier file-1 : 12 000,00 € (${said}).`,
    "Une réservation close l'est pour toujours",
  ]),
  AwardDecided: [
    [decided, 'ARS-PDL décide : décision favorable (ligne 1 : 12 000,00 €).', OFFICE],
    [
      { ...decided, capacity: delegated, departs: true, reasons: 'Territoire prioritaire.' },
      "ARS-PDL décide : décision favorable (ligne 1 : 12 000,00 €), en s'écartant de l'avis de la commission. " +
        'Motifs : Territoire prioritaire.',
      "Signature par délégation d-1 ; un avis qui n'est pas suivi l'est avec des motifs (CASF R313-7)",
    ],
    [
      { ...decided, outcome: 'refused', lines: [], reasons: 'Projet déjà financé.' },
      'ARS-PDL décide : refus. Motifs : Projet déjà financé.',
      `${OFFICE} ; ${REASONS}`,
    ],
    [{ ...decided, outcome: 'reserve', lines: [] }, 'ARS-PDL décide : liste complémentaire.', OFFICE],
    [
      { ...decided, outcome: 'no-action', lines: [], waitingFor: ['DREETS-PDL'] },
      'ARS-PDL décide : sans suite. Décision attendue de DREETS-PDL.',
      OFFICE,
    ],
  ],
  AwardPending: [
    [
      {
        type: 'AwardPending',
        call,
        attempt: 1,
        organisation: '38033590100027',
        requestedCents: 2_000_000,
        reservations: lines.map((line, index) => ({ ...line, reservation: `r-${index}` })),
        amountCents: 2_000_000,
      },
      'Chaque autorité a décidé : 20 000,00 € demandés aux enveloppes (ligne 1 : 12 000,00 € ; ligne 2 : 8 000,00 €).',
      RESERVED,
    ],
  ],
  AwardGranted: [
    [
      {
        type: 'AwardGranted',
        call,
        attempt: 1,
        organisation: '52499120500013',
        lines,
        amountCents: 2_000_000,
        requestedCents: 2_500_000,
      },
      'Décision favorable : 20 000,00 € accordés sur 25 000,00 € demandés (ligne 1 : 12 000,00 € ; ligne 2 : 8 000,00 €).',
      STANDS,
    ],
  ],
  AwardFailed: [
    [
      {
        type: 'AwardFailed',
        call,
        attempt: 1,
        line: 2,
        askedCents: 800_000,
        leftCents: 120_000,
        institutions: ['ARS-PDL', 'DREETS-PDL'],
      },
      "Rien n'est accordé : la ligne 2 est insuffisante (8 000,00 € demandés, reste 1 200,00 €). " +
        'Les décisions tombent (ARS-PDL, DREETS-PDL).',
      RESERVED,
    ],
  ],
  AwardSettled: [
    [
      { type: 'AwardSettled', call, outcome: 'refused', reasons: 'Projet déjà financé.' },
      'Décision : refus. Motifs : Projet déjà financé.',
      `${STANDS} ; ${REASONS}`,
    ],
    [{ type: 'AwardSettled', call, outcome: 'reserve' }, 'Décision : liste complémentaire.', STANDS],
    [{ type: 'AwardSettled', call, outcome: 'no-action' }, 'Décision : sans suite.', STANDS],
  ],
  AwardNotified: [
    [notified, NOTIFIED, APPEAL],
    [{ ...notified, capacity: delegated }, NOTIFIED, `Signature par délégation d-1 ; ${APPEAL}`],
  ],
  ReducedAmountAccepted: [
    [
      { type: 'ReducedAmountAccepted', call, content: { version: 0, hash: 'a' }, totalCents: 2_200_000 },
      'Montant réduit accepté, avec un budget révisé de 22 000,00 €.',
      ANSWERED,
    ],
  ],
  AwardDeclined: [
    [
      { type: 'AwardDeclined', call, reason: 'Projet reporté.', lines: lines.slice(0, 1), attempt: 1 },
      'Décision déclinée par le porteur ; crédits rendus (ligne 1 : 12 000,00 €). Motif : Projet reporté.',
      ANSWERED,
    ],
    [
      { type: 'AwardDeclined', call, reason: 'Projet reporté.', lines: [], attempt: 0 },
      'Décision déclinée par le porteur. Motif : Projet reporté.',
      ANSWERED,
    ],
  ],
  CalledUpFromReserve: [
    [
      { type: 'CalledUpFromReserve', call, institution: 'ARS-PDL', reason: 'Un lauréat renonce.', capacity: office },
      'Dossier appelé de la liste complémentaire par ARS-PDL. Motif : Un lauréat renonce.',
      `${OFFICE} ; la liste complémentaire est appelée dans son ordre, quand des crédits reviennent`,
    ],
  ],
  AppealLodged: [
    [
      { type: 'AppealLodged', call, content: { version: 0, hash: 'a' }, lodgedAt: '2021-11-02T09:00:00Z' },
      'Recours gracieux formé le 2 novembre 2021 à 10 h 00 (heure de Paris).',
      APPEAL,
    ],
  ],
  AppealAnswered: [
    [
      answered,
      'Recours gracieux accueilli par ARS-PDL ; crédits rendus (ligne 1 : 12 000,00 €). Motifs : Pièce retrouvée.',
      `${OFFICE} ; ${APPEAL} ; les autorités décident de nouveau`,
    ],
    [
      { ...answered, upheld: false, lines: [], reasons: 'Rien de nouveau.' },
      'Recours gracieux rejeté par ARS-PDL. Motifs : Rien de nouveau.',
      `${OFFICE} ; ${APPEAL} ; rejet motivé (CRPA L211-2)`,
    ],
  ],
};

describe('the story of an award', () => {
  it.each(rowsOf<EnvelopeEvent | AwardEvent>(told))('tells %s: %s', (_type, sentence, fact, rule) =>
    expect(narrate(fact, paris)).toEqual({ sentence, rule }),
  );
});

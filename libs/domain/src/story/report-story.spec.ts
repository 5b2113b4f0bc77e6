import { describe, expect, it } from '@jest/globals';
import { paris } from '#calendar/paris.js';
import type { ReportEvent } from '../report/report-facts.js';
import { rowsOf, type Story } from './fixtures.js';
import { narrate } from './story.js';

const DUE =
  "Compte rendu dans les 6 mois de la fin de l'exercice, et avant toute nouvelle demande (arrêté du 11 octobre 2006)";
const READ = "Les autorités pilotes lisent ce qui est remis, le renvoient avec leurs observations ou l'acceptent";
const FIGURES = 'Prévu et réalisé, écart en euros et en %';
const report = 'report-1';
const expected = {
  type: 'ReportExpected',
  report,
  application: 'file-1',
  call: 'call-1',
  leads: ['ARS-PDL'],
  dueOn: '2023-06-30',
} as const;
const submitted = { type: 'ReportSubmitted', report, version: 1, content: { version: 0, hash: 'a' } } as const;

const charges = { budgetCents: 2_500_000, actualCents: 2_400_000, gapCents: -100_000, gapHundredths: -400 };
const products = { budgetCents: 0, actualCents: 50_000, gapCents: 50_000, gapHundredths: null };
const none = { budgetCents: 0, actualCents: 0, gapCents: 0, gapHundredths: null };

/** Every fact of a report, as a person reads it. */
const told: Story<ReportEvent> = {
  ReportExpected: [
    [
      { ...expected, leads: ['ARS-PDL'], kind: 'financial' },
      'Compte rendu financier attendu avant le 30 juin 2023 inclus.',
      DUE,
    ],
    [
      { ...expected, leads: ['ARS-PDL'], kind: 'activity' },
      "Bilan d'activité attendu avant le 30 juin 2023 inclus.",
      DUE,
    ],
  ],
  ReportExtended: [
    [
      { type: 'ReportExtended', report, dueOn: '2023-07-31', reason: 'Comptes en retard.' },
      "Délai du compte rendu prolongé jusqu'au 31 juillet 2023. Motif : Comptes en retard.",
      'Un délai individuel est possible pour un compte rendu',
    ],
  ],
  ReportSubmitted: [
    [submitted, 'Compte rendu remis (version 1).', FIGURES],
    [
      { ...submitted, version: 2, indicators: [{ target: 12, actual: 9 }] },
      'Compte rendu remis (version 2), 1 indicateur.',
      FIGURES,
    ],
    [
      { ...submitted, gap: { charges, products, inKind: none } },
      'Compte rendu remis (version 1) : charges 25 000,00 € prévus, 24 000,00 € réalisés (-1 000,00 €, -4,00 %), ' +
        'produits 0,00 € prévus, 500,00 € réalisés (500,00 €).',
      FIGURES,
    ],
    [
      { ...submitted, gap: { charges: none, products: none, inKind: charges } },
      'Compte rendu remis (version 1) : charges 0,00 € prévus, 0,00 € réalisés (0,00 €), ' +
        'produits 0,00 € prévus, 0,00 € réalisés (0,00 €), ' +
        'en nature 25 000,00 € prévus, 24 000,00 € réalisés (-1 000,00 €, -4,00 %).',
      FIGURES,
    ],
  ],
  ReportReturned: [
    [
      { type: 'ReportReturned', report, comments: 'Il manque le compte 64.', dueOn: '2023-07-15' },
      'Compte rendu renvoyé, à reprendre avant le 15 juillet 2023. Observations : Il manque le compte 64.',
      READ,
    ],
  ],
  ReportAccepted: [[{ type: 'ReportAccepted', report }, 'Compte rendu accepté.', READ]],
  ReportWaived: [
    [
      { type: 'ReportWaived', report, reason: 'Décision déclinée.' },
      "Compte rendu qui n'est plus dû. Motif : Décision déclinée.",
      "Rien n'est dû d'une décision abandonnée",
    ],
  ],
};

describe('the story of a report', () => {
  it.each(rowsOf<ReportEvent>(told))('tells %s: %s', (_type, sentence, fact, rule) =>
    expect(narrate(fact, paris)).toEqual({ sentence, rule }),
  );
});

import { describe, expect, it } from '@jest/globals';
import { letter, type LetterOfDecision, paragraphs } from './letter.js';

const granted: LetterOfDecision = {
  call: 'Appel à projets commun ARS/DREETS – 1000 premiers jours',
  authorities: ['Agence régionale de santé Pays de la Loire', 'DREETS Pays de la Loire'],
  organisation: "CEA du personnel de la ville d'Antibes",
  identifier: '38033590100027',
  receipt: 'AR-0000-0000-0000-0001',
  outcome: 'granted',
  lines: [
    { line: 1, funder: 'ARS-PDL', programme: 'FIR', action: null, year: 2021, amountCents: 1_000_000 },
    {
      line: 3,
      funder: 'DREETS-PDL',
      programme: 'BOP 304',
      action: 'stratégie pauvreté',
      year: 2021,
      amountCents: 500_000,
    },
  ],
  requestedCents: 2_000_000,
  reasons: [],
  notifiedOn: '2021-10-15',
  appealUntil: '2021-12-15',
  at: '2021-10-15T08:00:00Z',
};
const said = (from: LetterOfDecision) => paragraphs(from).map(({ text }) => text);
const recourse = [
  'Voies et délais de recours',
  "Vous pouvez former un recours gracieux auprès des autorités signataires jusqu'au 15 décembre 2021 inclus, sur le service où vous avez déposé votre dossier (code des relations entre le public et l’administration, article L411-2).",
  'Vous pouvez aussi saisir le tribunal administratif compétent dans les deux mois qui suivent la notification de cette décision, ou, si vous avez formé un recours gracieux, son rejet (code de justice administrative, article R421-1).',
];

describe('the letter of a decision', () => {
  it('says who gives how much of what, and how to appeal', () =>
    expect(said(granted)).toEqual([
      'Agence régionale de santé Pays de la Loire\nDREETS Pays de la Loire',
      'Le 15 octobre 2021',
      "À l'attention de CEA du personnel de la ville d'Antibes (38033590100027)",
      "Attribution d'une subvention",
      'Appel à projets : Appel à projets commun ARS/DREETS – 1000 premiers jours\nAccusé de réception : AR-0000-0000-0000-0001',
      'Votre projet est retenu : 15 000,00 € vous sont attribués, sur 20 000,00 € demandés.',
      '– ARS-PDL, FIR, 2021 : 10 000,00 €',
      '– DREETS-PDL, BOP 304 (stratégie pauvreté), 2021 : 5 000,00 €',
      'Ce montant étant inférieur à votre demande, acceptez-le avec un budget révisé, ou déclinez-le.',
      ...recourse,
    ]));

  it('asks for no answer where everything is given', () =>
    expect(said({ ...granted, requestedCents: 1_500_000 })).toContain(
      'Votre projet est retenu : 15 000,00 € vous sont attribués.',
    ));

  it('selects a project without money', () =>
    expect(said({ ...granted, lines: [], requestedCents: undefined })).toContain('Votre projet est retenu.'));

  it.each([
    ['refused', 'Rejet de votre demande', "Votre demande n'est pas retenue."],
    ['no-action', 'Classement sans suite de votre demande', 'Votre demande est classée sans suite.'],
    [
      'reserve',
      'Inscription sur la liste complémentaire',
      'Votre projet est inscrit sur la liste complémentaire : il pourra être retenu si des crédits reviennent.',
    ],
  ])('tells a decision without money with its reasons: %s', (outcome, title, sentence) =>
    expect(
      said({ ...granted, outcome, lines: [], reasons: [{ authority: 'ARS', reasons: 'Hors sujet.' }] }).slice(3),
    ).toEqual([
      title,
      expect.stringContaining('Appel à projets'),
      sentence,
      'Motifs',
      'ARS : Hors sujet.',
      ...recourse,
    ]),
  );

  it('is a PDF with the same bytes each time, and others where a fact differs', async () => {
    const bytes = await letter(granted);
    expect(bytes.subarray(0, 5).toString('latin1')).toBe('%PDF-');
    expect(bytes.subarray(-6).toString('latin1').trim()).toBe('%%EOF');
    expect((await letter({ ...granted })).equals(bytes)).toBe(true);
    expect((await letter({ ...granted, receipt: 'AR-0000-0000-0000-0002' })).equals(bytes)).toBe(false);
  });

  it('writes what the fonts of PDF lack as a question mark', async () => {
    const odd = await letter({ ...granted, organisation: 'Café 北京' });
    expect(odd.equals(await letter({ ...granted, organisation: 'Café ??' }))).toBe(true);
  });
});

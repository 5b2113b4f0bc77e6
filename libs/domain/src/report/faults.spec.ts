import { describe, expect, it } from '@jest/globals';
import { given, content, owing, FINANCIAL, activityContents, financialContents } from './fixtures.js';
import { reportFaults } from './faults.js';
import type { AccountFigures } from './report-facts.js';

const line = (account: string, actualCents: number): AccountFigures => ({ account, budgetCents: 0, actualCents });
const financial = (charges: AccountFigures[], products: AccountFigures[]) =>
  reportFaults('financial', { text: '', charges, products });

describe('a report of activity', () => {
  it('has a text and an indicator', () => expect(reportFaults('activity', activityContents)).toEqual([]));
  it('may have an indicator that reached nothing', () =>
    expect(
      reportFaults('activity', { text: 'Rien.', indicators: [{ label: 'Visites', target: 0, actual: 0 }] }),
    ).toEqual([]));
  it('tells all its faults at once, each with its field', () =>
    expect(
      reportFaults('activity', {
        text: ' ',
        indicators: [
          { label: 'Visites', target: 10, actual: 12 },
          { label: ' ', target: -1, actual: -2 },
        ],
        charges: [],
        products: [],
      }),
    ).toEqual([
      { field: 'text', code: 'Missing', message: "Le texte du bilan d'activité est obligatoire." },
      { field: 'indicators[1].label', code: 'Missing', message: "L'intitulé de l'indicateur est obligatoire." },
      { field: 'indicators[1].target', code: 'Negative', message: 'La valeur prévue ne peut pas être négative.' },
      { field: 'indicators[1].actual', code: 'Negative', message: 'La valeur atteinte ne peut pas être négative.' },
      {
        field: 'charges',
        code: 'NotExpected',
        message: "Les comptes relèvent du compte rendu financier : ôtez-les du bilan d'activité.",
      },
      {
        field: 'products',
        code: 'NotExpected',
        message: "Les comptes relèvent du compte rendu financier : ôtez-les du bilan d'activité.",
      },
    ]));
  it('is not whole without an indicator', () =>
    expect(reportFaults('activity', { text: 'Bilan.', indicators: [] })).toEqual([
      { field: 'indicators', code: 'Missing', message: "Un bilan d'activité a au moins un indicateur." },
    ]));
});

describe('a financial report', () => {
  it('has charges and products that balance', () => expect(reportFaults('financial', financialContents)).toEqual([]));
  it('needs no words', () => expect(financial([line('60', 1)], [line('70', 1)])).toEqual([]));
  it('needs charges and products', () =>
    expect(reportFaults('financial', { text: 'Rien à dire.' })).toEqual([
      { field: 'charges', code: 'Missing', message: 'Le compte rendu financier a au moins une charge.' },
      { field: 'products', code: 'Missing', message: 'Le compte rendu financier a au moins un produit.' },
    ]));
  it('is refused one cent away from its balance', () =>
    expect(financial([line('60', 100_000)], [line('70', 99_999)])).toEqual([
      {
        field: 'charges',
        code: 'ActualNotBalanced',
        message: "Le réalisé n'est pas équilibré : 1 000,00 € de charges, 999,99 € de produits.",
      },
    ]));
  it('balances contributions in kind apart', () =>
    expect(financial([line('60', 100), line('86', 100)], [line('70', 100), line('87', 101)])).toEqual([
      {
        field: 'charges',
        code: 'InKindNotBalanced',
        message: "Les contributions en nature ne s'équilibrent pas : 1,00 € en 86, 1,01 € en 87.",
      },
    ]));
  it('tells all its faults at once, each with its field', () =>
    given(...owing)
      .when({
        type: 'SubmitReport',
        report: FINANCIAL,
        content,
        contents: {
          text: '',
          indicators: [],
          charges: [line('60', 100), line('70', 100), line('60', 100)],
          products: [line('64', 100)],
        },
      })
      .thenFaults('ReportIncomplete', [
        {
          field: 'indicators',
          code: 'NotExpected',
          message: "Les indicateurs relèvent du bilan d'activité : ôtez-les du compte rendu financier.",
        },
        {
          field: 'charges[1].account',
          code: 'AccountUnknown',
          message: "Le compte 70 n'est pas admis ici : 60 à 69, 86, 860, 861, 862 ou 864.",
        },
        {
          field: 'charges[2].account',
          code: 'AccountTwice',
          message: 'Le compte 60 figure déjà plus haut : réunissez ses montants sur une ligne.',
        },
        {
          field: 'products[0].account',
          code: 'AccountUnknown',
          message: "Le compte 64 n'est pas admis ici : 70, 73 à 79, 87, 870, 871 ou 875.",
        },
        {
          field: 'charges',
          code: 'ActualNotBalanced',
          message: "Le réalisé n'est pas équilibré : 3,00 € de charges, 1,00 € de produits.",
        },
      ]));
});

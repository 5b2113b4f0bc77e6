import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { LegalForm } from '../organisation/organisation.js';
import type { ApplicationContents } from './application-contents.js';
import { contents } from './fixtures.js';
import { submissionFaults, type SubmissionSeen } from './submission.js';

const specifications = {
  ceilingCents: 3_000_000,
  maxRatePercent: 80,
  compulsoryDocuments: [{ code: 'statuts', label: 'Statuts' }],
};
const seen: SubmissionSeen = { contents, attached: ['statuts'], specifications, legalForm: 'association' };
const faultsOf = (changes: Partial<ApplicationContents>, others: Partial<SubmissionSeen> = {}) =>
  submissionFaults({ ...seen, ...others, contents: { ...contents, ...changes } });

describe('what stands between a draft and its submission', () => {
  it('is nothing where the draft is complete', () => expect(submissionFaults(seen)).toEqual([]));
  it.each([
    ['title', "L'intitulé du projet est obligatoire."],
    ['objectives', 'Les objectifs sont obligatoires.'],
    ['description', 'La description est obligatoire.'],
    ['startsOn', 'La date de début est obligatoire.'],
    ['endsOn', 'La date de fin est obligatoire.'],
    ['contact', 'Un contact est obligatoire.'],
    ['budget', 'Le budget prévisionnel est obligatoire.'],
    ['requestedCents', 'Le montant demandé est obligatoire.'],
  ])('is a missing %s', (field, message) =>
    expect(faultsOf({ [field]: undefined })).toEqual([{ field, code: 'Missing', message }]),
  );
  it.each(['title', 'objectives', 'description', 'startsOn', 'endsOn'])('is an empty %s', (field) =>
    expect(faultsOf({ [field]: '' })).toMatchObject([{ field, code: 'Missing' }]),
  );
  it.each(['title', 'objectives', 'description'])('is a %s of only blanks', (field) =>
    expect(faultsOf({ [field]: ' \n\u00a0' })).toMatchObject([{ field, code: 'Missing' }]),
  );
  it('is a contact without a name', () =>
    expect(faultsOf({ contact: { name: '  ', email: 'contact@cafe-des-parents.example' } })).toEqual([
      { field: 'contact.name', code: 'Missing', message: 'Le nom du contact est obligatoire.' },
    ]));
  it.each(['publics', 'territory', 'themes', 'request', 'consortium', 'indicators'])('is not a missing %s', (field) =>
    expect(faultsOf({ [field]: undefined })).toEqual([]),
  );
  it('is a project that ends before it starts', () =>
    expect(faultsOf({ startsOn: '2022-01-02', endsOn: '2022-01-01' })).toEqual([
      { field: 'endsOn', code: 'PeriodReversed', message: 'La fin du projet précède son début.' },
    ]));
  it('is not a project of one day', () =>
    expect(faultsOf({ startsOn: '2022-01-01', endsOn: '2022-01-01' })).toEqual([]));
  it('is the wrong SIRET or RNA of a partner', () =>
    expect(
      faultsOf({
        consortium: [
          { name: 'Centre social', identifier: '38033590100027', part: 'Locaux' },
          { name: 'Crèche', identifier: '38033590100028', part: 'Accueil' },
          { name: 'Collectif', part: 'Bénévoles' },
          { name: 'Ludothèque', identifier: 'W12345678', part: 'Jeux' },
          { name: 'Amicale', identifier: 'W322216459', part: 'Repas' },
        ],
      }),
    ).toEqual([
      {
        field: 'consortium[1].identifier',
        code: 'IdentifierInvalid',
        message: 'Ni SIRET ni RNA valable : 38033590100028.',
      },
      { field: 'consortium[3].identifier', code: 'IdentifierInvalid', message: 'Ni SIRET ni RNA valable : W12345678.' },
    ]));
  it('is each document that the call asks for and nobody attached', () =>
    expect(
      faultsOf(
        {},
        {
          attached: ['rib', 'other'],
          specifications: {
            compulsoryDocuments: [
              { code: 'statuts', label: 'Statuts' },
              { code: 'rib', label: 'RIB' },
              { code: 'comptes', label: 'Derniers comptes approuvés' },
            ],
          },
        },
      ),
    ).toEqual([
      { field: 'documents.statuts', code: 'DocumentMissing', message: 'Pièce obligatoire manquante : Statuts.' },
      {
        field: 'documents.comptes',
        code: 'DocumentMissing',
        message: 'Pièce obligatoire manquante : Derniers comptes approuvés.',
      },
    ]));
  it('is an attestation that was not made', () =>
    expect(faultsOf({ attestations: { republicanContract: true, accurate: false } })).toEqual([
      {
        field: 'attestations.accurate',
        code: 'AttestationMissing',
        message: "Attestez l'exactitude des informations.",
      },
      {
        field: 'attestations.upToDate',
        code: 'AttestationMissing',
        message: 'Attestez être à jour de vos obligations sociales et fiscales.',
      },
    ]));
  it('is the republican contract for an association', () =>
    expect(faultsOf({ attestations: { accurate: true, upToDate: true, republicanContract: false } })).toEqual([
      {
        field: 'attestations.republicanContract',
        code: 'RepublicanContractMissing',
        message: "Une association souscrit le contrat d'engagement républicain (décret 2021-1947).",
      },
    ]));
  it.each<LegalForm>(['public', 'company', 'other'])(
    'is not the republican contract for the legal form %s',
    (legalForm) => expect(faultsOf({ attestations: { accurate: true, upToDate: true } }, { legalForm })).toEqual([]),
  );
  it('is told all at once', () =>
    expect(
      faultsOf(
        {
          title: '',
          endsOn: '2021-10-31',
          consortium: [{ name: 'Crèche', identifier: '1', part: 'Accueil' }],
          budget: {
            charges: [{ account: '60', label: 'Achats', amountCents: 100 }],
            products: [{ account: '74', label: 'Subvention', amountCents: 200 }],
          },
          requestedCents: 3_000_001,
          attestations: undefined,
        },
        { attached: [] },
      ).map(({ field, code }) => [field, code]),
    ).toEqual([
      ['title', 'Missing'],
      ['endsOn', 'PeriodReversed'],
      ['consortium[0].identifier', 'IdentifierInvalid'],
      ['budget.products[0].funder', 'FunderMissing'],
      ['budget', 'BudgetNotBalanced'],
      ['requestedCents', 'OverCeiling'],
      ['requestedCents', 'OverProducts'],
      ['documents.statuts', 'DocumentMissing'],
      ['attestations.accurate', 'AttestationMissing'],
      ['attestations.upToDate', 'AttestationMissing'],
      ['attestations.republicanContract', 'RepublicanContractMissing'],
    ]));
});

describe('the amount requested', () => {
  /** A budget of so many products, and as many charges. */
  const budgetOf = (amountCents: number) => ({
    charges: [{ account: '60', label: 'Achats', amountCents }],
    products: [{ account: '70', label: 'Ventes', amountCents }],
  });
  const request = (requestedCents: number, productsCents: number, limits: Partial<typeof specifications> = {}) =>
    faultsOf(
      { requestedCents, budget: budgetOf(productsCents) },
      { specifications: { compulsoryDocuments: [], ...limits } },
    );

  it('is more than nothing', () =>
    expect(request(0, 100)).toEqual([
      { field: 'requestedCents', code: 'NothingRequested', message: 'Le montant demandé doit dépasser zéro.' },
    ]));
  it('is not negative', () =>
    expect(request(-1, 100)).toEqual([
      { field: 'requestedCents', code: 'NothingRequested', message: 'Le montant demandé doit dépasser zéro.' },
    ]));
  it('may be the ceiling', () => expect(request(3_000_000, 5_000_000, { ceilingCents: 3_000_000 })).toEqual([]));
  it('is not over the ceiling', () =>
    expect(request(3_000_001, 5_000_000, { ceilingCents: 3_000_000 })).toEqual([
      {
        field: 'requestedCents',
        code: 'OverCeiling',
        message: 'Le montant demandé (30 000,01 €) dépasse le plafond de 30 000,00 €.',
      },
    ]));
  it('may be the total products where the call sets no rate', () => expect(request(100, 100)).toEqual([]));
  it('is not over the total products', () =>
    expect(request(101, 100)).toEqual([
      {
        field: 'requestedCents',
        code: 'OverProducts',
        message: 'Le montant demandé dépasse le total des produits (1,00 €).',
      },
    ]));
  it('leaves contributions in kind out of the total products', () =>
    expect(
      faultsOf(
        {
          requestedCents: 101,
          budget: {
            charges: [...budgetOf(100).charges, { account: '86', label: 'Bénévolat', amountCents: 900 }],
            products: [...budgetOf(100).products, { account: '87', label: 'Bénévolat', amountCents: 900 }],
          },
        },
        { specifications: { compulsoryDocuments: [] } },
      ),
    ).toMatchObject([{ field: 'requestedCents', code: 'OverProducts' }]));
  it('may be the rate, to the cent', () => expect(request(80, 100, { maxRatePercent: 80 })).toEqual([]));
  it('is not over the rate, and the fault tells how much is allowed', () =>
    expect(request(2_667, 3_333, { maxRatePercent: 80 })).toEqual([
      {
        field: 'requestedCents',
        code: 'OverRate',
        message: 'Le montant demandé dépasse 80 % du total des produits, soit 26,66 € au plus.',
      },
    ]));
  it('is judged against the ceiling even where there is no budget yet', () =>
    expect(faultsOf({ requestedCents: 3_000_001, budget: undefined }).map(({ field, code }) => [field, code])).toEqual([
      ['budget', 'Missing'],
      ['requestedCents', 'OverCeiling'],
    ]));

  const most = 1_000_000_000_000;
  const cents = fc.oneof(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: most }));
  const rates = fc.option(fc.integer({ min: 1, max: 100 }), { nil: undefined });
  const ceilings = fc.option(cents, { nil: undefined });
  /** Near a limit as often as anywhere: the rate, the products, the ceiling, zero. */
  const requests = fc.tuple(cents, rates, ceilings).chain(([products, rate, ceiling]) => {
    const limits = [0, products, ceiling ?? 0, Number((BigInt(products) * BigInt(rate ?? 100)) / 100n)];
    const near = fc
      .tuple(fc.constantFrom(...limits), fc.integer({ min: -2, max: 2 }))
      .map(([limit, away]) => limit + away);
    return fc.tuple(fc.oneof(near, cents), fc.constant(products), fc.constant(rate), fc.constant(ceiling));
  });

  it('is accepted exactly when it is above zero, within the ceiling, the products and the rate', () =>
    fc.assert(
      fc.property(requests, ([requested, products, rate, ceiling]) => {
        const [asked, total] = [BigInt(requested), BigInt(products)];
        const allowed =
          asked > 0n &&
          (ceiling === undefined || asked <= BigInt(ceiling)) &&
          asked <= total &&
          (rate === undefined || asked * 100n <= total * BigInt(rate));
        const faults = request(requested, products, { ceilingCents: ceiling, maxRatePercent: rate });
        expect(faults.length === 0).toBe(allowed);
        expect(faults.every(({ field }) => field === 'requestedCents')).toBe(true);
      }),
      { numRuns: 2000 },
    ));
});

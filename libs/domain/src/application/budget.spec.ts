import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Budget, budgetFaults, type BudgetLine, totals } from './budget.js';
import { budget } from './fixtures.js';

const line = (account: string, amountCents: number, funder?: string): BudgetLine => ({
  account,
  label: 'Ligne',
  amountCents,
  ...(funder && { funder }),
});
const faultsOf = (charges: BudgetLine[], products: BudgetLine[]) => budgetFaults({ charges, products });

describe('a provisional budget', () => {
  it('is accepted where charges equal products and contributions in kind are equal', () =>
    expect(budgetFaults(budget)).toEqual([]));
  it('has its totals', () =>
    expect(totals(budget)).toEqual({ chargesCents: 2_500_000, productsCents: 2_500_000, inKindCents: 150_000 }));
  it('may be empty', () => expect(faultsOf([], [])).toEqual([]));
  it('is refused with charges that are not its products', () =>
    expect(faultsOf([line('60', 100_000)], [line('70', 99_999)])).toEqual([
      {
        field: 'budget',
        code: 'BudgetNotBalanced',
        message: "Le budget n'est pas équilibré : 1 000,00 € de charges, 999,99 € de produits.",
      },
    ]));
  it('is refused with contributions in kind that are not balanced', () =>
    expect(faultsOf([line('86', 100)], [line('87', 101)])).toEqual([
      {
        field: 'budget',
        code: 'InKindNotBalanced',
        message: "Les contributions en nature ne s'équilibrent pas : 1,00 € en 86, 1,01 € en 87.",
      },
    ]));
  it('does not balance money with contributions in kind', () =>
    expect(faultsOf([line('60', 100)], [line('87', 100)]).map(({ code }) => code)).toEqual([
      'BudgetNotBalanced',
      'InKindNotBalanced',
    ]));
  it.each([
    '60',
    '61',
    '62',
    '63',
    '64',
    '65',
    '66',
    '67',
    '68',
    '69',
    '606',
    '6411',
    '86',
    '860',
    '861',
    '862',
    '864',
  ])('has a charge of account %s', (account) => expect(faultsOf([line(account, 0)], [])).toEqual([]));
  it.each(['70', '73', '74', '75', '756', '758', '76', '77', '78', '79', '7411', '87', '870', '871', '875'])(
    'has a product of account %s',
    (account) => expect(faultsOf([], [line(account, 0, 'CAF de Loire-Atlantique')])).toEqual([]),
  );
  it.each(['70', '74', '59', '6', '60000', '863', '8600', '87', '870', '6a', '', ' 60', '60\n'])(
    'has no charge of account "%s"',
    (account) =>
      expect(faultsOf([line('60', 0), line(account, 0)], [])).toEqual([
        {
          field: 'budget.charges[1].account',
          code: 'AccountUnknown',
          message: `Le compte ${account} n'est pas admis ici : 60 à 69, 86, 860, 861, 862 ou 864.`,
        },
      ]),
  );
  it.each(['60', '64', '71', '72', '80', '7', '70000', '872', '874', '8700', '86', '861', '7b', '', '70 '])(
    'has no product of account "%s"',
    (account) =>
      expect(faultsOf([], [line('70', 0), line(account, 0)])).toEqual([
        {
          field: 'budget.products[1].account',
          code: 'AccountUnknown',
          message: `Le compte ${account} n'est pas admis ici : 70, 73 à 79, 87, 870, 871 ou 875.`,
        },
      ]),
  );
  it('does not name a funder with blanks', () =>
    expect(faultsOf([line('60', 100)], [line('74', 100, '  ')])).toMatchObject([
      { field: 'budget.products[0].funder', code: 'FunderMissing' },
    ]));
  it.each(['74', '741', '7411'])('names the funder of a subsidy of account %s', (account) =>
    expect(faultsOf([line('60', 300)], [line('75', 100), line(account, 100, 'CAF'), line(account, 100)])).toEqual([
      {
        field: 'budget.products[2].funder',
        code: 'FunderMissing',
        message: 'Une subvention (compte 74) nomme son financeur.',
      },
    ]),
  );
  it('tells all its faults at once', () =>
    expect(
      faultsOf([line('99', 300), line('86', 1)], [line('71', 100), line('74', 100)]).map(({ field, code }) => [
        field,
        code,
      ]),
    ).toEqual([
      ['budget.charges[0].account', 'AccountUnknown'],
      ['budget.products[0].account', 'AccountUnknown'],
      ['budget.products[1].funder', 'FunderMissing'],
      ['budget', 'BudgetNotBalanced'],
      ['budget', 'InKindNotBalanced'],
    ]));
});

describe('any provisional budget', () => {
  const most = 1_000_000_000_000;
  const prefixes = (from: number, to: number) =>
    Array.from({ length: to - from + 1 }, (_, index) => String(from + index));
  const detailed = (accounts: string[]) =>
    fc.tuple(fc.constantFrom(...accounts), fc.constantFrom('', '1', '8', '05')).map((parts) => parts.join(''));
  const chargeAccounts = fc.oneof(detailed(prefixes(60, 69)), fc.constantFrom('86', '860', '861', '862', '864'));
  const productAccounts = fc.oneof(detailed(['70', ...prefixes(73, 79)]), fc.constantFrom('87', '870', '871', '875'));
  const wrongAccounts = fc.constantFrom('50', '6', '71', '72', '80', '863', '872', '99999', 'x');
  const linesOf = (accounts: fc.Arbitrary<string>) =>
    fc.array(
      fc.record({
        account: accounts,
        label: fc.constant('Ligne'),
        amountCents: fc.oneof(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: most })),
        funder: fc.option(fc.constant('CAF'), { nil: undefined, freq: 9 }),
      }),
      { maxLength: 6 },
    );
  const rightLines = fc.record({ charges: linesOf(chargeAccounts), products: linesOf(productAccounts) });
  const anyLines = fc.record({
    charges: linesOf(fc.oneof({ weight: 9, arbitrary: chargeAccounts }, { weight: 1, arbitrary: wrongAccounts })),
    products: linesOf(fc.oneof({ weight: 9, arbitrary: productAccounts }, { weight: 1, arbitrary: chargeAccounts })),
  });

  /** The sums as a person would do them, on exact numbers. */
  const sumOf = (lines: readonly BudgetLine[], kind: (account: string) => boolean) =>
    lines.reduce((total, { account, amountCents }) => (kind(account) ? total + BigInt(amountCents) : total), 0n);
  const isKind = (account: string) => account.startsWith('8');
  const isMoney = (account: string) => !isKind(account);
  const balance = ({ charges, products }: Budget): Budget => {
    const money = sumOf(charges, isMoney) - sumOf(products, isMoney);
    const kind = sumOf(charges, isKind) - sumOf(products, isKind);
    const up = (cents: bigint) => Number(cents > 0n ? cents : -cents);
    return {
      charges: [...charges, line('65', money < 0n ? up(money) : 0), line('864', kind < 0n ? up(kind) : 0)],
      products: [...products, line('75', money > 0n ? up(money) : 0), line('870', kind > 0n ? up(kind) : 0)],
    };
  };
  const budgets = fc.oneof(rightLines, rightLines.map(balance), anyLines, anyLines.map(balance));

  const moneyCharge = (account: string) => /^\d{2,4}$/.test(account) && account.startsWith('6');
  const moneyProduct = (account: string) =>
    /^\d{2,4}$/.test(account) && ['70', '73', '74', '75', '76', '77', '78', '79'].includes(account.slice(0, 2));
  const acceptable = ({ charges, products }: Budget): boolean =>
    charges.every(({ account }) => moneyCharge(account) || ['86', '860', '861', '862', '864'].includes(account)) &&
    products.every(({ account }) => moneyProduct(account) || ['87', '870', '871', '875'].includes(account)) &&
    products.every(({ account, funder }) => !account.startsWith('74') || funder !== undefined) &&
    sumOf(charges, isMoney) === sumOf(products, isMoney) &&
    sumOf(charges, isKind) === sumOf(products, isKind);

  it('is accepted exactly when it balances, its accounts are known and its subsidies name their funders', () =>
    fc.assert(
      fc.property(budgets, (some) => {
        expect(budgetFaults(some).length === 0).toBe(acceptable(some));
      }),
      { numRuns: 1000 },
    ));
  it('can be balanced, and is refused one cent away', () =>
    fc.assert(
      fc.property(rightLines, fc.constantFrom('60', '860'), (some, account) => {
        const whole = balance(some);
        const codes = (tried: Budget) =>
          budgetFaults(tried)
            .map(({ code }) => code)
            .filter((code) => code !== 'FunderMissing');
        expect(codes(whole)).toEqual([]);
        expect(codes({ ...whole, charges: [...whole.charges, line(account, 1)] })).toEqual([
          account === '60' ? 'BudgetNotBalanced' : 'InKindNotBalanced',
        ]);
      }),
    ));
  it('has totals that are the sums of its lines', () =>
    fc.assert(
      fc.property(budgets, (some) => {
        expect(totals(some)).toEqual({
          chargesCents: Number(sumOf(some.charges, isMoney)),
          productsCents: Number(sumOf(some.products, isMoney)),
          inKindCents: Number(sumOf(some.charges, isKind)),
        });
      }),
    ));
  it('has the same totals in whatever order its lines come', () =>
    fc.assert(
      fc.property(budgets, ({ charges, products }) => {
        expect(totals({ charges: charges.toReversed(), products: products.toReversed() })).toEqual(
          totals({ charges, products }),
        );
      }),
    ));
  it('tells each fault with the field it is in', () =>
    fc.assert(
      fc.property(budgets, (some) => {
        for (const { field } of budgetFaults(some)) {
          const [, side, index] = /^budget(?:\.(charges|products)\[(\d+)\]\.(?:account|funder))?$/.exec(field) ?? [
            '',
            'none',
          ];
          const lines = side === 'charges' ? some.charges : side === 'products' ? some.products : undefined;
          expect(lines ? lines[Number(index)] : field).toBeDefined();
          expect(side).not.toBe('none');
        }
      }),
    ));
});

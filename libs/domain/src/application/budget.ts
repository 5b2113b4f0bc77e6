import { type Fault, fault } from '../decider.js';
import { amountOf, type Cents, euros } from '../money.js';
import { isBlank } from '../texts.js';

/** One line of the provisional budget, an account of the associations' chart of accounts. */
export interface BudgetLine {
  /** `64`, `756`, `86`… */
  readonly account: string;
  readonly label: string;
  /** Who gives a subsidy: one line of account 74 per funder. */
  readonly funder?: string;
  readonly amountCents: Cents;
}

export interface Budget {
  readonly charges: readonly BudgetLine[];
  readonly products: readonly BudgetLine[];
}

export interface BudgetTotals {
  /** Accounts 60 to 69. */
  readonly chargesCents: Cents;
  /** Accounts 70 to 79: the total the rate is computed on. */
  readonly productsCents: Cents;
  /** Contributions in kind: 86 and 87 are equal. */
  readonly inKindCents: Cents;
}

const accounts = {
  charges: { allowed: /^(6[0-9]\d{0,2}|86[0124]?)$/, said: '60 à 69, 86, 860, 861, 862 ou 864' },
  products: { allowed: /^(7[03-9]\d{0,2}|87[015]?)$/, said: '70, 73 à 79, 87, 870, 871 ou 875' },
};
export const inKind = (line: { readonly account: string }): boolean => line.account.startsWith('8');

export function totals({ charges, products }: Budget): BudgetTotals {
  return {
    chargesCents: amountOf(charges.filter((line) => !inKind(line))),
    productsCents: amountOf(products.filter((line) => !inKind(line))),
    inKindCents: amountOf(charges.filter(inKind)),
  };
}

/** Provisional budget of form Cerfa 12156*06, part 6: charges = products, 86 = 87, one line 74 per funder. */
export function budgetFaults(budget: Budget): Fault[] {
  const { charges, products } = budget;
  const { chargesCents, productsCents, inKindCents } = totals(budget);
  const givenInKind = amountOf(products.filter(inKind));
  return [
    ...accountFaults('charges', charges, 'budget.'),
    ...accountFaults('products', products, 'budget.'),
    ...products.flatMap((line, index) =>
      line.account.startsWith('74') && isBlank(line.funder)
        ? [
            fault(
              `budget.products[${index}].funder`,
              'FunderMissing',
              'Une subvention (compte 74) nomme son financeur.',
            ),
          ]
        : [],
    ),
    ...(chargesCents === productsCents
      ? []
      : [
          fault(
            'budget',
            'BudgetNotBalanced',
            `Le budget n'est pas équilibré : ${euros(chargesCents)} de charges, ${euros(productsCents)} de produits.`,
          ),
        ]),
    ...(inKindCents === givenInKind
      ? []
      : [
          fault(
            'budget',
            'InKindNotBalanced',
            `Les contributions en nature ne s'équilibrent pas : ${euros(inKindCents)} en 86, ${euros(givenInKind)} en 87.`,
          ),
        ]),
  ];
}

/** Accounts that are not of their side; `path` comes before it in the field. */
export function accountFaults(
  side: 'charges' | 'products',
  lines: readonly { readonly account: string }[],
  path = '',
): Fault[] {
  const { allowed, said } = accounts[side];
  return lines.flatMap(({ account }, index) =>
    allowed.test(account)
      ? []
      : [
          fault(
            `${path}${side}[${index}].account`,
            'AccountUnknown',
            `Le compte ${account} n'est pas admis ici : ${said}.`,
          ),
        ],
  );
}

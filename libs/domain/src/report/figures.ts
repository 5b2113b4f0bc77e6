import { inKind } from '../application/budget.js';
import { type Cents, sum } from '../money.js';
import type { AccountFigures, Gap, Gaps, ReportContents, ReportFigures } from './report-facts.js';

/** In hundredths of a percent, half a hundredth away from zero; null where the whole is 0. */
export function hundredths(part: number, whole: number): number | null {
  if (whole === 0) return null;
  const [of, by] = [BigInt(part) * 10_000n, BigInt(whole)];
  const [size, divisor] = [of < 0n ? -of : of, by < 0n ? -by : by];
  const rounded = (2n * size + divisor) / (2n * divisor);
  return Number(of < 0n === by < 0n ? rounded : -rounded);
}

export function gapOf(budgetCents: Cents, actualCents: Cents): Gap {
  const gapCents = actualCents - budgetCents;
  return { budgetCents, actualCents, gapCents, gapHundredths: hundredths(gapCents, budgetCents) };
}

/** Of each account, in the order in which they were given. */
export const gapsByAccount = (lines: readonly AccountFigures[]): readonly (Gap & { readonly account: string })[] =>
  lines.map(({ account, budgetCents, actualCents }) => ({ account, ...gapOf(budgetCents, actualCents) }));

/** Of what money was spent and received; contributions in kind apart. */
export function gaps(charges: readonly AccountFigures[], products: readonly AccountFigures[]): Gaps {
  const inMoney = (line: AccountFigures) => !inKind(line);
  return {
    charges: totalGap(charges.filter(inMoney)),
    products: totalGap(products.filter(inMoney)),
    inKind: totalGap(charges.filter(inKind)),
  };
}

const totalGap = (lines: readonly AccountFigures[]): Gap =>
  gapOf(sum(lines.map(({ budgetCents }) => budgetCents)), sum(lines.map(({ actualCents }) => actualCents)));

/** What of a report goes to the record: numbers and accounts, none of its words. */
export function figuresOf({ indicators, charges, products }: ReportContents): ReportFigures {
  if (indicators) return { indicators: indicators.map(({ target, actual }) => ({ target, actual })) };
  const [spent, received] = [charges ?? [], products ?? []].map((lines) =>
    lines.map(({ account, budgetCents, actualCents }) => ({ account, budgetCents, actualCents })),
  ) as [AccountFigures[], AccountFigures[]];
  return { charges: spent, products: received, gap: gaps(spent, received) };
}

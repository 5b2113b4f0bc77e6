import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { figuresOf, gapOf, gaps, gapsByAccount, hundredths } from './figures.js';
import { activityContents, financialContents, financialSubmitted } from './fixtures.js';
import type { AccountFigures } from './report-facts.js';

describe('a gap', () => {
  it('is what was spent less what was planned, in cents and in hundredths of a percent', () =>
    expect(gapOf(200_000, 250_000)).toEqual({
      budgetCents: 200_000,
      actualCents: 250_000,
      gapCents: 50_000,
      gapHundredths: 2500,
    }));
  it('is below zero where less was spent', () =>
    expect(gapOf(300, 200)).toEqual({ budgetCents: 300, actualCents: 200, gapCents: -100, gapHundredths: -3333 }));
  it('has no percentage where nothing was planned', () =>
    expect(gapOf(0, 100)).toEqual({ budgetCents: 0, actualCents: 100, gapCents: 100, gapHundredths: null }));
  it.each([
    [1, 20_000, 1],
    [-1, 20_000, -1],
    [1, 20_001, 0],
    [-1, 20_001, 0],
    [1500, 2000, 7500],
    [2, 3, 6667],
    [-2, 3, -6667],
    [0, 7, 0],
  ])('of %i for %i is %i hundredths: half of one is rounded away from zero', (part, whole, expected) =>
    expect(hundredths(part, whole)).toBe(expected),
  );
  it('is told for each account in its order', () =>
    expect(gapsByAccount(financialContents.charges ?? []).map(({ account, gapCents }) => [account, gapCents])).toEqual([
      ['60', 50_000],
      ['64', -150_000],
      ['864', -50_000],
    ]));
});

describe('the figures of a report', () => {
  it('are targets and actuals, without labels', () =>
    expect(figuresOf(activityContents)).toEqual({ indicators: [{ target: 2000, actual: 1500 }] }));
  it('are accounts and their gap, in money and in kind apart', () => {
    const { charges, products, gap } = financialSubmitted;
    expect(figuresOf(financialContents)).toEqual({ charges, products, gap });
  });
});

describe('any financial report', () => {
  const amount = fc.oneof(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 1_000_000_000_000 }));
  const linesOf = (...accounts: string[]) =>
    fc.array(fc.record({ account: fc.constantFrom(...accounts), budgetCents: amount, actualCents: amount }), {
      maxLength: 12,
    });
  const charges = linesOf('60', '641', '69', '86', '864');
  const products = linesOf('70', '74', '875', '87');
  const isKind = ({ account }: AccountFigures) => account.startsWith('8');
  const gapSum = (lines: readonly AccountFigures[]) =>
    gapsByAccount(lines).reduce((total, { gapCents }) => total + gapCents, 0);

  it('has gaps of its accounts that add up to the gaps of its totals', () =>
    fc.assert(
      fc.property(charges, products, (spent, received) => {
        const total = gaps(spent, received);
        expect(total.charges.gapCents + total.inKind.gapCents).toBe(gapSum(spent));
        expect(total.charges.gapCents).toBe(gapSum(spent.filter((line) => !isKind(line))));
        expect(total.products.gapCents).toBe(gapSum(received.filter((line) => !isKind(line))));
        for (const { budgetCents, actualCents, gapCents } of Object.values(total)) {
          expect(gapCents).toBe(actualCents - budgetCents);
        }
      }),
    ));
  it('has a percentage that is within half a hundredth of the true one', () =>
    fc.assert(
      fc.property(amount, amount, (budgetCents, actualCents) => {
        const { gapCents, gapHundredths } = gapOf(budgetCents, actualCents);
        expect(gapHundredths === null).toBe(budgetCents === 0);
        if (gapHundredths === null || !Number.isSafeInteger(gapHundredths)) return;
        const twiceAway = 2n * (BigInt(gapHundredths) * BigInt(budgetCents) - 10_000n * BigInt(gapCents));
        expect(twiceAway <= BigInt(budgetCents) && -twiceAway <= BigInt(budgetCents)).toBe(true);
      }),
    ));
  it('has a percentage that is the opposite for the opposite gap', () =>
    fc.assert(
      fc.property(amount, fc.integer({ min: 1, max: 1_000_000 }), (part, whole) => {
        expect((hundredths(part, whole) ?? 0) + (hundredths(-part, whole) ?? 0)).toBe(0);
      }),
    ));
});

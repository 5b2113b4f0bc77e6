import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { euros, sum } from './money.js';

describe('an amount of money', () => {
  it.each([
    [0, '0,00 €'],
    [1, '0,01 €'],
    [10, '0,10 €'],
    [99_999, '999,99 €'],
    [100_000, '1 000,00 €'],
    [1_234_567, '12 345,67 €'],
    [2_300_000, '23 000,00 €'],
    [100_000_000, '1 000 000,00 €'],
    [200_000_000_000_000, '2 000 000 000 000,00 €'],
    [-1, '-0,01 €'],
    [-1_234_567, '-12 345,67 €'],
  ])('of %d cents is written %s', (cents, written) => expect(euros(cents)).toBe(written));
  it('is written to the cent, however large the budget', () =>
    fc.assert(
      fc.property(fc.integer({ min: -200_000_000_000_000, max: 200_000_000_000_000 }), (cents) => {
        const read = euros(cents).replace(' €', '').replaceAll(' ', '').replace(',', '');
        expect(BigInt(read)).toBe(BigInt(cents));
      }),
    ));
  it('is written in groups of three digits and two decimals', () =>
    fc.assert(
      fc.property(fc.integer({ min: -200_000_000_000_000, max: 200_000_000_000_000 }), (cents) => {
        expect(euros(cents)).toMatch(/^-?\d{1,3}( \d{3})*,\d{2} €$/);
      }),
    ));
});

describe('a sum of amounts', () => {
  it('of nothing is nothing', () => expect(sum([])).toBe(0));
  it('is exact to the cent', () => expect(sum([10, 20, 30_000_000_001])).toBe(30_000_000_031));
  it('is exact for the largest budget', () =>
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 1_000_000_000_000 }), { maxLength: 200 }), (amounts) => {
        expect(BigInt(sum(amounts))).toBe(amounts.reduce((total, amount) => total + BigInt(amount), 0n));
      }),
    ));
});

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isSame } from './same.js';

describe('the same value', () => {
  it.each([
    ['fields in another order', { a: 1, b: [{ c: 'x' }] }, { b: [{ c: 'x' }], a: 1 }],
    ['a field that is undefined', { a: 1, b: undefined }, { a: 1 }],
    ['nothing', undefined, undefined],
  ])('is one with %s', (_, one, other) => expect([isSame(one, other), isSame(other, one)]).toEqual([true, true]));
  it.each([
    ['another value', { a: 1 }, { a: 2 }],
    ['one field more', { a: 1 }, { a: 1, b: false }],
    ['one element more', ['x'], ['x', 'y']],
    ['elements in another order', ['x', 'y'], ['y', 'x']],
    ['a list instead of its fields', ['x'], { 0: 'x' }],
    ['a text instead of a number', { a: '1' }, { a: 1 }],
    ['null instead of an object', { a: null }, { a: {} }],
    ['nothing instead of an object', undefined, {}],
  ])('is not one with %s', (_, one, other) => expect([isSame(one, other), isSame(other, one)]).toEqual([false, false]));
  it('is the one that was written down and read again', () =>
    fc.assert(
      fc.property(fc.jsonValue(), (value) =>
        expect(isSame(JSON.parse(JSON.stringify(value)), JSON.parse(JSON.stringify(value)))).toBe(true),
      ),
    ));
});

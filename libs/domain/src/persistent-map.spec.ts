import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { PersistentMap } from './persistent-map.js';

const mapOf = (entries: readonly (readonly [string, number])[]) =>
  entries.reduce((map, [key, value]) => map.with(key, value), PersistentMap.empty<number>());
const sorted = (entries: Iterable<[string, number]>) => [...entries].sort(([a], [b]) => (a < b ? -1 : 1));
/** Two texts with the same FNV-1a hash. */
const COLLIDING = ['costarring', 'liquid'] as const;

describe('a persistent map', () => {
  it('says what a map says, whatever is put in it', () =>
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.string({ maxLength: 4 }), fc.integer()), { maxLength: 300 }), (entries) => {
        const map = mapOf(entries);
        const expected = new Map(entries);
        expect(sorted(map.entries())).toEqual(sorted(expected.entries()));
        expect(map.size).toBe(expected.size);
        for (const [key, value] of expected) expect(map.get(key)).toBe(value);
        expect(map.get('not there')).toBeUndefined();
      }),
    ));

  it('stays as it was when another is made from it', () =>
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.string({ maxLength: 3 }), fc.integer()), { minLength: 1 }), (entries) => {
        const before = mapOf(entries);
        const seen = sorted(before.entries());
        for (const [key, value] of entries) before.with(key, value + 1).with(`${key}!`, value);
        expect(sorted(before.entries())).toEqual(seen);
      }),
    ));

  it('keeps apart keys that have the same hash', () => {
    const [one, other] = COLLIDING;
    const map = mapOf([
      [one, 1],
      [other, 2],
      ['third', 3],
    ]);
    expect([map.get(one), map.get(other), map.get('third'), map.size]).toEqual([1, 2, 3, 3]);
    const changed = map.with(one, 4).with(other, 5);
    expect([changed.get(one), changed.get(other), changed.size]).toEqual([4, 5, 3]);
    expect(sorted(changed.entries())).toEqual([
      [one, 4],
      [other, 5],
      ['third', 3],
    ]);
  });
});

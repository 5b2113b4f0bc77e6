import { describe, expect, it } from '@jest/globals';
import { counted, inNumber, isBlank, written } from './texts.js';

describe('a text', () => {
  it.each([undefined, '', ' ', '\n\t ', '\u00a0\u202f'])(
    'says nothing where there is none, or only blanks (%j)',
    (text) => expect([isBlank(text), written(text)]).toEqual([true, undefined]),
  );
  it.each(['.', ' à \n'])('is kept as it was written (%j)', (text) =>
    expect([isBlank(text), written(text)]).toEqual([false, text]),
  );
});

describe('a number of things', () => {
  it.each([
    [0, '0 critère'],
    [1, '1 critère'],
    [2, '2 critères'],
    [30, '30 critères'],
  ])('%d is singular below two', (count, said) => expect(counted(count, 'critère')).toBe(said));
  it('agrees with the rest of its sentence', () =>
    expect([0, 1, 2].map((count) => inNumber(count, 'est', 'sont'))).toEqual(['est', 'est', 'sont']));
});

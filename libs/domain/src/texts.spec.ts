import { describe, expect, it } from '@jest/globals';
import { isBlank, written } from './texts.js';

describe('a text', () => {
  it.each([undefined, '', ' ', '\n\t ', '\u00a0\u202f'])(
    'says nothing where there is none, or only blanks (%j)',
    (text) => expect([isBlank(text), written(text)]).toEqual([true, undefined]),
  );
  it.each(['.', ' à \n'])('is kept as it was written (%j)', (text) =>
    expect([isBlank(text), written(text)]).toEqual([false, text]),
  );
});

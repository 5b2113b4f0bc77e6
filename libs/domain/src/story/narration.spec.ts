import { describe, expect, it } from '@jest/globals';
import { told } from './narration.js';

describe('a sentence of a story', () => {
  it.each([
    ['Motif : Gel', 'Motif : Gel.'],
    ['Motif : Gel.', 'Motif : Gel.'],
    ['Motif : Qui ?', 'Motif : Qui ?'],
  ])('ends with one stop: %s', (sentence, ended) => expect(told(sentence, 'Règle').sentence).toBe(ended));
});

import { describe, expect, it } from '@jest/globals';
import { Pace } from './pace.js';

describe('turns of what is done by itself', () => {
  it('are small for two seconds after a request, and large while there is none', () => {
    let now = 0;
    const pace = new Pace(() => now);
    const turn = { beside: 8, alone: 64 };
    expect(pace.of(turn)).toBe(64);
    pace.asked();
    expect(pace.of(turn)).toBe(8);
    now = 2000;
    expect(pace.of(turn)).toBe(8);
    now = 2001;
    expect(pace.of(turn)).toBe(64);
    pace.asked();
    expect(pace.of(turn)).toBe(8);
  });
});

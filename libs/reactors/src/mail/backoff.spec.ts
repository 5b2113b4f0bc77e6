import { expect, it } from '@jest/globals';
import { MOST_ATTEMPTS, nextAttempt } from './backoff.js';

const NOW = '2021-07-01T08:00:00Z';

it.each([
  [1, '2021-07-01T08:01:00Z'],
  [2, '2021-07-01T08:05:00Z'],
  [3, '2021-07-01T08:15:00Z'],
  [4, '2021-07-01T09:00:00Z'],
  [5, '2021-07-01T12:00:00Z'],
  [MOST_ATTEMPTS - 1, '2021-07-01T12:00:00Z'],
])('after %i attempts in vain the next is at %s', (attempts, at) => expect(nextAttempt(attempts, NOW)).toBe(at));

it('is over after about three days', () => {
  let at: string = NOW;
  for (let attempts = 1; ; attempts++) {
    const next = nextAttempt(attempts, at);
    if (next === undefined) break;
    at = next;
  }
  expect(at).toBe('2021-07-04T05:21:00Z');
});

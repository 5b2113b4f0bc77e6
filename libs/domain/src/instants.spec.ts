import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { paris } from '#calendar/paris.js';
import { later, sayDay, toSecond } from './instants.js';

describe('instants', () => {
  it('are said to the second, in UTC', () =>
    expect(toSecond(new Date('2021-08-13T14:00:00.999Z'))).toBe('2021-08-13T14:00:00Z'));
  it('can be moved', () => expect(later('2021-08-13T14:00:00Z', 1000)).toBe('2021-08-13T14:00:01Z'));
});

describe('a day', () => {
  it.each([
    ['2021-08-13', '13 août 2021'],
    ['2021-07-01', '1er juillet 2021'],
    ['2022-02-28', '28 février 2022'],
  ])('%s is %s', (day, said) => expect(sayDay(day)).toBe(said));

  it('is said as the calendar says its instants', () =>
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 40_000 }), (days) => {
        const day = paris.addDays('1990-01-01', days);
        expect(`${sayDay(day)} à 12 h 00 (heure de Paris)`).toBe(paris.say(paris.instantOf(day, '12:00:00')));
      }),
    ));
});

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Settings } from 'luxon';
import { paris } from './paris.js';

describe('the calendar of Paris', () => {
  it('knows summer and winter time', () => {
    expect(paris.instantOf('2021-08-13', '16:00:00')).toBe('2021-08-13T14:00:00Z');
    expect(paris.instantOf('2021-12-31', '16:00:00')).toBe('2021-12-31T15:00:00Z');
    expect([paris.dayOf('2021-08-12T22:30:00Z'), paris.timeOf('2021-08-12T22:30:00Z')]).toEqual([
      '2021-08-13',
      '00:30:00',
    ]);
  });

  it('takes the last of the hour that comes twice and the next of that which is skipped, in every season', () => {
    expect(paris.instantOf('2021-10-31', '02:30:00')).toBe('2021-10-31T01:30:00Z');
    expect(paris.instantOf('2021-03-28', '02:30:00')).toBe('2021-03-28T01:30:00Z');
    const now = Settings.now;
    try {
      for (const day of ['2021-07-01', '2021-12-01']) {
        Settings.now = () => Date.parse(day);
        expect(paris.instantOf('2022-10-30', '02:30:00')).toBe('2022-10-30T01:30:00Z');
        expect(paris.instantOf('2022-03-27', '02:30:00')).toBe('2022-03-27T01:30:00Z');
        expect(paris.instantOf('2022-07-01', '02:30:00')).toBe('2022-07-01T00:30:00Z');
      }
    } finally {
      Settings.now = now;
    }
  });

  it('says an instant as people read it, with its zone, and the seconds where they count', () => {
    expect(paris.say('2021-08-13T14:00:00Z')).toBe('13 août 2021 à 16 h 00 (heure de Paris)');
    expect(paris.say('2021-08-13T14:00:01Z')).toBe('13 août 2021 à 16 h 00 min 01 s (heure de Paris)');
    expect(paris.say('2021-03-01T08:05:00Z')).toBe('1er mars 2021 à 9 h 05 (heure de Paris)');
  });

  it('counts calendar days, across the changes of summer time too', () => {
    expect(paris.addDays('2021-03-27', 2)).toBe('2021-03-29');
    expect(paris.daysBetween('2021-03-27', '2021-03-29')).toBe(2);
    fc.assert(
      fc.property(
        fc.date({ min: new Date('2000-01-01'), max: new Date('2060-01-01'), noInvalidDate: true }),
        fc.integer({ min: -800, max: 800 }),
        (date, days) => {
          const day = date.toISOString().slice(0, 10);
          expect(paris.daysBetween(day, paris.addDays(day, days))).toBe(days);
        },
      ),
    );
  });

  it.each([
    ['2021-05-12', 1, '2021-06-12'],
    ['2021-12-15', 1, '2022-01-15'],
    ['2021-01-31', 1, '2021-02-28'],
    ['2024-01-31', 1, '2024-02-29'],
    ['2021-08-31', 6, '2022-02-28'],
    ['2021-03-31', -1, '2021-02-28'],
  ])('counts months from day to day, or to the last of the month: %s and %d', (day, months, then) =>
    expect(paris.addMonths(day, months)).toBe(then),
  );

  it('gives back the local day and time it was given', () => {
    const time = fc
      .tuple(fc.nat(23), fc.nat(59), fc.nat(59))
      .map((parts) => parts.map((n) => String(n).padStart(2, '0')).join(':'));
    fc.assert(
      fc.property(
        fc.date({ min: new Date('2000-01-01'), max: new Date('2060-01-01'), noInvalidDate: true }),
        time,
        (date, at) => {
          const day = date.toISOString().slice(0, 10);
          const instant = paris.instantOf(day, at);
          const skipped = paris.timeOf(instant) !== at;
          // The hour that summer time skips does not exist: the only one that comes back later.
          if (!skipped) expect(paris.dayOf(instant)).toBe(day);
          else expect(at.slice(0, 2)).toBe('02');
        },
      ),
    );
  });

  it.each([
    ['2021-05-13', 'Ascension'],
    ['2021-05-24', 'Lundi de Pentecôte'],
    ['2024-04-01', 'Lundi de Pâques'],
    ['2021-07-14', 'Fête Nationale'],
    ['2021-11-11', 'Armistice'],
    ['2026-12-25', 'Noël'],
  ])('%s is a holiday: %s', (day, name) => expect(paris.holiday(day, false)).toBe(name));

  it('has two more in Alsace and Moselle', () => {
    expect(paris.holiday('2021-04-02', true)).toBe('Vendredi Saint');
    expect(paris.holiday('2021-12-26', true)).toBe('Saint Étienne');
    expect(paris.holiday('2021-04-02', false)).toBeUndefined();
    expect(paris.holiday('2021-08-13', true)).toBeUndefined();
  });
});

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { paris } from '#calendar/paris.js';
import { days } from './arbitraries.js';
import { addWorkingDays, isWorkingDay, workingDayBefore } from './working-days.js';

const elsewhere = (day: string, count: number) => addWorkingDays(day, count, paris, false);
const inStrasbourg = (day: string, count: number) => addWorkingDays(day, count, paris, true);

describe('working days', () => {
  it.each([
    ['over a weekend', '2021-08-13', 1, '2021-08-16'],
    ['back over a weekend', '2021-08-16', -1, '2021-08-13'],
    ['from a Sunday', '2021-08-15', 1, '2021-08-16'],
    ['back from a Saturday', '2021-08-14', -1, '2021-08-13'],
    ['over Bastille Day', '2021-07-13', 1, '2021-07-15'],
    ['over Easter Monday', '2021-04-02', 1, '2021-04-06'],
    ['over Christmas and the New Year', '2021-12-24', 6, '2022-01-03'],
    ['fifteen before a commission', '2021-09-30', -15, '2021-09-09'],
    ['none at all, be it a Sunday', '2021-08-15', 0, '2021-08-15'],
  ])('are counted %s', (_, day, count, then) => expect(elsewhere(day, count)).toBe(then));

  it('leave out Good Friday and 26 December in Alsace and Moselle only', () => {
    expect([elsewhere('2021-04-01', 1), inStrasbourg('2021-04-01', 1)]).toEqual(['2021-04-02', '2021-04-06']);
    expect([elsewhere('2023-12-22', 1), inStrasbourg('2023-12-22', 1)]).toEqual(['2023-12-26', '2023-12-27']);
  });

  it('are that many between one and the other, and none of them is a day of rest', () =>
    fc.assert(
      fc.property(days, fc.integer({ min: 1, max: 60 }), fc.boolean(), (day, count, alsace) => {
        const after = addWorkingDays(day, count, paris, alsace);
        let worked = 0;
        for (let next = paris.addDays(day, 1); next <= after; next = paris.addDays(next, 1)) {
          if (isWorkingDay(next, paris, alsace)) worked++;
        }
        expect([worked, isWorkingDay(after, paris, alsace)]).toEqual([count, true]);
      }),
    ));
  it('there and back are the same day, from a day that is worked', () =>
    fc.assert(
      fc.property(days, fc.integer({ min: -60, max: 60 }), fc.boolean(), (day, count, alsace) => {
        const worked = workingDayBefore(day, paris, alsace);
        expect(addWorkingDays(addWorkingDays(worked, count, paris, alsace), -count, paris, alsace)).toBe(worked);
      }),
    ));
});

describe('the working day before', () => {
  it.each([
    ['a Monday is itself', '2021-08-16', '2021-08-16'],
    ['a Sunday is the Friday', '2021-08-15', '2021-08-13'],
    ['a holiday is the day before', '2021-11-11', '2021-11-10'],
    ['Easter Monday is the Friday', '2021-04-05', '2021-04-02'],
  ])('%s', (_, day, before) => expect(workingDayBefore(day, paris, false)).toBe(before));
  it('Easter Monday is the Thursday in Alsace and Moselle', () =>
    expect(workingDayBefore('2021-04-05', paris, true)).toBe('2021-04-01'));
});

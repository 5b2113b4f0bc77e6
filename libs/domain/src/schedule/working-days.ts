import type { Calendar, Day } from '../decider.js';

/** Monday to Friday, but public holidays; `alsaceMoselle` adds Good Friday and 26 December (local law). */
export const isWorkingDay = (day: Day, calendar: Calendar, alsaceMoselle: boolean): boolean =>
  calendar.weekday(day) <= 5 && calendar.holiday(day, alsaceMoselle) === undefined;

/** The working day so many working days after that day, or, negative, before it. None at all: that day as it is. */
export function addWorkingDays(day: Day, count: number, calendar: Calendar, alsaceMoselle: boolean): Day {
  const step = Math.sign(count);
  let reached = day;
  for (let left = Math.abs(count); left > 0; left--) {
    do reached = calendar.addDays(reached, step);
    while (!isWorkingDay(reached, calendar, alsaceMoselle));
  }
  return reached;
}

/** That day, or where nobody works on it the last working day before. */
export const workingDayBefore = (day: Day, calendar: Calendar, alsaceMoselle: boolean): Day =>
  isWorkingDay(day, calendar, alsaceMoselle) ? day : addWorkingDays(day, -1, calendar, alsaceMoselle);

/** That day, or where nobody works on it the first working day after. */
export const workingDayAfter = (day: Day, calendar: Calendar, alsaceMoselle: boolean): Day =>
  isWorkingDay(day, calendar, alsaceMoselle) ? day : addWorkingDays(day, 1, calendar, alsaceMoselle);

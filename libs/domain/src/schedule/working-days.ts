import type { Calendar, Day } from '../decider.js';

/** What tells a working day: the calendar, and whether Good Friday and 26 December count as holidays. */
export interface WorkingDays {
  readonly calendar: Calendar;
  readonly alsaceMoselle: boolean;
}

/** Neither a weekend nor a public holiday. */
export const isWorkingDay = (day: Day, { calendar, alsaceMoselle }: WorkingDays): boolean =>
  calendar.weekday(day) <= 5 && calendar.holiday(day, alsaceMoselle) === undefined;

const nearest = (day: Day, step: 1 | -1, of: WorkingDays): Day =>
  isWorkingDay(day, of) ? day : nearest(of.calendar.addDays(day, step), step, of);

/** The day itself where it is one, or the last one before it. */
export const workingDayAtOrBefore = (day: Day, of: WorkingDays): Day => nearest(day, -1, of);
/** The day itself where it is one, or the first one after it. */
export const workingDayAtOrAfter = (day: Day, of: WorkingDays): Day => nearest(day, 1, of);

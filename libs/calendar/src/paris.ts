import joursFeries from '@socialgouv/jours-feries';
import { DateTime } from 'luxon';
import type { Calendar, Day, Instant } from '#domain/decider.js';

const ZONE = 'Europe/Paris';
const local = (instant: Instant): DateTime => DateTime.fromISO(instant, { zone: ZONE });
const civil = (day: Day): DateTime => DateTime.fromISO(day, { zone: 'utc' });

/** Public holidays of one year, by day; the package answers with local midnights, give or take an hour of summer time. */
const holidays = new Map<string, ReadonlyMap<Day, string>>();
function holidaysOf(year: number, alsace: boolean): ReadonlyMap<Day, string> {
  const key = `${year}${alsace}`;
  const known = holidays.get(key);
  if (known) return known;
  const days = Object.entries(joursFeries(year, { alsace })).map(([name, date]): [Day, string] => {
    const safely = new Date(date.getTime() + 2 * 3_600_000);
    return [DateTime.fromJSDate(safely).toFormat('yyyy-MM-dd'), name];
  });
  holidays.set(key, new Map(days));
  return new Map(days);
}

/** The requests of one second, and the milestones of a call, are said over and over. */
const said = new Map<Instant, string>();
const MOST_SAID = 5000;

export const paris: Calendar = {
  instantOf: (day, time) => {
    const at = DateTime.fromISO(`${day}T${time}`, { zone: ZONE });
    // Of the hour that comes twice, luxon takes the one of the season in which it is asked.
    const again = time.startsWith('02') ? at.plus({ hours: 1 }) : at;
    return toInstant(again.hour === at.hour ? again : at);
  },
  dayOf: (instant) => local(instant).toFormat('yyyy-MM-dd'),
  timeOf: (instant) => local(instant).toFormat('HH:mm:ss'),
  addDays: (day, days) => civil(day).plus({ days }).toFormat('yyyy-MM-dd'),
  addMonths: (day, months) => civil(day).plus({ months }).toFormat('yyyy-MM-dd'),
  daysBetween: (from, to) => Math.round(civil(to).diff(civil(from), 'days').days),
  weekday: (day) => civil(day).weekday,
  holiday: (day, alsaceMoselle) => holidaysOf(Number(day.slice(0, 4)), alsaceMoselle).get(day),
  say: (instant) => {
    const known = said.get(instant);
    if (known !== undefined) return known;
    const at = local(instant).setLocale('fr');
    const seconds = at.second === 0 ? '' : ` min ${at.toFormat('ss')} s`;
    const text = `${at.day === 1 ? '1er' : at.day} ${at.toFormat("LLLL yyyy 'à' H 'h' mm")}${seconds} (heure de Paris)`;
    if (said.size >= MOST_SAID) said.clear();
    said.set(instant, text);
    return text;
  },
};

/** Any ISO 8601 instant with its offset, to the second, in UTC. */
const toInstant = (at: DateTime): Instant => `${at.toUTC().toFormat("yyyy-MM-dd'T'HH:mm:ss")}Z`;

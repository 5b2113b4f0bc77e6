import type { Day, Instant } from './decider.js';

/** UTC, to the second: how facts say when. */
export const toSecond = (date: Date): Instant => `${date.toISOString().slice(0, 19)}Z`;

export const later = (instant: Instant, milliseconds: number): Instant =>
  toSecond(new Date(Date.parse(instant) + milliseconds));

const months = [
  'janvier',
  'février',
  'mars',
  'avril',
  'mai',
  'juin',
  'juillet',
  'août',
  'septembre',
  'octobre',
  'novembre',
  'décembre',
];

/** `2021-08-13` → `13 août 2021`. */
export function sayDay(day: Day): string {
  const [year = '', month, date] = day.split('-');
  return `${Number(date) === 1 ? '1er' : Number(date)} ${months[Number(month) - 1] ?? ''} ${year}`;
}

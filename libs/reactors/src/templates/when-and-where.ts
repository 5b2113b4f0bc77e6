import { lastOf } from '../about.js';
import type { Told } from '../told.js';

/** `le 30 septembre 2021 à 9 h 30 (heure de Paris), Nantes`. */
export function whenAndWhere(session: string, { history, calendar }: Told): string {
  const planned = lastOf(history, 'SessionPlanned', (one) => one.session === session);
  const at = lastOf(history, 'SessionMoved', (one) => one.session === session)?.to ?? planned?.at;
  return planned && at !== undefined ? `le ${calendar.say(at)}, ${planned.place}` : 'à une date à confirmer';
}

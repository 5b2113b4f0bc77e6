import ical, { ICalCalendarMethod, ICalEventStatus, ICalEventTransparency } from 'ical-generator';
import { paris } from '#calendar/paris.js';
import type { CalendarEntry } from '#read-models/calendar.js';

/** How soon programs should look again. */
const LOOK_AGAIN_SECONDS = 3600;

/**
 * An iCalendar (RFC 5545) of these entries. Nothing in it comes from the clock: while no date moves its bytes stay the
 * same. Instants are in UTC, which every program shows in the zone of who looks.
 */
export function icsOf(name: string, entries: readonly CalendarEntry[], serviceUrl: string): string {
  const calendar = ical({
    name,
    prodId: { company: 'Convergence', product: 'Calendrier', language: 'FR' },
    method: ICalCalendarMethod.PUBLISH,
    ttl: LOOK_AGAIN_SECONDS,
  });
  for (const entry of entries) {
    const { uid, title, at, sequence, changedAt, cancelled, call } = entry;
    calendar.createEvent({
      id: `${uid}@convergence`,
      sequence,
      start: new Date(at),
      stamp: new Date(changedAt),
      lastModified: new Date(changedAt),
      summary: cancelled ? `Annulé – ${title}` : title,
      description: describe(entry),
      status: cancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
      transparency: ICalEventTransparency.TRANSPARENT,
      url: `${serviceUrl}/api/calls/${call}`,
    });
  }
  return calendar.toString();
}

function describe({ at, previous, reason, cancelled }: CalendarEntry): string {
  return [
    `Le ${paris.say(at)}.`,
    ...(cancelled ? ["Cette échéance n'a plus cours."] : []),
    ...(previous !== null ? [`Date déplacée : elle était fixée au ${paris.say(previous)}.`] : []),
    ...(reason !== null ? [`Motif : ${reason}`] : []),
  ].join('\n');
}

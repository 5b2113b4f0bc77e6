import type { Calendar, Day, Instant } from '../decider.js';
import { later } from '../instants.js';
import { isWorkingDay, workingDayAfter, workingDayBefore } from '../schedule/working-days.js';
import type { Deadline } from './deadlines.js';
import { nameOf, type Step } from './policy.js';

/** What tells a working day: the calendar, and whether Good Friday and 26 December count as holidays. */
export interface WorkingDays {
  readonly calendar: Calendar;
  readonly alsaceMoselle: boolean;
}

/** One step of a deadline, at the instant it is due at: moved to another date, it is another round. */
export interface Round {
  /** Deadline, step and due instant. */
  readonly key: string;
  readonly deadline: string;
  readonly step: Step;
  readonly name: string;
  readonly dueAt: Instant;
  /** When it goes out. */
  readonly at: Instant;
  /** Names of the steps that would have gone out with it. */
  readonly merges: readonly string[];
  /** It will not go out: why. */
  readonly lapsed?: Lapse;
}

export const lapses = ['past-when-known', 'policy-set-later', 'too-late', 'superseded', 'date-moved'] as const;
export type Lapse = (typeof lapses)[number];

export const frenchLapses: Record<Lapse, string> = {
  'past-when-known': 'déjà passé quand la date a été connue : seul le plus récent part',
  'policy-set-later': "la règle de rappel a été fixée après l'instant prévu",
  'too-late': "le service était arrêté à l'instant prévu, et le rappel n'aiderait plus",
  superseded: 'remplacé par un rappel plus proche de la date',
  'date-moved': 'la date a été déplacée avant son envoi : les rappels de la nouvelle date suivent',
};

/** Local hours between which messages go out, unless the deadline is nearer (practice). */
export const sendingHours = { from: '08:00:00', usual: '09:00:00', until: '19:00:00' } as const;
/** A round that the service was away for still goes out within this time. */
export const GRACE_MS = 72 * 3_600_000;

/** What the rounds of a deadline follow from; `postponed`: the date it had before was an earlier one. */
export type Dated = Pick<Deadline, 'key' | 'dueAt' | 'knownAt'> & { readonly postponed?: boolean };

/** Steps to their instants, the last first to go last; `policyAt`: when the steps were set, if the call set them. */
export function roundsOf(
  deadline: Dated,
  steps: readonly Step[],
  of: WorkingDays,
  policyAt?: Instant,
): readonly Round[] {
  const { key, dueAt, knownAt, postponed = false } = deadline;
  const planned = steps
    .map((step): Round => {
      const name = nameOf(step);
      const at = instantOf(step, dueAt, of);
      return { key: `${key}|${name}|${step.to}|${dueAt}`, deadline: key, step, name, dueAt, at, merges: [] };
    })
    .sort(byInstant);
  return merged(planned, of).map((round, index, all) => {
    if (round.at > knownAt) return round.at <= (policyAt ?? '') ? { ...round, lapsed: 'policy-set-later' } : round;
    if (policyAt !== undefined && policyAt > knownAt && round.at <= policyAt)
      return { ...round, lapsed: 'policy-set-later' };
    // Of those already past for the same people the latest goes at once, if the date is still ahead: nobody knew of it.
    // Who had an earlier date before was reminded of that, and is told of the new one.
    const newer = all.slice(index + 1).some(({ at, step }) => at <= knownAt && step.to === round.step.to);
    const at = sendable(knownAt, dueAt, of);
    return newer || postponed || at >= dueAt || round.at > dueAt
      ? { ...round, lapsed: 'past-when-known' }
      : { ...round, at };
  });
}

const byInstant = (a: Round, b: Round): number => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0);

function instantOf({ days = 0, hours }: Step, dueAt: Instant, of: WorkingDays): Instant {
  const { calendar, alsaceMoselle } = of;
  // Hours are so near that waiting for a better hour would be waiting too long.
  if (hours !== undefined) return later(dueAt, hours * 3_600_000);
  const day = calendar.addDays(calendar.dayOf(dueAt), days);
  const working = (days > 0 ? workingDayAfter : workingDayBefore)(day, calendar, alsaceMoselle);
  return calendar.instantOf(working, sendingHours.usual);
}

/** Now where messages go out at this hour, or else at the next such hour, unless the deadline comes first. */
export function sendable(now: Instant, dueAt: Instant, of: WorkingDays): Instant {
  const { calendar, alsaceMoselle } = of;
  const day = calendar.dayOf(now);
  const time = calendar.timeOf(now);
  const { from, until } = sendingHours;
  const opens = (on: Day): Instant => calendar.instantOf(workingDayAfter(on, calendar, alsaceMoselle), from);
  const working = isWorkingDay(day, calendar, alsaceMoselle);
  if (working && time >= from && time < until) return now;
  const next = working && time < from ? calendar.instantOf(day, from) : opens(calendar.addDays(day, 1));
  return now < dueAt && next >= later(dueAt, -NEAR_MS) ? now : next;
}
const NEAR_MS = 4 * 3_600_000;

/** Two of a day to the same people become one: the nearer to the deadline, which says so. */
function merged(planned: readonly Round[], { calendar }: WorkingDays): readonly Round[] {
  const sameDay = (a: Round, b: Round): boolean =>
    a.step.hours === undefined &&
    b.step.hours === undefined &&
    a.step.to === b.step.to &&
    calendar.dayOf(a.at) === calendar.dayOf(b.at);
  return planned.reduce<Round[]>((kept, round) => {
    const same = kept.findIndex((other) => sameDay(other, round));
    const other = kept[same];
    if (!other) return [...kept, round];
    const [nearer, farther] = (other.step.days ?? 0) > (round.step.days ?? 0) ? [other, round] : [round, other];
    return [
      ...kept.slice(0, same),
      ...kept.slice(same + 1),
      { ...nearer, merges: [...nearer.merges, farther.name, ...farther.merges] },
    ];
  }, []);
}

/** What somebody who joins after some of the rounds is still told, at once: the latest that is past. */
export function roundForLatecomer(
  deadline: Pick<Deadline, 'key' | 'dueAt' | 'knownAt'>,
  steps: readonly Step[],
  of: WorkingDays,
  joined: { readonly at: Instant; readonly about: string },
): Round | undefined {
  if (joined.at <= deadline.knownAt) return undefined;
  const own = steps.filter(({ to }) => to === 'responsible');
  const missed = roundsOf(deadline, own, of).filter(({ at }) => at <= joined.at);
  const late = roundsOf({ ...deadline, knownAt: joined.at }, own, of).find(
    ({ key, lapsed }) => !lapsed && missed.some((round) => round.key === key),
  );
  return late && { ...late, key: `${late.key}|${joined.about}` };
}

/** What becomes, now, of rounds whose instant has come and of which nothing is recorded. */
export function settled(due: readonly Round[], now: Instant): readonly (Round & { readonly lapsed?: Lapse })[] {
  return due.map((round) => {
    if (round.lapsed) return round;
    const { step, dueAt, at } = round;
    const newer = due.some(
      (other) => other.deadline === round.deadline && other.step.to === step.to && !other.lapsed && other.at > at,
    );
    if (newer) return { ...round, lapsed: 'superseded' };
    const before = (step.days ?? step.hours ?? 0) <= 0;
    const late = (before && now >= dueAt) || Date.parse(now) - Date.parse(at) > GRACE_MS;
    return late ? { ...round, lapsed: 'too-late' } : round;
  });
}

import { paris } from '#calendar/paris.js';
import type { Instant } from '#domain/decider.js';
import { frenchDeadlines } from '#domain/reminder/deadlines.js';
import { type Audience, frenchAudiences } from '#domain/reminder/policy.js';
import { later } from '#domain/instants.js';
import { frenchLapses, GRACE_MS, type Lapse } from '#domain/reminder/rounds.js';
import { type DeadlineView, fileOf, plannedOf, type RoundView, toldOf } from '#read-models/deadline-queries.js';
import { audienceOf, type Due, dueOf, dutiesOf, notStarted } from '#read-models/duties.js';
import type { Views } from '#read-models/views.js';
import type { Request } from '../http/by.js';
import type { DeadlineAnswer, ReminderAnswer, Risk } from './deadlines.answers.js';

const DAY_MS = 86_400_000;
const SOON_DAYS = 2;
const NEAR_DAYS = 7;

/** Of files that nobody hides from this person. */
export const shownTo =
  (views: Views, { conflicts = [] }: Request) =>
  (deadline: Pick<DeadlineView, 'kind' | 'about'>): boolean =>
    conflicts.length === 0 || !conflicts.includes(fileOf(views, deadline) ?? '');

function riskOf(dueAt: Instant, remaining: number, now: Instant): Risk {
  if (remaining === 0) return 'done';
  const days = (Date.parse(dueAt) - Date.parse(now)) / DAY_MS;
  if (days < 0) return 'overdue';
  return days <= SOON_DAYS ? 'high' : days <= NEAR_DAYS ? 'medium' : 'low';
}

/** Deadlines as the board shows them: what remains, at what risk, and when it is next recalled. */
export function boardOf(views: Views, deadlines: readonly DeadlineView[], by: Request): DeadlineAnswer[] {
  const shown = deadlines.filter(shownTo(views, by));
  const next = new Map(
    plannedOf(
      views,
      shown.map(({ key }) => key),
    )
      .filter((round) => lapseOf(round, by.at) === null)
      .toReversed()
      .map(({ deadline, at }) => [deadline, at]),
  );
  return shown.map((deadline) => {
    const due = dueOf(deadline);
    const duties = dutiesOf(views, due).filter(({ file }) => !by.conflicts?.includes(file ?? ''));
    const remaining = new Set(duties.map(({ person }) => person)).size;
    const { key, call, kind, about, dueAt, moves } = deadline;
    return {
      key,
      call,
      kind,
      label: frenchDeadlines[kind],
      about,
      dueAt,
      dueSaid: paris.say(dueAt),
      risk: riskOf(dueAt, remaining, by.at),
      remaining,
      notStarted: notStarted(views, due),
      moves,
      nextReminderAt: remaining > 0 ? (next.get(key) ?? null) : null,
    };
  });
}

/** Rounds as people read them: when, to how many, and why or why not. */
export function remindersOf(views: Views, rounds: readonly RoundView[], by: Request): ReminderAnswer[] {
  const shown = rounds.filter(shownTo(views, by));
  const told = toldOf(
    views,
    shown.flatMap(({ stream }) => stream ?? []),
  );
  // The same people for every round to come of one deadline, and there may be thousands.
  const counted = new Map<string, number>();
  const awaited = (due: Due, to: Audience): number => {
    const known = counted.get(`${due.key} ${to}`) ?? audienceOf(views, due, to).length;
    counted.set(`${due.key} ${to}`, known);
    return known;
  };
  return shown.map((round) => {
    const { key, name, kind, about, step, merges, dueAt, at, status, settledAt } = round;
    const lapsed = lapseOf(round, by.at);
    const sent = told.get(round.stream ?? '') ?? { people: 0, delivered: 0 };
    const due = { key: round.deadline, kind, call: round.call, ...(about !== null && { about }) };
    const toCome = status === 'planned' && !lapsed;
    return {
      key,
      deadline: round.deadline,
      name,
      kind,
      label: frenchDeadlines[kind],
      about,
      audience: frenchAudiences[step.to],
      step,
      merges: [...merges],
      dueAt,
      at,
      atSaid: paris.say(at),
      status: lapsed ? 'lapsed' : status,
      settledAt,
      lapsed,
      why: whyOf(round, lapsed),
      people: toCome ? awaited(due, step.to) : sent.people,
      delivered: sent.delivered,
    };
  });
}

/** Also where nothing says so yet: no service will send what has been past for so long, whichever log it finds it in. */
export const lapseOf = ({ lapsed, status, at }: RoundView, now: Instant): Lapse | null =>
  lapsed ?? (status === 'planned' && at < later(now, -GRACE_MS) ? 'too-late' : null);

/** French: why a round goes out, or why it doesn't. */
export function whyOf({ name, merges, dueAt, kind }: RoundView, lapsed: Lapse | null): string {
  if (lapsed) return `Abandonné : ${frenchLapses[lapsed]}.`;
  const with_ = merges.length > 0 ? `, avec ${merges.join(' et ')}` : '';
  return `${name}${with_} de « ${frenchDeadlines[kind]} », à faire avant le ${paris.say(dueAt)}.`;
}

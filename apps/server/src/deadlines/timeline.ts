import { paris } from '#calendar/paris.js';
import { frenchMilestones } from '#domain/schedule/milestones.js';
import { milestoneDatesOf } from '#read-models/calendar-dates.js';
import { deadlinesIn, movesOf, roundsIn } from '#read-models/deadline-queries.js';
import type { Views } from '#read-models/views.js';
import type { ScheduleChangeAnswer } from '../calls/schedule.answers.js';
import type { Request } from '../http/by.js';
import { boardOf, remindersOf } from './board.js';
import type { TimelineAnswer } from './timeline.answers.js';

/** A call on one line of time: its milestones with how they moved and why, what is due by when, and the reminders of it. */
export function timelineOf(
  views: Views,
  call: string,
  changes: readonly ScheduleChangeAnswer[],
  by: Request,
): TimelineAnswer {
  const deadlines = boardOf(views, deadlinesIn(views, call), by);
  const moves = movesOf(
    views,
    deadlines.map(({ key }) => key),
  );
  const rounds = remindersOf(views, roundsIn(views, call), by);
  return {
    now: by.at,
    milestones: milestoneDatesOf(views, call).map(({ kind, at, cancelled }) => ({
      kind,
      label: frenchMilestones[kind],
      at,
      said: paris.say(at),
      past: at <= by.at,
      cancelled,
      history: changes.flatMap(({ at: movedAt, reason, organisation, moved }) =>
        moved
          .filter((move) => move.kind === kind && move.from !== undefined && organisation === undefined)
          .map(({ from, to }) => ({ movedAt, from: from ?? null, to, reason: reason ?? null })),
      ),
    })),
    deadlines: deadlines.map((deadline) => ({
      ...deadline,
      history: moves
        .filter(({ key }) => key === deadline.key)
        .map(({ from, to, movedAt }) => ({ movedAt, from, to, reason: null })),
      reminders: rounds
        .filter(({ deadline: of }) => of === deadline.key)
        .map(({ name, at, status, audience, people, delivered, why }) => ({
          name,
          at,
          status,
          audience,
          people,
          delivered,
          why,
        })),
    })),
  };
}

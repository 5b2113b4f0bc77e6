import { paris } from '#calendar/paris.js';
import { frenchDeadlines } from '#domain/reminder/deadlines.js';
import { callOf } from '#read-models/calls.js';
import { deadlinesOpenFrom, plannedOf, remindersSentTo } from '#read-models/deadline-queries.js';
import { ownDutiesOf } from '#read-models/duties.js';
import type { Views } from '#read-models/views.js';
import type { Request } from '../http/by.js';
import type { OwnReminderAnswer, OwnRemindersAnswer } from './deadlines.answers.js';

/** What this person has to do, when they will be reminded of it, and what they were sent. */
export function ownReminders(views: Views, by: Request): OwnRemindersAnswer {
  const due = deadlinesOpenFrom(views, by.person).flatMap((deadline): OwnReminderAnswer[] => {
    const duties = ownDutiesOf(views, deadline, by);
    if (duties.length === 0) return [];
    const { key, call, kind, dueAt } = deadline;
    return [
      {
        call,
        title: callOf(views, call)?.call.heading.title ?? '',
        kind,
        label: frenchDeadlines[kind],
        dueAt,
        dueSaid: paris.say(dueAt),
        files: duties.flatMap(({ file }) => file ?? []),
        next: plannedOf(views, [key])
          .filter(({ step, about }) => step.to === 'responsible' && about === deadline.about)
          .map(({ name, at }) => ({ name, at })),
      },
    ];
  });
  return { due, sent: remindersSentTo(views, by.person) };
}

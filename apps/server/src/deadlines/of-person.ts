import { paris } from '#calendar/paris.js';
import { frenchDeadlines } from '#domain/reminder/deadlines.js';
import { frenchAudiences } from '#domain/reminder/policy.js';
import { deadlinesIn, plannedOf, remindersSentIn, type RoundView } from '#read-models/deadline-queries.js';
import { audiencesOf, dueOf, dutiesOf } from '#read-models/duties.js';
import type { Views } from '#read-models/views.js';
import type { Request } from '../http/by.js';
import { lapseOf, shownTo, whyOf } from './board.js';
import type { PersonReminderAnswer } from './deadlines.answers.js';

/**
 * The reminders of one call to one person: what they were sent, then what will be, in their order. Of drafts nothing:
 * whose they are is known on their own side alone. Nor of files that whoever asks has a conflict on.
 */
export function remindersTo(views: Views, call: string, person: string, by: Request): PersonReminderAnswer[] {
  const shown = shownTo(views, by);
  const told = (round: RoundView): boolean => round.kind !== 'submission' && shown(round);
  const sent = remindersSentIn(views, call, person)
    .filter(told)
    .map(({ issuedAt, deliveredAt, failedAt, ...round }) => ({
      ...said(round),
      files: [],
      status:
        deliveredAt !== null ? ('delivered' as const) : failedAt !== null ? ('failed' as const) : ('sent' as const),
      at: issuedAt,
      atSaid: paris.say(issuedAt),
      deliveredAt,
    }));
  const waiting = awaited(views, call, person, by);
  const keys = deadlinesIn(views, call)
    .filter(({ closedAt }) => closedAt === null)
    .map(({ key }) => key);
  const toCome = plannedOf(views, keys)
    .filter(({ step }) => step.channel === 'mail')
    .filter((round) => lapseOf(round, by.at) === null && told(round))
    .flatMap((round) => {
      const files = waiting(round);
      if (!files) return [];
      const { at } = round;
      return [{ ...said(round), files, status: 'planned' as const, at, atSaid: paris.say(at), deliveredAt: null }];
    });
  return [...sent, ...toCome];
}

/** Whether a round to come will write to this person, as things are: of which files they have to do something. */
function awaited(views: Views, call: string, person: string, { conflicts = [] }: Request) {
  const escalatedTo = audiencesOf(views, call, person);
  return (round: RoundView): string[] | undefined => {
    const due = dueOf({ ...round, key: round.deadline });
    if (round.step.to !== 'responsible')
      return escalatedTo.includes(round.step.to) && dutiesOf(views, due).length > 0 ? [] : undefined;
    const duties = dutiesOf(views, due, person).filter(({ file }) => !conflicts.includes(file ?? ''));
    return duties.length === 0 ? undefined : duties.flatMap(({ file }) => file ?? []);
  };
}

const said = (round: RoundView) => ({
  name: round.name,
  kind: round.kind,
  label: frenchDeadlines[round.kind],
  about: round.about,
  audience: frenchAudiences[round.step.to],
  dueAt: round.dueAt,
  why: whyOf(round, null),
});

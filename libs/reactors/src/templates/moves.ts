import type { Schedule } from '#domain/call/call-facts.js';
import { movedMilestones } from '#domain/call/notices.js';
import type { Calendar } from '#domain/decider.js';
import { frenchMilestones } from '#domain/schedule/milestones.js';
import type { Block } from '../told.js';

/** Each date that moves: the old one, the new one. */
export const moves = ({ before, after }: { before: Schedule; after: Schedule }, calendar: Calendar): Block => ({
  list: movedMilestones(before, after).map(
    ({ kind, from, to }) =>
      `${frenchMilestones[kind]} : ${from ? calendar.say(from) : 'sans date'} → ${calendar.say(to)}`,
  ),
});

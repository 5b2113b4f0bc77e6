import type { Call, Published } from '../call/call-state.js';
import { published } from '../call/guards.js';
import { type Calendar, type Instant, Refusal, refuse } from '../decider.js';
import { instantOf } from '../schedule/milestones.js';

/** The last instant at which a review is written: its own milestone, or else the commission; none where neither is set. */
export const reviewsEnd = ({ schedule }: Pick<Published, 'schedule'>): Instant | undefined =>
  instantOf(schedule.milestones, 'reviewsDue') ?? instantOf(schedule.milestones, 'commission');

/** Open to the second, the instant of the milestone included. */
export function phaseOver(call: Published, at: Instant, calendar: Calendar): Refusal | undefined {
  const end = reviewsEnd(call);
  if (end === undefined || at <= end) return undefined;
  return refuse('ReviewsClosed', `La phase d'évaluation est close depuis le ${calendar.say(end)}.`);
}

export function openCall(call: Call | undefined): Published | Refusal {
  if (!call || call.status === 'absent') return refuse('CallUnknown', "Cet appel n'existe pas.");
  return published(call);
}

export const isUnsealed = (call: Call | undefined): boolean =>
  call !== undefined && 'unsealed' in call && call.unsealed === true;

/** Before that, nobody but applicants knows who filed. */
export const sealed = (): Refusal =>
  refuse('ContentsSealed', 'Les candidatures sont encore scellées : les noms ne sont connus de personne.');

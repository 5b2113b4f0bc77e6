import type { Application, KnownApplication } from '../application/application-facts.js';
import type { Call, Published } from '../call/call-state.js';
import { published } from '../call/guards.js';
import { absent, type Calendar, type Instant, Refusal, refuse } from '../decider.js';
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

/** A file of this call that was filed: drafts are their applicant's alone. */
export const filedIn = (call: string, file: Application | undefined): file is KnownApplication =>
  file !== undefined && file.status !== 'absent' && file.status !== 'draft' && file.call === call;

export const fileUnknown = (): Refusal => absent('ApplicationUnknown', "Ce dossier n'existe pas.");

/** May it be scored? Filed, and declared admissible. */
export const isAdmissible = ({ status, admissibility }: KnownApplication): boolean =>
  status === 'submitted' && admissibility?.verdict === 'admissible';

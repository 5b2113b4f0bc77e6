import type { Published } from '../call/call-state.js';
import type { Instant } from '../decider.js';
import { instantOf, type MilestoneKind } from '../schedule/milestones.js';
import type { Deadline, DeadlineKind } from './deadlines.js';

/** What a published call's own dates make due, for everybody it concerns. */
const milestoneOf: Partial<Record<DeadlineKind, MilestoneKind>> = {
  submission: 'submissionDeadline',
  answers: 'answersBy',
  interests: 'reviewsDue',
  reviews: 'reviewsDue',
  convocation: 'convocationSent',
  decisions: 'decision',
};

export type DatedDeadline = Omit<Deadline, 'knownAt'>;

export const deadlineKey = (kind: DeadlineKind, ...ids: readonly (string | number)[]): string =>
  [kind, ...ids].join(':');

/** Those of its milestones, and the later submission of each applicant with an extension. */
export function deadlinesOfCall(id: string, call: Published): DatedDeadline[] {
  const { milestones } = call.schedule;
  const general = Object.entries(milestoneOf).flatMap(([kind, milestone]): DatedDeadline[] => {
    const dueAt = instantOf(milestones, milestone);
    return dueAt ? [{ key: deadlineKey(kind as DeadlineKind, id), kind: kind as DeadlineKind, call: id, dueAt }] : [];
  });
  const deadline: Instant | undefined = instantOf(milestones, 'submissionDeadline');
  const extended = Object.entries(call.extensions)
    .filter(([, until]) => deadline !== undefined && until > deadline)
    .map(([organisation, dueAt]): DatedDeadline => {
      const key = deadlineKey('submission', id, organisation);
      return { key, kind: 'submission', call: id, about: organisation, dueAt };
    });
  return [...general, ...extended];
}

/** Which dates of a call's own deadlines are looked up again after these facts. */
export const movesDeadlines = [
  'CallPublished',
  'ScheduleShifted',
  'OutageExtensionGranted',
  'ExtensionGranted',
] as const;

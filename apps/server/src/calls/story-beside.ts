import { reviewerId } from '#commands/ids.js';
import { viewRoles } from '#domain/permissions.js';
import { roleThatAllows } from '#domain/roles.js';
import type { RecordedEvent } from '#event-store/event-store.js';
import type { CallRow } from '#read-models/calls.js';
import { reviewersEver } from '#read-models/review-queries.js';
import type { Views } from '#read-models/views.js';
import type { Request } from '../http/by.js';

/** Streams beside that of a call whose facts its story tells this person: its commission, its reviewers. */
export function streamsBeside(views: Views, { id, call }: CallRow, by: Request): string[] {
  const reach = { institutions: call.heading.leads, call: id };
  const people = reviewersEver(views, id);
  return [
    ...(roleThatAllows(viewRoles.Commission, by, reach) ? [`commission-${id}`] : []),
    ...(roleThatAllows(readersOfReviewers, by, reach) ? people.map((one) => `reviewer-${reviewerId(id, one)}`) : []),
  ];
}

/** A reviewer sees their own line only: the story isn't theirs. */
const readersOfReviewers = viewRoles.Reviewers.filter((role) => role !== 'reviewer');

/**
 * Who reviews is the call's; what they review is told in the story of each file. Of a file this person has a conflict
 * on, nothing is told.
 */
export const isTold =
  ({ conflicts = [] }: Request) =>
  (event: RecordedEvent): boolean => {
    const { stream, type, data } = event;
    if (stream.startsWith('reviewer-')) return type === 'ReviewerAppointed' || type === 'ReviewerDismissed';
    return !('application' in data && conflicts.includes(data.application as string));
  };

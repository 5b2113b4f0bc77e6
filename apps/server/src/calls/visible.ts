import { type CallRow, callOf } from '#read-models/calls.js';
import type { Views } from '#read-models/views.js';
import { type CallSight, sightOfCall } from '#domain/visibility.js';
import type { Request } from '../http/by.js';
import { Problem } from '../http/problem.js';

const callUnknown = (): Problem => new Problem(404, 'CallUnknown', "Cet appel n'existe pas.");

/** The call as this person may see it; for others it doesn't exist. */
export function visibleCall(views: Views, id: string, { grants }: Request): { row: CallRow; sight: CallSight } {
  const row = callOf(views, id);
  const sight = row ? sightOfCall(row.call, grants) : 'nothing';
  if (!row || sight === 'nothing') throw callUnknown();
  return { row, sight };
}

/** The same, for what only the people who prepare the call may see. */
export function callInPreparation(views: Views, id: string, by: Request): CallRow {
  const { row, sight } = visibleCall(views, id, by);
  if (sight !== 'preparation')
    throw new Problem(403, 'NotAllowed', 'Seules les institutions qui préparent cet appel peuvent lire cela.');
  return row;
}

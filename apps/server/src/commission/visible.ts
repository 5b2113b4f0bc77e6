import { paris } from '#calendar/paris.js';
import { mentions } from '#domain/commission/minutes-text.js';
import { viewRoles } from '#domain/permissions.js';
import { roleThatAllows } from '#domain/roles.js';
import type { CallRow } from '#read-models/calls.js';
import { sessionOf, type SessionRow } from '#read-models/commission-queries.js';
import type { Views } from '#read-models/views.js';
import { visibleCall } from '../calls/visible.js';
import type { Request } from '../http/by.js';
import { Problem } from '../http/problem.js';
import type { SessionAnswer } from './commission.answers.js';

/** The call, for who may read this of its commission. */
export function callOfCommission(
  views: Views,
  id: string,
  view: 'Commission' | 'Ranking' | 'Minutes',
  by: Request,
): CallRow {
  const { row } = visibleCall(views, id, by);
  if (!roleThatAllows(viewRoles[view], by, { institutions: row.call.heading.leads, call: id })) {
    throw new Problem(
      403,
      'NotAllowed',
      "Seuls les membres de la commission et les autorités pilotes de l'appel lisent cela.",
    );
  }
  return row;
}

export const sessionUnknown = (): Problem => new Problem(404, 'SessionUnknown', "Cette séance n'existe pas.");

export function visibleSession(views: Views, call: string, session: string, by: Request): SessionRow {
  const found = sessionOf(views, call, session, by);
  if (!found) throw sessionUnknown();
  return found;
}

/** Each line on a file that this person has a conflict on says so, and nothing else. */
export const withoutConflicts = (record: string, { conflicts = [] }: Request): string =>
  record
    .split('\n')
    .map((line) => (conflicts.some((file) => line.includes(mentions.application(file))) ? HIDDEN : line))
    .join('\n');
const HIDDEN = '(un dossier sur lequel vous avez un intérêt déclaré ne vous est pas montré)';

export const sessionAnswer = ({ documents, attendance, moves, ...session }: SessionRow): SessionAnswer => ({
  ...session,
  startsSaid: paris.say(session.startsAt),
  documents: [...documents],
  attendance: [...attendance],
  moves: [...moves],
});

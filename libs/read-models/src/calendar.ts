import type { Role } from '#domain/roles.js';
import { viewRoles } from '#domain/permissions.js';
import { type DeadlineKind, frenchDeadlines } from '#domain/reminder/deadlines.js';
import { frenchMilestones } from '#domain/schedule/milestones.js';
import { type Looking, sightOfCall } from '#domain/visibility.js';
import {
  type ApplicationListRow,
  applicationList,
  applicationOf,
  applicationsSeenBy,
  atStage,
  ownOrganisations,
} from './application-queries.js';
import { completionDateOf, type DatedRow, extensionDatesOf, milestoneDatesOf } from './calendar-dates.js';
import { type CallRow, callOf } from './calls.js';
import { deadlinesOpenFrom, fileOf, movesOf } from './deadline-queries.js';
import { ownDutiesOf } from './duties.js';
import { examinationFrom } from './examinations.js';
import { page } from './listing.js';
import type { Views } from './views.js';

/** One entry of a calendar: the same `uid` for ever, wherever its date goes. */
export interface CalendarEntry extends DatedRow {
  readonly uid: string;
  /** French: what is due, then what it is about. */
  readonly title: string;
  readonly call: string;
}

/** Who looks at their own calendar. */
export type Owner = Looking & { readonly person: string };

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** The milestones of a call that one may see. */
export const entriesOfCall = (views: Views, { id, call }: CallRow): CalendarEntry[] =>
  milestoneDatesOf(views, id).map(({ kind, ...date }) => ({
    ...date,
    uid: `${id}-${kind}`,
    title: `${capitalised(frenchMilestones[kind])} : ${call.heading.title}`,
    call: id,
  }));

/** Everything with a date that concerns somebody. Another kind of date is another function here. */
export function entriesOf(views: Views, owner: Owner): CalendarEntry[] {
  const calls = callsOf(views, owner);
  const sources = [
    () => calls.flatMap((row) => entriesOfCall(views, row)),
    () => calls.flatMap((row) => extensions(views, row, owner)),
    () => completions(views, owner),
    () => duties(views, owner),
  ];
  return sources.flatMap((entries) => entries()).sort((a, b) => (`${a.at} ${a.uid}` < `${b.at} ${b.uid}` ? -1 : 1));
}

const extensions = (views: Views, { id, call }: CallRow, { grants }: Owner): CalendarEntry[] =>
  extensionDatesOf(views, id, ownOrganisations(grants)).map(({ organisation, name, ...date }) => ({
    ...date,
    uid: `${id}-extension-${organisation}`,
    title: `Date limite de dépôt prolongée pour ${name ?? organisation} : ${call.heading.title}`,
    call: id,
  }));

/** Of one's own files, and of those that one examines; a file with a conflict isn't there, as in the lists. */
function completions(views: Views, owner: Owner): CalendarEntry[] {
  const own = ownOrganisations(owner.grants);
  const { items } = page<ApplicationListRow>(views, applicationList, {
    where: [atStage('completing')],
    ways: applicationsSeenBy(owner),
    sort: 'startedAt',
    descending: true,
    limit: MOST_FILES,
  });
  return items.flatMap(({ id, call, organisation, organisationName, sharedWith }): CalendarEntry[] => {
    const { completion, officer } = examinationOf(views, id);
    const mine = [organisation, ...(JSON.parse(sharedWith) as string[])].some((each) => own.includes(each));
    const date = completion && completionDateOf(views, id, completion.request);
    if (!date || !(mine || officer === owner.person)) return [];
    const title = `Compléments à remettre : dossier de ${organisationName ?? organisation}`;
    return [{ ...date, uid: `${id}-completion-${completion.request}`, title, call }];
  });
}

const MOST_FILES = 500;

/** Entries of their own above, whether or not it was done. */
const shownOtherwise: readonly DeadlineKind[] = ['submission', 'completion'];

/** What somebody still has to do by a date; the entry goes once it is done. */
function duties(views: Views, owner: Owner): CalendarEntry[] {
  const open = deadlinesOpenFrom(views, owner.person).filter(
    (deadline) => !shownOtherwise.includes(deadline.kind) && ownDutiesOf(views, deadline, owner).length > 0,
  );
  const moves = new Map(
    movesOf(
      views,
      open.map(({ key }) => key),
    ).map(({ key, from }) => [key, from]),
  );
  return open.map((deadline): CalendarEntry => {
    const { key, kind, call, dueAt, knownAt } = deadline;
    const file = fileOf(views, deadline);
    const of = file === undefined ? undefined : applicationOf(views, file, true);
    const about = of ? `dossier de ${of.organisationName ?? of.organisation}` : callOf(views, call)?.call.heading.title;
    return {
      uid: key,
      title: `${capitalised(frenchDeadlines[kind])} : ${about ?? call}`,
      call,
      at: dueAt,
      sequence: deadline.moves,
      changedAt: knownAt,
      previous: moves.get(key) ?? null,
      reason: null,
      cancelled: false,
    };
  });
}

const examinationOf = (views: Views, application: string) => {
  const row = views.get<{ state: string }>('SELECT state FROM examinations WHERE application = ?', application);
  return examinationFrom(row?.state ?? null, null);
};

const staff: readonly Role[] = viewRoles.Preparation.filter((role) => role !== 'partner' && role !== 'auditor');

/** The calls that concern somebody, of those they may see: they apply, judge, or their institution leads or joined. */
function callsOf(views: Views, { grants }: Owner): CallRow[] {
  const scopes = (kind: 'institution' | 'call', roles?: readonly Role[]): string =>
    JSON.stringify(
      grants.flatMap(({ role, scope }) => (scope.kind === kind && (roles?.includes(role) ?? true) ? [scope.id] : [])),
    );
  return views
    .all<{ id: string }>(
      `SELECT call_id AS id FROM applications WHERE status <> 'withdrawn' AND organisation IN (SELECT value FROM json_each(?1))
       UNION SELECT call_id FROM applications JOIN shares ON shares.application = applications.id WHERE status <> 'withdrawn' AND shares.organisation IN (SELECT value FROM json_each(?1))
       UNION SELECT value FROM json_each(?2)
       UNION SELECT call_id FROM call_institutions WHERE part = 'lead' AND institution IN (SELECT value FROM json_each(?3))
       UNION SELECT call_id FROM call_institutions WHERE part = 'joined' AND institution IN (SELECT value FROM json_each(?4))
       ORDER BY 1`,
      JSON.stringify(ownOrganisations(grants)),
      scopes('call'),
      scopes('institution', staff),
      scopes('institution', ['partner', 'administrator']),
    )
    .flatMap(({ id }) => callOf(views, id) ?? [])
    .filter(({ call }) => ['published', 'preparation'].includes(sightOfCall(call, grants)));
}

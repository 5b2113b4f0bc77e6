import type { KnownCall } from '#domain/call/call-state.js';
import type { DelegableAct } from '#domain/institution/institution.js';
import type { Deadline, DeadlineKind } from '#domain/reminder/deadlines.js';
import type { Audience } from '#domain/reminder/policy.js';
import type { Role } from '#domain/roles.js';
import type { Looking } from '#domain/visibility.js';
import { callOf } from './calls.js';
import { isOwnFile, ownOrganisations } from './application-queries.js';
import { deadlineOf, type DeadlineView } from './deadline-queries.js';
import { holdersOfAny } from './identity.js';
import { delegatesFor } from './institutions.js';
import type { Views } from './views.js';

/** What somebody still has to do by a deadline; `file` where it is of one file. */
export interface Duty {
  readonly person: string;
  readonly file: string | null;
}

export type Due = Pick<Deadline, 'key' | 'kind' | 'call' | 'about'>;
type Find = (views: Views, due: Due, person: string | undefined) => Duty[];

const leadsOf = (views: Views, call: string): readonly string[] => callOf(views, call)?.call.heading.leads ?? [];

const whole = (people: readonly string[]): Duty[] => people.map((person) => ({ person, file: null }));
const held = (views: Views, institutions: readonly string[], ...roles: Role[]): Duty[] =>
  whole(holdersOfAny(views, 'institution', institutions, roles));

/** Who may do it by delegation, at some time while it is due. */
function delegated(views: Views, institutions: readonly string[], act: DelegableAct, key: string): Duty[] {
  const due = deadlineOf(views, key);
  return due ? whole(delegatesFor(views, institutions, act, [due.knownAt, due.dueAt])) : [];
}

const belongs = "scope_kind = 'organisation' AND scope_id = organisation AND role IN ('preparer', 'submitter')";
const members = `JOIN grants ON ${belongs}`;
const ofPartner = belongs.replace('= organisation', '= shares.organisation');
const ofEverybody = [
  `applications ${members}`,
  `applications CROSS JOIN shares ON application = applications.id CROSS JOIN grants ON ${ofPartner}`,
];
/** From the few grants of one person, and not from the files of the call. */
const ofOne = [
  `grants CROSS JOIN applications ON ${belongs}`,
  `grants CROSS JOIN shares ON ${ofPartner} CROSS JOIN applications ON applications.id = application`,
];
const withoutOwnDate =
  "NOT EXISTS (SELECT 1 FROM deadlines WHERE key = 'submission:' || ?1 || ':' || applications.organisation AND closed_at IS NULL)";
const ofAbout = '(applications.organisation = ?2 OR applications.id = ?2)';
const draftsAmong = (files: readonly string[], which: string): string =>
  `${files.map((from) => `SELECT person, applications.id AS file FROM ${from} WHERE call_id = ?1 AND applications.status = 'draft' AND ${which}`).join(' UNION ')} ORDER BY person, file`;
// Written once: thousands ask for theirs.
const drafts = {
  all: draftsAmong(ofEverybody, withoutOwnDate),
  some: draftsAmong(ofEverybody, ofAbout),
  allOfOne: draftsAmong(ofOne, `${withoutOwnDate} AND person = ?2`),
  someOfOne: draftsAmong(ofOne, `${ofAbout} AND person = ?3`),
};

/**
 * Drafts of a call with those who may prepare or submit them: the people of the applicant, and of the partners with whom
 * it shares the file.
 */
function draftsOf(views: Views, { call, about }: Due, person: string | undefined): Duty[] {
  if (person === undefined)
    return about === undefined ? views.all(drafts.all, call) : views.all(drafts.some, call, about);
  return about === undefined
    ? views.all(drafts.allOfOne, call, person)
    : views.all(drafts.someOfOne, call, about, person);
}

/** The query, for one person alone where one is named. */
const rows = (views: Views, sql: string, values: readonly unknown[], person: string | undefined, of: string): Duty[] =>
  views.all(
    person === undefined ? `${sql} ORDER BY person, file` : `${sql} AND ${of} = ? ORDER BY person, file`,
    ...values,
    ...(person === undefined ? [] : [person]),
  );

const find: Record<DeadlineKind, Find> = {
  submission: draftsOf,
  completion: (views, { about }, person) => ofFile(views, about, person),
  interests: (views, { call }, person) =>
    rows(
      views,
      `SELECT person, NULL AS file FROM (
         SELECT person FROM reviewers WHERE call_id = ?1 AND declared_at IS NULL AND dismissed_at IS NULL
         UNION SELECT person FROM commission_members WHERE call_id = ?1 AND removed_at IS NULL
           AND NOT EXISTS (SELECT 1 FROM commission_declarations WHERE commission_declarations.call_id = ?1 AND commission_declarations.person = commission_members.person)
       ) WHERE 1`,
      [call],
      person,
      'person',
    ),
  reviews: (views, { call }, person) =>
    rows(
      views,
      `SELECT assignments.person AS person, assignments.application AS file FROM assignments
         JOIN reviewers ON reviewers.call_id = assignments.call_id AND reviewers.person = assignments.person AND dismissed_at IS NULL
         WHERE assignments.call_id = ? AND assignments.status = 'assigned'
           AND NOT EXISTS (SELECT 1 FROM reviews WHERE reviews.application = assignments.application AND reviews.person = assignments.person AND reviews.status = 'submitted')`,
      [call],
      person,
      'assignments.person',
    ),
  convocation: (views, { call }) =>
    views.get('SELECT 1 FROM sessions WHERE call_id = ? AND convened_at IS NOT NULL', call)
      ? []
      : held(views, leadsOf(views, call), 'case-officer', 'administrator'),
  answers: (views, { call }) =>
    views.get('SELECT 1 FROM questions WHERE call_id = ? AND answered_at IS NULL', call)
      ? held(views, leadsOf(views, call), 'case-officer', 'administrator')
      : [],
  decisions: (views, { call }) =>
    undecided(views, call) > 0 ? held(views, leadsOf(views, call), 'administrator', 'signatory') : [],
  signatures: (views, { key, about }) => {
    const parties = views.all<{ kind: 'institution' | 'organisation'; party: string }>(
      'SELECT kind, party FROM agreement_parties WHERE application = ? AND signed_at IS NULL',
      about,
    );
    const of = (kind: string): string[] => parties.flatMap((each) => (each.kind === kind ? [each.party] : []));
    return [
      ...holdersOfAny(views, 'organisation', of('organisation'), ['submitter']),
      ...holdersOfAny(views, 'institution', of('institution'), ['signatory']),
      ...delegated(views, of('institution'), 'agreement', key).map(({ person }) => person),
    ].map((person) => ({ person, file: about ?? null }));
  },
  reports: (views, { about }, person) =>
    rows(
      views,
      `SELECT DISTINCT grants.person AS person, application AS file FROM reports ${members} WHERE reports.id = ? AND reports.status IN ('expected', 'returned')`,
      [about],
      person,
      'grants.person',
    ),
  'shift-answer': (views, { key, call, about }) => {
    const known = callOf(views, call)?.call;
    if (known?.pending?.proposal !== Number(about)) return [];
    const waiting = without(known, known.pending.agreed);
    return [...held(views, waiting, 'administrator', 'signatory'), ...delegated(views, waiting, 'agree-to-shift', key)];
  },
  ratification: (views, { key, call, about }) => {
    const known = callOf(views, call)?.call;
    const outage = known?.status === 'published' ? known.outages[Number(about) - 1] : undefined;
    const waiting = known && outage ? without(known, outage.ratified) : [];
    return [...held(views, waiting, 'signatory'), ...delegated(views, waiting, 'outage-extension', key)];
  },
};

const without = ({ heading }: KnownCall, done: readonly string[]): string[] =>
  heading.leads.filter((lead) => !done.includes(lead));

const ofFile = (views: Views, file: string | undefined, person: string | undefined): Duty[] =>
  rows(
    views,
    `SELECT DISTINCT grants.person AS person, applications.id AS file FROM applications ${members} WHERE applications.id = ?`,
    [file],
    person,
    'grants.person',
  );

/** Files that may be decided on and are not, by every lead whose decision counts. */
const undecided = (views: Views, call: string): number =>
  views.get<{ files: number }>(
    "SELECT COUNT(*) AS files FROM examinations WHERE of_call = ? AND stage = 'admissible' AND NOT EXISTS (SELECT 1 FROM awards WHERE awards.application = examinations.application AND waiting = '[]')",
    call,
  )?.files ?? 0;

/** Who still has something to do by this deadline; of one person, where one is named. Nobody once it is closed. */
export function dutiesOf(views: Views, due: Due, person?: string): Duty[] {
  if (deadlineOf(views, due.key)?.closedAt !== null) return [];
  const found = find[due.kind](views, due, person);
  return person === undefined ? found : found.filter((duty) => duty.person === person);
}

export const dueOf = ({ key, kind, call, about }: Pick<DeadlineView, keyof Due>): Due => ({
  key,
  kind,
  call,
  ...(about !== null && { about }),
});

/** What somebody has to do themselves by this deadline; of a file with a conflict, what their own side has to do alone. */
export function ownDutiesOf(
  views: Views,
  deadline: DeadlineView,
  owner: Looking & { readonly person: string },
): Duty[] {
  const own = ownOrganisations(owner.grants);
  const hidden = (file: string | null): boolean =>
    file !== null && owner.conflicts?.includes(file) === true && !isOwnFile(views, file, own);
  return dutiesOf(views, dueOf(deadline), owner.person).filter(({ file }) => !hidden(file));
}

const rolesOf: Record<Exclude<Audience, 'responsible'>, readonly Role[]> = {
  'case-officers': ['case-officer', 'administrator'],
  leads: ['administrator', 'signatory'],
  'finance-officers': ['finance-officer'],
};

/** Those among which somebody is written to of a call, where a reminder of it escalates. */
export function audiencesOf(views: Views, call: string, person: string): Audience[] {
  const leads = leadsOf(views, call);
  return (Object.keys(rolesOf) as (keyof typeof rolesOf)[]).filter((to) =>
    holdersOfAny(views, 'institution', leads, rolesOf[to]).includes(person),
  );
}

/** Whom a step writes to: those who have something to do, or those it escalates to while somebody has. */
export function audienceOf(views: Views, due: Due, to: Audience): string[] {
  const duties = dutiesOf(views, due);
  if (to === 'responsible') return [...new Set(duties.map(({ person }) => person))];
  return duties.length === 0 ? [] : holdersOfAny(views, 'institution', leadsOf(views, due.call), rolesOf[to]);
}

/** Of those who still have something to do, how many have written nothing yet; null where there is nothing to write. */
export function notStarted(views: Views, { kind, call, about }: Due): number | null {
  if (kind === 'submission')
    return about === undefined
      ? count(
          views,
          "SELECT COUNT(*) AS many FROM applications WHERE call_id = ? AND status = 'draft' AND draft_version IS NULL",
          call,
        )
      : null;
  if (kind !== 'reviews') return null;
  return count(
    views,
    `SELECT COUNT(DISTINCT person) AS many FROM assignments WHERE call_id = ? AND status = 'assigned'
       AND NOT EXISTS (SELECT 1 FROM reviews JOIN assignments AS own ON own.application = reviews.application AND own.person = reviews.person WHERE own.call_id = assignments.call_id AND reviews.person = assignments.person)`,
    call,
  );
}
const count = (views: Views, sql: string, ...values: readonly unknown[]): number =>
  views.get<{ many: number }>(sql, ...values)?.many ?? 0;

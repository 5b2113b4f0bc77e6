import type { KnownCall } from '#domain/call/call-state.js';
import type { Role } from '#domain/roles.js';
import { joinedPartners } from '#domain/visibility.js';
import { organisationsIn } from '#read-models/files-of-call.js';
import { callOf } from '#read-models/calls.js';
import { holdersOf, holdersOfAny } from '#read-models/identity.js';
import type { Views } from '#read-models/views.js';

export const unique = (people: readonly string[]): string[] => [...new Set(people)];

export const membersOf = (views: Views, organisations: readonly string[]): string[] =>
  holdersOfAny(views, 'organisation', organisations, ['preparer', 'submitter']);

/** Those who hold one of the roles in the leads of a call. */
export function leadsOf(views: Views, call: string | undefined, roles: readonly Role[], except?: string): string[] {
  const leads = call === undefined ? undefined : callOf(views, call)?.call.heading.leads;
  return holdersOfAny(views, 'institution', leads?.filter((lead) => lead !== except) ?? [], roles);
}

/** Roles held in a call alone, by those who judge its files. */
const judges: readonly Role[] = ['reviewer', 'member', 'chair'];

const PAGE = 500;

/**
 * Everybody a call's dates matter to: its referents, the people of its leads and partners, its judges and applicants
 * with a file. Each once, the applicants page by page: finding ten thousand at once would keep every request waiting.
 */
export function* concernedBy(views: Views, id: string): Generator<string> {
  const call: KnownCall | undefined = callOf(views, id)?.call;
  if (!call) return;
  const institutions = [...call.heading.leads, ...joinedPartners(call)];
  const known = new Set([
    ...Object.values(call.referents).map(({ person }) => person),
    ...holdersOfAny(views, 'institution', institutions, ['administrator', 'signatory', 'case-officer', 'partner']),
    ...holdersOf(views, 'call', id, judges),
  ]);
  yield* known;
  const organisations = organisationsIn(views, id);
  for (let start = 0; start < organisations.length; start += PAGE) {
    for (const person of membersOf(views, organisations.slice(start, start + PAGE))) {
      if (known.has(person)) continue;
      known.add(person);
      yield person;
    }
  }
}

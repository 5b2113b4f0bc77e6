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

/**
 * Everybody a call's dates matter to: its referents, the people of its leads and partners, applicants with a file,
 * reviewers and the commission.
 */
export function concernedBy(views: Views, id: string): string[] {
  const call: KnownCall | undefined = callOf(views, id)?.call;
  if (!call) return [];
  const institutions = [...call.heading.leads, ...joinedPartners(call)];
  return unique([
    ...Object.values(call.referents).map(({ person }) => person),
    ...holdersOfAny(views, 'institution', institutions, ['administrator', 'signatory', 'case-officer', 'partner']),
    ...membersOf(views, organisationsIn(views, id)),
    ...holdersOf(views, 'call', id, judges),
  ]);
}

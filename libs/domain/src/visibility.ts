import type { KnownApplication } from './application/application-facts.js';
import { type KnownCall, wasPublished } from './call/call-state.js';
import { viewRoles } from './permissions.js';
import { type Grant, reaches, type Role } from './roles.js';

const holds = (grants: readonly Grant[], roles: readonly Role[], reach: Parameters<typeof reaches>[1]): boolean =>
  grants.some((grant) => roles.includes(grant.role) && reaches(grant, reach));

/** What somebody sees of a call: nothing, the invitation they are to answer, what is published, or its preparation. */
export type CallSight = 'nothing' | 'invitation' | 'published' | 'preparation';

export function sightOfCall(call: KnownCall, grants: readonly Grant[]): CallSight {
  const inside = viewRoles.Preparation.filter((role) => role !== 'partner');
  if (holds(grants, inside, { institutions: call.heading.leads })) return 'preparation';
  if (holds(grants, ['partner', 'administrator'], { institutions: joinedPartners(call) })) return 'preparation';
  if (wasPublished(call)) return 'published';
  const invited = call.status === 'preparation' ? Object.keys(call.partners) : [];
  return holds(grants, ['partner', 'administrator'], { institutions: invited }) ? 'invitation' : 'nothing';
}

/** Institutions that joined the preparation. */
export const joinedPartners = (call: KnownCall): readonly string[] =>
  Object.entries(call.partners)
    .filter(([, partner]) => partner.answer === 'accepted')
    .map(([institution]) => institution);

/** What of its call decides who sees a file. */
export interface SealOfCall {
  readonly leads: readonly string[];
  readonly unsealed: boolean;
  readonly openToOfficers: boolean;
}

export const sealOf = (call: KnownCall): SealOfCall => ({
  leads: call.heading.leads,
  unsealed: 'unsealed' in call && call.unsealed === true,
  openToOfficers: call.specifications?.sealing === 'open-to-officers',
});

/** What somebody sees of a file: nothing, that it exists and its record, or what the applicant wrote. */
export type FileSight = 'nothing' | 'record' | 'contents';

/** Somebody who looks at files. */
export interface Looking {
  readonly grants: readonly Grant[];
  /** Files they have a declared or confirmed conflict on. */
  readonly conflicts?: readonly string[];
}

/**
 * What counts for one file: with a conflict on it, only what somebody holds on the applicant's side. Whatever their
 * other roles, the file doesn't exist for them: in lists, searches, counts, errors and exports alike.
 */
export const grantsOn = (file: string, { grants, conflicts }: Looking): readonly Grant[] =>
  conflicts?.includes(file) ? grants.filter(({ scope }) => scope.kind === 'organisation') : grants;

/** Who reads what they are to judge. */
const judging: readonly Role[] = ['reviewer', 'member', 'chair'];

/**
 * Contents are unreadable to everybody but the applicant until they are unsealed; drafts are the applicant's alone.
 * `grants` are those of `grantsOn`; `judges`: the file is theirs to judge, and they declared their interests.
 */
export function sightOfFile(
  file: Pick<KnownApplication, 'status' | 'organisation' | 'sharedWith'> & { readonly call?: string },
  call: SealOfCall,
  grants: readonly Grant[],
  judges = false,
): FileSight {
  const own = { organisations: [file.organisation, ...file.sharedWith] };
  if (holds(grants, ['preparer', 'submitter'], own)) return 'contents';
  if (file.status === 'draft') return 'nothing';
  const leads = { institutions: call.leads };
  if (!call.unsealed && !(call.openToOfficers && holds(grants, ['case-officer'], leads))) return 'nothing';
  if (judges && call.unsealed && file.status === 'submitted' && holds(grants, judging, { call: file.call }))
    return 'contents';
  const readers = viewRoles.ApplicationContents.filter((role) => role !== 'preparer' && role !== 'submitter');
  if (file.status === 'submitted' && holds(grants, readers, leads)) return 'contents';
  return holds(grants, viewRoles.Application, leads) ? 'record' : 'nothing';
}

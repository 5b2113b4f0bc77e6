/** What a role is granted on. `everywhere` belongs to the installation itself. */
export type GrantScope =
  | { readonly kind: 'everywhere' }
  | { readonly kind: 'institution'; readonly id: string }
  | { readonly kind: 'call'; readonly id: string };

const scopes = {
  operator: 'everywhere',
  auditor: 'everywhere',
  administrator: 'institution',
  signatory: 'institution',
  'case-officer': 'institution',
  'finance-officer': 'institution',
  partner: 'institution',
  reviewer: 'call',
  member: 'call',
  chair: 'call',
} as const;

/** Roles that somebody grants, as a fact on the person's account; those in a call come with an appointment to it. */
export type GrantableRole = keyof typeof scopes;
const appointed: ReadonlySet<GrantableRole> = new Set(['reviewer', 'member', 'chair']);
export const grantableRoles = (Object.keys(scopes) as GrantableRole[]).filter((role) => !appointed.has(role));
export const scopeKindOf = (role: GrantableRole): GrantScope['kind'] => scopes[role];

/**
 * `delegate` follows from a delegation of signature, `preparer` and `submitter` from membership of an organisation.
 * `person` is anybody signed in, `self` the person concerned, `anyone` needs no sign-in, `system` is the service.
 */
export type Role = GrantableRole | 'delegate' | 'preparer' | 'submitter' | 'person' | 'self' | 'anyone' | 'system';

export const frenchRoles: Record<Role, string> = {
  operator: 'exploitant',
  auditor: 'auditeur',
  administrator: 'administrateur',
  signatory: 'signataire',
  delegate: 'délégataire',
  'case-officer': 'instructeur',
  'finance-officer': 'gestionnaire financier',
  partner: 'partenaire',
  reviewer: 'évaluateur',
  member: 'membre de la commission',
  chair: 'président de la commission',
  preparer: 'porteur de projet (prépare)',
  submitter: 'porteur de projet (dépose)',
  person: 'personne connectée',
  self: 'la personne concernée',
  anyone: 'tout le monde',
  system: 'le service',
};

/** A role somebody holds, and where. */
export interface Grant {
  readonly role: Role;
  readonly scope: GrantScope | { readonly kind: 'organisation'; readonly id: string };
}

/** One text per grant, to compare and to list. */
export const grantKey = ({ role, scope }: Grant): string =>
  scope.kind === 'everywhere' ? role : `${role}@${scope.kind}:${scope.id}`;

/** Whose thing it is: where a grant must lie to reach it. */
export interface Reach {
  /** `any`: staff of every institution, for what belongs to none. */
  readonly institutions?: readonly string[] | 'any';
  readonly organisations?: readonly string[];
  readonly call?: string;
  readonly person?: string;
}

/** Does this grant lie where the thing is? */
export function reaches({ scope }: Grant, reach: Reach): boolean {
  switch (scope.kind) {
    case 'everywhere':
      return true;
    case 'institution':
      return reach.institutions === 'any' || (reach.institutions?.includes(scope.id) ?? false);
    case 'organisation':
      return reach.organisations?.includes(scope.id) ?? false;
    case 'call':
      return reach.call === scope.id;
  }
}

/** The role that lets somebody act, if one of theirs does, and the grant it comes from. */
export function roleThatAllows(
  roles: readonly Role[],
  asking: { readonly person: string; readonly grants: readonly Grant[] },
  reach: Reach,
): { readonly role: Role; readonly grant?: Grant } | undefined {
  for (const role of roles) {
    if (role === 'anyone') return { role };
    if (role === 'system' && asking.person === 'system') return { role };
    if (asking.person === 'anonymous' || asking.person === 'system') continue;
    if (role === 'person' || (role === 'self' && reach.person === asking.person)) return { role };
    const grant = asking.grants.find((held) => held.role === role && reaches(held, reach));
    if (grant) return { role, grant };
  }
  return undefined;
}

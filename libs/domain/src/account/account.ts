import {
  absent,
  type ContentRef,
  type Decider,
  type Decision,
  forbid,
  type Instant,
  refuse,
  type Stamped,
  unreachable,
} from '../decider.js';
import { later } from '../instants.js';
import type { NoticeKind } from '../notice/notice.js';
import { noticeRules } from '../notice/notice-rules.js';
import { frenchRoles, type GrantableRole, grantKey, type GrantScope, scopeKindOf } from '../roles.js';

/** What a token may be used for: reading, acting, or managing people, roles and tokens. */
export const tokenScopes = ['read', 'write', 'administer'] as const;
export type TokenScope = (typeof tokenScopes)[number];

export interface Token {
  readonly token: string;
  /** SHA-256 of the secret, which is shown once and kept nowhere. */
  readonly hash: string;
  readonly scopes: readonly TokenScope[];
  readonly expiresAt: Instant;
  /** What the token is for, `sauvegarde`. */
  readonly label: string;
}

/** Of whoever a command names. */
export const noAccount = () => refuse('PersonUnknown', "Cette personne n'a pas de compte.");

/** A token as asked for: it ends so many days from now. */
export type NewToken = Omit<Token, 'expiresAt'> & { readonly days: number };

/** Who the person is: written to the content stream `person-…`, nowhere else. */
export interface PersonDetails {
  readonly name: string;
  readonly email: string;
  readonly phone?: string;
}

export type AccountEvent =
  | { type: 'AccountOpened'; content: ContentRef }
  | { type: 'PersonDetailsChanged'; content: ContentRef }
  | { type: 'RoleGranted'; role: GrantableRole; scope: GrantScope }
  | { type: 'RoleWithdrawn'; role: GrantableRole; scope: GrantScope; reason: string }
  | { type: 'SignInInvited'; invitation: string; expiresAt: Instant }
  | { type: 'SignInUsed'; invitation: string }
  | ({ type: 'TokenIssued' } & Token)
  | { type: 'TokenRevoked'; token: string }
  | { type: 'Unsubscribed'; kind: NoticeKind }
  | { type: 'Resubscribed'; kind: NoticeKind }
  /** Addresses of the person's calendar made before lead nowhere. */
  | { type: 'CalendarTokenRenewed'; generation: number }
  | { type: 'PersonForgotten' };

export type AccountCommand =
  | ({ type: 'OpenAccount'; content: ContentRef; invitation: string } & PersonDetails)
  | ({ type: 'ChangeDetails'; content: ContentRef } & PersonDetails)
  | { type: 'GrantRole'; role: GrantableRole; scope: GrantScope }
  | { type: 'WithdrawRole'; role: GrantableRole; scope: GrantScope; reason: string }
  | { type: 'InviteToSignIn'; invitation: string }
  | ({ type: 'SignIn'; invitation: string } & NewToken)
  | ({ type: 'IssueToken' } & NewToken)
  | { type: 'RevokeToken'; token: string }
  | { type: 'Unsubscribe'; kind: NoticeKind }
  /** By who holds the link of a message, without signing in; the route has checked its signature. */
  | { type: 'UnsubscribeByLink'; kind: NoticeKind }
  | { type: 'Resubscribe'; kind: NoticeKind }
  | { type: 'RenewCalendarToken' }
  | { type: 'ForgetPerson' };

export type Account =
  | { status: 'absent' }
  | {
      status: 'open';
      content: ContentRef;
      grants: readonly string[];
      invitations: Readonly<Record<string, { expiresAt: Instant; used: boolean }>>;
      tokens: Readonly<Record<string, { revoked: boolean }>>;
      /** The messages they don't want. */
      unsubscribed: readonly NoticeKind[];
      /** How many addresses of their calendar were made. */
      calendar?: number;
    }
  | { status: 'forgotten' };

const DAY = 86_400_000;
/** An invitation to sign in is good for a week. */
const invitationEnds = (at: Instant): Instant => later(at, 7 * DAY);

/** A person's account: roles, sign-in and tokens. Names and addresses live in the content stream `person-…`. */
export const account: Decider<AccountCommand, Account, AccountEvent, unknown> = {
  initial: { status: 'absent' },
  decide,
  evolve,
};

function decide(command: Stamped<AccountCommand>, state: Account): Decision<AccountEvent> {
  if (command.type === 'OpenAccount') {
    if (state.status !== 'absent') return refuse('AccountExists', 'Ce compte existe déjà.');
    const { content, invitation, at } = command;
    return [
      { type: 'AccountOpened', content },
      { type: 'SignInInvited', invitation, expiresAt: invitationEnds(at) },
    ];
  }
  if (state.status === 'absent') return absent('PersonUnknown', "Cette personne n'a pas de compte.");
  if (state.status === 'forgotten') return refuse('PersonForgotten', 'Cette personne a demandé à être oubliée.');
  switch (command.type) {
    case 'ChangeDetails':
      return [{ type: 'PersonDetailsChanged', content: command.content }];
    case 'GrantRole': {
      const { role, scope } = command;
      if (scope.kind !== scopeKindOf(role)) {
        return refuse('ScopeOfRole', `Le rôle « ${frenchRoles[role]} » se donne ${frenchScopes[scopeKindOf(role)]}.`);
      }
      if (command.by === command.id) return forbid('OwnRole', 'Nul ne se donne un rôle à soi-même.');
      if (state.grants.includes(grantKey(command))) return refuse('RoleHeld', 'Cette personne a déjà ce rôle.');
      return [{ type: 'RoleGranted', role, scope }];
    }
    case 'WithdrawRole': {
      const { role, scope, reason } = command;
      if (!state.grants.includes(grantKey(command))) return refuse('RoleNotHeld', "Cette personne n'a pas ce rôle.");
      return [{ type: 'RoleWithdrawn', role, scope, reason }];
    }
    case 'InviteToSignIn':
      return [{ type: 'SignInInvited', invitation: command.invitation, expiresAt: invitationEnds(command.at) }];
    case 'SignIn': {
      const invitation = state.invitations[command.invitation];
      if (!invitation) return forbid('InvitationUnknown', "Ce lien de connexion n'est pas valable.");
      if (invitation.used)
        return forbid('InvitationUsed', 'Ce lien de connexion a déjà servi : demandez-en un nouveau.');
      if (command.at > invitation.expiresAt) {
        return forbid('InvitationExpired', 'Ce lien de connexion a expiré : demandez-en un nouveau.');
      }
      return [{ type: 'SignInUsed', invitation: command.invitation }, issued(command)];
    }
    case 'IssueToken':
      if (state.tokens[command.token]) return refuse('TokenExists', 'Ce jeton existe déjà.');
      return [issued(command)];
    case 'RevokeToken': {
      const token = state.tokens[command.token];
      if (!token) return absent('TokenUnknown', "Ce jeton n'existe pas.");
      if (token.revoked) return refuse('TokenRevoked', 'Ce jeton est déjà révoqué.');
      return [{ type: 'TokenRevoked', token: command.token }];
    }
    case 'Unsubscribe':
    case 'UnsubscribeByLink': {
      const { kind } = command;
      if (noticeRules[kind].compulsory) return refuse('NoticeCompulsory', COMPULSORY);
      return state.unsubscribed.includes(kind) ? [] : [{ type: 'Unsubscribed', kind }];
    }
    case 'Resubscribe': {
      const { kind } = command;
      return state.unsubscribed.includes(kind) ? [{ type: 'Resubscribed', kind }] : [];
    }
    case 'RenewCalendarToken':
      return [{ type: 'CalendarTokenRenewed', generation: (state.calendar ?? 0) + 1 }];
    case 'ForgetPerson':
      return [{ type: 'PersonForgotten' }];
    default:
      return unreachable(command);
  }
}

const COMPULSORY =
  'Ces messages ne se refusent pas : ils ont un effet juridique, un délai, ou attendent quelque chose de vous.';

const frenchScopes: Record<GrantScope['kind'], string> = {
  everywhere: "pour toute l'installation",
  institution: 'pour une institution',
  call: 'pour un appel à projets',
};

const issued = ({ token, hash, scopes, days, label, at }: Stamped<NewToken>): AccountEvent => ({
  type: 'TokenIssued',
  token,
  hash,
  scopes,
  expiresAt: later(at, days * DAY),
  label,
});

function evolve(state: Account, event: AccountEvent): Account {
  if (event.type === 'AccountOpened') {
    return { status: 'open', content: event.content, grants: [], invitations: {}, tokens: {}, unsubscribed: [] };
  }
  if (state.status !== 'open') return state;
  switch (event.type) {
    case 'PersonDetailsChanged':
      return { ...state, content: event.content };
    case 'RoleGranted':
      return { ...state, grants: [...state.grants, grantKey(event)] };
    case 'RoleWithdrawn':
      return { ...state, grants: state.grants.filter((grant) => grant !== grantKey(event)) };
    case 'SignInInvited': {
      const { invitation, expiresAt } = event;
      return { ...state, invitations: { ...state.invitations, [invitation]: { expiresAt, used: false } } };
    }
    case 'SignInUsed': {
      const invitation = state.invitations[event.invitation];
      if (!invitation) return state;
      return { ...state, invitations: { ...state.invitations, [event.invitation]: { ...invitation, used: true } } };
    }
    case 'TokenIssued':
      return { ...state, tokens: { ...state.tokens, [event.token]: { revoked: false } } };
    case 'TokenRevoked':
      return { ...state, tokens: { ...state.tokens, [event.token]: { revoked: true } } };
    case 'Unsubscribed':
      return { ...state, unsubscribed: [...state.unsubscribed, event.kind] };
    case 'Resubscribed':
      return { ...state, unsubscribed: state.unsubscribed.filter((kind) => kind !== event.kind) };
    case 'CalendarTokenRenewed':
      return { ...state, calendar: event.generation };
    case 'PersonForgotten':
      return { status: 'forgotten' };
    default:
      return unreachable(event);
  }
}

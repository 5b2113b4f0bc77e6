import { describe, expect, it } from '@jest/globals';
import { absent, forbid, type Stamp } from '../decider.js';
import { grantableRoles, type GrantScope, scopeKindOf } from '../roles.js';
import { specify } from '../specification.js';
import { noticeKinds } from '../notice/notice.js';
import { noticeRules, optionalKinds } from '../notice/notice-rules.js';
import { account, type AccountEvent } from './account.js';

const PERSON = '33333333-3333-4333-8333-333333333333';
const ADMINISTRATOR = '55555555-5555-4555-8555-555555555555';
const content = { version: 0, hash: 'a'.repeat(64) };
const details = { name: 'Camille Martin', email: 'camille.martin@exemple.fr', phone: '02 40 00 00 00' };

const stamp: Stamp = { at: '2021-05-12T08:00:00Z', by: ADMINISTRATOR, actingAs: 'administrator', id: PERSON };
const given = specify(account, stamp, {});

const opened = { type: 'AccountOpened', content } satisfies AccountEvent;
const invited = {
  type: 'SignInInvited',
  invitation: 'invitation-1',
  expiresAt: '2021-05-19T08:00:00Z',
} satisfies AccountEvent;
const used = { type: 'SignInUsed', invitation: 'invitation-1' } satisfies AccountEvent;
const forgotten = { type: 'PersonForgotten' } satisfies AccountEvent;
const token = { token: 'token-1', hash: 'b'.repeat(64), scopes: ['read', 'write'], label: 'navigateur' } as const;
const issued = { type: 'TokenIssued', ...token, expiresAt: '2021-06-11T08:00:00Z' } satisfies AccountEvent;
const revoked = { type: 'TokenRevoked', token: 'token-1' } satisfies AccountEvent;
const atArs: GrantScope = { kind: 'institution', id: 'ARS-PDL' };
const granted = { type: 'RoleGranted', role: 'case-officer', scope: atArs } satisfies AccountEvent;
const withdrawn = {
  type: 'RoleWithdrawn',
  role: 'case-officer',
  scope: atArs,
  reason: 'Mutation.',
} satisfies AccountEvent;

const unsubscribed = { type: 'Unsubscribed', kind: 'question-answered' } satisfies AccountEvent;

const UNKNOWN = "Cette personne n'a pas de compte.";
const FORGOTTEN = 'Cette personne a demandé à être oubliée.';

describe('opening an account', () => {
  const open = { type: 'OpenAccount', content, invitation: 'invitation-1', ...details } as const;

  it('invites to sign in within a week, and records no name', () => given().when(open).then(opened, invited));
  it('leaves it without roles and without tokens', () =>
    expect(given(opened, invited).state).toEqual({
      status: 'open',
      content,
      grants: [],
      invitations: { 'invitation-1': { expiresAt: '2021-05-19T08:00:00Z', used: false } },
      tokens: {},
      unsubscribed: [],
    }));
  it('is refused twice', () => given(opened).when(open).thenRefused('AccountExists', 'Ce compte existe déjà.'));
  it('is refused for a person who was forgotten: ids are never used again', () =>
    given(opened, forgotten).when(open).thenRefused('AccountExists', 'Ce compte existe déjà.'));
});

describe.each([
  { type: 'ChangeDetails', content, ...details } as const,
  { type: 'GrantRole', role: 'case-officer', scope: atArs } as const,
  { type: 'WithdrawRole', role: 'case-officer', scope: atArs, reason: 'Mutation.' } as const,
  { type: 'InviteToSignIn', invitation: 'invitation-2' } as const,
  { type: 'RenewCalendarToken' } as const,
  { type: 'SignIn', invitation: 'invitation-1', ...token, days: 30 } as const,
  { type: 'IssueToken', ...token, days: 30 } as const,
  { type: 'RevokeToken', token: 'token-1' } as const,
  { type: 'ForgetPerson' } as const,
])('$type', (command) => {
  it('is refused for a person without an account, as not found', () =>
    expect(given().when(command).result).toEqual(absent('PersonUnknown', UNKNOWN)));
  it('is refused for a person who was forgotten', () =>
    given(opened, invited, granted, issued, forgotten).when(command).thenRefused('PersonForgotten', FORGOTTEN));
});

describe('changing details', () => {
  const change = { type: 'ChangeDetails', content: { version: 1, hash: 'c'.repeat(64) }, ...details } as const;
  const changed = { type: 'PersonDetailsChanged', content: { version: 1, hash: 'c'.repeat(64) } } as const;

  it('records which version was written, and none of its words', () => given(opened).when(change).then(changed));
  it('is a fact each time', () => given(opened, changed).when(change).then(changed));
  it('keeps the last version', () =>
    expect(given(opened, changed).state).toEqual({
      status: 'open',
      content: { version: 1, hash: 'c'.repeat(64) },
      grants: [],
      invitations: {},
      tokens: {},
      unsubscribed: [],
    }));
});

describe('granting a role', () => {
  const grant = { type: 'GrantRole', role: 'case-officer', scope: atArs } as const;

  it('is a fact', () => given(opened).when(grant).then(granted));
  it('adds up', () =>
    expect(given(opened, granted, { ...granted, role: 'signatory' }).state).toMatchObject({
      grants: ['case-officer@institution:ARS-PDL', 'signatory@institution:ARS-PDL'],
    }));
  it('is refused twice', () =>
    given(opened, granted).when(grant).thenRefused('RoleHeld', 'Cette personne a déjà ce rôle.'));
  it('may be done for another institution', () =>
    given(opened, granted)
      .when({ ...grant, scope: { kind: 'institution', id: 'DREETS-PDL' } })
      .then({ ...granted, scope: { kind: 'institution', id: 'DREETS-PDL' } }));
  it('is refused to oneself', () =>
    expect(given(opened).when(grant, { by: PERSON }).result).toEqual(
      forbid('OwnRole', 'Nul ne se donne un rôle à soi-même.'),
    ));
  it.each([
    ['operator', atArs, "Le rôle « exploitant » se donne pour toute l'installation."],
    ['auditor', atArs, "Le rôle « auditeur » se donne pour toute l'installation."],
    ['administrator', { kind: 'everywhere' }, 'Le rôle « administrateur » se donne pour une institution.'],
    ['partner', { kind: 'call', id: 'call-1' }, 'Le rôle « partenaire » se donne pour une institution.'],
    ['reviewer', atArs, 'Le rôle « évaluateur » se donne pour un appel à projets.'],
    ['chair', { kind: 'everywhere' }, 'Le rôle « président de la commission » se donne pour un appel à projets.'],
  ] as const)('of %s is refused where it does not belong', (role, scope, sentence) =>
    given(opened)
      .when({ ...grant, role, scope })
      .thenRefused('ScopeOfRole', sentence),
  );
  it.each(grantableRoles.map((role) => [role, scopeKindOf(role)] as const))('of %s is for %s', (role, kind) => {
    const scope: GrantScope = kind === 'everywhere' ? { kind } : { kind, id: 'somewhere' };
    given(opened)
      .when({ ...grant, role, scope })
      .then({ type: 'RoleGranted', role, scope });
  });
});

describe('withdrawing a role', () => {
  const withdraw = { type: 'WithdrawRole', role: 'case-officer', scope: atArs, reason: 'Mutation.' } as const;

  it('is a fact with its reason', () => given(opened, granted).when(withdraw).then(withdrawn));
  it('leaves the other roles', () =>
    expect(given(opened, granted, { ...granted, role: 'signatory' }, withdrawn).state).toMatchObject({
      grants: ['signatory@institution:ARS-PDL'],
    }));
  it('is refused twice', () =>
    given(opened, granted, withdrawn).when(withdraw).thenRefused('RoleNotHeld', "Cette personne n'a pas ce rôle."));
  it('is refused for the same role elsewhere', () =>
    given(opened, granted)
      .when({ ...withdraw, scope: { kind: 'institution', id: 'DREETS-PDL' } })
      .thenRefused('RoleNotHeld', "Cette personne n'a pas ce rôle."));
  it('may be followed by granting it again', () =>
    given(opened, granted, withdrawn).when({ type: 'GrantRole', role: 'case-officer', scope: atArs }).then(granted));
});

describe('inviting to sign in', () => {
  const invite = { type: 'InviteToSignIn', invitation: 'invitation-2' } as const;

  it('is good for a week', () =>
    given(opened)
      .when(invite)
      .then({ type: 'SignInInvited', invitation: 'invitation-2', expiresAt: '2021-05-19T08:00:00Z' }));
  it('leaves earlier invitations good', () =>
    expect(given(opened, invited, { ...invited, invitation: 'invitation-2' }).state).toMatchObject({
      invitations: {
        'invitation-1': { expiresAt: '2021-05-19T08:00:00Z', used: false },
        'invitation-2': { expiresAt: '2021-05-19T08:00:00Z', used: false },
      },
    }));
});

describe('signing in', () => {
  const signIn = { type: 'SignIn', invitation: 'invitation-1', ...token, days: 30 } as const;

  it('uses the invitation and issues a token', () => given(opened, invited).when(signIn).then(used, issued));
  it('is possible to the last second of the week', () =>
    given(opened, invited)
      .when(signIn, { at: '2021-05-19T08:00:00Z' })
      .then(used, { ...issued, expiresAt: '2021-06-18T08:00:00Z' }));
  it('is refused a second later', () =>
    expect(given(opened, invited).when(signIn, { at: '2021-05-19T08:00:01Z' }).result).toEqual(
      forbid('InvitationExpired', 'Ce lien de connexion a expiré : demandez-en un nouveau.'),
    ));
  it('is refused twice with one invitation', () =>
    expect(given(opened, invited, used, issued).when(signIn).result).toEqual(
      forbid('InvitationUsed', 'Ce lien de connexion a déjà servi : demandez-en un nouveau.'),
    ));
  it('is refused with an invitation that was never sent', () =>
    expect(given(opened, invited).when({ ...signIn, invitation: 'invitation-9' }).result).toEqual(
      forbid('InvitationUnknown', "Ce lien de connexion n'est pas valable."),
    ));
});

describe('facts about what an account does not have', () => {
  it('change nothing', () => expect(given(opened, used, withdrawn).state).toEqual(given(opened).state));
  it('open no account', () => expect(given(invited, issued, granted).state).toEqual({ status: 'absent' }));
});

describe('issuing a token', () => {
  const issue = { type: 'IssueToken', ...token, days: 30 } as const;

  it('ends so many days from now', () => given(opened).when(issue).then(issued));
  it('keeps no more of it than whether it stands', () =>
    expect(given(opened, issued).state).toMatchObject({ tokens: { 'token-1': { revoked: false } } }));
  it('is refused twice', () => given(opened, issued).when(issue).thenRefused('TokenExists', 'Ce jeton existe déjà.'));
  it('is refused under the name of a token that was revoked', () =>
    given(opened, issued, revoked).when(issue).thenRefused('TokenExists', 'Ce jeton existe déjà.'));
});

describe('revoking a token', () => {
  const revoke = { type: 'RevokeToken', token: 'token-1' } as const;

  it('is a fact', () => given(opened, issued).when(revoke).then(revoked));
  it('leaves the other tokens', () =>
    expect(given(opened, issued, { ...issued, token: 'token-2' }, revoked).state).toMatchObject({
      tokens: { 'token-1': { revoked: true }, 'token-2': { revoked: false } },
    }));
  it('is refused twice', () =>
    given(opened, issued, revoked).when(revoke).thenRefused('TokenRevoked', 'Ce jeton est déjà révoqué.'));
  it('is refused for a token that does not exist', () =>
    expect(given(opened).when(revoke).result).toEqual(absent('TokenUnknown', "Ce jeton n'existe pas.")));
});

describe.each(['Unsubscribe', 'UnsubscribeByLink'] as const)('refusing messages (%s)', (type) => {
  const unsubscribe = { type, kind: 'question-answered' } as const;

  it('is a fact', () => given(opened).when(unsubscribe).then(unsubscribed));
  it('is kept, by kind', () =>
    expect(given(opened, unsubscribed).state).toMatchObject({ unsubscribed: ['question-answered'] }));
  it('changes nothing a second time', () => given(opened, unsubscribed).when(unsubscribe).then());
  it.each(optionalKinds)('is possible for %s', (kind) =>
    given(opened).when({ type, kind }).then({ type: 'Unsubscribed', kind }),
  );
  it.each(noticeKinds.filter((kind) => noticeRules[kind].compulsory))('is refused for %s', (kind) =>
    given(opened)
      .when({ type, kind })
      .thenRefused(
        'NoticeCompulsory',
        'Ces messages ne se refusent pas : ils ont un effet juridique, un délai, ou attendent quelque chose de vous.',
      ),
  );
  it('leaves at least these compulsory: what proves, notifies, convenes, or gives a delay', () => {
    const kinds = ['sign-in', 'receipt', 'award-notified', 'session-convened', 'completion-requested'] as const;
    expect(kinds.filter((kind) => !noticeRules[kind].compulsory)).toEqual([]);
  });
});

describe('receiving messages again', () => {
  const resubscribe = { type: 'Resubscribe', kind: 'question-answered' } as const;
  const resubscribed = { type: 'Resubscribed', kind: 'question-answered' } satisfies AccountEvent;

  it('is a fact', () => given(opened, unsubscribed).when(resubscribe).then(resubscribed));
  it('takes that kind back and no other', () =>
    expect(
      given(opened, unsubscribed, { ...unsubscribed, kind: 'report-submitted' }, resubscribed).state,
    ).toMatchObject({ unsubscribed: ['report-submitted'] }));
  it('changes nothing for who never refused them', () => given(opened).when(resubscribe).then());
});

describe('the address of a calendar', () => {
  const renew = { type: 'RenewCalendarToken' } as const;
  const renewed = { type: 'CalendarTokenRenewed', generation: 1 } satisfies AccountEvent;

  it('is made from a number, and no fact holds it', () => given(opened).when(renew, { by: PERSON }).then(renewed));
  it('is another each time it is asked for', () =>
    given(opened, renewed)
      .when(renew, { by: PERSON })
      .then({ ...renewed, generation: 2 }));
});

describe('forgetting a person', () => {
  it('is a fact', () => given(opened).when({ type: 'ForgetPerson' }, { by: PERSON }).then(forgotten));
  it('leaves nothing of the account, neither roles nor tokens', () =>
    expect(given(opened, invited, granted, issued, forgotten).state).toEqual({ status: 'forgotten' }));
  it('is for good', () =>
    expect(given(opened, forgotten, granted, issued, invited).state).toEqual({ status: 'forgotten' }));
});

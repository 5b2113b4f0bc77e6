import { describe, expect, it } from '@jest/globals';
import type { Stamp } from '../decider.js';
import { specify } from '../specification.js';
import { organisation, type OrganisationEvent } from './organisation.js';

const SIRET = '52499120500013';
const MEMBER = '33333333-3333-4333-8333-333333333333';
const COLLEAGUE = '44444444-4444-4444-8444-444444444444';

const stamp: Stamp = { at: '2021-06-20T08:00:00Z', by: MEMBER, actingAs: 'submitter', id: SIRET };
const given = specify(organisation, stamp, {});

const registered = {
  type: 'OrganisationRegistered',
  name: "CEA du personnel de la ville d'Antibes",
  legalForm: 'association',
  siret: SIRET,
} satisfies OrganisationEvent;
const claimed = { type: 'OrganisationClaimed', person: MEMBER } satisfies OrganisationEvent;
const confirmed = { type: 'ClaimConfirmed', person: MEMBER, power: 'submit' } satisfies OrganisationEvent;
const invited = { type: 'ColleagueInvited', person: COLLEAGUE, power: 'prepare' } satisfies OrganisationEvent;
const joined = { type: 'ColleagueJoined', person: COLLEAGUE, power: 'prepare' } satisfies OrganisationEvent;
const promoted = { type: 'PowerChanged', person: COLLEAGUE, power: 'submit' } satisfies OrganisationEvent;
const removed = { type: 'MemberRemoved', person: COLLEAGUE, reason: 'Départ.' } satisfies OrganisationEvent;
/** One member who may submit. */
const one: OrganisationEvent[] = [registered, claimed, confirmed];
/** And one who may prepare. */
const two: OrganisationEvent[] = [...one, invited, joined];

const NOT_MEMBER = "Cette personne n'est pas rattachée à l'organisme.";
const LAST = "L'organisme doit garder une personne habilitée à déposer.";

describe('inviting a colleague', () => {
  const invite = { type: 'InviteColleague', person: COLLEAGUE, power: 'prepare' } as const;

  it('is a fact with the power they will have', () =>
    given(...one)
      .when(invite)
      .then(invited));
  it('makes nobody a member', () =>
    expect(given(...one, invited).state).toMatchObject({
      people: {
        [MEMBER]: { standing: 'member', power: 'submit' },
        [COLLEAGUE]: { standing: 'invited', power: 'prepare' },
      },
    }));
  it('is refused twice', () =>
    given(...one, invited)
      .when(invite)
      .thenRefused('AlreadyInvited', 'Cette personne est déjà invitée.'));
  it('is refused for a member', () =>
    given(...two)
      .when(invite)
      .thenRefused('AlreadyMember', 'Cette personne est déjà rattachée à votre organisme.'));
  it('answers a claim', () =>
    given(...one, { ...claimed, person: COLLEAGUE })
      .when(invite)
      .then(invited));
});

describe('joining an organisation', () => {
  const join = { type: 'JoinOrganisation' } as const;
  const byColleague = { by: COLLEAGUE, actingAs: 'person' };

  it('gives the power of the invitation', () =>
    given(...one, invited)
      .when(join, byColleague)
      .then(joined));
  it('may give the power to submit', () =>
    given(...one, { ...invited, power: 'submit' })
      .when(join, byColleague)
      .then({ ...joined, power: 'submit' }));
  it('makes a member', () =>
    expect(given(...two).state).toMatchObject({
      people: {
        [MEMBER]: { standing: 'member', power: 'submit' },
        [COLLEAGUE]: { standing: 'member', power: 'prepare' },
      },
    }));
  it('is refused twice', () =>
    given(...two)
      .when(join, byColleague)
      .thenRefused('NotInvited', "Vous n'êtes pas invité dans cet organisme."));
  it('is refused to somebody who was not invited', () =>
    given(...one)
      .when(join, byColleague)
      .thenRefused('NotInvited', "Vous n'êtes pas invité dans cet organisme."));
  it('is refused to somebody whose claim waits', () =>
    given(...one, { ...claimed, person: COLLEAGUE })
      .when(join, byColleague)
      .thenRefused('NotInvited', "Vous n'êtes pas invité dans cet organisme."));
});

describe('changing the power of a member', () => {
  const promote = { type: 'ChangePower', person: COLLEAGUE, power: 'submit' } as const;
  const demoted = { type: 'PowerChanged', person: MEMBER, power: 'prepare' } as const;

  it('is a fact', () =>
    given(...two)
      .when(promote)
      .then(promoted));
  it('replaces the power they had', () =>
    expect(given(...two, promoted).state).toMatchObject({
      people: { [COLLEAGUE]: { standing: 'member', power: 'submit' } },
    }));
  it('is refused twice', () =>
    given(...two, promoted)
      .when(promote)
      .thenRefused('PowerHeld', 'Cette personne a déjà ce pouvoir.'));
  it('is refused for somebody who was only invited', () =>
    given(...one, invited)
      .when(promote)
      .thenRefused('NotMember', NOT_MEMBER));
  it('is refused to leave the organisation without anybody who may submit', () =>
    given(...two)
      .when({ ...promote, person: MEMBER, power: 'prepare' })
      .thenRefused('LastSubmitter', LAST));
  it('takes the power to submit from one of two who have it', () =>
    given(...two, promoted)
      .when({ ...promote, person: MEMBER, power: 'prepare' })
      .then(demoted));
  it('counts only members among those who may submit', () =>
    given(...one, { ...invited, power: 'submit' })
      .when({ ...promote, person: MEMBER, power: 'prepare' })
      .thenRefused('LastSubmitter', LAST));
});

describe('removing a member', () => {
  const remove = { type: 'RemoveMember', person: COLLEAGUE, reason: 'Départ.' } as const;

  it('is a fact with its reason', () =>
    given(...two)
      .when(remove)
      .then(removed));
  it('withdraws an invitation that waits, and the person cannot join any more', () => {
    const withdrawn = { type: 'InvitationWithdrawn', person: COLLEAGUE, reason: 'Départ.' } satisfies OrganisationEvent;
    given(...one, invited)
      .when(remove)
      .then(withdrawn);
    expect(given(...one, invited, withdrawn).state).toEqual(given(...one).state);
    given(...one, invited, withdrawn)
      .when({ type: 'JoinOrganisation' }, { by: COLLEAGUE })
      .thenRefused('NotInvited', "Vous n'êtes pas invité dans cet organisme.");
  });
  it('leaves the others', () => expect(given(...two, removed).state).toEqual(given(...one).state));
  it('is refused twice', () =>
    given(...two, removed)
      .when(remove)
      .thenRefused('NotMember', NOT_MEMBER));
  it('is refused for somebody whose claim waits', () =>
    given(...one, { ...claimed, person: COLLEAGUE })
      .when(remove)
      .thenRefused('NotMember', NOT_MEMBER));
  it('is refused for the last one who may submit', () =>
    given(...two)
      .when({ ...remove, person: MEMBER })
      .thenRefused('LastSubmitter', LAST));
  it('may remove one of two who may submit', () =>
    given(...two, promoted)
      .when({ ...remove, person: MEMBER })
      .then({ ...removed, person: MEMBER }));
});

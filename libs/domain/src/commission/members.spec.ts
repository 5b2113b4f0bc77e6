import { describe, expect, it } from '@jest/globals';
import { callCancelled, callInPreparation } from '../application/fixtures.js';
import { account } from '../call/fixtures.js';
import { absent, forbid } from '../decider.js';
import type { CommissionCommand, CommissionEvent, Member } from './commission-facts.js';
import {
  adviser,
  appointed,
  arsChair,
  by,
  caf,
  CAF,
  CAF_SUBSTITUTE,
  CALL_UNKNOWN,
  convoked,
  file,
  given,
  inSession,
  NOT_MEMBER,
  ofAnotherCall,
  opened,
  qualified,
  QUALIFIED,
  ranked,
  recused,
  sitting,
  STRANGER,
  voted,
} from './fixtures.js';

const COMPOSED = "Une séance est ouverte : la composition ne change qu'après elle.";
const appoint = (member: Member) => ({ type: 'AppointMember', ...member }) as const;

describe('appointing a member of the commission', () => {
  it('gives them a seat, with whom it is for, its voice and its substitute', () =>
    given().when(appoint(caf)).then(appointed(caf)));
  it('gives a chair a seat of their own', () => given().when(appoint(arsChair)).then(appointed(arsChair)));
  it('leaves out what says nothing', () =>
    given()
      .when({ ...appoint(adviser), qualified: false })
      .then(appointed(adviser)));
  it('may come before the call is published', () =>
    given().when(appoint(caf), {}, { call: callInPreparation }).then(appointed(caf)));
  it('is kept with its seat', () => expect(given(appointed(caf)).state.members).toEqual({ [CAF]: caf }));
  it('is refused twice for the same seat', () =>
    given(appointed(caf))
      .when(appoint(caf))
      .thenRefused('AlreadyMember', 'Cette personne est déjà membre de la commission, à ce siège.'));
  it('gives another seat, which supersedes the first', () => {
    const changed: Member = { ...caf, voice: 'consultative' };
    given(appointed(caf)).when(appoint(changed)).then(appointed(changed));
    expect(given(appointed(caf), appointed(changed)).state.members).toEqual({ [CAF]: changed });
  });
  it('is refused for somebody without an account', () =>
    given()
      .when(appoint(caf), {}, { person: { status: 'absent' } })
      .thenRefused('PersonUnknown', "Cette personne n'a pas de compte."));
  it('is refused for somebody who was forgotten', () =>
    given()
      .when(appoint(caf), {}, { person: { status: 'forgotten' } })
      .thenRefused('PersonUnknown', "Cette personne n'a pas de compte."));
  it('is refused with a substitute who has no account', () =>
    given()
      .when(appoint(caf), {}, { person: account, substitute: { status: 'absent' } })
      .thenRefused('PersonUnknown', "La personne suppléante n'a pas de compte."));
  it('is refused for the substitute of another', () =>
    given(appointed(caf))
      .when(appoint({ ...qualified, person: CAF_SUBSTITUTE }))
      .thenRefused('IsSubstitute', "Cette personne est la suppléante d'un autre membre."));
  it.each([
    ['is a member', CAF],
    ['is the substitute of another', CAF_SUBSTITUTE],
    ['is the member themself', STRANGER],
  ])('is refused with a substitute who %s', (_, substitute) =>
    given(appointed(caf))
      .when(appoint({ ...adviser, person: STRANGER, substitute }))
      .thenRefused('SubstituteTaken', "La personne suppléante est déjà membre, ou supplée déjà quelqu'un d'autre."),
  );
  it('is refused with a substitute for a qualified person', () =>
    given()
      .when(appoint({ ...qualified, substitute: CAF_SUBSTITUTE }))
      .thenRefused('QualifiedSubstitute', "Une personnalité qualifiée n'a pas de suppléant (CRPA R133-3)."));
  it('is refused for a chair without a voting voice', () =>
    given()
      .when(appoint({ ...arsChair, voice: 'consultative' }))
      .thenRefused('ChairWithoutVoice', 'Qui préside a voix délibérative.'));
  it('is refused while a session sits', () =>
    given(...sitting)
      .when(appoint({ ...caf, voice: 'consultative' }))
      .thenRefused('SessionOpen', COMPOSED));
  it('changes nothing for a session that has sat', () => {
    const changed = appointed({ ...caf, voice: 'consultative' });
    expect(given(...ranked, changed).state.sessions['session-1']?.seats?.[CAF]).toEqual(caf);
  });
  it('is refused once the call has ended', () =>
    given().when(appoint(caf), {}, { call: callCancelled }).thenRefused('CallEnded', 'Cet appel a été annulé.'));
  it('is refused for a call that does not exist', () =>
    given()
      .when(appoint(caf), {}, { call: { status: 'absent' } })
      .thenRefused('CallUnknown', CALL_UNKNOWN));
});

describe('removing a member of the commission', () => {
  const remove = { type: 'RemoveCommissionMember', person: CAF, reason: 'Mutation.' } as const;
  const removed = { type: 'CommissionMemberRemoved', person: CAF, reason: 'Mutation.' } as const;

  it('ends their seat, with a reason', () => given(appointed(caf)).when(remove).then(removed));
  it('leaves the others', () =>
    expect(given(appointed(caf), appointed(adviser), removed).state.members).toEqual({ [adviser.person]: adviser }));
  it('is refused for who is no member', () => given().when(remove).thenRefused('NotMember', NOT_MEMBER));
  it('is refused for a substitute, who leaves with the member', () =>
    given(appointed(caf))
      .when({ ...remove, person: CAF_SUBSTITUTE })
      .thenRefused('NotMember', NOT_MEMBER));
  it('is refused while a session sits that they deliberate in', () =>
    given(...sitting)
      .when(remove)
      .thenRefused('SessionOpen', COMPOSED));
});

describe('declaring the interests of a member', () => {
  const conflict = { application: 'file-1', nature: 'governance' } as const;
  const declare = { type: 'DeclareMemberInterests', conflicts: [conflict] } satisfies CommissionCommand;
  const declared = {
    type: 'MemberInterestsDeclared',
    member: CAF,
    conflicts: [conflict],
  } satisfies CommissionEvent;
  const one = { applications: [file] };

  it('is done by oneself', () =>
    given(...convoked)
      .when(declare, by(CAF), one)
      .then(declared));
  it('is done by a substitute too', () =>
    given(...convoked)
      .when(declare, by(CAF_SUBSTITUTE), one)
      .then({ ...declared, member: CAF_SUBSTITUTE }));
  it('may be of no conflict at all', () =>
    given(...convoked)
      .when({ ...declare, conflicts: [] }, by(CAF), { applications: [] })
      .then({ ...declared, conflicts: [] }));
  it('adds to what was declared before', () =>
    expect(
      given(...convoked, declared, { ...declared, conflicts: [{ application: 'file-2', nature: 'family' }] }).state
        .interests,
    ).toEqual({ [CAF]: { 'file-1': 'governance', 'file-2': 'family' } }));
  it('recuses at once on what the open session has not voted yet', () =>
    given(...sitting)
      .when(declare, by(CAF), one)
      .then(declared, recused(CAF)));
  it('judges no vote again', () =>
    given(...sitting, voted('file-1', 'favourable'))
      .when(declare, by(CAF), one)
      .then(declared));
  it('recuses nobody twice', () =>
    given(...sitting, recused(CAF))
      .when(declare, by(CAF), one)
      .then(declared));
  it('is refused for who is neither a member nor a substitute', () =>
    expect(given(...convoked).when(declare, by(STRANGER), one).result).toEqual(
      forbid('NotMember', 'Seuls les membres de la commission et leurs suppléants déclarent leurs intérêts.'),
    ));
  it.each([
    ['does not exist', { status: 'absent' } as const],
    ['belongs to another call', ofAnotherCall],
  ])('is refused on a file that %s', (_, application) =>
    expect(given(...convoked).when(declare, by(CAF), { applications: [application] }).result).toEqual(
      absent('ApplicationUnknown', 'Dossiers inconnus dans cet appel : file-1.'),
    ),
  );
});

describe('recusing a member from an item', () => {
  const recuse = { type: 'RecuseMember', session: 'session-1', application: 'file-1', nature: 'governance' } as const;
  const withSubstitute = [...convoked];
  const attendance = { type: 'AttendanceRecorded', session: 'session-1' } as const;

  it('is done by themself', () =>
    given(...sitting)
      .when({ ...recuse, member: CAF }, by(CAF))
      .then(recused(CAF)));
  it('is done by the chair', () =>
    given(...sitting)
      .when({ ...recuse, member: CAF }, inSession)
      .then(recused(CAF)));
  it('is done by a case officer', () =>
    given(...sitting)
      .when({ ...recuse, member: QUALIFIED }, by(STRANGER, 'case-officer'))
      .then(recused(QUALIFIED)));
  it('lets the substitute sit who came too', () =>
    given(
      ...withSubstitute,
      { ...attendance, attendance: [{ member: CAF, as: 'present', withSubstitute: true }] },
      opened,
    )
      .when({ ...recuse, member: CAF }, by(CAF))
      .then(recused(CAF, { substitute: CAF_SUBSTITUTE })));
  it('lets nobody sit where the substitute has an interest too', () =>
    given(
      ...withSubstitute,
      { ...attendance, attendance: [{ member: CAF, as: 'present', withSubstitute: true }] },
      opened,
      recused(CAF_SUBSTITUTE),
    )
      .when({ ...recuse, member: CAF }, by(CAF))
      .then(recused(CAF)));
  it('is refused to a member for another', () =>
    expect(given(...sitting).when({ ...recuse, member: QUALIFIED }, by(CAF)).result).toEqual(
      forbid('NotYourself', 'Un membre ne se déporte que lui-même : les autres le sont par la présidence.'),
    ));
  it('is refused for who has no seat', () =>
    given(...sitting)
      .when({ ...recuse, member: STRANGER }, inSession)
      .thenRefused('NotMember', NOT_MEMBER));
  it('is refused twice', () =>
    given(...sitting, recused(CAF))
      .when({ ...recuse, member: CAF }, inSession)
      .thenRefused('AlreadyRecused', 'Cette personne est déjà déportée sur ce dossier.'));
  it('is refused once the item is voted', () =>
    given(...sitting, voted('file-1', 'favourable'))
      .when({ ...recuse, member: CAF }, inSession)
      .thenRefused('VoteClosed', 'Le vote sur ce dossier est clos.'));
  it('is refused on what is not on the agenda', () =>
    given(...sitting)
      .when({ ...recuse, application: 'constructor', member: CAF }, inSession)
      .thenRefused('NotOnAgenda', "Ce dossier n'est pas à l'ordre du jour de cette séance."));
});

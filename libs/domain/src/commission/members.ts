import { type Account, noAccount } from '../account/account.js';
import { isOfCall } from '../application/filed.js';
import { absent, type Decision, forbid, refuse } from '../decider.js';
import { isSame, own } from '../same.js';
import type { Commission, CommissionContext, CommissionEvent, Member, Of } from './commission-facts.js';
import { notMember } from './guards.js';
import { conflictRecusals } from './recusals.js';
import { seatOf } from './seats.js';

export function appoint(
  command: Of<'AppointMember'>,
  state: Commission,
  context: CommissionContext,
): Decision<CommissionEvent> {
  const member = memberOf(command);
  if (isSame(state.members[member.person], member)) {
    return refuse('AlreadyMember', 'Cette personne est déjà membre de la commission, à ce siège.');
  }
  const refused = seatRefusal(member, state, context) ?? composing(state);
  return refused ?? [{ type: 'CommissionMemberAppointed', ...member }];
}

function memberOf({ person, sitsFor, voice, chair, substitute, qualified }: Of<'AppointMember'>): Member {
  return {
    person,
    sitsFor,
    voice,
    chair,
    ...(substitute !== undefined && { substitute }),
    ...(qualified && { qualified }),
  };
}

const hasAccount = (account: Account | undefined): boolean => account?.status === 'open';

function seatRefusal(member: Member, state: Commission, context: CommissionContext) {
  const { person, substitute } = member;
  if (!hasAccount(context.person)) return noAccount();
  const others = Object.values(state.members).filter((other) => other.person !== person);
  if (others.some((other) => other.substitute === person)) {
    return refuse('IsSubstitute', "Cette personne est la suppléante d'un autre membre.");
  }
  if (member.chair && member.voice !== 'voting') {
    return refuse('ChairWithoutVoice', 'Qui préside a voix délibérative.');
  }
  if (substitute === undefined) return undefined;
  if (member.qualified) {
    return refuse('QualifiedSubstitute', "Une personnalité qualifiée n'a pas de suppléant (CRPA R133-3).");
  }
  if (!hasAccount(context.substitute)) return refuse('PersonUnknown', "La personne suppléante n'a pas de compte.");
  const taken = substitute === person || others.some((other) => [other.person, other.substitute].includes(substitute));
  return taken
    ? refuse('SubstituteTaken', "La personne suppléante est déjà membre, ou supplée déjà quelqu'un d'autre.")
    : undefined;
}

/** Who deliberates doesn't change while they do. */
const composing = (state: Commission) =>
  Object.values(state.sessions).some(({ status }) => status === 'open')
    ? refuse('SessionOpen', "Une séance est ouverte : la composition ne change qu'après elle.")
    : undefined;

export function remove(command: Of<'RemoveCommissionMember'>, state: Commission): Decision<CommissionEvent> {
  const { person, reason } = command;
  if (!own(state.members, person)) return notMember();
  return composing(state) ?? [{ type: 'CommissionMemberRemoved', person, reason }];
}

/** By oneself, on names only; a later declaration adds to it, and holds on what isn't voted yet. */
export function declareInterests(
  command: Of<'DeclareMemberInterests'>,
  state: Commission,
  { applications = [] }: CommissionContext,
): Decision<CommissionEvent> {
  const { by: member, id, conflicts } = command;
  if (!seatOf(state.members, member)) {
    return forbid('NotMember', 'Seuls les membres de la commission et leurs suppléants déclarent leurs intérêts.');
  }
  const unknown = conflicts.filter((_, index) => !isOfCall(id, applications[index]));
  if (unknown.length > 0) {
    const named = unknown.map(({ application }) => application).join(', ');
    return absent('ApplicationUnknown', `Dossiers inconnus dans cet appel : ${named}.`);
  }
  const declared = Object.fromEntries(conflicts.map(({ application, nature }) => [application, nature]));
  const sitting = Object.values(state.sessions).filter(({ status }) => status === 'open');
  return [
    { type: 'MemberInterestsDeclared', member, conflicts },
    ...sitting.flatMap((session) => conflictRecusals(state, session, { [member]: declared })),
  ];
}

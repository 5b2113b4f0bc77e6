import { notEnded, unknownCall } from '../call/guards.js';
import { type Decider, type Decision, Refusal, type Stamped, unreachable } from '../decider.js';
import { recordAttendance } from './attendance.js';
import type { Commission, CommissionCommand, CommissionContext, CommissionEvent } from './commission-facts.js';
import { empty, evolve } from './evolve.js';
import { appoint, declareInterests, remove } from './members.js';
import { decideMinutes } from './minutes.js';
import { move } from './moving.js';
import { adopt } from './ranking.js';
import { recuse } from './recusals.js';
import { adjourn, convene, open, plan } from './sessions.js';
import { cast, giveCastingVote, hear, recordVote } from './votes.js';

export type { Commission, CommissionCommand, CommissionContext, CommissionEvent } from './commission-facts.js';

/** The selection commission of one call: its members, its sessions, what it advises. */
export const commission: Decider<CommissionCommand, Commission, CommissionEvent, CommissionContext> = {
  initial: empty,
  decide,
  evolve,
};

function decide(
  command: Stamped<CommissionCommand>,
  state: Commission,
  context: CommissionContext,
): Decision<CommissionEvent> {
  const { call } = context;
  if (!call || call.status === 'absent') return unknownCall();
  switch (command.type) {
    // What was deliberated is told, whatever became of the call.
    case 'DraftMinutes':
    case 'CommentMinutes':
    case 'SignMinutes':
      return decideMinutes(command, state, call, context);
  }
  const running = notEnded(call);
  if (running instanceof Refusal) return running;
  switch (command.type) {
    case 'AppointMember':
      return appoint(command, state, context);
    case 'RemoveCommissionMember':
      return remove(command, state);
    case 'DeclareMemberInterests':
      return declareInterests(command, state, context);
    case 'PlanSession':
      return plan(command, state, call, context);
    case 'MoveSession':
      return move(command, state, context);
    case 'ConveneSession':
      return convene(command, state, context);
    case 'RecordAttendance':
      return recordAttendance(command, state, context);
    case 'OpenSession':
      return open(command, state, context);
    case 'AdjournSession':
      return adjourn(command, state, context);
    case 'RecuseMember':
      return recuse(command, state);
    case 'HearApplicant':
      return hear(command, state);
    case 'CastBallot':
      return cast(command, state);
    case 'RecordVote':
      return recordVote(command, state, context);
    case 'GiveCastingVote':
      return giveCastingVote(command, state);
    case 'AdoptRanking':
      return adopt(command, state, context);
    default:
      return unreachable(command);
  }
}

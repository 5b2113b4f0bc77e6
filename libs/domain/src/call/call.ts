import { type Decider, type Decision, type Stamped, unreachable } from '../decider.js';
import type { CallCommand } from './call-commands.js';
import type { CallEvent } from './call-facts.js';
import type { Call } from './call-state.js';
import { dropEnding, endCall, unseal } from './ending.js';
import { evolve } from './evolve.js';
import { type CallContext, unknownCall } from './guards.js';
import { copy, draft, reviseHeading, signLetter } from './letter.js';
import { expireShift } from './expiry.js';
import { grantExtension } from './extension.js';
import { flagUnratified, ratifyOutage, recordOutage } from './outage.js';
import { decidePartners } from './partners.js';
import { answerPaymentYear } from './payment-year.js';
import {
  associate,
  comment,
  nameReferent,
  setEnvelopes,
  setRubric,
  setSchedule,
  setSpecifications,
} from './preparation.js';
import { approve, publish } from './publication.js';
import { answerShift, proposeShift } from './shift.js';

export type { CallCommand } from './call-commands.js';
export type { CallEvent } from './call-facts.js';
export type { Call } from './call-state.js';

/** A call for projects, from the letter of intent to the unsealing of what was submitted. */
export const call: Decider<CallCommand, Call, CallEvent, CallContext> = {
  initial: { status: 'absent' },
  decide,
  evolve,
};

function decide(command: Stamped<CallCommand>, state: Call, context: CallContext): Decision<CallEvent> {
  if (command.type === 'DraftCall') return draft(command, state, context);
  if (command.type === 'CopyCall') return copy(command, state, context);
  if (state.status === 'absent') return unknownCall();
  switch (command.type) {
    case 'ReviseHeading':
      return reviseHeading(command, state, context);
    case 'SignLetterOfIntent':
      return signLetter(command, state, context);
    case 'NameReferent':
      return nameReferent(command, state, context);
    case 'InvitePartner':
    case 'WithdrawPartnerInvitation':
    case 'AnswerPartnerInvitation':
    case 'OverrideSilentPartner':
      return decidePartners(command, state, context);
    case 'AssociateAuthority':
    case 'DissociateAuthority':
      return associate(command, state);
    case 'CommentPreparation':
      return comment(command, state);
    case 'SetSpecifications':
      return setSpecifications(command, state);
    case 'SetRubric':
      return setRubric(command, state);
    case 'SetSchedule':
      return setSchedule(command, state, context);
    case 'SetEnvelopes':
      return setEnvelopes(command, state);
    case 'ApproveCall':
      return approve(command, state, context);
    case 'PublishCall':
      return publish(command, state, context);
    case 'ProposeShift':
      return proposeShift(command, state, context);
    case 'RecordOutsideAnswer':
    case 'AgreeToShift':
    case 'RefuseShift':
    case 'WithdrawShift':
      return answerShift(command, state, context);
    case 'AnswerPaymentYear':
      return answerPaymentYear(command, state);
    case 'ExpireShift':
      return expireShift(command, state, context);
    case 'RecordOutage':
      return recordOutage(command, state, context);
    case 'RatifyOutage':
      return ratifyOutage(command, state, context);
    case 'FlagUnratifiedOutage':
      return flagUnratified(command, state);
    case 'GrantExtension':
      return grantExtension(command, state, context);
    case 'CancelCall':
    case 'DeclareUnsuccessful':
      return endCall(command, state, context);
    case 'DropEnding':
      return dropEnding(command, state);
    case 'UnsealContents':
      return unseal(command, state, context);
    default:
      return unreachable(command);
  }
}

import { type Decision, Refusal, refuse } from '../decider.js';
import { capacityToSign } from '../institution/institution.js';
import type { Of } from './call-commands.js';
import type { CallEvent, Ending } from './call-facts.js';
import { type KnownCall, windowEnd } from './call-state.js';
import { callEnded, type CallContext, notEnded, published } from './guards.js';

/** Every lead agrees to the end of a joint call; before the letter is signed, one is enough. */
export function endCall(
  command: Of<'CancelCall' | 'DeclareUnsuccessful'>,
  call: KnownCall,
  context: CallContext,
): Decision<CallEvent> {
  const ending: Ending = command.type === 'CancelCall' ? 'cancelled' : 'unsuccessful';
  const open = ending === 'cancelled' ? notEnded(call) : published(call);
  if (open instanceof Refusal) return open;
  if (ending === 'unsuccessful' && open.status === 'published' && command.at <= windowEnd(open)) {
    return refuse(
      'WindowOpen',
      `Le dépôt est ouvert jusqu'au ${context.calendar.say(windowEnd(open))} : l'appel ne peut pas encore être infructueux.`,
    );
  }
  if (open.ending && open.ending.ending !== ending) {
    return refuse(
      'OtherEndingPending',
      "Une autre issue est déjà proposée pour cet appel : qu'elle soit d'abord retirée.",
    );
  }
  const { institution } = command;
  if (open.ending?.agreed.includes(institution)) {
    return refuse(
      'AlreadyAgreed',
      "Votre institution a déjà donné son accord : l'accord des autres autorités est attendu.",
    );
  }
  const capacity = capacityToSign(command, 'end-call', context.institution, context);
  if (capacity instanceof Refusal) return capacity;
  const reason = open.ending?.reason ?? command.reason;
  const agreed: CallEvent = { type: 'EndingAgreed', ending, institution, reason: command.reason, capacity };
  const last =
    open.status === 'drafted' ||
    open.heading.leads.every((lead) => lead === institution || open.ending?.agreed.includes(lead));
  if (!last) return [agreed];
  if (ending === 'cancelled') return [agreed, { type: 'CallCancelled', reason }];
  return [agreed, ...unsealedByEnd(open), { type: 'CallDeclaredUnsuccessful', reason }];
}

/** Nothing unseals a call that has ended: what came is unsealed first, since its window is over. */
const unsealedByEnd = (call: KnownCall): CallEvent[] =>
  call.status === 'published' && !call.unsealed ? [{ type: 'ContentsUnsealed', windowEnd: windowEnd(call) }] : [];

export function dropEnding(command: Of<'DropEnding'>, call: KnownCall): Decision<CallEvent> {
  const open = notEnded(call);
  if (open instanceof Refusal) return open;
  if (!open.ending) return refuse('NoEndingPending', "Aucune fin de l'appel n'est proposée.");
  return [{ type: 'EndingDropped', institution: command.institution, reason: command.reason }];
}

/** Sealing ends with a fact, once the window with every extension is over. */
export function unseal(command: Of<'UnsealContents'>, call: KnownCall, { calendar }: CallContext): Decision<CallEvent> {
  if (call.status === 'cancelled' || call.status === 'unsuccessful') return callEnded(call);
  const open = published(call);
  if (open instanceof Refusal) return open;
  if (open.unsealed) return [];
  const end = windowEnd(open);
  if (command.at <= end) return refuse('WindowOpen', `Le dépôt est ouvert jusqu'au ${calendar.say(end)}.`);
  return [{ type: 'ContentsUnsealed', windowEnd: end }];
}

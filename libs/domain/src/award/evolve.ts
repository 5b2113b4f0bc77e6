import { unreachable } from '../decider.js';
import type { Award, AwardEvent, KnownAward } from './award-facts.js';

export const noAward: Award = { status: 'absent' };

export function evolveAward(state: Award, event: AwardEvent): Award {
  const { call } = event;
  const known: KnownAward =
    state.status === 'absent' ? { status: 'deciding', call, decisions: {}, attempts: 0, calledUp: false } : state;
  switch (event.type) {
    case 'AwardDecided': {
      const { type: _, call: __, waitingFor: ___, ...decision } = event;
      return { ...known, decisions: { ...known.decisions, [decision.institution]: decision } };
    }
    case 'AwardPending': {
      const { attempt, organisation, requestedCents, reservations } = event;
      const pending = { attempt, organisation, requestedCents, reservations };
      return { ...known, status: 'pending', attempts: attempt, pending };
    }
    case 'AwardGranted': {
      const { attempt, organisation, lines, amountCents, requestedCents } = event;
      const granted = { attempt, organisation, lines, amountCents, requestedCents, accepted: false };
      return { ...without(known, 'pending', 'freed'), status: 'granted', attempts: attempt, granted };
    }
    case 'AwardFailed':
      return { ...without(known, 'pending', 'freed'), status: 'deciding', decisions: {} };
    case 'AwardSettled':
      return { ...known, status: event.outcome };
    case 'AwardNotified': {
      const notified = { on: event.notifiedOn, appealUntil: event.appealUntil };
      return { ...without(known, 'appeal'), notified };
    }
    case 'ReducedAmountAccepted': {
      const accepted = known.granted && { granted: { ...known.granted, accepted: true } };
      return { ...known, ...accepted, written: Math.max(known.written ?? 0, event.content.version) };
    }
    case 'AwardDeclined': {
      const { attempt, lines } = event;
      const freed = { attempt, lines, because: 'declined' } as const;
      return { ...without(known, 'granted', 'appeal'), status: 'declined', ...(lines.length > 0 && { freed }) };
    }
    case 'CalledUpFromReserve':
      return { ...decidingAgain(known), calledUp: true };
    case 'AppealLodged':
      return { ...known, appeal: 'lodged', written: Math.max(known.written ?? 0, event.content.version) };
    case 'AppealAnswered': {
      if (!event.upheld) return { ...known, appeal: 'rejected' };
      const { attempt, lines } = event;
      const freed = { attempt, lines, because: 'withdrawn' } as const;
      return { ...decidingAgain(known), appeal: 'upheld', ...(lines.length > 0 && { freed }) };
    }
    default:
      return unreachable(event);
  }
}

/** A new round: what was decided and told is taken back. */
const decidingAgain = (known: KnownAward): KnownAward => ({
  ...without(known, 'granted', 'notified', 'appeal'),
  status: 'deciding',
  decisions: {},
});

type Passing = 'pending' | 'granted' | 'notified' | 'appeal' | 'freed';
function without(known: KnownAward, ...fields: readonly Passing[]): KnownAward {
  const rest = { ...known };
  for (const field of fields) Reflect.deleteProperty(rest, field);
  return rest;
}

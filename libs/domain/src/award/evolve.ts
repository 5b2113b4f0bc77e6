import { unreachable } from '../decider.js';
import type { Award, AwardEvent } from './award-facts.js';

export const noAward: Award = { status: 'absent' };

/** What an agreement looks at of an award: granted, accepted, notified, given up. */
export function evolveAward(state: Award, event: AwardEvent): Award {
  const known = state.status === 'absent' ? undefined : state;
  switch (event.type) {
    case 'AwardGranted': {
      const { call, organisation, lines, amountCents, requestedCents, attempt } = event;
      const granted = { organisation, lines, amountCents, requestedCents, attempt, accepted: false };
      return { decisions: {}, ...known, status: 'granted', call, attempts: attempt, granted };
    }
    case 'ReducedAmountAccepted':
      if (!known?.granted) return state;
      return { ...known, granted: { ...known.granted, accepted: true }, written: event.content.version };
    case 'AwardDeclined': {
      if (!known) return state;
      const { granted: _, ...rest } = known;
      return { ...rest, status: 'declined' };
    }
    case 'AwardNotified':
      return known ? { ...known, notified: { on: event.notifiedOn, appealUntil: event.appealUntil } } : state;
    case 'AwardDecided':
    case 'AwardPending':
    case 'AwardFailed':
    case 'AwardSettled':
    case 'CalledUpFromReserve':
    case 'AppealLodged':
    case 'AppealAnswered':
      return state;
    default:
      return unreachable(event);
  }
}

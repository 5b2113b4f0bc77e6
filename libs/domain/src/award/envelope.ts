import { type Decider, type Decision, refuse, type Stamped, unreachable } from '../decider.js';
import type { EnvelopeLine } from '../call/call-contents.js';
import { envelopeLine } from '../call/call-state.js';
import { PersistentMap } from '../persistent-map.js';
import type { Envelope, EnvelopeCommand, EnvelopeContext, EnvelopeEvent } from './envelope-facts.js';

type Of<T extends EnvelopeCommand['type']> = Stamped<Extract<EnvelopeCommand, { type: T }>>;

/** Money of one line: what awards hold of it never exceeds it. */
export const envelope: Decider<EnvelopeCommand, Envelope, EnvelopeEvent, EnvelopeContext> = {
  initial: { reservedCents: 0, reservations: PersistentMap.empty() },
  decide,
  evolve,
};

function decide(
  command: Stamped<EnvelopeCommand>,
  state: Envelope,
  { call }: EnvelopeContext,
): Decision<EnvelopeEvent> {
  switch (command.type) {
    case 'ReserveFunds': {
      const line = call && call.status !== 'absent' ? envelopeLine(call, command.line) : undefined;
      return line ? reserve(command, state, line) : refuse('EnvelopeUnknown', "Cet appel n'a pas cette enveloppe.");
    }
    case 'ReleaseFunds':
      return release(command, state);
    default:
      return unreachable(command);
  }
}

/** In their order, each for itself. What was decided of a reservation is never decided again. */
function reserve(
  { reservations }: Of<'ReserveFunds'>,
  state: Envelope,
  { amountCents }: EnvelopeLine,
): EnvelopeEvent[] {
  let leftCents = amountCents - state.reservedCents;
  return unknownOnes(reservations, state).map((asked): EnvelopeEvent => {
    if (asked.amountCents > leftCents) return { type: 'ReservationRefused', ...asked, leftCents };
    leftCents -= asked.amountCents;
    return { type: 'FundsReserved', ...asked, leftCents };
  });
}

function release({ reservations, because }: Of<'ReleaseFunds'>, state: Envelope): EnvelopeEvent[] {
  const once = [...new Map(reservations.map((one) => [one.reservation, one])).values()];
  return once.flatMap(({ reservation, application }): EnvelopeEvent[] => {
    const known = state.reservations.get(reservation);
    if (known && known.is !== 'held') return [];
    return [{ type: 'FundsReleased', reservation, application, amountCents: known?.amountCents ?? 0, because }];
  });
}

function unknownOnes<R extends { readonly reservation: string }>(reservations: readonly R[], state: Envelope): R[] {
  const once = new Map(reservations.map((one) => [one.reservation, one]));
  return [...once.values()].filter(({ reservation }) => state.reservations.get(reservation) === undefined);
}

function evolve({ reservedCents, reservations }: Envelope, event: EnvelopeEvent): Envelope {
  const { reservation, amountCents } = event;
  switch (event.type) {
    case 'FundsReserved':
      return {
        reservedCents: reservedCents + amountCents,
        reservations: reservations.with(reservation, { is: 'held', amountCents }),
      };
    case 'ReservationRefused': {
      const { leftCents } = event;
      return { reservedCents, reservations: reservations.with(reservation, { is: 'refused', amountCents, leftCents }) };
    }
    case 'FundsReleased':
      return {
        reservedCents: reservedCents - amountCents,
        reservations: reservations.with(reservation, { is: 'released' }),
      };
    default:
      return unreachable(event);
  }
}

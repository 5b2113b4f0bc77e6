import { type Decider, type Instant, refuse, unreachable } from '../decider.js';
import type { DeadlineKind } from './deadlines.js';
import type { Step } from './policy.js';
import type { Lapse } from './rounds.js';

/** A round, as a fact keeps it. */
export interface RoundFacts {
  /** Its key. */
  readonly round: string;
  /** The key of the deadline; its kind; the call; what of the call it is of. */
  readonly deadline: string;
  readonly kind: DeadlineKind;
  readonly call: string;
  readonly about?: string;
  readonly step: Step;
  readonly merges: readonly string[];
  readonly dueAt: Instant;
  /** When it was to go out. */
  readonly plannedFor: Instant;
}

export type RoundEvent =
  | ({ type: 'ReminderRoundOpened' } & RoundFacts)
  /** Nobody is written to: why. */
  | ({ type: 'ReminderRoundLapsed'; because: Lapse } & RoundFacts);

export type RoundCommand =
  ({ type: 'OpenReminderRound' } & RoundFacts) | ({ type: 'LapseReminderRound'; because: Lapse } & RoundFacts);

export interface RoundState {
  readonly status: 'absent' | 'opened' | 'lapsed';
}

/** Decided once: its stream follows from its key. Who is written to is found when it is told of. */
export const round: Decider<RoundCommand, RoundState, RoundEvent, unknown> = {
  initial: { status: 'absent' },
  decide: (command, { status }) => {
    if (status !== 'absent') return refuse('RoundSettled', 'Ce rappel est déjà parti, ou a déjà été abandonné.');
    const { round, deadline, kind, call, about, step, merges, dueAt, plannedFor } = command;
    const facts = { round, deadline, kind, call, ...(about && { about }), step, merges, dueAt, plannedFor };
    return command.type === 'OpenReminderRound'
      ? [{ type: 'ReminderRoundOpened', ...facts }]
      : [{ type: 'ReminderRoundLapsed', ...facts, because: command.because }];
  },
  evolve: (_, event) => {
    switch (event.type) {
      case 'ReminderRoundOpened':
        return { status: 'opened' };
      case 'ReminderRoundLapsed':
        return { status: 'lapsed' };
      default:
        return unreachable(event);
    }
  },
};

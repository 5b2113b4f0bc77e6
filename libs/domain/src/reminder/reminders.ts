import type { Call } from '../call/call-state.js';
import { notEnded, unknownCall } from '../call/guards.js';
import { type Decider, type Fault, invalid, Refusal, type Tools } from '../decider.js';
import { type DeadlineKind, frenchDeadlines } from './deadlines.js';
import { nameOf, type ReminderPolicy, type Step } from './policy.js';

/** How a call reminds people: stream `reminders-<call>`. */
export interface RemindersEvent {
  readonly type: 'ReminderPolicySet';
  readonly policy: ReminderPolicy;
}
export interface RemindersCommand {
  readonly type: 'SetReminderPolicy';
  readonly policy: ReminderPolicy;
}
export interface Reminders {
  readonly policy: ReminderPolicy;
}
export interface RemindersContext extends Tools {
  readonly call?: Call;
}

const MOST_DAYS = 365;
const MOST_HOURS = 48;
const MOST_STEPS = 12;

export const reminders: Decider<RemindersCommand, Reminders, RemindersEvent, RemindersContext> = {
  initial: { policy: {} },
  decide: ({ policy }, state, { call }) => {
    const open = known(call);
    if (open instanceof Refusal) return open;
    const faults = Object.entries(policy).flatMap(([kind, steps]) => faultsOf(kind as DeadlineKind, steps));
    if (faults.length > 0) return invalid('ReminderStepInvalid', 'Un rappel est mal décrit.', faults);
    return same(policy, state.policy) ? [] : [{ type: 'ReminderPolicySet', policy }];
  },
  evolve: (_, { policy }) => ({ policy }),
};

const known = (call: Call | undefined): unknown =>
  call === undefined || call.status === 'absent' ? unknownCall() : notEnded(call);

const same = (a: ReminderPolicy, b: ReminderPolicy): boolean => JSON.stringify(a) === JSON.stringify(b);

function faultsOf(kind: DeadlineKind, steps: readonly Step[]): Fault[] {
  const where = `policy.${kind}`;
  const name = `« ${frenchDeadlines[kind]} »`;
  const fault = (field: string, code: string, message: string): Fault => ({ field, code, message });
  if (steps.length > MOST_STEPS)
    return [fault(where, 'TooManySteps', `${name} : ${MOST_STEPS} rappels au plus, et non ${steps.length}.`)];
  return steps.flatMap((step, index) => {
    const { days, hours } = step;
    const field = `${where}[${index}]`;
    if ((days === undefined) === (hours === undefined))
      return [fault(field, 'StepUndated', `${name} : donnez des jours ou des heures, l'un des deux.`)];
    const [count, most] = days === undefined ? [hours ?? 0, MOST_HOURS] : [days, MOST_DAYS];
    if (count === 0 || Math.abs(count) > most)
      return [fault(field, 'StepOutOfBounds', `${name} : de 1 à ${most}, avant (négatif) ou après (positif).`)];
    const twin = steps.findIndex((other) => nameOf(other) === nameOf(step) && other.to === step.to);
    return twin < index ? [fault(field, 'StepTwice', `${name} : ${nameOf(step)} figure deux fois.`)] : [];
  });
}

import type { FactType } from '#domain/facts.js';
import type { Deadline } from '#domain/reminder/deadlines.js';
import { nameOf } from '#domain/reminder/policy.js';
import type { RoundFacts } from '#domain/reminder/round.js';
import { audienceOf, type Due } from '#read-models/duties.js';
import type { Tellings } from './telling.js';

/** The deadline that a round is of, and whose part of it. */
export const dueOf = ({ deadline, kind, call, about }: RoundFacts): Due & Pick<Deadline, 'kind'> => ({
  key: deadline,
  kind,
  call,
  ...(about !== undefined && { about }),
});

/**
 * What one message of it says all of: of the same kind, step and date in a call. Who starts late is told of what they
 * started.
 */
const onceFor = ({ call, kind, step, dueAt, about }: RoundFacts): string =>
  [call, kind, nameOf(step), step.to, dueAt, ...(kind === 'submission' && about !== undefined ? [about] : [])].join(
    '|',
  );

/** Who still has something to do when the round goes out: not those who have done it meanwhile. */
export const reminderTellings = {
  ReminderRoundOpened: (fact, { views }) => ({
    kind: 'reminder',
    to: fact.step.channel === 'mail' ? audienceOf(views, dueOf(fact), fact.step.to) : [],
    once: onceFor(fact),
  }),
} satisfies Partial<Tellings<FactType>>;

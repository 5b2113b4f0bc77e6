import type { FactType } from '#domain/facts.js';
import type { Deadline } from '#domain/reminder/deadlines.js';
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

/** Who still has something to do when the round goes out: not those who have done it meanwhile. */
export const reminderTellings = {
  ReminderRoundOpened: (fact, { views }) => ({
    kind: 'reminder',
    to: fact.step.channel === 'mail' ? audienceOf(views, dueOf(fact), fact.step.to) : [],
  }),
} satisfies Partial<Tellings<FactType>>;

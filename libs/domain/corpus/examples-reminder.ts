import type { RemindersEvent } from '../src/reminder/reminders.js';
import type { RoundEvent } from '../src/reminder/round.js';
import { CALL, type Examples, FILE } from './example.js';

const ROUND = 'dddddddd-dddd-5ddd-8ddd-eeeeeeeeeeee';
/** Of who started late. */
const OWN_ROUND = 'dddddddd-dddd-5ddd-8ddd-ffffffffffff';
const step = { days: -7, to: 'responsible', channel: 'mail' } as const;
const facts = {
  round: `submission:${CALL}|J-7|responsible|2021-08-13T14:00:00Z`,
  deadline: `submission:${CALL}`,
  kind: 'submission',
  call: CALL,
  step,
  merges: ['J-8'],
  dueAt: '2021-08-13T14:00:00Z',
  plannedFor: '2021-08-06T07:00:00Z',
} as const;

export const reminderExamples: Examples<RemindersEvent['type'] | RoundEvent['type']> = {
  ReminderPolicySet: [`reminders-${CALL}`, { policy: { submission: [step] } }],
  ReminderRoundOpened: [`round-${ROUND}`, facts],
  ReminderRoundLapsed: [
    `round-${OWN_ROUND}`,
    { ...facts, round: `${facts.round}|${FILE}`, about: FILE, merges: [], because: 'date-moved' },
  ],
};

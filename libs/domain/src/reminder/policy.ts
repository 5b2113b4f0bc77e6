import type { DeadlineKind } from './deadlines.js';

/** Whom a step writes to. */
export const audiences = ['responsible', 'case-officers', 'leads', 'finance-officers'] as const;
export type Audience = (typeof audiences)[number];

export const frenchAudiences: Record<Audience, string> = {
  responsible: 'ceux qui ont à le faire',
  'case-officers': 'les agents instructeurs et administrateurs des autorités pilotes',
  leads: 'les administrateurs et signataires des autorités pilotes',
  'finance-officers': 'les gestionnaires financiers des autorités pilotes',
};

/** `mail`: each is written to; `board`: it only shows on the board and on the lists of those concerned. */
export const channels = ['mail', 'board'] as const;
export type Channel = (typeof channels)[number];

/** So many days or hours from the deadline: before it where negative, after it where positive. One of the two. */
export interface Step {
  readonly days?: number;
  readonly hours?: number;
  readonly to: Audience;
  readonly channel: Channel;
}

/** The steps of each kind of deadline that a call sets itself; the others keep the default ones. */
export type ReminderPolicy = Partial<Readonly<Record<DeadlineKind, readonly Step[]>>>;

/** `J-7`, `J+3`, `H-4`. */
export const nameOf = ({ days, hours }: Pick<Step, 'days' | 'hours'>): string => {
  const [unit, count] = hours === undefined ? ['J', days ?? 0] : ['H', hours];
  return `${unit}${count > 0 ? '+' : '-'}${Math.abs(count)}`;
};

const mail = (to: Audience, ...offsets: readonly Pick<Step, 'days' | 'hours'>[]): Step[] =>
  offsets.map((offset) => ({ ...offset, to, channel: 'mail' }));
const days = (...counts: readonly number[]): Pick<Step, 'days'>[] => counts.map((count) => ({ days: count }));

/** Practice, each a parameter of the call. */
export const defaultPolicy: Readonly<Record<DeadlineKind, readonly Step[]>> = {
  submission: mail('responsible', ...days(-15, -7, -2), { hours: -4 }),
  completion: mail('responsible', ...days(-7, -2), { hours: -4 }),
  interests: [...mail('responsible', ...days(-15, -7, -2)), ...mail('case-officers', ...days(-1))],
  reviews: [...mail('responsible', ...days(-7, -2, 1)), ...mail('case-officers', ...days(2))],
  convocation: [...mail('case-officers', ...days(-7, -2)), ...mail('leads', ...days(-1))],
  answers: mail('case-officers', ...days(-3, -1)),
  decisions: mail('leads', ...days(-7, -2, 1)),
  signatures: [...mail('responsible', ...days(-15, -7, -2, 3)), ...mail('leads', ...days(7))],
  reports: [
    ...mail('responsible', ...days(-30, -7, 1, 15)),
    ...mail('case-officers', ...days(8)),
    ...mail('finance-officers', ...days(30)),
  ],
  'shift-answer': mail('responsible', ...days(-2, -1), { hours: -4 }),
  ratification: [...mail('responsible', { hours: -12 }, { hours: -4 }), ...mail('leads', { hours: 1 })],
};

export const stepsOf = (policy: ReminderPolicy, kind: DeadlineKind): readonly Step[] =>
  policy[kind] ?? defaultPolicy[kind];

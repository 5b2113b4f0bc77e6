import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { paris } from '#calendar/paris.js';
import type { Call } from '../call/call-state.js';
import type { Stamp } from '../decider.js';
import { specify } from '../specification.js';
import { type DeadlineKind, deadlineKinds, frenchDeadlines } from './deadlines.js';
import { audiences, defaultPolicy, nameOf, type Step, stepsOf } from './policy.js';
import { reminders, type RemindersContext } from './reminders.js';
import { round, type RoundFacts } from './round.js';

const stamp: Stamp = { at: '2021-06-01T08:00:00Z', by: 'camille', actingAs: 'administrator', id: 'call-1' };
const published = { status: 'published' } as Call;
const context: RemindersContext = { calendar: paris, digest: (text) => text, call: published };
const given = specify(reminders, stamp, context);
const week: Step = { days: -7, to: 'responsible', channel: 'mail' };
const set = (...steps: Step[]) => ({ type: 'SetReminderPolicy', policy: { submission: steps } }) as const;

describe('the policy of reminders', () => {
  it('has steps by default for everything that is due', () => {
    for (const kind of deadlineKinds) {
      expect(defaultPolicy[kind].length).toBeGreaterThan(0);
      expect(frenchDeadlines[kind]).not.toBe('');
    }
    expect(stepsOf({}, 'submission').map(nameOf)).toEqual(['J-15', 'J-7', 'J-2', 'H-4']);
  });
  it('is a fact of its own where a call sets it', () =>
    given()
      .when(set(week))
      .then({ type: 'ReminderPolicySet', policy: { submission: [week] } }));
  it('is kept for the kinds the call says nothing of', () => {
    const { policy } = given({ type: 'ReminderPolicySet', policy: { submission: [week] } }).state;
    expect(stepsOf(policy, 'submission')).toEqual([week]);
    expect(stepsOf(policy, 'reports')).toBe(defaultPolicy.reports);
  });
  it('may remind of nothing', () =>
    given()
      .when(set())
      .then({ type: 'ReminderPolicySet', policy: { submission: [] } }));
  it('changes nothing when repeated', () =>
    given({ type: 'ReminderPolicySet', policy: { submission: [week] } })
      .when(set(week))
      .then());
  it.each([
    [
      'neither days nor hours',
      { to: 'leads', channel: 'mail' },
      'StepUndated',
      "donnez des jours ou des heures, l'un des deux.",
    ],
    [
      'both',
      { days: -1, hours: -1, to: 'leads', channel: 'mail' },
      'StepUndated',
      "donnez des jours ou des heures, l'un des deux.",
    ],
    [
      'none at all',
      { days: 0, to: 'leads', channel: 'mail' },
      'StepOutOfBounds',
      'de 1 à 365, avant (négatif) ou après (positif).',
    ],
    [
      'over a year',
      { days: -366, to: 'leads', channel: 'mail' },
      'StepOutOfBounds',
      'de 1 à 365, avant (négatif) ou après (positif).',
    ],
    [
      'over two days of hours',
      { hours: 49, to: 'leads', channel: 'mail' },
      'StepOutOfBounds',
      'de 1 à 48, avant (négatif) ou après (positif).',
    ],
  ] as const)('is refused with %s', (_, step, code, message) =>
    given()
      .when(set(step))
      .thenFaults('ReminderStepInvalid', [
        { field: 'policy.submission[0]', code, message: `« dépôt du dossier » : ${message}` },
      ]),
  );
  it('is refused with a step twice, or too many', () => {
    given()
      .when(set(week, week))
      .thenFaults('ReminderStepInvalid', [
        { field: 'policy.submission[1]', code: 'StepTwice', message: '« dépôt du dossier » : J-7 figure deux fois.' },
      ]);
    const many = Array.from({ length: 13 }, (_, index): Step => ({ ...week, days: -1 - index }));
    given()
      .when(set(...many))
      .thenFaults('ReminderStepInvalid', [
        {
          field: 'policy.submission',
          code: 'TooManySteps',
          message: '« dépôt du dossier » : 12 rappels au plus, et non 13.',
        },
      ]);
  });
  it('is refused for a call that has ended, or never was', () => {
    given()
      .when(set(week), {}, { call: { status: 'cancelled' } as Call })
      .thenRefused('CallEnded', 'Cet appel a été annulé.');
    given()
      .when(set(week), {}, { call: { status: 'absent' } })
      .thenRefused('CallUnknown', "Cet appel n'existe pas.");
  });
});

describe('a round', () => {
  const givenRound = specify(round, { ...stamp, by: 'system', actingAs: 'system', id: 'round-1' }, {});
  const facts: RoundFacts = {
    round: 'submission:call-1|J-7|responsible|2021-08-13T14:00:00Z',
    deadline: 'submission:call-1',
    kind: 'submission',
    call: 'call-1',
    step: week,
    merges: [],
    dueAt: '2021-08-13T14:00:00Z',
    plannedFor: '2021-08-06T07:00:00Z',
  };
  const opened = { type: 'ReminderRoundOpened', ...facts } as const;
  const lapsed = { type: 'ReminderRoundLapsed', ...facts, because: 'too-late' } as const;

  it('is opened once', () => {
    givenRound()
      .when({ type: 'OpenReminderRound', ...facts })
      .then(opened);
    expect(givenRound(opened).state).toEqual({ status: 'opened' });
  });
  it('or lapses, and says why', () => {
    givenRound()
      .when({ type: 'LapseReminderRound', ...facts, because: 'too-late' })
      .then(lapsed);
    expect(givenRound(lapsed).state).toEqual({ status: 'lapsed' });
  });
  it.each([
    ['opened', opened],
    ['lapsed', lapsed],
  ])('is refused once %s', (_, before) => {
    for (const command of [
      { type: 'OpenReminderRound', ...facts },
      { type: 'LapseReminderRound', ...facts, because: 'too-late' },
    ] as const)
      givenRound(before)
        .when(command)
        .thenRefused('RoundSettled', 'Ce rappel est déjà parti, ou a déjà été abandonné.');
  });
});

describe('the page about reminders', () => {
  const page = readFileSync(new URL('../../../../../docs/reminders.md', import.meta.url), 'utf8');
  const said = (kind: DeadlineKind): string => {
    const to = audiences.flatMap((audience) => {
      const steps = defaultPolicy[kind].filter((step) => step.to === audience).map(nameOf);
      return steps.length > 0 ? [`${audience}: ${steps.join(', ')}`] : [];
    });
    return `| \`${kind}\` « ${frenchDeadlines[kind]} » ${to.join('; ')} |`;
  };

  it.each(deadlineKinds)('has the default steps as they are: %s', (kind) => {
    const row = page.split('\n').find((line) => line.startsWith(`| \`${kind}\``)) ?? '';
    const cells = row.split('|').map((cell) => cell.trim());
    expect(`| ${cells[1]} ${cells[2]} ${cells[3]} |`).toBe(said(kind));
  });
});

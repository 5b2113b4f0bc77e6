import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { accepted, type Client } from '#client/client.js';
import { applicationId, reportId } from '#commands/ids.js';
import { applicant, draftHappened, ready, submit } from './applicants.js';
import { happened } from './happened.js';
import { type Cast, castOf, publishedCall, schedule } from './stage.js';
import { until, World } from './world.js';

interface Reminder {
  readonly name: string;
  readonly kind: string;
  readonly at: string;
  readonly status: string;
  readonly merges: string[];
  readonly lapsed: string | null;
}

let world: World;
let cast: Cast;
beforeAll(async () => {
  world = await World.open('2021-05-12T08:00:00Z');
  cast = await castOf(world);
});
afterAll(() => world.close());

const reminders = async (call: string, kind: string, who: Client = cast.ars.officer): Promise<Reminder[]> =>
  accepted(await who.get<{ items: Reminder[] }>(`/api/calls/${call}/reminders`)).items.filter(
    (each) => each.kind === kind,
  );
const told = (rounds: readonly Reminder[]): string[] =>
  rounds.map(({ name, at, status }) => `${name} ${at.slice(0, 16)} ${status}`);
/** The clock comes to that instant, and this round is settled. */
async function passes(at: string, call: string, kind: string, name: string): Promise<void> {
  world.clock.set(at);
  await until(
    async () =>
      (await reminders(call, kind)).some((each) => each.name === name && each.status !== 'planned' && each.at <= at) ||
      undefined,
    `${name} to be settled`,
  );
}
const sentTo = async (who: Client): Promise<string[]> =>
  accepted(await who.get<{ sent: { name: string }[] }>('/api/people/me/reminders'))
    .sent.map(({ name }) => name)
    .toReversed();
const subject = (text: string): string => /^Subject: (.*?) —/m.exec(text)?.[1] ?? '';
const addressee = (text: string): string => /^To: (.*?) </m.exec(text)?.[1] ?? '';
/** Who was sent messages of one subject, the first of each. */
const writtenTo = async (said: string, count: number): Promise<string[]> =>
  (await world.messages(`Subject: ${said}`, count)).map(addressee).sort();

const calling = async (deadline: string, more: object[] = []): Promise<string> => {
  world.clock.set('2021-05-12T08:00:00Z');
  const milestones = schedule.milestones.map((each) =>
    each.kind === 'submissionDeadline' ? { kind: each.kind, at: deadline } : each,
  );
  return publishedCall(world, cast, { schedule: { milestones: [...milestones, ...more] } });
};

describe('a date moved earlier', () => {
  it('sends the latest of the reminders already past at once; the others lapse', async () => {
    const call = await calling('2021-08-13T16:00:00+02:00');
    world.clock.set('2021-06-20T08:00:00Z');
    const { person, organisation } = await applicant(world, cast, 40);
    await ready(person, call, organisation);
    world.clock.set('2021-07-12T12:00:00Z');
    const shift = {
      institution: 'ARS-PDL',
      changes: [{ kind: 'submissionDeadline', at: '2021-07-16T16:00:00+02:00' }],
      reason: 'La commission se réunit plus tôt que prévu.',
    };
    accepted(await cast.ars.admin.post(`/api/calls/${call}/propose-shift`, shift));
    const agreed = { institution: 'DREETS-PDL', proposal: 1 };
    accepted(await cast.dreets.signatory.post(`/api/calls/${call}/agree-to-shift`, agreed));
    await until(async () => ((await sentTo(person)).length > 0 ? true : undefined), 'the reminder');
    expect(told(await reminders(call, 'submission'))).toEqual([
      'J-15 2021-07-01T07:00 lapsed',
      'J-7 2021-07-12T12:00 opened',
      'J-2 2021-07-13T07:00 planned',
      'H-4 2021-07-16T10:00 planned',
    ]);
    expect(await sentTo(person)).toEqual(['J-7']);
  });
});

describe('a deadline on Monday at ten', () => {
  let call: string;
  let person: Client;
  beforeAll(async () => {
    call = await calling('2021-09-06T10:00:00+02:00');
    world.clock.set('2021-06-20T08:00:00Z');
    const own = await applicant(world, cast, 41);
    person = own.person;
    await ready(person, call, own.organisation);
  });

  it('is recalled on Friday, and four hours before', async () => {
    expect(told(await reminders(call, 'submission')).slice(-2)).toEqual([
      'J-2 2021-09-03T07:00 planned',
      'H-4 2021-09-06T04:00 planned',
    ]);
    await passes('2021-09-03T07:00:00Z', call, 'submission', 'J-2');
    await until(async () => ((await sentTo(person)).includes('J-2') ? true : undefined), 'the reminder of Friday');
  });

  it('writes at once to who starts on Friday night: the next hour of sending would be too near', async () => {
    world.clock.set('2021-09-03T20:00:00Z');
    const late = await applicant(world, cast, 42);
    await ready(late.person, call, late.organisation);
    // Monday at eight is two hours before the deadline: too late to wait for.
    await until(async () => ((await sentTo(late.person)).length > 0 ? true : undefined), 'the reminder at once');
    expect(await sentTo(late.person)).toEqual(['J-2']);
    await passes('2021-09-06T04:00:00Z', call, 'submission', 'H-4');
    await until(async () => ((await sentTo(late.person)).length > 1 ? true : undefined), 'the reminder of Monday');
    expect(await sentTo(late.person)).toEqual(['J-2', 'H-4']);
  });

  it('has one reminder where two fall on the same day', async () => {
    const other = await calling('2021-09-06T10:00:00+02:00');
    const step = (days: number) => ({ days, to: 'responsible', channel: 'mail' });
    const kinds = [{ kind: 'submission', steps: [step(-3), step(-2), step(-1)] }];
    accepted(await cast.ars.admin.post(`/api/calls/${other}/set-reminder-policy`, { kinds }));
    expect(await reminders(other, 'submission')).toMatchObject([
      { name: 'J-1', merges: ['J-2', 'J-3'], at: '2021-09-03T07:00:00Z', status: 'planned' },
    ]);
  });
});

describe('one director who holds fourteen files', () => {
  it('is written to once, of all of them', async () => {
    const call = await calling('2021-08-13T16:00:00+02:00');
    world.clock.set('2021-06-20T08:00:00Z');
    const director = await world.person('Quatorze Directrice');
    for (let number = 900; number < 914; number++) await draftHappened(world, call, director.id, number);
    await passes('2021-07-29T07:00:00Z', call, 'submission', 'J-15');
    await passes('2021-08-06T07:00:00Z', call, 'submission', 'J-7');
    const messages = await until(async () => {
      const hers = (await world.messages('Quatorze Directrice')).filter((text) => subject(text).startsWith('Rappel'));
      return hers.length >= 2 ? hers : undefined;
    }, 'both messages');
    expect(messages).toHaveLength(2);
    expect(await sentTo(director)).toEqual(['J-15', 'J-7']);
    for (const text of messages) expect(new Set(text.match(/\/api\/applications\/[0-9a-f-]{36}/g)).size).toBe(14);
  });
});

describe('a report that is extended, then returned', () => {
  it('is recalled by its newest date; overdue, its case officers hear of it, then those who pay', async () => {
    const call = await calling('2021-08-13T16:00:00+02:00', [{ kind: 'reportsDue', at: '2021-12-15T12:00:00+01:00' }]);
    const fanny = await world.person('Fanny Financière', ['finance-officer', 'institution', 'ARS-PDL']);
    world.clock.set('2021-06-20T08:00:00Z');
    const { person, organisation } = await applicant(world, cast, 43);
    const file = applicationId(call, organisation, 1);
    await happened(world, `agreement-${file}`, {
      type: 'AgreementConcluded',
      ...{ call, organisation, concludedOn: '2021-06-20', amountCents: 2_000_000 },
      ...{ endsOn: '2022-12-31', publishBefore: '2021-09-20' },
    });
    const indicators = [{ label: 'Familles', unit: 'familles', target: 1000, actual: 900 }];
    const report = reportId(file, 'activity');
    const act = (who: Client, what: string, body: object) => who.post(`/api/reports/${report}/${what}`, body);
    const rounds = async () =>
      told(
        (await reminders(call, 'reports')).filter((each) => (each as unknown as { about: string }).about === report),
      );
    await until(async () => ((await rounds()).length > 0 ? true : undefined), 'the report');
    expect((await rounds())[0]).toBe('J-30 2021-11-15T08:00 planned');

    const reason = 'Congé de maternité de la coordinatrice.';
    accepted(await act(cast.ars.admin, 'extend', { dueOn: '2022-01-14', reason }));
    const extended = ['J-30 2021-12-15T08:00', 'J-7 2022-01-07T08:00', 'J+1 2022-01-17T08:00', 'J+8 2022-01-24T08:00'];
    expect((await rounds()).slice(0, 4)).toEqual(extended.map((each) => `${each} planned`));
    await passes('2021-12-15T08:00:00Z', call, 'reports', 'J-30');
    await until(async () => ((await sentTo(person)).length === 1 ? true : undefined), 'the first reminder');
    await passes('2022-01-07T08:00:00Z', call, 'reports', 'J-7');

    world.clock.set('2022-01-10T08:00:00Z');
    accepted(await act(person, 'submit', { text: 'Mille familles.', indicators }));
    expect((await rounds()).filter((each) => each.endsWith('planned'))).toEqual([]);
    accepted(await act(cast.ars.officer, 'return', { comments: 'Précisez les publics.', dueOn: '2022-02-28' }));
    expect((await rounds()).filter((each) => each.endsWith('planned'))).toEqual([
      'J-30 2022-01-28T08:00 planned',
      'J-7 2022-02-21T08:00 planned',
      'J+1 2022-03-01T08:00 planned',
      'J+8 2022-03-08T08:00 planned',
      'J+15 2022-03-15T08:00 planned',
      'J+30 2022-03-30T07:00 planned',
    ]);
    for (const [name, at] of [
      ['J-30', '2022-01-28T08:00:00Z'],
      ['J-7', '2022-02-21T08:00:00Z'],
      ['J+1', '2022-03-01T08:00:00Z'],
      ['J+8', '2022-03-08T08:00:00Z'],
    ] as const)
      await passes(at, call, 'reports', name);
    const late = 'En retard : bilans à remettre';
    const afterEight = ['Alix Administratrice', 'Denis Administrateur', 'Inès Instructrice', 'Porteur rx'];
    expect(await writtenTo(late, 4)).toEqual(afterEight);
    expect(await sentTo(fanny)).toEqual([]);
    await passes('2022-03-15T08:00:00Z', call, 'reports', 'J+15');
    await passes('2022-03-30T07:00:00Z', call, 'reports', 'J+30');
    expect(await writtenTo(late, 6)).toEqual([...afterEight, 'Fanny Financière', 'Porteur rx'].sort());

    accepted(await act(person, 'submit', { text: 'Mille familles, de tous les quartiers.', indicators }));
    expect((await rounds()).filter((each) => each.endsWith('planned'))).toEqual([]);
  });
});

describe('a call on one line of time', () => {
  it('shows milestones with their moves and why, what is due, and its reminders', async () => {
    const call = await calling('2021-08-13T16:00:00+02:00');
    world.clock.set('2021-07-01T08:00:00Z');
    const reason = 'Les associations sont en congés.';
    const changes = [{ kind: 'submissionDeadline', at: '2021-08-27T16:00:00+02:00' }];
    accepted(
      await cast.ars.admin.post(`/api/calls/${call}/propose-shift`, { institution: 'ARS-PDL', changes, reason }),
    );
    const agreed = { institution: 'DREETS-PDL', proposal: 1 };
    accepted(await cast.dreets.signatory.post(`/api/calls/${call}/agree-to-shift`, agreed));
    const move = { movedAt: '2021-07-01T08:00:00Z', from: '2021-08-13T14:00:00Z', to: '2021-08-27T14:00:00Z' };
    const timeline = accepted(
      await cast.ars.officer.get<{ milestones: object[]; deadlines: { kind: string; reminders: object[] }[] }>(
        `/api/calls/${call}/timeline`,
      ),
    );
    expect(timeline.milestones.slice(0, 2)).toEqual([
      expect.objectContaining({ kind: 'publication', past: true, history: [] }),
      {
        kind: 'submissionDeadline',
        label: 'date limite de dépôt',
        at: '2021-08-27T14:00:00Z',
        said: '27 août 2021 à 16 h 00 (heure de Paris)',
        past: false,
        cancelled: false,
        history: [{ ...move, reason }],
      },
    ]);
    const submission = timeline.deadlines.find(({ kind }) => kind === 'submission');
    expect(submission).toMatchObject({ moves: 1, history: [{ ...move, reason: null }] });
    expect(submission?.reminders).toMatchObject([
      { name: 'J-15', at: '2021-08-12T07:00:00Z', status: 'planned', people: 0 },
      { name: 'J-7' },
      { name: 'J-2' },
      { name: 'H-4' },
    ]);
    expect((await submitterOf(call)).status).toBe(403);
  });
  const submitterOf = async (call: string) => {
    const { person, organisation } = await applicant(world, cast, 44);
    accepted(await submit(person, await ready(person, call, organisation)));
    return person.get(`/api/calls/${call}/timeline`);
  };
});

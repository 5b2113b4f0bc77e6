import { describe, expect, it } from '@jest/globals';
import { paris } from '#calendar/paris.js';
import { digest } from '#commands/canonical.js';
import { SetClock } from '#commands/clock.js';
import { factOf } from '#commands/folded.js';
import { Handler, Refused } from '#commands/handler.js';
import { reportId } from '#commands/ids.js';
import { open, schedule } from '#domain/call/fixtures.js';
import { refuse } from '#domain/decider.js';
import type { RecordedEvent } from '#event-store/event-store.js';
import { CALL, FILE, given, type Happened, on, onStream, reached, tell } from '#read-models/fixtures.js';
import { ReportsExpected } from './reports-expected.js';

const SIRET = '52499120500013';
const ACTIVITY = reportId(FILE, 'activity');
const FINANCIAL = reportId(FILE, 'financial');
const call = onStream(`call-${CALL}`, ...open);
const concluded = on(`agreement-${FILE}`, {
  type: 'AgreementConcluded',
  call: CALL,
  organisation: SIRET,
  concludedOn: '2021-11-15',
  amountCents: 2_000_000,
  endsOn: '2022-10-31',
  publishBefore: '2022-02-15',
});
const declined = on(`award-${FILE}`, {
  type: 'AwardDeclined',
  call: CALL,
  reason: 'Projet abandonné.',
  lines: [],
  attempt: 1,
});

async function world(...happened: readonly Happened[]) {
  const told = await given(...happened);
  const { store, projector } = told;
  const clock = new SetClock('2021-11-16T09:00:00Z');
  const handler = () => new Handler(store, { calendar: paris, digest }, { secret: 'secret' });
  const reaction = () => new ReportsExpected({ store, handler: handler(), projector, clock, calendar: paris });
  const last = async () => (await store.readAll(undefined, 100)).at(-1) as RecordedEvent;
  const owed = async () => (await store.readStream(`reports-${SIRET}`)).map(factOf);
  return { ...told, clock, reaction, last, owed };
}

const expected = (report: string, kind: string) => ({
  type: 'ReportExpected',
  report,
  kind,
  application: FILE,
  call: CALL,
  leads: ['ARS-PDL', 'DREETS-PDL'],
  dueOn: '2023-06-30',
});

describe('an agreement that is concluded', () => {
  it('makes a report of activity and a financial report owed to the leads of the call', async () => {
    const { reaction, last, owed } = await world(...call, concluded);
    await reaction().react(await last());
    expect(await owed()).toEqual([expected(ACTIVITY, 'activity'), expected(FINANCIAL, 'financial')]);
  });

  it('names itself as the cause, and the service as who expects', async () => {
    const { reaction, last, store } = await world(...call, concluded);
    const event = await last();
    await reaction().react(event);
    const [first] = await store.readStream(`reports-${SIRET}`);
    expect(first?.metadata).toMatchObject({ by: 'system', role: 'system', causation: event.id });
  });

  it('makes nothing owed twice, after a restart neither', async () => {
    const { reaction, last, owed, clock } = await world(...call, concluded);
    const event = await last();
    const first = reaction();
    await first.react(event);
    await first.react(event);
    clock.set('2021-11-17T09:00:00Z');
    await reaction().react(event);
    expect(await owed()).toHaveLength(2);
  });

  it('makes nothing owed twice where the schedule moved since a crash', async () => {
    const { reaction, last, owed, store, projector } = await world(...call, concluded);
    const event = await last();
    await reaction().react(event);
    const before = schedule;
    const after = { milestones: [...schedule.milestones, { kind: 'reportsDue' as const, at: '2022-12-15T11:00:00Z' }] };
    await tell(store, [on(`call-${CALL}`, { type: 'ScheduleShifted', proposal: 1, reason: 'Report.', before, after })]);
    await reached(projector, store);
    await reaction().react(event);
    expect(await owed()).toEqual([expected(ACTIVITY, 'activity'), expected(FINANCIAL, 'financial')]);
  });

  it('fails where its call is unknown, to be tried again', async () => {
    const { reaction, last } = await world(concluded);
    await expect(reaction().react(await last())).rejects.toThrow('nobody drafted');
  });
});

describe('an award that is declined', () => {
  it('ends what was owed for its agreement', async () => {
    const { reaction, last, owed, store } = await world(...call, concluded);
    await reaction().react(await last());
    await tell(store, [declined]);
    const event = (await store.readStream(`award-${FILE}`)).at(-1) as RecordedEvent;
    await reaction().react(event);
    await reaction().react(event);
    const reason = 'Le bénéficiaire a renoncé à la subvention.';
    expect((await owed()).slice(2)).toEqual([
      { type: 'ReportWaived', report: ACTIVITY, reason },
      { type: 'ReportWaived', report: FINANCIAL, reason },
    ]);
  });

  it('leaves what was accepted as it is', async () => {
    const { reaction, last, owed, store } = await world(...call, concluded);
    await reaction().react(await last());
    await tell(store, [on(`reports-${SIRET}`, { type: 'ReportAccepted', report: ACTIVITY }), declined]);
    await reaction().react((await store.readStream(`award-${FILE}`)).at(-1) as RecordedEvent);
    expect((await owed()).slice(3)).toMatchObject([{ type: 'ReportWaived', report: FINANCIAL }]);
  });

  it('is tried again where the service is too busy', async () => {
    const { store, projector, clock, last } = await world(...call, concluded, declined);
    const handler = new Handler(store, { calendar: paris, digest }, { secret: 'secret' });
    handler.change = () => Promise.reject(new Refused(refuse('TooBusy', 'Réessayez.')));
    const reaction = new ReportsExpected({ store, handler, projector, clock, calendar: paris });
    await expect(reaction.react(await last())).rejects.toThrow('TooBusy');
  });

  it('ends nothing before there is an agreement', async () => {
    const { reaction, last, owed } = await world(...call, declined);
    await reaction().react(await last());
    expect(await owed()).toEqual([]);
  });
});

it('follows what happens once it is there, and no years of history', async () => {
  const { reaction } = await world();
  expect(reaction()).toMatchObject({ from: 'now', types: ['AgreementConcluded', 'AwardDeclined'] });
});

import { describe, expect, it } from '@jest/globals';
import * as file from '#domain/application/fixtures.js';
import * as calls from '#domain/call/fixtures.js';
import type { CallEvent } from '#domain/call/call-facts.js';
import { calendarGenerationOf, completionDateOf, extensionDatesOf, milestoneDatesOf } from './calendar-dates.js';
import { CALL, CAMILLE, FILE, given, type Happened, on, onStream } from './fixtures.js';

const LATER = { at: '2021-07-05T08:00:00Z' };
const onCall = (fact: CallEvent, at?: { at: string }): Happened => on(`call-${CALL}`, fact, at);
const opened = onStream(`call-${CALL}`, ...calls.open);
const datesOf = async (...happened: readonly Happened[]) => {
  const { views } = await given(...happened);
  return Object.fromEntries(milestoneDatesOf(views, CALL).map(({ kind, ...date }) => [kind, date]));
};
const still = { sequence: 0, changedAt: '2021-07-01T08:00:00Z', previous: null, reason: null, cancelled: false };

describe('the dates of a calendar', () => {
  it('are those of the call, none of which has moved yet', async () =>
    expect(await datesOf(...opened)).toEqual({
      publication: { at: '2021-06-14T07:00:00Z', ...still },
      submissionDeadline: { at: '2021-08-13T14:00:00Z', ...still },
      convocationSent: { at: '2021-09-15T07:30:00Z', ...still },
      commission: { at: '2021-09-30T07:30:00Z', ...still },
    }));
  it('move with a shift, with the old date and the reason; the others stay as they were', async () => {
    const dates = await datesOf(...opened, onCall(calls.scheduleShifted, LATER));
    const moved = { sequence: 1, changedAt: LATER.at, reason: calls.scheduleShifted.reason, cancelled: false };
    expect(dates['commission']).toEqual({ at: '2021-10-05T07:30:00Z', previous: '2021-09-30T07:30:00Z', ...moved });
    expect(dates['convocationSent']).toEqual({
      at: '2021-09-20T07:30:00Z',
      previous: '2021-09-15T07:30:00Z',
      ...moved,
    });
    expect(dates['submissionDeadline']).toEqual({ at: '2021-08-13T14:00:00Z', ...still });
  });
  it('count each move, there and back', async () => {
    const { before, after, ...rest } = calls.scheduleShifted;
    const back: CallEvent = { ...rest, proposal: 2, before: after, after: before };
    const dates = await datesOf(...opened, onCall(calls.scheduleShifted), onCall(back, LATER));
    expect(dates['commission']).toMatchObject({
      at: '2021-09-30T07:30:00Z',
      sequence: 2,
      previous: '2021-10-05T07:30:00Z',
    });
  });
  it('move with an outage, for its reason', async () => {
    const after = calls.closing('2021-08-14T14:00:00Z');
    const outage: CallEvent = {
      type: 'OutageExtensionGranted',
      number: 1,
      outage: { from: '2021-08-13T12:00:00Z', until: '2021-08-13T13:00:00Z', description: 'Panne du réseau.' },
      before: calls.schedule,
      after,
      institution: 'ARS-PDL',
      capacity: { kind: 'office' },
    };
    expect((await datesOf(...opened, onCall(outage, LATER)))['submissionDeadline']).toEqual({
      at: '2021-08-14T14:00:00Z',
      sequence: 1,
      changedAt: LATER.at,
      previous: '2021-08-13T14:00:00Z',
      reason: 'Panne du réseau.',
      cancelled: false,
    });
  });
  it('forget at the publication how they came about', async () => {
    const first: CallEvent = { type: 'ScheduleSet', schedule: calls.laterSchedule };
    const dates = await datesOf(
      ...onStream(`call-${CALL}`, ...calls.preparing, first, ...calls.open.slice(calls.preparing.length)),
    );
    expect(dates['commission']).toMatchObject({
      at: '2021-09-30T07:30:00Z',
      sequence: 1,
      previous: null,
      reason: null,
    });
  });
  it('are cancelled where a plan leaves them out before publication, and gone with it', async () => {
    const [one, ...others] = calls.schedule.milestones;
    const shorter: CallEvent = { type: 'ScheduleSet', schedule: { milestones: others } };
    const dates = await datesOf(...onStream(`call-${CALL}`, ...calls.prepared), onCall(shorter, LATER));
    expect(one?.kind).toBe('publication');
    expect(dates['publication']).toEqual({
      at: '2021-06-14T07:00:00Z',
      ...still,
      sequence: 1,
      changedAt: LATER.at,
      cancelled: true,
    });
    const published: CallEvent = { ...calls.published, schedule: { milestones: others } };
    const then = await datesOf(...onStream(`call-${CALL}`, ...calls.prepared), onCall(shorter), onCall(published));
    expect(Object.keys(then)).not.toContain('publication');
  });
  it.each([calls.cancelled, calls.unsuccessful])('to come are cancelled with the call ($type)', async (ended) => {
    const dates = await datesOf(...opened, onCall(ended, LATER));
    expect(dates['publication']).toEqual({ at: '2021-06-14T07:00:00Z', ...still });
    expect(dates['commission']).toEqual({
      at: '2021-09-30T07:30:00Z',
      sequence: 1,
      changedAt: LATER.at,
      previous: null,
      reason: (ended as { reason: string }).reason,
      cancelled: true,
    });
  });
  it('are shown for what one organisation was granted, to it alone', async () => {
    const granted = (until: string): CallEvent => ({
      type: 'ExtensionGranted',
      institution: 'ARS-PDL',
      organisation: 'W1',
      until,
      reason: 'Hospitalisation.',
    });
    const { views } = await given(
      ...opened,
      onCall(granted('2021-08-20T14:00:00Z')),
      onCall(granted('2021-08-27T14:00:00Z'), LATER),
    );
    expect(extensionDatesOf(views, CALL, ['W2'])).toEqual([]);
    expect(extensionDatesOf(views, CALL, ['W1', 'W2'])).toEqual([
      {
        organisation: 'W1',
        name: null,
        at: '2021-08-27T14:00:00Z',
        sequence: 1,
        changedAt: LATER.at,
        previous: '2021-08-20T14:00:00Z',
        reason: 'Hospitalisation.',
        cancelled: false,
      },
    ]);
  });
  it('are those of each completion that was asked for', async () => {
    const requested = file.requested;
    const { views } = await given(
      on(`application-${FILE}`, { ...file.started, call: CALL }),
      on(`application-${FILE}`, requested),
      on(
        `application-${FILE}`,
        {
          type: 'CompletionExtended',
          request: 1,
          dueAt: '2021-09-20T16:00:00Z',
          extendedAt: LATER.at,
          reason: 'Congés de la trésorière.',
        },
        LATER,
      ),
    );
    expect(completionDateOf(views, FILE, 2)).toBeUndefined();
    expect(completionDateOf(views, FILE, 1)).toEqual({
      at: '2021-09-20T16:00:00Z',
      sequence: 1,
      changedAt: LATER.at,
      previous: requested.dueAt,
      reason: 'Congés de la trésorière.',
      cancelled: false,
    });
  });
});

describe('the address of a calendar', () => {
  it('is known by its number, until its person is forgotten', async () => {
    const { views, andThen } = await given(
      on(`account-${CAMILLE}`, { type: 'CalendarTokenRenewed', generation: 1 }),
      on(`account-${CAMILLE}`, { type: 'CalendarTokenRenewed', generation: 2 }),
    );
    expect(calendarGenerationOf(views, CAMILLE)).toBe(2);
    await andThen(on(`account-${CAMILLE}`, { type: 'PersonForgotten' }));
    expect(calendarGenerationOf(views, CAMILLE)).toBeUndefined();
  });
});

import { describe, expect, it } from '@jest/globals';
import { setImmediate as breathe } from 'node:timers/promises';
import { paris } from '#calendar/paris.js';
import { digest } from '#commands/canonical.js';
import { SetClock } from '#commands/clock.js';
import { Handler } from '#commands/handler.js';
import type { CallEvent } from '#domain/call/call-facts.js';
import * as call from '#domain/call/fixtures.js';
import { StoreUnavailable } from '#event-store/event-store.js';
import { afterwards, CALL, given, onStream, OTHER_CALL, reached } from '#read-models/fixtures.js';
import { callDelays } from './call-delays.js';
import { Watching } from './watching.js';

const IN_JULY = '2021-07-01T08:00:00Z';
const OLD = '2021-08-13T14:00:00Z';
const RATIFY_BY = '2021-08-14T13:35:00Z';
const proposed = call.deadlineProposed('2021-08-27T14:00:00Z', IN_JULY);
const expired = {
  type: 'ShiftExpired',
  proposal: 1,
  expiredAt: OLD,
  because: "L'ancienne date de « date limite de dépôt » est arrivée : 13 août 2021 à 16 h 00 (heure de Paris).",
};
const extended: CallEvent = {
  type: 'OutageExtensionGranted',
  number: 1,
  outage: { from: '2021-08-13T12:00:00Z', until: '2021-08-13T13:30:00Z', description: 'Panne' },
  ratifyBy: RATIFY_BY,
  before: call.schedule,
  after: call.closing('2021-08-16T14:00:00Z'),
  institution: call.ARS,
  capacity: { kind: 'office' },
};
const ratified: CallEvent = {
  type: 'OutageExtensionRatified',
  number: 1,
  institution: call.DREETS,
  capacity: { kind: 'office' },
};
const left = { type: 'OutageLeftUnratified', number: 1, institutions: [call.DREETS], ratifyBy: RATIFY_BY };

async function watching(now: string, ...facts: readonly CallEvent[]) {
  const told = await given(...onStream(`call-${CALL}`, ...facts));
  const { store, projector } = told;
  const clock = new SetClock(now);
  const errors: Error[] = [];
  const handler = new Handler(store, { calendar: paris, digest }, { secret: 'secret' });
  const delays = new Watching(callDelays, handler, projector, clock, (error) => errors.push(error));
  delays.start();
  afterwards(() => delays.close());
  /** What the service recorded by itself, once all that follows from what happened so far did. */
  const recorded = async (id = CALL) => {
    for (let turn = 0; turn < 20; turn++) await breathe();
    await reached(projector, store);
    const events = await store.readStream(`call-${id}`);
    return events
      .filter(({ metadata }) => (metadata as { by: string }).by === 'system')
      .map(({ type, data, metadata }) => ({ type, ...data, at: (metadata as { at: string }).at }));
  };
  return { ...told, clock, errors, delays, recorded };
}

describe('a proposal of a shift', () => {
  it('expires once, at the very instant of the old date', async () => {
    const { clock, recorded } = await watching(IN_JULY, ...call.open, proposed);
    clock.set('2021-08-13T13:59:59Z');
    expect(await recorded()).toEqual([]);
    clock.set(OLD);
    expect(await recorded()).toEqual([{ ...expired, at: OLD }]);
    clock.set('2021-09-01T08:00:00Z');
    expect(await recorded()).toHaveLength(1);
  });
  it('expires at the start where it is overdue', async () => {
    const { recorded } = await watching('2021-08-20T08:00:00Z', ...call.open, proposed);
    expect(await recorded()).toEqual([{ ...expired, at: '2021-08-20T08:00:00Z' }]);
  });
  it('made meanwhile expires too, before one of another call that comes later', async () => {
    const { clock, recorded, andThen } = await watching(IN_JULY, ...call.open, proposed);
    await andThen(
      ...onStream(`call-${OTHER_CALL}`, ...call.open, call.deadlineProposed('2021-07-15T14:00:00Z', IN_JULY)),
    );
    clock.set('2021-07-15T14:00:00Z');
    expect(await recorded(OTHER_CALL)).toMatchObject([{ type: 'ShiftExpired', expiredAt: '2021-07-15T14:00:00Z' }]);
    expect(await recorded()).toEqual([]);
  });
  it('expires later where an outage moved the date that it would move', async () => {
    const { clock, recorded, andThen } = await watching(IN_JULY, ...call.open, proposed);
    await andThen(...onStream(`call-${CALL}`, { ...extended, ratifyBy: undefined }));
    clock.set(OLD);
    expect(await recorded()).toEqual([]);
    clock.set('2021-08-16T14:00:00Z');
    expect(await recorded()).toMatchObject([{ type: 'ShiftExpired', expiredAt: '2021-08-16T14:00:00Z' }]);
  });
  it('does not expire once it was settled', async () => {
    const { clock, recorded, andThen } = await watching(IN_JULY, ...call.open, proposed);
    await andThen(
      ...onStream(`call-${CALL}`, { type: 'ShiftRefused', proposal: 1, institution: call.DREETS, reason: 'Non' }),
    );
    clock.set('2021-09-01T08:00:00Z');
    expect(await recorded()).toEqual([]);
  });
});

describe('an extension after an outage', () => {
  it('is flagged once, the second after its time to be ratified', async () => {
    const { clock, recorded } = await watching('2021-08-13T13:40:00Z', ...call.open, extended);
    clock.set(RATIFY_BY);
    expect(await recorded()).toEqual([]);
    clock.set('2021-08-14T13:35:01Z');
    expect(await recorded()).toEqual([{ ...left, at: '2021-08-14T13:35:01Z' }]);
    clock.set('2021-08-20T08:00:00Z');
    expect(await recorded()).toHaveLength(1);
  });
  it('is left alone once every lead ratified it', async () => {
    const { clock, recorded, andThen } = await watching('2021-08-13T13:40:00Z', ...call.open, extended);
    await andThen(...onStream(`call-${CALL}`, ratified));
    clock.set('2021-08-20T08:00:00Z');
    expect(await recorded()).toEqual([]);
  });
});

describe('what is due', () => {
  it('is done a minute later where the log could not be written, which is said', async () => {
    const { clock, store, errors, recorded } = await watching(IN_JULY, ...call.open, proposed);
    const append = store.appendInOrder.bind(store);
    store.appendInOrder = async () => {
      throw new StoreUnavailable('full', 'disk full');
    };
    clock.set(OLD);
    expect(await recorded()).toEqual([]);
    expect(errors.map(({ message }) => message)).toEqual(['disk full']);
    store.appendInOrder = append;
    clock.set('2021-08-13T14:01:00Z');
    expect(await recorded()).toHaveLength(1);
  });
  it('is left alone once the service is closed', async () => {
    const { clock, delays, recorded } = await watching(IN_JULY, ...call.open, proposed);
    await delays.close();
    clock.set(OLD);
    expect(await recorded()).toEqual([]);
  });
});

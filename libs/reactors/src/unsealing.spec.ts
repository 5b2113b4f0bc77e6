import { describe, expect, it } from '@jest/globals';
import { setImmediate as breathe } from 'node:timers/promises';
import { paris } from '#calendar/paris.js';
import { digest } from '#commands/canonical.js';
import { SetClock } from '#commands/clock.js';
import { Handler } from '#commands/handler.js';
import type { CallEvent } from '#domain/call/call-facts.js';
import * as call from '#domain/call/fixtures.js';
import { StoreUnavailable } from '#event-store/event-store.js';
import { afterwards, CALL, given, type Happened, onStream, OTHER_CALL, reached } from '#read-models/fixtures.js';
import { unsealing as watch } from './unsealing.js';
import { Watching } from './watching.js';

const DEADLINE = '2021-08-13T14:00:00Z';
const SECOND_AFTER = '2021-08-13T14:00:01Z';
const happened = (...facts: readonly CallEvent[]) => onStream(`call-${CALL}`, ...facts);
const extended = (until: string, organisation = 'W1'): CallEvent => ({
  type: 'ExtensionGranted',
  institution: call.ARS,
  organisation,
  until,
  reason: 'Crue',
});
const shiftedTo = (at: string): CallEvent => ({ ...call.scheduleShifted, after: call.closing(at) });

async function unsealing(now: string, ...facts: readonly Happened[]) {
  const told = await given(...facts);
  const { store, projector } = told;
  const clock = new SetClock(now);
  const errors: Error[] = [];
  const handler = new Handler(store, { calendar: paris, digest }, { secret: 'secret' });
  const watching = new Watching(watch, handler, projector, clock, (error) => errors.push(error));
  watching.start();
  afterwards(() => watching.close());
  /** All that follows from what happened so far. */
  const settled = async (): Promise<void> => {
    for (let turn = 0; turn < 20; turn++) await breathe();
    await reached(projector, store);
  };
  const unsealed = async (id = CALL) => {
    await settled();
    const events = await store.readStream(`call-${id}`);
    return events.flatMap(({ type, data, metadata }) =>
      type === 'ContentsUnsealed'
        ? [{ ...data, at: (metadata as { at: string }).at, by: (metadata as { by: string }).by }]
        : [],
    );
  };
  return { ...told, clock, errors, unsealed };
}

describe('contents', () => {
  it('are unsealed once, by the service, when the deadline is over and not at the deadline', async () => {
    const { clock, unsealed } = await unsealing('2021-07-01T08:00:00Z', ...happened(...call.open));
    clock.set(DEADLINE);
    expect(await unsealed()).toEqual([]);
    clock.set(SECOND_AFTER);
    const once = [{ windowEnd: DEADLINE, at: SECOND_AFTER, by: 'system' }];
    expect(await unsealed()).toEqual(once);
    clock.set('2021-08-14T08:00:00Z');
    expect(await unsealed()).toEqual(once);
  });

  it('are unsealed at the start where it is overdue', async () => {
    const { unsealed } = await unsealing('2021-09-01T08:00:00Z', ...happened(...call.open));
    expect(await unsealed()).toEqual([{ windowEnd: DEADLINE, at: '2021-09-01T08:00:00Z', by: 'system' }]);
  });

  it('are not unsealed by a start at the very deadline, and are right after it', async () => {
    const { clock, unsealed } = await unsealing(DEADLINE, ...happened(...call.open));
    expect(await unsealed()).toEqual([]);
    clock.set(SECOND_AFTER);
    expect(await unsealed()).toHaveLength(1);
  });

  it('wait for the last extension', async () => {
    const { clock, unsealed } = await unsealing(
      '2021-07-01T08:00:00Z',
      ...happened(...call.open, extended('2021-08-20T14:00:00Z'), extended('2021-08-18T14:00:00Z', 'W2')),
    );
    clock.set('2021-08-20T14:00:00Z');
    expect(await unsealed()).toEqual([]);
    clock.set('2021-08-20T14:00:01Z');
    expect(await unsealed()).toMatchObject([{ windowEnd: '2021-08-20T14:00:00Z' }]);
  });

  it.each<[string, CallEvent]>([
    ['a shift', shiftedTo('2021-08-20T14:00:00Z')],
    ['an extension', extended('2021-08-20T14:00:00Z')],
    [
      'an outage',
      {
        type: 'OutageExtensionGranted',
        number: 1,
        outage: { from: DEADLINE, until: DEADLINE, description: 'Panne' },
        before: call.schedule,
        after: call.closing('2021-08-20T14:00:00Z'),
        institution: call.ARS,
        capacity: { kind: 'office' },
      },
    ],
  ])('wait for a window that %s made longer meanwhile', async (_, fact) => {
    const { clock, unsealed, andThen } = await unsealing('2021-07-01T08:00:00Z', ...happened(...call.open));
    await andThen(...happened(fact));
    clock.set(SECOND_AFTER);
    expect(await unsealed()).toEqual([]);
    clock.set('2021-08-20T14:00:01Z');
    expect(await unsealed()).toHaveLength(1);
  });

  it('are unsealed earlier where the window was made shorter', async () => {
    const { clock, unsealed, andThen } = await unsealing('2021-07-01T08:00:00Z', ...happened(...call.open));
    await andThen(...happened(shiftedTo('2021-08-06T14:00:00Z')));
    clock.set('2021-08-06T14:00:01Z');
    expect(await unsealed()).toMatchObject([{ windowEnd: '2021-08-06T14:00:00Z' }]);
  });

  it('are unsealed again when a window that reopened is over', async () => {
    const { clock, unsealed, andThen } = await unsealing('2021-08-13T14:00:01Z', ...happened(...call.open));
    expect(await unsealed()).toHaveLength(1);
    await andThen(...happened(shiftedTo('2021-08-20T14:00:00Z')));
    expect(await unsealed()).toHaveLength(1);
    await andThen(...happened({ type: 'ContentsResealed', windowEnd: '2021-08-20T14:00:00Z' }));
    expect(await unsealed()).toHaveLength(1);
    clock.set('2021-08-20T14:00:01Z');
    expect(await unsealed()).toMatchObject([{ windowEnd: DEADLINE }, { windowEnd: '2021-08-20T14:00:00Z' }]);
  });

  it('of a call published meanwhile are unsealed too, each at its time', async () => {
    const { clock, unsealed, andThen } = await unsealing('2021-07-01T08:00:00Z', ...happened(...call.open));
    await andThen(...onStream(`call-${OTHER_CALL}`, ...call.open, shiftedTo('2021-07-15T14:00:00Z')));
    clock.set('2021-07-15T14:00:01Z');
    expect(await unsealed(OTHER_CALL)).toHaveLength(1);
    expect(await unsealed(CALL)).toEqual([]);
    clock.set(SECOND_AFTER);
    expect(await unsealed(CALL)).toHaveLength(1);
  });

  it('of a call that ended stay sealed', async () => {
    const { unsealed } = await unsealing('2021-09-01T08:00:00Z', ...happened(...call.open, call.cancelled));
    expect(await unsealed()).toEqual([]);
  });

  it('are unsealed a minute later where the log could not be written, which is said', async () => {
    const { clock, store, errors, unsealed } = await unsealing('2021-07-01T08:00:00Z', ...happened(...call.open));
    const append = store.appendInOrder.bind(store);
    store.appendInOrder = async () => {
      throw new StoreUnavailable('full', 'disk full');
    };
    clock.set(SECOND_AFTER);
    expect(await unsealed()).toEqual([]);
    expect(errors.map(({ message }) => message)).toEqual(['disk full']);
    store.appendInOrder = append;
    clock.set('2021-08-13T14:01:00Z');
    expect(await unsealed()).toEqual([]);
    clock.set('2021-08-13T14:01:01Z');
    expect(await unsealed()).toHaveLength(1);
  });

  it('are left alone once it is closed', async () => {
    const told = await given(...happened(...call.open));
    const clock = new SetClock('2021-07-01T08:00:00Z');
    const handler = new Handler(told.store, { calendar: paris, digest }, { secret: 'secret' });
    const watching = new Watching(watch, handler, told.projector, clock, () => undefined);
    watching.start();
    await watching.close();
    clock.set(SECOND_AFTER);
    await told.andThen(...happened(shiftedTo('2021-08-06T14:00:00Z')));
    for (let turn = 0; turn < 20; turn++) await breathe();
    expect((await told.store.readStream(`call-${CALL}`)).map(({ type }) => type)).not.toContain('ContentsUnsealed');
  });
});

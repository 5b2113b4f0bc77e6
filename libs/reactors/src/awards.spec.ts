import { describe, expect, it } from '@jest/globals';
import { paris } from '#calendar/paris.js';
import { award, envelope } from '#commands/award-subjects.js';
import { Awarding } from '#commands/awarding.js';
import { digest } from '#commands/canonical.js';
import { SetClock } from '#commands/clock.js';
import { Handler } from '#commands/handler.js';
import type { AwardEvent } from '#domain/award/award-facts.js';
import {
  answered,
  arsDecided,
  bop,
  callFacts,
  declined,
  dreetsDecided,
  fileFacts,
  fir,
  granted,
  onReserve,
  pending,
  told,
  underway,
} from '#domain/award/fixtures.js';
import type { EnvelopeEvent } from '#domain/award/envelope-facts.js';
import { withdrawn } from '#domain/application/fixtures.js';
import type { Fact } from '#domain/facts.js';
import type { RecordedEvent } from '#event-store/event-store.js';
import { type Happened, logOf, on, onStream } from '#read-models/fixtures.js';
import { Awards } from './awards.js';

const stage: Happened[] = [...onStream('call-call-1', ...callFacts()), ...onStream('application-file-1', ...fileFacts)];
const happenedTo = (...events: readonly AwardEvent[]) => onStream('award-file-1', ...events);
const [first, second] = pending().reservations;
const reserved = ({ reservation, amountCents }: { reservation: string; amountCents: number }): EnvelopeEvent => ({
  type: 'FundsReserved',
  reservation,
  application: 'file-1',
  amountCents,
  leftCents: 0,
});
if (!first || !second) throw new Error('Two lines.');
const held = [on('envelope-call-1.1', reserved(first)), on('envelope-call-1.2', reserved(second))];

async function reacting(...happened: readonly Happened[]) {
  const store = await logOf([...stage, ...happened]);
  const handler = new Handler(store, { calendar: paris, digest }, { secret: 'secret' });
  const awarding = new Awarding(handler, store, { calendar: paris, digest });
  const awards = new Awards(handler, awarding, new SetClock('2021-10-15T08:00:00Z'), 0);
  const react = async () => {
    for (const event of await store.readAll(undefined, 1000)) {
      if (awards.types.includes(event.type as Fact['type'])) await awards.react(event);
    }
  };
  const types = async (stream: string) => (await store.readStream(stream)).map(({ type }: RecordedEvent) => type);
  return {
    react,
    types,
    awarding,
    status: async () => (await handler.stateOf(award, 'file-1')).status,
    reservedCents: () =>
      Promise.all([1, 2].map(async (line) => (await handler.stateOf(envelope, `call-1.${line}`)).reservedCents)),
    length: async () => (await store.readAll(undefined, 1000)).length,
  };
}

describe('what a crash left of an award', () => {
  it.each([
    ['before its first step', []],
    ['between two lines', held.slice(0, 1)],
    ['before it was granted', held],
  ])('is taken up %s', async (_, steps) => {
    const { react, status, reservedCents } = await reacting(...happenedTo(...underway), ...steps);
    await react();
    expect(await status()).toBe('granted');
    expect(await reservedCents()).toEqual([fir.amountCents, bop.amountCents]);
  });

  it('is compensated where a line was short, and the award fails', async () => {
    const short: EnvelopeEvent = {
      type: 'ReservationRefused',
      reservation: second.reservation,
      application: 'file-1',
      amountCents: second.amountCents,
      leftCents: 100,
    };
    const { react, status, reservedCents, types } = await reacting(
      ...happenedTo(...underway),
      on('envelope-call-1.1', reserved(first)),
      on('envelope-call-1.2', short),
    );
    await react();
    expect(await status()).toBe('deciding');
    expect(await reservedCents()).toEqual([0, 0]);
    expect((await types('award-file-1')).at(-1)).toBe('AwardFailed');
  });

  it('is given back where the award was declined, or an appeal took it back', async () => {
    for (const last of [declined, answered(true, [fir, bop])]) {
      const { react, reservedCents } = await reacting(...held, ...happenedTo(...told, last));
      await react();
      expect(await reservedCents()).toEqual([0, 0]);
    }
  });

  it('is given back before the next attempt asks for money', async () => {
    const again = [arsDecided, dreetsDecided, pending(2)];
    const { awarding, types, reservedCents } = await reacting(
      ...held,
      ...happenedTo(...told, answered(true, [fir, bop]), ...again),
    );
    await awarding.resume('file-1', { at: '2021-10-15T08:00:00Z', id: 'cause' });
    expect(await types('envelope-call-1.1')).toEqual(['FundsReserved', 'FundsReleased', 'FundsReserved']);
    expect(await reservedCents()).toEqual([fir.amountCents, bop.amountCents]);
  });
});

describe('a file that is withdrawn', () => {
  const gone = on('application-file-1', withdrawn);
  it('gives its award up', async () => {
    const { react, status, reservedCents } = await reacting(...held, ...happenedTo(...granted), gone);
    await react();
    expect(await status()).toBe('declined');
    expect(await reservedCents()).toEqual([0, 0]);
  });
  it('gives it up as soon as its money is reserved', async () => {
    const { react, status, reservedCents } = await reacting(...happenedTo(...underway), gone);
    await react();
    expect(await status()).toBe('declined');
    expect(await reservedCents()).toEqual([0, 0]);
  });
  it('no longer waits on the reserve list', async () => {
    const { react, status } = await reacting(...happenedTo(...onReserve), gone);
    await react();
    expect(await status()).toBe('declined');
  });
  it('had nothing to give up where nothing was decided', async () => {
    const { react, status } = await reacting(gone);
    await react();
    expect(await status()).toBe('absent');
  });
});

it('does nothing twice', async () => {
  const { react, length } = await reacting(...happenedTo(...underway));
  await react();
  const before = await length();
  await react();
  expect(await length()).toBe(before);
});

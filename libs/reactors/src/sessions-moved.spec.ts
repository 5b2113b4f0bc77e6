import { describe, expect, it } from '@jest/globals';
import { paris } from '#calendar/paris.js';
import { digest } from '#commands/canonical.js';
import { SetClock } from '#commands/clock.js';
import { factOf } from '#commands/folded.js';
import { Handler, Refused } from '#commands/handler.js';
import { open, schedule } from '#domain/call/fixtures.js';
import { refuse } from '#domain/decider.js';
import type { Fact } from '#domain/facts.js';
import type { RecordedEvent } from '#event-store/event-store.js';
import { CALL, given, type Happened, on, onStream, tell } from '#read-models/fixtures.js';
import { SessionsMoved } from './sessions-moved.js';

const OLD = '2021-09-30T07:30:00Z';
const NEW = '2021-10-14T07:30:00Z';
const withCommission = (at: string) => ({
  milestones: [...schedule.milestones.filter(({ kind }) => kind !== 'commission'), { kind: 'commission' as const, at }],
});
const planned = (session: string, at = OLD): Fact => ({ type: 'SessionPlanned', session, at, place: 'Nantes' });
const convened = (session: string): Fact => ({
  type: 'SessionConvened',
  session,
  agenda: ['file-1'],
  documents: [],
  noQuorumRequired: false,
  convenedAt: '2021-09-10T08:00:00Z',
});
const quorum = { members: 4, present: 1, needed: 2, required: true };
const call = onStream(`call-${CALL}`, ...open);
const ofCommission = (...facts: Fact[]): Happened[] => onStream(`commission-${CALL}`, ...facts);
const shift: Happened = on(`call-${CALL}`, {
  type: 'ScheduleShifted',
  proposal: 1,
  reason: 'La salle est fermée.',
  before: withCommission(OLD),
  after: withCommission(NEW),
});
const moved = (session: string, reason = 'La salle est fermée.') => ({
  type: 'SessionMoved',
  session,
  from: OLD,
  to: NEW,
  reason,
});

async function world(...happened: readonly Happened[]) {
  const told = await given(...happened);
  const { store } = told;
  const clock = new SetClock('2021-09-15T09:00:00Z');
  const handler = () => new Handler(store, { calendar: paris, digest }, { secret: 'secret' });
  const reaction = () => new SessionsMoved(handler(), clock);
  const last = async () => (await store.readStream(`call-${CALL}`)).at(-1) as RecordedEvent;
  const moves = async () =>
    (await store.readStream(`commission-${CALL}`)).map(factOf).filter(({ type }) => type === 'SessionMoved');
  return { ...told, clock, reaction, last, moves };
}

describe('a shift of the commission', () => {
  it('moves the sessions planned for its old instant, convened or not, and leaves the others', async () => {
    const sessions = ofCommission(
      planned('s-1'),
      planned('s-2', '2021-10-01T07:30:00Z'),
      planned('s-3'),
      convened('s-3'),
    );
    const { reaction, last, moves } = await world(...call, ...sessions, shift);
    await reaction().react(await last());
    expect(await moves()).toEqual([moved('s-1'), moved('s-3')]);
  });

  it('names itself as the cause, and the service as who moves', async () => {
    const { reaction, last, store } = await world(...call, ...ofCommission(planned('s-1')), shift);
    const event = await last();
    await reaction().react(event);
    const [made] = await store.readStream(`commission-${CALL}`, { backwards: true, limit: 1 });
    expect(made?.metadata).toMatchObject({ by: 'system', role: 'system', causation: event.id });
  });

  it('moves each once, after a restart neither, nor back where somebody moved it since', async () => {
    const { reaction, last, moves, store, clock } = await world(...call, ...ofCommission(planned('s-1')), shift);
    const event = await last();
    await reaction().react(event);
    await tell(store, [on(`commission-${CALL}`, { ...moved('s-1', 'Retour.'), from: NEW, to: OLD } as Fact)]);
    clock.set('2021-09-16T09:00:00Z');
    await reaction().react(event);
    expect(await moves()).toHaveLength(2);
  });

  it('leaves a session that is over', async () => {
    const adjourned: Fact = { type: 'SessionAdjourned', session: 's-1', because: 'quorum', quorum };
    const sessions = ofCommission(planned('s-1'), convened('s-1'), adjourned);
    const { reaction, last, moves } = await world(...call, ...sessions, shift);
    await reaction().react(await last());
    expect(await moves()).toEqual([]);
  });

  it('leaves everything where the commission stays when it was', async () => {
    const elsewhere = on(`call-${CALL}`, { ...shift.fact, after: withCommission(OLD) } as Fact);
    const { reaction, last, moves } = await world(...call, ...ofCommission(planned('s-1')), elsewhere);
    await reaction().react(await last());
    expect(await moves()).toEqual([]);
  });

  it('may come of an outage, which is then the reason', async () => {
    const outage = on(`call-${CALL}`, {
      type: 'OutageExtensionGranted',
      number: 1,
      institution: 'ARS-PDL',
      capacity: { kind: 'office' },
      outage: { from: '2021-08-13T12:00:00Z', until: '2021-08-13T13:00:00Z', description: 'coupure du réseau' },
      before: withCommission(OLD),
      after: withCommission(NEW),
    });
    const { reaction, last, moves } = await world(...call, ...ofCommission(planned('s-1')), outage);
    await reaction().react(await last());
    expect(await moves()).toEqual([moved('s-1', 'Panne du service : coupure du réseau')]);
  });

  it('is tried again where the service is too busy', async () => {
    const { store, clock, last } = await world(...call, ...ofCommission(planned('s-1')), shift);
    const handler = new Handler(store, { calendar: paris, digest }, { secret: 'secret' });
    handler.change = () => Promise.reject(new Refused(refuse('TooBusy', 'Réessayez.')));
    await expect(new SessionsMoved(handler, clock).react(await last())).rejects.toThrow('TooBusy');
  });
});

it('follows what happens once it is there, and no years of history', async () => {
  const { reaction } = await world();
  expect(reaction()).toMatchObject({ from: 'now', types: ['ScheduleShifted', 'OutageExtensionGranted'] });
});

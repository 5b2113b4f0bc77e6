import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { StoreUnavailable } from '#event-store/event-store.js';
import { MemoryRegisters } from '#event-store/memory.js';
import { Lease } from './lease.js';

/** Registers of which one process may be cut off. */
class Wire extends MemoryRegisters {
  cut = false;
  hanging = false;
  constructor(private readonly shared: MemoryRegisters) {
    super();
  }
  override read(name: string) {
    return this.reached(() => this.shared.read(name));
  }
  override write(name: string, expected: number | 'none', value: object) {
    return this.reached(() => this.shared.write(name, expected, value));
  }
  private async reached<T>(act: () => Promise<T>): Promise<T> {
    if (this.hanging) return new Promise<T>(() => undefined);
    if (this.cut) throw new StoreUnavailable('failed', 'cut');
    return act();
  }
}

const [beatMs, goneMs] = [10, 200];
let shared: MemoryRegisters;
let leases: Lease[];
let errors: string[];
let stopping: AbortController;
let never: AbortSignal;
beforeEach(() => {
  shared = new MemoryRegisters();
  [leases, errors, stopping] = [[], [], new AbortController()];
  never = stopping.signal;
});
afterEach(async () => {
  stopping.abort();
  await Promise.all(leases.map((lease) => lease.close()));
});
function process(): { lease: Lease; wire: Wire } {
  const wire = new Wire(shared);
  const onError = ({ message }: Error): void => void errors.push(message);
  const lease = new Lease({ registers: wire, name: 'background', onError, beatMs, goneMs });
  leases.push(lease);
  return { lease, wire };
}
const lostOf = (signal: AbortSignal | undefined): Promise<number> =>
  new Promise((resolve) => signal?.addEventListener('abort', () => resolve(performance.now()), { once: true }));
const timed = async (promise: Promise<unknown>): Promise<number> => promise.then(() => performance.now());

describe('a lease', () => {
  it('is held by one of those who ask at the same time', async () => {
    const asked = [process(), process(), process()].map(({ lease }) => lease.held(never));
    const first = await Promise.race(asked);
    expect(first?.aborted).toBe(false);
    const version = (await shared.read('background'))?.version ?? 0;
    while (((await shared.read('background'))?.version ?? 0) < version + 30) await new Promise(setImmediate);
    const others = asked.map((each) => Promise.race([each, Promise.resolve('waiting')]));
    expect((await Promise.all(others)).filter((each) => each === 'waiting')).toHaveLength(2);
    expect(first?.aborted).toBe(false);
  });

  it('passes at once from who lets go', async () => {
    const [one, other] = [process(), process()];
    await one.lease.held(never);
    const next = timed(other.lease.held(never));
    const before = performance.now();
    await one.lease.close();
    expect((await next) - before).toBeLessThan(goneMs);
  });

  it('passes from who says nothing any more, not before that one has noticed', async () => {
    const [one, other] = [process(), process()];
    const lost = lostOf(await one.lease.held(never));
    const taken = timed(other.lease.held(never));
    one.wire.cut = true;
    expect(await lost).toBeLessThan(await taken);
    expect(new Set(errors)).toEqual(new Set(['cut']));
  });

  it('is lost also to who waits for an answer that does not come', async () => {
    const [one, other] = [process(), process()];
    const lost = lostOf(await one.lease.held(never));
    const taken = timed(other.lease.held(never));
    one.wire.hanging = true;
    expect(await lost).toBeLessThan(await taken);
    one.wire.hanging = false;
  });

  it('is had already by who asks again', async () => {
    const { lease } = process();
    const signal = await lease.held(never);
    expect(await lease.held(never)).toBe(signal);
  });

  it('stays with who was cut off for a moment', async () => {
    const [one] = [process()];
    const signal = await one.lease.held(never);
    one.wire.cut = true;
    while (errors.length < 3) await new Promise(setImmediate);
    one.wire.cut = false;
    const version = (await shared.read('background'))?.version ?? 0;
    while (((await shared.read('background'))?.version ?? 0) < version + 3) await new Promise(setImmediate);
    expect(signal?.aborted).toBe(false);
  });

  it('is lost, and may be had again, where somebody else wrote', async () => {
    const { lease } = process();
    const signal = await lease.held(never);
    const lost = lostOf(signal);
    for (let taken = false; !taken;) {
      const version = (await shared.read('background'))?.version as number;
      taken = await shared.write('background', version, { holder: 'other' });
    }
    await lost;
    expect((await lease.held(never))?.aborted).toBe(false);
  });

  it('is not waited for by who is told to stop', async () => {
    const [one, other] = [process(), process()];
    await one.lease.held(never);
    const stop = new AbortController();
    const waiting = other.lease.held(stop.signal);
    stop.abort();
    expect(await waiting).toBeUndefined();
    expect(await other.lease.held(stop.signal)).toBeUndefined();
  });
});

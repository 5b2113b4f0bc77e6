import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SetClock } from '#commands/clock.js';
import { DocumentsUnavailable } from '#documents/documents.js';
import type { RecordedEvent } from '#event-store/event-store.js';
import { MemoryEventStore } from '#event-store/memory.js';
import { Ledger } from './ledger.js';
import { type Reaction, Reactor } from './reactor.js';

const AT = '2021-07-01T08:00:00Z';
let folder: string;
let store: MemoryEventStore;
let ledger: Ledger;
let open: Reactor[];
let errors: string[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'convergence-reactor-'));
  store = new MemoryEventStore();
  ledger = new Ledger(join(folder, 'reactors.db'), store);
  [open, errors] = [[], []];
});
afterEach(async () => {
  for (const reactor of open) await reactor.close();
  ledger.close();
  rmSync(folder, { recursive: true, force: true });
});

const happened = async (...ids: readonly string[]): Promise<void> => {
  for (const id of ids) {
    const type = id.startsWith('other') ? 'Other' : 'Called';
    await store.append(`call-${id}`, 'none', [{ id, type, schema: 1, data: {}, metadata: {} }]);
  }
};

/** What a reaction met, and a promise of its meeting an event. */
class Met {
  readonly ids: string[] = [];
  private waiting: (() => void)[] = [];

  add(id: string): void {
    this.ids.push(id);
    this.waiting.splice(0).forEach((look) => look());
  }

  async all(...ids: readonly string[]): Promise<void> {
    while (!ids.every((id) => this.ids.includes(id))) await new Promise<void>((resolve) => this.waiting.push(resolve));
  }
}

interface Started {
  readonly reactor: Reactor;
  readonly met: Met;
}
const reacting = (met: Met, act: (event: RecordedEvent) => Promise<void> | void, from: Reaction['from']): Reaction => ({
  name: 'reaction',
  from,
  types: ['Called'],
  react: async (event) => {
    await act(event);
    met.add(event.id);
  },
});
async function start(
  act: (event: RecordedEvent) => Promise<void> | void = () => undefined,
  from: Reaction['from'] = 'start',
): Promise<Started> {
  const met = new Met();
  const reactor = new Reactor(reacting(met, act, from), {
    store,
    ledger,
    clock: new SetClock(AT),
    onError: (error, event) => errors.push(`${event?.id ?? 'none'}: ${error.message}`),
    pauseMs: 0,
  });
  open.push(reactor);
  await reactor.start();
  return { reactor, met };
}
const failingAt =
  (...ids: readonly string[]) =>
  ({ id }: RecordedEvent) => {
    if (ids.includes(id)) throw new Error(`broken at ${id}`);
  };

describe('a reactor', () => {
  it('meets the events of its types, in order, those that come too', async () => {
    await happened('a', 'other-1', 'b');
    const { met } = await start();
    await met.all('b');
    await happened('other-2', 'c');
    await met.all('c');
    expect(met.ids).toEqual(['a', 'b', 'c']);
  });

  it('acts on what happens after its activation only, where it says so', async () => {
    await happened('a');
    const { met } = await start(undefined, 'now');
    await happened('b');
    await met.all('b');
    expect(met.ids).toEqual(['b']);
  });

  it('keeps the instant of its activation through a restart', async () => {
    await happened('a');
    await (await start(undefined, 'now')).reactor.close();
    await happened('b');
    const { met } = await start(undefined, 'now');
    await met.all('b');
    expect(met.ids).toEqual(['b']);
  });

  it('goes on where it stopped', async () => {
    await happened('a', 'b');
    const first = await start();
    await first.met.all('b');
    await first.reactor.close();
    await happened('c');
    const second = await start();
    await second.met.all('c');
    expect(second.met.ids).toEqual(['c']);
  });

  it('meets again the event it was stopped in the middle of, and not those before it', async () => {
    await happened('a', 'b', 'c');
    let entered: () => void = () => undefined;
    const inB = new Promise<void>((resolve) => {
      entered = resolve;
    });
    let cut: () => void = () => undefined;
    const first = await start(({ id }) =>
      id === 'b'
        ? new Promise((_, reject) => {
            cut = () => reject(new Error('stopped'));
            entered();
          })
        : undefined,
    );
    await inB;
    const closing = first.reactor.close();
    cut();
    await closing;
    expect(first.met.ids).toEqual(['a']);
    expect(ledger.aside('reaction')).toEqual([]);
    const second = await start();
    await second.met.all('c');
    expect(second.met.ids).toEqual(['b', 'c']);
  });

  it('finishes the event it is at before it stops, and begins no other', async () => {
    await happened('a', 'b');
    let closing: Promise<void> | undefined;
    const first = await start(async () => {
      await Promise.resolve();
      closing = open[0]?.close();
    });
    await first.met.all('a');
    await closing;
    expect(first.met.ids).toEqual(['a']);
    const again = await start();
    await again.met.all('b');
    expect(again.met.ids).toEqual(['b']);
  });
});

describe('an event that fails', () => {
  it('is tried again', async () => {
    let tries = 0;
    await happened('a');
    const { met } = await start(() => {
      if (++tries < 4) throw new Error('not yet');
    });
    await met.all('a');
    expect(tries).toBe(4);
    expect([errors, ledger.aside('reaction')]).toEqual([[], []]);
  });

  it('and keeps failing is said, set aside, and stops no other', async () => {
    await happened('a', 'b', 'c');
    const { met } = await start(failingAt('b'));
    await met.all('c');
    expect(met.ids).toEqual(['a', 'c']);
    expect(errors).toEqual(['b: broken at b']);
    expect(ledger.aside('reaction')).toEqual([{ event: 'b', stream: 'call-b', version: 0, error: 'Error', at: AT }]);
  });

  it.each(['away', 'slow', 'busy', 'refused', 'no-bucket', 'full', 'not-understood'] as const)(
    'because the documents are out of reach (%s) is tried until they are back, or set aside where that would last',
    async (reason) => {
      let tries = 0;
      await happened('a', 'b');
      const { met } = await start(({ id }) => {
        if (id === 'a' && ++tries < 10) throw new DocumentsUnavailable(reason, 'DELETE');
      });
      await met.all('b');
      expect(met.ids).toEqual(['away', 'slow', 'busy'].includes(reason) ? ['a', 'b'] : ['b']);
      expect(errors).toEqual([`a: Documents unavailable (${reason}): DELETE`]);
    },
  );

  it('is tried at the next start, before what follows, and settled when it works', async () => {
    await happened('a', 'b');
    const first = await start(failingAt('a'));
    await first.met.all('b');
    await first.reactor.close();
    await happened('c');
    const second = await start();
    await second.met.all('c');
    expect(second.met.ids).toEqual(['a', 'c']);
    expect(ledger.aside('reaction')).toEqual([]);
  });

  it('stays aside, and is said again, where the next start fails too', async () => {
    await happened('a', 'b');
    const first = await start(failingAt('a'));
    await first.met.all('b');
    await first.reactor.close();
    await happened('c');
    const second = await start(failingAt('a'));
    await second.met.all('c');
    expect(errors).toEqual(['a: broken at a', 'a: broken at a']);
    expect(ledger.aside('reaction')).toHaveLength(1);
  });

  it('is settled where its stream was deleted meanwhile', async () => {
    await happened('a', 'b');
    const first = await start(failingAt('a'));
    await first.met.all('b');
    await first.reactor.close();
    await store.deleteStream('call-a');
    await happened('c');
    const second = await start();
    await second.met.all('c');
    expect(second.met.ids).toEqual(['c']);
    expect(ledger.aside('reaction')).toEqual([]);
  });
});

describe('what is set aside', () => {
  /** Fails at `a` until it is mended; `b` comes after it. */
  async function broken() {
    let mended = false;
    await happened('a', 'b');
    const started = await start(({ id }) => {
      if (id === 'a' && !mended) throw new Error('broken at a');
    });
    await started.met.all('b');
    return { ...started, mend: () => void (mended = true) };
  }

  it('is replayed while the reactor runs, and settled once it works', async () => {
    const { reactor, met, mend } = await broken();
    expect(await reactor.replay('a')).toBe(false);
    expect(ledger.aside('reaction')).toHaveLength(1);
    mend();
    expect(await reactor.replay('a')).toBe(true);
    expect(met.ids).toEqual(['b', 'a']);
    expect(ledger.aside('reaction')).toEqual([]);
    await happened('c');
    await met.all('c');
  });

  it('is replayed once for several who ask at the same time', async () => {
    const { reactor, met, mend } = await broken();
    mend();
    expect(await Promise.all([reactor.replay('a'), reactor.replay('a')])).toEqual([true, true]);
    expect(met.ids).toEqual(['b', 'a']);
  });

  it('is what this reactor set aside: anything else is not replayed', async () => {
    const { reactor, met } = await broken();
    expect([await reactor.replay('b'), await reactor.replay('other')]).toEqual([undefined, undefined]);
    expect(met.ids).toEqual(['b']);
  });

  it('is settled by a replay where its stream was deleted meanwhile', async () => {
    const { reactor, met } = await broken();
    await store.deleteStream('call-a');
    expect(await reactor.replay('a')).toBe(true);
    expect(met.ids).toEqual(['b']);
  });

  it('is not settled where another event stands in its place', async () => {
    const { reactor } = await broken();
    const [event] = await store.readStream('call-b');
    ledger.setAside('reaction', { ...(event as RecordedEvent), id: 'c' }, new Error('lost'), AT);
    expect(await reactor.replay('c')).toBe(false);
  });

  it('is finished with before the reactor stops', async () => {
    let go: () => void = () => undefined;
    let tries = 0;
    await happened('a', 'b');
    const { reactor, met } = await start(({ id }) => {
      if (id !== 'a') return;
      if (++tries <= 4) throw new Error('broken at a');
      return new Promise<void>((resolve) => (go = resolve));
    });
    await met.all('b');
    const replay = reactor.replay('a');
    await new Promise((resolve) => setImmediate(resolve));
    setTimeout(go, 20);
    await reactor.close();
    expect(ledger.aside('reaction')).toEqual([]);
    expect(await replay).toBe(true);
  });
});

describe('a ledger that cannot be written', () => {
  it('is said, and the reactor goes on when it can', async () => {
    await happened('a');
    let full = true;
    const advance = ledger.advance.bind(ledger);
    ledger.advance = (name, position) => {
      if (full) throw new Error('disk full');
      advance(name, position);
    };
    const { met, reactor } = await start(({ id }) => {
      if (id === 'b') full = false;
    });
    await met.all('a');
    await happened('b');
    await met.all('b');
    await reactor.close();
    expect(errors[0]).toBe('none: disk full');
    expect(met.ids).toEqual(['a', 'b']);
    expect(ledger.activate('reaction', undefined, AT)).toBe('2');
  });

  it('does not lose an event that could not be set aside', async () => {
    await happened('a', 'b');
    let full = true;
    const setAside = ledger.setAside.bind(ledger);
    ledger.setAside = (...row) => {
      if (!full) return setAside(...row);
      full = false;
      throw new Error('disk full');
    };
    const { met } = await start(failingAt('a'));
    await met.all('b');
    expect(errors).toEqual(['a: broken at a', 'none: disk full', 'a: broken at a']);
    expect(ledger.aside('reaction')).toMatchObject([{ event: 'a' }]);
  });
});

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MemoryEventStore } from '#event-store/memory.js';
import { Ledger } from './ledger.js';
import { askReplay, knownOf, PassingOn } from './passing-on.js';
import { WebhookLedger } from './webhook-ledger.js';

const AT = '2026-07-01T08:00:00Z';
const [FIRST, SECOND] = ['first', 'second'];
let folder: string;
let store: MemoryEventStore;
let machines: Machine[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'convergence-passing-'));
  [store, machines] = [new MemoryEventStore(), []];
});
afterEach(async () => {
  for (const machine of machines) await machine.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A machine with a disk of its own. */
class Machine {
  readonly ledger: Ledger;
  readonly webhooks: WebhookLedger;
  readonly errors: string[] = [];
  readonly passing: PassingOn;
  replayed: string[] = [];
  mended = false;

  constructor(name: string) {
    this.ledger = new Ledger(join(folder, `${name}.db`), store);
    this.webhooks = new WebhookLedger(join(folder, `${name}.db`), store.logId);
    this.passing = new PassingOn({
      registers: store.registers,
      copy: () => ({ ledger: this.ledger.copy(50), webhooks: this.webhooks.copy(10) }),
      restore: ({ ledger, webhooks }) => {
        this.ledger.restore(ledger);
        this.webhooks.restore(webhooks);
      },
      replay: async (event) => {
        this.replayed.push(event);
        if (this.mended) this.ledger.settled('notices', event);
        return this.mended;
      },
      onError: ({ message }) => this.errors.push(message),
      everyMs: 5,
    });
    machines.push(this);
  }

  async close(): Promise<void> {
    await this.passing.close();
    this.ledger.close();
    this.webhooks.close();
  }
}
const event = { id: 'e1', stream: 'call-1', version: 3, position: '7', type: 'A', schema: 1, data: {}, metadata: {} };
const attempt = (fact: string) => ({
  ...{ event: `d-${fact}`, fact, at: AT, ms: 12, status: 500, error: null, position: '4' },
});

function work({ ledger, webhooks }: Machine): void {
  ledger.activate('notices', '5', AT);
  ledger.activate('erasure', undefined, AT);
  ledger.advance('notices', '8');
  ledger.setAside('notices', event, new TypeError('of nobody'), AT);
  ledger.deliveries.defer({ id: 'n1', attempts: 3, nextAt: AT }, 'Error E');
  webhooks.open('w1', '4');
  webhooks.take('w1', 'first');
  webhooks.failed('w1', AT, 2, AT);
  webhooks.attempted('w1', attempt('one'));
  webhooks.attempted('w1', attempt('two'));
}

describe('what a process knows of its work', () => {
  it('is what the next one goes on with, on another machine', async () => {
    const first = new Machine(FIRST);
    await first.passing.takeOver();
    work(first);
    await first.passing.close();
    const second = new Machine(SECOND);
    second.ledger.activate('notices', '2', AT);
    second.webhooks.open('old', '1');
    await second.passing.takeOver();
    expect([second.ledger.copy(50), second.webhooks.copy(10)]).toEqual([
      first.ledger.copy(50),
      first.webhooks.copy(10),
    ]);
    expect(second.ledger.activate('notices', '9', AT)).toBe('8');
    expect(second.ledger.deliveries.attemptsOf('n1')).toBe(3);
    expect(second.webhooks.cursor('w1')).toMatchObject({ position: '4', failingSince: AT, tries: 2, nextAt: AT });
    expect(second.webhooks.attempts('w1', 5).map(({ fact }) => fact)).toEqual(['two', 'one']);
    expect(second.webhooks.take('w1', 'second')).toBe(true);
  });

  it('is written where it changed, and no oftener', async () => {
    const machine = new Machine(FIRST);
    await machine.passing.takeOver();
    machine.passing.start();
    const version = async () => (await store.registers.read('ledger'))?.version;
    while ((await version()) !== 0) await new Promise(setImmediate);
    const read = store.registers.read.bind(store.registers);
    let looks = 0;
    store.registers.read = async (name) => {
      looks += 1;
      return read(name);
    };
    while (looks < 5) await new Promise(setImmediate);
    expect((await read('ledger'))?.version).toBe(0);
    work(machine);
    while ((await read('ledger'))?.version !== 1) await new Promise(setImmediate);
    expect((await knownOf(store.registers)).ledger).toEqual(machine.ledger.copy(50));
  });

  it('is not overwritten by who did the work before', async () => {
    const [first, second] = [new Machine(FIRST), new Machine(SECOND)];
    await first.passing.takeOver();
    work(second);
    await second.passing.close();
    await first.passing.close();
    expect((await knownOf(store.registers)).ledger.reactors).toHaveLength(2);
  });

  it('is nothing before anybody did any', async () => {
    expect(await knownOf(store.registers)).toMatchObject({ ledger: { reactors: [] }, webhooks: { cursors: [] } });
  });
});

describe('a replay asked of any server', () => {
  it('is done by the process that does the work, and answered', async () => {
    const machine = new Machine(FIRST);
    work(machine);
    machine.passing.start();
    while ((await store.registers.read('ledger')) === undefined) await new Promise(setImmediate);
    expect(await askReplay(store.registers, 'e1', 5000)).toBe(false);
    machine.mended = true;
    expect(await askReplay(store.registers, 'e1', 5000)).toBe(true);
    expect(machine.replayed).toEqual(['e1', 'e1']);
  });

  it('is of what was set aside alone', async () => {
    const machine = new Machine(FIRST);
    work(machine);
    await machine.passing.close();
    expect(await askReplay(store.registers, 'e2', 5000)).toBeUndefined();
  });

  it('is refused in words where no process does the work', async () => {
    const machine = new Machine(FIRST);
    work(machine);
    await machine.passing.close();
    await expect(askReplay(store.registers, 'e1', 20)).rejects.toThrow(
      "Aucun serveur n'a répondu à cette demande : vérifiez que le worker tourne.",
    );
  });
});

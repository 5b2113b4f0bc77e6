import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { type Registers, StoreUnavailable } from '#event-store/event-store.js';
import type { LedgerCopy } from './ledger.js';
import type { WebhookLedgerCopy } from './webhook-ledger.js';

/** What the process that does the work behind the requests knows of it. */
export interface Known {
  readonly ledger: LedgerCopy;
  readonly webhooks: WebhookLedgerCopy;
}

interface Written extends Known {
  readonly replays: readonly Answer[];
}
interface Ask {
  readonly id: string;
  readonly event: string;
}
interface Answer {
  readonly id: string;
  /** Null where nothing of the kind was set aside. */
  readonly settled: boolean | null;
}

export interface PassingOnOptions {
  readonly registers: Registers;
  readonly copy: () => Known;
  readonly restore: (known: Known) => void;
  /** Tries again what was set aside; undefined where nothing of the kind was. */
  readonly replay: (event: string) => Promise<boolean | undefined>;
  readonly onError: (error: Error) => void;
  readonly everyMs?: number;
}

const LEDGER = 'ledger';
const REPLAYS = 'replays';
const EVERY_MS = 2000;
const MOST_REPLAYS = 50;
const LOOK_AGAIN_MS = 250;

/**
 * What one process knows of the work behind the requests goes to whichever does it next, and to those that are asked
 * about it: with the log, where it changed, at most once in a while. What was done since is met again, and is done already.
 */
export class PassingOn {
  private readonly closing = new AbortController();
  private running: Promise<void> = Promise.resolve();
  private version: number | 'none' = 'none';
  private said = '';
  private replays: readonly Answer[] = [];

  constructor(private readonly options: PassingOnOptions) {}

  /** Goes on where the process before stopped. */
  async takeOver(): Promise<void> {
    const found = await this.options.registers.read(LEDGER);
    if (!found) return;
    const known = found.value as Written;
    ({ version: this.version } = found);
    ({ replays: this.replays } = known);
    this.options.restore(known);
  }

  start(): void {
    this.running = this.keepSaying();
  }

  async close(): Promise<void> {
    this.closing.abort();
    await this.running;
    await this.say().catch(this.options.onError);
  }

  private async keepSaying(): Promise<void> {
    const { everyMs = EVERY_MS, onError } = this.options;
    const { signal } = this.closing;
    while (!signal.aborted) {
      try {
        await this.replayWhatWasAsked();
        await this.say();
      } catch (error) {
        onError(error as Error);
      }
      await pause(everyMs, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }

  /** Written by nobody else: another process took over where it was. */
  private async say(): Promise<void> {
    const { registers, copy } = this.options;
    const value: Written = { ...copy(), replays: this.replays };
    const text = JSON.stringify(value);
    if (text === this.said || !(await registers.write(LEDGER, this.version, value))) return;
    this.version = this.version === 'none' ? 0 : this.version + 1;
    this.said = text;
  }

  private async replayWhatWasAsked(): Promise<void> {
    for (const { id, event } of (await asksOf(this.options.registers)).asks) {
      if (this.replays.some((answer) => answer.id === id)) continue;
      const settled = (await this.options.replay(event)) ?? null;
      this.replays = [...this.replays, { id, settled }].slice(-2 * MOST_REPLAYS);
    }
  }
}

/** What the process that does the work last said of it. */
export async function knownOf(registers: Registers): Promise<Known> {
  const found = await registers.read(LEDGER);
  return (found?.value as Written | undefined) ?? nothing;
}

const nothing: Known = {
  ledger: { reactors: [], aside: { items: [], total: 0 }, deliveries: [] },
  webhooks: { cursors: [], attempts: {} },
};

/** Has the process that does the work replay what it set aside. @throws StoreUnavailable where none answers in time */
export async function askReplay(registers: Registers, event: string, withinMs: number): Promise<boolean | undefined> {
  const { ledger } = await knownOf(registers);
  if (!ledger.aside.items.some((aside) => aside.event === event)) return undefined;
  const ask: Ask = { id: randomUUID(), event };
  for (let written = false; !written;) {
    const { version, asks } = await asksOf(registers);
    written = await registers.write(REPLAYS, version, { asks: [...asks, ask].slice(-MOST_REPLAYS) });
  }
  for (const until = performance.now() + withinMs; performance.now() < until;) {
    const found = await registers.read(LEDGER);
    const answer = (found?.value as Written | undefined)?.replays.find(({ id }) => id === ask.id);
    if (answer) return answer.settled ?? undefined;
    await pause(LOOK_AGAIN_MS);
  }
  throw new StoreUnavailable('busy', "Aucun serveur n'a répondu à cette demande : vérifiez que le worker tourne.");
}

async function asksOf(registers: Registers): Promise<{ version: number | 'none'; asks: readonly Ask[] }> {
  const found = await registers.read(REPLAYS);
  const { asks } = (found?.value as { asks: readonly Ask[] } | undefined) ?? { asks: [] };
  return { version: found?.version ?? 'none', asks };
}

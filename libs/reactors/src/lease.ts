import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Registers } from '#event-store/event-store.js';

export interface LeaseOptions {
  readonly registers: Registers;
  /** What is held: the name of a register. */
  readonly name: string;
  readonly onError: (error: Error) => void;
  /** How often who holds it says so, and who waits looks. */
  readonly beatMs?: number;
  /** Who said nothing for so long is gone. */
  readonly goneMs?: number;
}

interface Held {
  readonly holder: string;
  readonly released?: true;
}

const BEAT_MS = 2500;
const GONE_MS = 10_000;

/**
 * Of several processes that share a log, one holds it at a time. Each judges the silence of another by its own monotonic
 * clock, from when it saw the last beat: no clock is compared with another's. Who can't say that it is there lets go
 * before any other may take over.
 */
export class Lease {
  private readonly holder = randomUUID();
  private readonly closing = new AbortController();
  private readonly beatMs: number;
  private readonly goneMs: number;
  private beating: Promise<void> = Promise.resolve();
  /** Its own last beat, while it holds it. */
  private version: number | undefined;
  private keeping: AbortSignal | undefined;

  constructor(private readonly options: LeaseOptions) {
    ({ beatMs: this.beatMs = BEAT_MS, goneMs: this.goneMs = GONE_MS } = options);
  }

  /** Resolves once this process holds it, with what tells that it is lost; undefined where it was told to stop before. */
  async held(stop: AbortSignal): Promise<AbortSignal | undefined> {
    const { registers, name, onError } = this.options;
    if (this.keeping && !this.keeping.aborted) return stop.aborted ? undefined : this.keeping;
    await this.beating;
    let seen: { readonly version: number; readonly since: number } | undefined;
    while (!stop.aborted) {
      const began = performance.now();
      try {
        const found = await registers.read(name);
        if (!found || (found.value as Held).released || (seen?.version === found.version && this.isGone(seen.since))) {
          if (await this.write(found?.version ?? 'none')) return this.keep(began);
        } else if (seen?.version !== found.version) seen = { version: found.version, since: performance.now() };
      } catch (error) {
        onError(error as Error);
      }
      await this.rest(stop);
    }
    return undefined;
  }

  /** Lets go, so that another may take over at once. */
  async close(): Promise<void> {
    this.closing.abort();
    await this.beating;
    if (this.version !== undefined) await this.write(this.version, true).catch(this.options.onError);
  }

  private isGone(since: number): boolean {
    return performance.now() - since >= this.goneMs;
  }

  /** Without a signal of life for half the time after which others would take over, it is lost. */
  private keep(began: number): AbortSignal {
    const lost = new AbortController();
    this.beating = this.beat(began, lost);
    return (this.keeping = lost.signal);
  }

  private async beat(began: number, lost: AbortController): Promise<void> {
    for (let last = began; ;) {
      await this.rest(this.closing.signal);
      if (this.closing.signal.aborted) return;
      const now = performance.now();
      const written = await Promise.race([
        this.write(this.version as number).catch((error: unknown) => this.options.onError(error as Error)),
        pause(Math.max(last + this.goneMs / 2 - now, 0), undefined, { ref: false }),
      ]);
      if (written === true) last = now;
      else if (written === false || performance.now() - last >= this.goneMs / 2) {
        this.version = undefined;
        return lost.abort();
      }
    }
  }

  private async write(expected: number | 'none', released = false): Promise<boolean> {
    const value: Held = { holder: this.holder, ...(released && { released }) };
    const written = await this.options.registers.write(this.options.name, expected, value);
    if (written) this.version = expected === 'none' ? 0 : expected + 1;
    return written;
  }

  private async rest(signal: AbortSignal): Promise<void> {
    await pause(this.beatMs, undefined, { signal, ref: false }).catch(() => undefined);
  }
}

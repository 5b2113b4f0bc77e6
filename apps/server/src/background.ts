import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import type { Alarms } from '#alarms/alarms.js';
import type { Registers } from '#event-store/event-store.js';
import { removeAbandonedViews } from '#read-models/views.js';
import { Lease } from '#reactors/lease.js';
import { askReplay, type Known, knownOf, PassingOn } from '#reactors/passing-on.js';
import { ByItself, type ByItselfOptions } from './by-itself.js';

const REPLAY_WITHIN_MS = 15_000;
/** Of each webhook: shown where they are known, and to the other machines. */
const ATTEMPTS = 100;
const ATTEMPTS_PASSED_ON = 20;
const TURN_AGAIN_MS = 1000;

/**
 * The work behind the requests, wherever it is done. Processes that share a data folder do it together. Machines that
 * share a log only take turns: one has a lease, and the next goes on where it stopped. A server whose configuration says
 * that it is done apart does none, and answers for it all the same.
 */
export class Background {
  /** What this process does, or knows from the folder it shares with those that do; undefined between turns. */
  private byItself: ByItself | undefined;
  private readonly lease: Lease | undefined;
  private readonly closing = new AbortController();
  private turns: Promise<void> = Promise.resolve();

  constructor(private readonly options: ByItselfOptions) {
    const { store, projector, folder, onError } = options;
    const { registers } = store;
    if (!registers) {
      this.byItself = new ByItself(options);
      return;
    }
    this.lease = new Lease({ registers, name: 'background', onError: (error) => onError(error, 'lease') });
    // Whoever erases reaches the files of its own machine.
    projector.changes.add((types) => {
      if (types.has('PersonForgotten') || types.has('ContentsForgotten')) removeAbandonedViews(folder.path);
    });
  }

  /** `url` is where people reach the service. */
  async start(url: string): Promise<void> {
    if (this.options.configuration.background === 'apart') return;
    if (this.lease) this.turns = this.takeTurns(this.lease, url);
    else await this.byItself?.start(url);
  }

  /** Done here, now, and not by another process. */
  get isHere(): boolean {
    return this.lease ? this.byItself !== undefined : this.options.configuration.background === 'here';
  }

  /** None where none of it is done here. */
  get alarms(): Alarms | undefined {
    return this.byItself?.alarms;
  }

  async known(): Promise<Known> {
    return this.byItself?.known(ATTEMPTS) ?? knownOf(this.registers);
  }

  /** Tries once more what was set aside: was it settled? Undefined where nobody had. @throws StoreUnavailable */
  async replay(event: string): Promise<boolean | undefined> {
    return this.byItself ? this.byItself.replay(event) : askReplay(this.registers, event, REPLAY_WITHIN_MS);
  }

  /** What is under way is finished; nothing new is begun; then another may take its turn. */
  async close(): Promise<void> {
    this.closing.abort();
    await this.turns;
    await this.lease?.close();
    await this.byItself?.close();
  }

  private async takeTurns(lease: Lease, url: string): Promise<void> {
    const { signal } = this.closing;
    for (let lost = await lease.held(signal); lost; lost = await lease.held(signal)) {
      await this.takeTurn(AbortSignal.any([lost, signal]), url).catch(async (error: unknown) => {
        this.options.onError(error as Error, 'background');
        await pause(TURN_AGAIN_MS, undefined, { signal, ref: false }).catch(() => undefined);
      });
    }
  }

  /** Until the lease is lost, or the process stops. */
  private async takeTurn(over: AbortSignal, url: string): Promise<void> {
    const byItself = new ByItself(this.options);
    const passing = this.passingOn(byItself);
    try {
      await passing.takeOver();
      await byItself.start(url);
      passing.start();
      this.byItself = byItself;
      if (!over.aborted) await once(over, 'abort');
    } finally {
      this.byItself = undefined;
      await passing.close();
      await byItself.close();
    }
  }

  /** There are some wherever turns are taken. */
  private get registers(): Registers {
    return this.options.store.registers as Registers;
  }

  private passingOn(byItself: ByItself): PassingOn {
    const { onError } = this.options;
    return new PassingOn({
      registers: this.registers,
      copy: () => byItself.known(ATTEMPTS_PASSED_ON),
      restore: (known) => byItself.restore(known),
      replay: (event) => byItself.replay(event),
      onError: (error) => onError(error, 'passing on'),
    });
  }
}

import { setTimeout as pause } from 'node:timers/promises';
import type { Clock } from '#commands/clock.js';
import { type EventStore, type Position, type RecordedEvent, StreamDeleted } from '#event-store/event-store.js';
import type { Ledger } from './ledger.js';

export interface Reaction {
  readonly name: string;
  /** `now`: only what happens after its activation; `start`: everything that ever happened. */
  readonly from: 'now' | 'start';
  readonly types: readonly string[];
  /** Does what the event asks for; may be called again for the same event. */
  react(event: RecordedEvent): Promise<void>;
}

export interface ReactorOptions {
  readonly store: EventStore;
  readonly ledger: Ledger;
  readonly clock: Clock;
  /** `event` is absent where the log or the ledger failed. */
  readonly onError: (error: Error, event?: RecordedEvent) => void;
  /** Before the second try of an event; before each that follows, four times longer. */
  readonly pauseMs?: number;
}

const TRIES = 4;
const PAUSE_MS = 200;
const NOTE_EVERY_MS = 10_000;

/** Follows the log from a durable checkpoint. An event that keeps failing is set aside and stops nobody else. */
export class Reactor {
  private readonly stop = new AbortController();
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly reaction: Reaction,
    private readonly options: ReactorOptions,
  ) {}

  async start(): Promise<void> {
    const { store, ledger, clock } = this.options;
    const { name, from } = this.reaction;
    const head = from === 'now' ? await store.head() : undefined;
    const position = ledger.activate(name, head, clock.now());
    this.running = this.keepFollowing(position);
  }

  async close(): Promise<void> {
    this.stop.abort();
    await this.running;
  }

  /** A full disk stops the ledger, not the service: from where it was noted last, a little later. */
  private async keepFollowing(position: Position | undefined): Promise<void> {
    let after = position;
    for (;;) {
      try {
        return await this.follow(after, (reached) => {
          after = reached;
        });
      } catch (error) {
        this.options.onError(error as Error);
        await this.pause(this.pauseMs * 4 ** 2);
        if (this.stop.signal.aborted) return;
      }
    }
  }

  private async follow(after: Position | undefined, done: (reached: Position) => void): Promise<void> {
    const { store, ledger } = this.options;
    const { name, types } = this.reaction;
    await this.tryAgainWhatWasSetAside();
    let noted = Date.now();
    let reached = after;
    for await (const { events, position } of store.follow(after, this.stop.signal, { types })) {
      for (const event of events) {
        if (!(await this.attempt(event))) break;
        reached = event.position;
        done(reached);
        if (this.stop.signal.aborted) break;
      }
      if (!this.stop.signal.aborted) reached = position;
      // What is passed over costs no write of its own: at worst it is passed over again.
      if (reached === undefined || (events.length === 0 && Date.now() - noted < NOTE_EVERY_MS)) continue;
      ledger.advance(name, reached);
      noted = Date.now();
    }
    if (reached !== undefined) ledger.advance(name, reached);
  }

  private get pauseMs(): number {
    return this.options.pauseMs ?? PAUSE_MS;
  }

  private async pause(milliseconds: number): Promise<void> {
    await pause(milliseconds, undefined, { signal: this.stop.signal, ref: false }).catch(() => undefined);
  }

  /** False where the service stops in the middle: the event is met again at the next start. */
  private async attempt(event: RecordedEvent): Promise<boolean> {
    const { ledger, clock, onError } = this.options;
    for (let tries = 1; ; tries++) {
      try {
        await this.reaction.react(event);
        return true;
      } catch (error) {
        if (this.stop.signal.aborted) return false;
        if (tries === TRIES) {
          onError(error as Error, event);
          ledger.setAside(this.reaction.name, event, error as Error, clock.now());
          return true;
        }
        await this.pause(this.pauseMs * 4 ** (tries - 1));
      }
    }
  }

  private async tryAgainWhatWasSetAside(): Promise<void> {
    const { store, ledger, onError } = this.options;
    for (const { event: id, stream, version } of ledger.aside(this.reaction.name)) {
      try {
        const [event] = await store.readStream(stream, { from: version, limit: 1 });
        if (event?.id !== id) continue;
        await this.reaction.react(event).then(
          () => ledger.settled(this.reaction.name, id),
          (error: unknown) => onError(error as Error, event),
        );
      } catch (error) {
        if (!(error instanceof StreamDeleted)) throw error;
        ledger.settled(this.reaction.name, id);
      }
    }
  }
}

import { setTimeout as pause } from 'node:timers/promises';
import type { Clock } from '#commands/clock.js';
import { DocumentsUnavailable } from '#documents/documents.js';
import {
  type EventStore,
  type Position,
  type RecordedEvent,
  StoreUnavailable,
  StreamDeleted,
} from '#event-store/event-store.js';
import { ViewsBehind } from '#read-models/projector.js';
import type { Aside, Ledger } from './ledger.js';

export interface Reaction {
  readonly name: string;
  /** `now`: only what happens after its activation; `start`: everything that ever happened. */
  readonly from: 'now' | 'start';
  readonly types: readonly string[];
  /** How far it came need not be noted at once: what it meets again costs it next to nothing. */
  readonly notesLater?: boolean;
  /** Does what the event asks for; may be called again for the same event. */
  react(event: RecordedEvent): Promise<void>;
  /** Nothing more comes. */
  close?(): void;
}

export interface ReactorOptions {
  readonly store: EventStore;
  readonly ledger: Ledger;
  readonly clock: Clock;
  /** Without an event where nothing can be followed for the moment. */
  readonly onError: (error: Error, event?: RecordedEvent) => void;
  /** Before the second try of an event; before each that follows, four times longer. */
  readonly pauseMs?: number;
}

const TRIES = 4;
const PAUSE_MS = 200;
const MOST_REST_MS = 2000;
const NOTE_EVERY_MS = 10_000;

/** The state of the service, and no fault of the event: it is tried until it works. */
const isOfTheMoment = (error: unknown): boolean =>
  error instanceof StoreUnavailable ||
  error instanceof ViewsBehind ||
  (error instanceof DocumentsUnavailable && ['away', 'slow', 'busy'].includes(error.reason)) ||
  ['ENOSPC', 'EDQUOT', 'EMFILE', 'ENFILE', 'SQLITE_FULL'].includes((error as { code?: string }).code ?? '');

/** Follows the log from a durable checkpoint. An event that keeps failing is set aside and stops nobody else. */
export class Reactor {
  private readonly stop = new AbortController();
  private running: Promise<void> = Promise.resolve();
  private reached: Position | undefined;
  private readonly replays = new Map<string, Promise<boolean>>();

  constructor(
    private readonly reaction: Reaction,
    private readonly options: ReactorOptions,
  ) {}

  async start(): Promise<void> {
    const { store, ledger, clock } = this.options;
    const { name, from } = this.reaction;
    const head = from === 'now' ? await store.head() : undefined;
    this.reached = ledger.activate(name, head, clock.now());
    this.running = this.keepFollowing();
  }

  async close(): Promise<void> {
    this.stop.abort();
    await this.running;
    await Promise.allSettled(this.replays.values());
    this.reaction.close?.();
  }

  /** Tries once more, now, what it set aside: was that settled? Undefined where it set nothing of the kind aside. */
  async replay(event: string): Promise<boolean | undefined> {
    const { replays } = this;
    const aside = this.options.ledger.asideOf(this.reaction.name, event);
    if (!aside) return undefined;
    const replay = replays.get(event) ?? this.tryAgain(aside).finally(() => replays.delete(event));
    replays.set(event, replay);
    return replay;
  }

  /** What keeps it from following, such as a full disk, keeps it for as long as it lasts. */
  private async keepFollowing(): Promise<void> {
    while (!this.stop.signal.aborted) {
      try {
        await this.tryAgainWhatWasSetAside();
        await this.follow();
        return;
      } catch (error) {
        this.options.onError(error as Error);
        await this.rest(4 ** 2);
      }
    }
  }

  private async follow(): Promise<void> {
    const { store, ledger } = this.options;
    const { name, types } = this.reaction;
    let noted = Date.now();
    for await (const { events, position } of store.follow(this.reached, this.stop.signal, { types })) {
      for (const event of events) {
        if (!(await this.attempt(event))) break;
        this.reached = event.position;
        if (this.stop.signal.aborted) break;
      }
      if (!this.stop.signal.aborted) this.reached = position;
      // What is passed over costs no write of its own: at worst it is passed over again.
      const canWait = events.length === 0 || this.reaction.notesLater === true;
      if (this.reached === undefined || (canWait && Date.now() - noted < NOTE_EVERY_MS)) continue;
      ledger.advance(name, this.reached);
      noted = Date.now();
    }
    if (this.reached !== undefined) ledger.advance(name, this.reached);
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
        const lasting = !isOfTheMoment(error);
        if (tries === TRIES || (tries > TRIES && lasting)) onError(error as Error, event);
        if (tries >= TRIES && lasting) {
          ledger.setAside(this.reaction.name, event, error as Error, clock.now());
          return true;
        }
        await this.rest(4 ** (tries - 1));
      }
    }
  }

  private async rest(times: number): Promise<void> {
    const { pauseMs = PAUSE_MS } = this.options;
    await pause(Math.min(pauseMs * times, MOST_REST_MS), undefined, { signal: this.stop.signal, ref: false }).catch(
      () => undefined,
    );
  }

  private async tryAgainWhatWasSetAside(): Promise<void> {
    for (const aside of this.options.ledger.aside(this.reaction.name)) await this.tryAgain(aside);
  }

  /** True where it is settled, by now or because its stream is gone. */
  private async tryAgain({ event: id, stream, version }: Aside): Promise<boolean> {
    const { store, ledger, clock, onError } = this.options;
    const { name } = this.reaction;
    let event: RecordedEvent | undefined;
    try {
      [event] = await store.readStream(stream, { from: version, limit: 1 });
    } catch (error) {
      if (!(error instanceof StreamDeleted)) throw error;
      ledger.settled(name, id);
      return true;
    }
    if (event?.id !== id) return false;
    const failure = await this.reaction.react(event).then(
      () => undefined,
      (error: unknown) => error as Error,
    );
    if (failure) {
      onError(failure, event);
      ledger.setAside(name, event, failure, clock.now());
    } else ledger.settled(name, id);
    return failure === undefined;
  }
}

import { setTimeout as pause } from 'node:timers/promises';
import { system } from '#commands/asking.js';
import type { Clock } from '#commands/clock.js';
import { type Handler, Refused } from '#commands/handler.js';
import { notice as subject } from '#commands/subjects.js';
import type { NoticeCommand } from '#domain/notice/notice.js';
import type { EventStore, Position } from '#event-store/event-store.js';
import type { NoticeRow, WaitingNotice } from '#read-models/notices.js';
import type { Turn } from '#read-models/pace.js';
import type { Projector } from '#read-models/projector.js';
import { LocalAlarm } from '#alarms/alarm.js';
import type { Composing } from './composing.js';
import { causeOf, type Ledger } from './ledger.js';
import { nextAttempt } from './mail/backoff.js';
import type { Message } from './mail/message.js';
import { Bounced, NotAccepted, type Transport } from './mail/transport.js';
import type { Sole } from './sole.js';
import { Waiting } from './waiting.js';

export interface PostmanOptions {
  readonly store: EventStore;
  readonly handler: Handler;
  readonly projector: Projector;
  readonly ledger: Ledger;
  readonly transport: Transport;
  readonly composing: Composing;
  readonly clock: Clock;
  /** Of the processes that share the data folder, one delivers. */
  readonly sole: Sole;
  readonly onError: (error: Error, notice?: string) => void;
  /** Messages on their way at the same time. */
  readonly concurrency?: Turn;
  /** Before what a server accepted is recorded again, where that failed; then longer. */
  readonly pauseMs?: number;
}

/** Codes to sign in may go beside that many others. */
export const SIGN_INS_BESIDE = 2;
export const CONCURRENCY = 16;
const AT_ONCE: Turn = { beside: CONCURRENCY, alone: CONCURRENCY };
/** Handed over where sending has a thread of its own, which is never to wait for this one. */
export const AHEAD: Turn = { beside: 24, alone: 96 };
const MOST_TO_RECORD = { beside: 32, alone: 256 };
/** Begun in one turn of the event loop: requests come in between. */
const IN_ONE_GO: Turn = { beside: 2, alone: 64 };
const PATIENCE_MS = 60_000;
const PAUSE_MS = 200;
const MOST_PAUSE_MS = 10_000;
const CLOSE_WITHIN_MS = 5000;
const ERASED = 'La personne ou le fait a été effacé.';
const IN_VAIN = "Le serveur de messagerie ne l'a pas accepté pendant trois jours.";

type Outcome = Exclude<NoticeCommand, { type: 'IssueNotice' | 'PassOnNotice' | 'ResendNotice' }>;

/**
 * Delivers what was decided and has not ended: codes to sign in first, then what is due again, then the oldest.
 * At least once: a message that was accepted and not yet recorded when the process dies goes out again, under the same
 * Message-ID.
 */
export class Postman {
  private readonly waiting;
  private readonly alarm;
  private readonly stop = new AbortController();
  /** On their way or being recorded; only the first take a connection. */
  private readonly underWay = new Map<string, Promise<void>>();
  private carrying = 0;
  private soon: NodeJS.Immediate | undefined;
  private recorded: Position | undefined;
  private phase: 'closed' | 'open' | 'beginning anew' = 'closed';

  constructor(private readonly options: PostmanOptions) {
    const { projector, ledger, clock } = options;
    this.waiting = new Waiting(projector, ledger.deliveries, clock, this.underWay);
    this.alarm = new LocalAlarm(clock, () => this.send());
  }

  start(): void {
    this.options.projector.changes.add(this.changed);
    void this.open();
  }

  /** What is on its way is waited for, for a while; nothing new is begun. */
  async close(): Promise<void> {
    const { projector, transport, sole } = this.options;
    this.phase = 'closed';
    this.stop.abort();
    projector.changes.delete(this.changed);
    this.alarm.stop();
    const patience = new AbortController();
    await Promise.race([
      Promise.allSettled(this.underWay.values()),
      pause(CLOSE_WITHIN_MS, undefined, { signal: patience.signal }).catch(() => undefined),
    ]);
    patience.abort();
    transport.close();
    sole.close();
  }

  private readonly changed = (types: ReadonlySet<string>): void => {
    if (types.has('*')) {
      // Other views may count their notices otherwise.
      if (this.phase === 'open') this.phase = 'beginning anew';
    } else if (!types.has('NoticeIssued') && !types.has('NoticeResent')) return;
    this.waiting.grew();
    this.send();
  };

  /** Once no other process delivers and the views know what it did. */
  private async open(): Promise<void> {
    const { store, projector, sole, onError } = this.options;
    while (!this.stopping()) {
      try {
        if (!(await sole.held())) return;
        const head = await store.head();
        if (head !== undefined) await projector.reached(head, PATIENCE_MS, true);
        if (this.stopping()) return;
        this.waiting.look();
        this.phase = 'open';
        return this.send();
      } catch (error) {
        onError(error as Error);
        await this.rest(MOST_PAUSE_MS);
      }
    }
  }

  /** Whoever says that more may be sent: it is begun once a turn. */
  private send(): void {
    this.soon ??= setImmediate(() => {
      this.soon = undefined;
      this.begin();
    });
  }

  private begin(): void {
    if (this.phase === 'beginning anew' && this.underWay.size === 0) void this.beginAnew();
    if (this.phase !== 'open') return;
    let left = this.options.projector.pace.of(IN_ONE_GO);
    for (let next = this.next(); next; next = this.next()) {
      const row = next;
      this.carrying += 1;
      const done = this.carry(row)
        .catch((error: unknown) => this.options.onError(error as Error, row.id))
        .finally(() => {
          this.underWay.delete(row.id);
          this.send();
        });
      this.underWay.set(row.id, done);
      if (--left === 0) {
        this.send();
        break;
      }
    }
    if (this.underWay.size === 0) this.options.composing.forget();
    this.alarm.set(this.waiting.nextDue());
  }

  private async beginAnew(): Promise<void> {
    this.phase = 'closed';
    this.waiting.beginAnew();
    // What has just been recorded must not be met as waiting.
    if (this.recorded !== undefined) {
      await this.options.projector.reached(this.recorded, PATIENCE_MS).catch(() => undefined);
    }
    await this.open();
  }

  private next(): WaitingNotice | undefined {
    const { concurrency: turn = AT_ONCE, projector } = this.options;
    const concurrency = projector.pace.of(turn);
    if (this.underWay.size >= projector.pace.of(MOST_TO_RECORD)) return undefined;
    if (this.carrying < concurrency + SIGN_INS_BESIDE) {
      const signIn = this.waiting.signIn();
      if (signIn) return signIn;
    }
    if (this.carrying >= concurrency) return undefined;
    return this.waiting.other();
  }

  private async carry(row: WaitingNotice): Promise<void> {
    const outcome = await this.tryOnce(row).catch((error: unknown) => this.failed(row, error as Error));
    this.carrying -= 1;
    if (!outcome) return;
    // The connection is free for the next one: what was accepted is recorded beside it.
    this.send();
    await this.record(row, outcome);
  }

  private async tryOnce(row: NoticeRow): Promise<Outcome> {
    const { composing, transport } = this.options;
    const message = await composing.message(row);
    if (!message) return { type: 'GiveUpNotice', because: ERASED };
    await transport.deliver(message);
    await this.takeBackFromForgotten(row, message);
    return { type: 'RecordDelivery', through: transport.through };
  }

  /** While it was being written: the erasure may have looked before it was there. */
  private async takeBackFromForgotten({ to }: NoticeRow, message: Message): Promise<void> {
    const { store, transport } = this.options;
    if (!transport.remove) return;
    const [last] = await store.readStream(`account-${to}`, { backwards: true, limit: 1 });
    if (last?.type === 'PersonForgotten') await transport.remove(message);
  }

  private failed({ id }: NoticeRow, error: Error): Outcome | undefined {
    const { ledger, clock, onError } = this.options;
    if (this.stopping()) return undefined;
    const attempts = ledger.deliveries.attemptsOf(id) + 1;
    if (error instanceof Bounced) return { type: 'RecordBounce', code: error.smtp, attempt: attempts };
    if (!(error instanceof NotAccepted)) onError(error, id);
    const nextAt = nextAttempt(attempts, clock.now());
    if (nextAt === undefined) return { type: 'GiveUpNotice', because: IN_VAIN, attempts };
    this.waiting.defer({ id, attempts, nextAt }, causeOf(error));
    return undefined;
  }

  /** Until it is recorded: what would be forgotten here goes out again. */
  private async record({ id, seq, fact }: WaitingNotice, outcome: Outcome): Promise<void> {
    const { handler, clock, onError, pauseMs = PAUSE_MS } = this.options;
    for (let tries = 0; ; tries++) {
      try {
        const asking = system(clock.now(), `${outcome.type}-${id}-${seq}`, fact);
        const { position } = await handler.change(subject, id, outcome, asking);
        this.recorded = position ?? this.recorded;
        return this.waiting.settle(id);
      } catch (error) {
        if (this.stopping()) return;
        onError(error as Error, id);
        if (error instanceof Refused) return this.waiting.settle(id);
        await this.rest(Math.min(pauseMs * 4 ** tries, MOST_PAUSE_MS));
        if (this.stopping()) return;
      }
    }
  }

  private stopping(): boolean {
    return this.stop.signal.aborted;
  }

  private async rest(ms: number): Promise<void> {
    await pause(ms, undefined, { signal: this.stop.signal, ref: false }).catch(() => undefined);
  }
}

import { setTimeout as pause } from 'node:timers/promises';
import { system } from '#commands/asking.js';
import type { Clock } from '#commands/clock.js';
import { type Handler, Refused } from '#commands/handler.js';
import { webhook as subject } from '#commands/webhook-subject.js';
import type { Instant } from '#domain/decider.js';
import { later } from '#domain/instants.js';
import type { EventStore, RecordedEvent } from '#event-store/event-store.js';
import type { WebhookRow } from '#read-models/webhooks.js';
import { type Alarm, LocalAlarm } from '#alarms/alarm.js';
import type { Lanes } from './lanes.js';
import type { WebhookLedger } from './webhook-ledger.js';
import type { WebhookMessage, WebhookMessages } from './webhook-messages.js';
import { post } from './webhook-post.js';
import { secretsOf, signatureHeaders } from './webhook-signing.js';

export interface DeliveryOptions {
  readonly store: EventStore;
  readonly handler: Handler;
  readonly clock: Clock;
  readonly ledger: WebhookLedger;
  readonly messages: WebhookMessages;
  /** Signing secrets are derived from it. */
  readonly secret: string;
  readonly loopback: boolean;
  /** For those that answer, and for those that failed last time: these keep nobody else waiting. */
  readonly lanes: { readonly well: Lanes; readonly failing: Lanes };
  /** Names this process among those that share the ledger. */
  readonly holder: string;
  readonly timeoutMs?: number;
  readonly onError: (error: Error) => void;
}

const TIMEOUT_MS = 10_000;
const FIRST_RETRY_MS = 10_000;
const MOST_RETRY_MS = 6 * 3_600_000;
const GIVE_UP_MS = 3 * 24 * 3_600_000;
/** No receiver gets more than fifty messages a second. */
const BREATH_MS = 20;
const NOTE_EVERY_MS = 10_000;
const AGAIN_MS = 2000;

/** Before the next try: ten seconds, then three times as long each time, at most six hours. */
export const retryAfterMs = (tries: number): number => Math.min(FIRST_RETRY_MS * 3 ** (tries - 1), MOST_RETRY_MS);

/** Tells one webhook of the facts after its cursor: in order, each until it is accepted or the webhook is given up. */
export class Delivery {
  private readonly stop = new AbortController();
  private readonly alarm: Alarm;
  private rung: () => void = () => undefined;
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly id: string,
    /** As it is now: rotated meanwhile, perhaps. */
    private readonly current: () => WebhookRow | undefined,
    private readonly options: DeliveryOptions,
  ) {
    this.alarm = new LocalAlarm(options.clock, () => this.rung());
  }

  start(): void {
    this.running = this.keepFollowing();
  }

  async close(): Promise<void> {
    this.stop.abort();
    this.alarm.stop();
    this.rung();
    await this.running;
    this.options.ledger.release(this.id, this.options.holder);
  }

  private isStopped(): boolean {
    return this.stop.signal.aborted;
  }

  private async keepFollowing(): Promise<void> {
    while (!this.isStopped()) {
      try {
        await this.follow();
        return;
      } catch (error) {
        this.options.onError(error as Error);
        await this.rest(AGAIN_MS);
      }
    }
  }

  private async follow(): Promise<void> {
    const { store, ledger, holder } = this.options;
    const webhook = this.current();
    const cursor = ledger.cursor(this.id);
    if (!webhook || !cursor) return;
    if (cursor.failingSince && webhook.resumedAt && cursor.failingSince <= webhook.resumedAt) ledger.startAnew(this.id);
    let noted = Date.now();
    for await (const { events, position } of store.follow(cursor.position, this.stop.signal, {
      types: webhook.facts,
    })) {
      for (const event of events) {
        if (!(await this.tell(event)) || !ledger.advance(this.id, holder, event.position)) return;
      }
      if (this.isStopped()) return;
      if (position === undefined || Date.now() - noted < NOTE_EVERY_MS) continue;
      ledger.advance(this.id, holder, position);
      noted = Date.now();
    }
  }

  /** False where the service stops, or the webhook is given up: the fact is met again. */
  private async tell(event: RecordedEvent): Promise<boolean> {
    if (this.isStopped()) return false;
    const message = await this.options.messages.of(event);
    const webhook = this.current();
    if (!message || (webhook && !concerns(webhook, message))) return true;
    for (;;) {
      const { clock, ledger } = this.options;
      const { failingSince, tries = 0, nextAt } = ledger.cursor(this.id) ?? {};
      if (nextAt && nextAt > clock.now()) await this.until(nextAt);
      if (this.isStopped()) return false;
      if (await this.attempt(event, message, tries)) {
        await this.rest(BREATH_MS);
        return true;
      }
      if (this.isStopped()) return false;
      const now = clock.now();
      const since = failingSince ?? now;
      if (Date.parse(now) - Date.parse(since) >= GIVE_UP_MS) {
        await this.giveUp(since, event.id);
        return false;
      }
      ledger.failed(this.id, since, tries + 1, later(now, retryAfterMs(tries + 1)));
    }
  }

  private async attempt(event: RecordedEvent, { id, body }: WebhookMessage, tries: number): Promise<boolean> {
    const { clock, ledger, lanes, secret, loopback, timeoutMs = TIMEOUT_MS } = this.options;
    const { signal } = this.stop;
    return (tries === 0 ? lanes.well : lanes.failing).run(async () => {
      const webhook = this.current();
      if (this.isStopped() || !webhook) return false;
      const at = clock.now();
      const headers = {
        'content-type': 'application/json; charset=utf-8',
        'user-agent': 'Convergence-Webhooks/1',
        ...signatureHeaders({ id, at, body }, secretsOf(secret, webhook, at)),
      };
      const { status, error, ms } = await post({ url: webhook.url, headers, body, loopback, timeoutMs, signal });
      if (this.isStopped() && status === undefined) return false;
      const { position } = event;
      const told = { event: id, fact: event.type, at, ms, position };
      ledger.attempted(this.id, { ...told, status: status ?? null, error: error ?? null });
      return status !== undefined && status >= 200 && status < 300;
    });
  }

  private async giveUp(failingSince: Instant, causation: string): Promise<void> {
    const { handler, clock, ledger } = this.options;
    const asking = system(clock.now(), `give-up-${failingSince}`, causation);
    await handler.change(subject, this.id, { type: 'GiveUpWebhook', failingSince }, asking).catch((error: unknown) => {
      // Deleted meanwhile.
      if (!(error instanceof Refused)) throw error;
    });
    ledger.startAnew(this.id);
  }

  private async until(instant: Instant): Promise<void> {
    while (!this.isStopped() && this.options.clock.now() < instant) {
      await new Promise<void>((resolve) => {
        this.rung = resolve;
        this.alarm.set(instant);
      });
    }
  }

  private async rest(ms: number): Promise<void> {
    await pause(ms, undefined, { signal: this.stop.signal, ref: false }).catch(() => undefined);
  }
}

const concerns = ({ institution, call }: WebhookRow, message: WebhookMessage): boolean =>
  (call === null || call === message.call) && (message.only === undefined || message.only.includes(institution));

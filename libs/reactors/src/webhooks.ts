import { randomUUID } from 'node:crypto';
import type { Clock } from '#commands/clock.js';
import type { Handler } from '#commands/handler.js';
import type { EventStore, Position } from '#event-store/event-store.js';
import type { Projector } from '#read-models/projector.js';
import { activeWebhooks, wasDeleted, webhookOf, type WebhookRow } from '#read-models/webhooks.js';
import { Lanes } from './lanes.js';
import { Delivery, type DeliveryOptions } from './webhook-delivery.js';
import { WebhookLedger, type WebhookLedgerCopy } from './webhook-ledger.js';
import { WebhookMessages } from './webhook-messages.js';

export interface WebhooksOptions {
  readonly store: EventStore;
  readonly handler: Handler;
  readonly projector: Projector;
  readonly clock: Clock;
  /** The ledger of the reactors. */
  readonly path: string;
  readonly secret: string;
  readonly cursorOf: (position: Position) => string;
  readonly loopback: boolean;
  readonly timeoutMs?: number;
  readonly onError: (error: Error) => void;
}

const BEAT_MS = 5000;
/** A process that said nothing for so long, on this one's own clock, is gone. */
const GONE_MS = 15_000;
const AT_ONCE = { well: 32, failing: 4 };

interface Running {
  readonly delivery: Delivery;
  readonly replay: number;
}

/** Tells institutions of facts at the addresses they registered; of several processes, one at a time for each. */
export class Webhooks {
  private readonly ledger: WebhookLedger;
  private readonly holder = randomUUID();
  private readonly running = new Map<string, Running>();
  private readonly silent = new Map<string, { beat: number; since: number }>();
  private readonly delivering: DeliveryOptions;
  private working: Promise<void> = Promise.resolve();
  private beating: NodeJS.Timeout | undefined;
  private closed = false;
  private looked = false;
  private readonly changed = (types: ReadonlySet<string>): void => {
    if (!this.looked || [...types].some((type) => type === '*' || type.startsWith('Webhook'))) this.look();
  };

  constructor(private readonly options: WebhooksOptions) {
    const { store, cursorOf, path } = options;
    this.ledger = new WebhookLedger(path, store.logId);
    this.delivering = {
      ...options,
      ledger: this.ledger,
      messages: new WebhookMessages(store, cursorOf),
      lanes: { well: new Lanes(AT_ONCE.well), failing: new Lanes(AT_ONCE.failing) },
      holder: this.holder,
    };
  }

  start(): void {
    this.options.projector.changes.add(this.changed);
    this.beating = setInterval(() => {
      this.ledger.beat(this.holder);
      this.look();
    }, BEAT_MS).unref();
    this.look();
  }

  async close(): Promise<void> {
    this.closed = true;
    clearInterval(this.beating);
    this.options.projector.changes.delete(this.changed);
    await this.working;
    await Promise.all([...this.running.values()].map(({ delivery }) => delivery.close()));
    this.ledger.close();
  }

  /** How far each is, and its last tries. */
  copy(mostAttempts: number): WebhookLedgerCopy {
    return this.ledger.copy(mostAttempts);
  }

  /** Before it starts. */
  restore(copy: WebhookLedgerCopy): void {
    this.ledger.restore(copy);
  }

  private look(): void {
    this.working = this.working
      .then(() => (this.closed ? undefined : this.followViews()))
      .catch((error: unknown) => this.options.onError(error as Error));
  }

  private async followViews(): Promise<void> {
    const { projector } = this.options;
    if (!projector.ready) return;
    this.looked = true;
    const active = new Map(activeWebhooks(projector.views).map((row) => [row.id, row]));
    for (const [id, { delivery, replay }] of this.running) {
      const holds = this.ledger.held(id)?.holder === this.holder;
      if (holds && active.get(id)?.replay === replay) continue;
      this.running.delete(id);
      await delivery.close();
    }
    for (const row of active.values()) if (!this.running.has(row.id)) this.begin(row);
    for (const id of this.ledger.known()) if (wasDeleted(projector.views, id)) this.ledger.forget(id);
  }

  private begin(row: WebhookRow): void {
    const { ledger, options } = this;
    const { id, replay, replayFrom } = row;
    ledger.open(id, row.position);
    if (!this.takes(id)) return;
    if (replayFrom !== null) ledger.rewind(id, this.notBefore(row, replayFrom), replay);
    const delivery = new Delivery(id, () => webhookOf(options.projector.views, id), this.delivering);
    this.running.set(id, { delivery, replay });
    delivery.start();
  }

  /** Nothing from before its registration is told. */
  private notBefore({ position }: WebhookRow, from: Position): Position {
    return this.options.store.compare(from, position) < 0 ? position : from;
  }

  /** Nobody else holds it, or who did has said nothing for too long. */
  private takes(id: string): boolean {
    if (this.ledger.take(id, this.holder)) {
      this.silent.delete(id);
      return true;
    }
    const beat = this.ledger.held(id)?.beat ?? 0;
    const known = this.silent.get(id);
    if (!known || known.beat !== beat) {
      this.silent.set(id, { beat, since: performance.now() });
      return false;
    }
    return performance.now() - known.since >= GONE_MS && this.ledger.take(id, this.holder, beat);
  }
}

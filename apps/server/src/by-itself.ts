import { join } from 'node:path';
import type { Alarms } from '#alarms/alarms.js';
import { LocalAlarms } from '#alarms/local-alarms.js';
import { Reconciler } from '#alarms/reconciler.js';
import type { RedisAlarmsOptions } from '#alarms/redis-alarms.js';
import { paris } from '#calendar/paris.js';
import type { Awarding } from '#commands/awarding.js';
import type { Clock } from '#commands/clock.js';
import type { Handler } from '#commands/handler.js';
import type { Documents } from '#documents/documents.js';
import type { EventStore, Position, RecordedEvent } from '#event-store/event-store.js';
import { changesDeadlines } from '#read-models/deadlines.js';
import type { Projector } from '#read-models/projector.js';
import { removeAbandonedViews } from '#read-models/views.js';
import { Awards } from '#reactors/awards.js';
import { Bounces } from '#reactors/bounces.js';
import { callDelays } from '#reactors/call-delays.js';
import { Composing } from '#reactors/composing.js';
import { DatesAsked } from '#reactors/dates-asked.js';
import { Erasure } from '#reactors/erasure.js';
import { Ledger } from '#reactors/ledger.js';
import { FolderOutbox } from '#reactors/mail/outbox.js';
import { SmtpTransport } from '#reactors/mail/smtp-transport.js';
import { Notices } from '#reactors/notices.js';
import type { Known } from '#reactors/passing-on.js';
import { AHEAD, CONCURRENCY, Postman, SIGN_INS_BESIDE } from '#reactors/postman.js';
import { Reactor } from '#reactors/reactor.js';
import { Reminders } from '#reactors/reminders.js';
import { ReportsExpected } from '#reactors/reports-expected.js';
import { SessionsMoved } from '#reactors/sessions-moved.js';
import { Sole } from '#reactors/sole.js';
import { unsealing } from '#reactors/unsealing.js';
import { Watching } from '#reactors/watching.js';
import { Webhooks } from '#reactors/webhooks.js';
import type { Configuration } from './configuration.js';
import type { DataFolder } from './data-folder.js';

/** What was set aside or waits for its next attempt: more of it than of this is told to nobody. */
const MOST_KNOWN = 1000;

export interface ByItselfOptions {
  readonly configuration: Configuration;
  readonly clock: Clock;
  readonly folder: DataFolder;
  readonly store: EventStore;
  readonly handler: Handler;
  readonly projector: Projector;
  readonly documents: Documents;
  readonly awarding: Awarding;
  readonly cursorOf: (position: Position) => string;
  readonly onError: (error: Error, what: string) => void;
}

/** Loaded where there is a Redis, and only there: it weighs on every start. */
async function redisAlarms(options: RedisAlarmsOptions): Promise<Alarms> {
  const { RedisAlarms } = await import('#alarms/redis-alarms.js');
  return new RedisAlarms(options);
}

/** What the service does by itself, on what happened and on what is due: nobody asks for it. */
export class ByItself {
  private readonly webhooks: Webhooks;
  private readonly ledger: Ledger;
  private readonly outbox: FolderOutbox;
  private readonly watches: readonly Watching[];
  private readonly reactors: readonly Reactor[];
  /** None before it is started. */
  alarms: Alarms | undefined;
  private reconciler: Reconciler | undefined;
  private postman: Postman | undefined;

  constructor(private readonly options: ByItselfOptions) {
    const { configuration, clock, folder, store, handler, projector, cursorOf } = options;
    const path = join(folder.path, 'reactors.db');
    this.ledger = new Ledger(path, store);
    this.outbox = new FolderOutbox(join(folder.path, 'outbox'), configuration.mailFrom);
    this.webhooks = new Webhooks({
      ...{ store, handler, projector, clock, path, cursorOf },
      secret: folder.secret,
      loopback: configuration.webhooksToLoopback,
      timeoutMs: configuration.webhookTimeoutMs,
      onError: this.failing('webhooks'),
    });
    this.watches = Object.entries({ unsealing, 'call delays': callDelays }).map(
      ([what, watch]) => new Watching(watch, handler, projector, clock, this.failing(what)),
    );
    this.reactors = this.newReactors();
  }

  private readonly changed = (types: ReadonlySet<string>): void => {
    if ([...types].some((type) => changesDeadlines.has(type))) this.reconciler?.changed();
  };

  /** `url` is where people reach the service. */
  async start(url: string): Promise<void> {
    for (const reactor of this.reactors) await reactor.start();
    await this.options.documents.sweep();
    for (const watch of this.watches) watch.start();
    this.webhooks.start();
    this.reconciler = await this.newReconciler();
    this.reconciler.start();
    this.postman = this.newPostman(url);
    this.postman.start();
  }

  /** What it knows of its work, with the last attempts of each webhook. */
  known(mostAttempts: number): Known {
    return { ledger: this.ledger.copy(MOST_KNOWN), webhooks: this.webhooks.copy(mostAttempts) };
  }

  /** Before it starts: goes on where another process stopped. */
  restore({ ledger, webhooks }: Known): void {
    this.ledger.restore(ledger);
    this.webhooks.restore(webhooks);
  }

  /** Tries once more what was set aside: was it settled, by all that had? Undefined where nobody had. */
  async replay(event: string): Promise<boolean | undefined> {
    const outcomes = await Promise.all(this.reactors.map((reactor) => reactor.replay(event)));
    const tried = outcomes.filter((settled) => settled !== undefined);
    return tried.length === 0 ? undefined : tried.every((settled) => settled);
  }

  /** What is under way is finished; nothing new is begun. */
  async close(): Promise<void> {
    this.options.projector.changes.delete(this.changed);
    await this.reconciler?.close();
    for (const watch of this.watches) await watch.close();
    await this.webhooks.close();
    for (const reactor of this.reactors) await reactor.close();
    await this.postman?.close();
    this.ledger.close();
  }

  private failing(what: string): (error: Error) => void {
    return (error) => this.options.onError(error, what);
  }

  private newReactors(): Reactor[] {
    const { store, handler, projector, clock, documents, awarding, folder, onError } = this.options;
    const dated = { handler, projector, clock, calendar: paris };
    const reactions = [
      new Notices({ store, handler, projector, clock }),
      new Bounces({ store, handler, projector, clock }),
      new Erasure(store, projector, documents, this.outbox, () => removeAbandonedViews(folder.path)),
      new ReportsExpected({ store, ...dated }),
      new SessionsMoved(handler, clock),
      new DatesAsked(dated),
      new Awards(handler, awarding, clock),
    ];
    return reactions.map(
      (reaction) =>
        new Reactor(reaction, {
          store,
          ledger: this.ledger,
          clock,
          onError: (error: Error, event?: RecordedEvent) =>
            onError(error, event ? `${reaction.name}, fact ${event.id}` : reaction.name),
        }),
    );
  }

  /** Wakes for the reminders that are due; what it decides is a fact, so that a lost alarm costs lateness only. */
  private async newReconciler(): Promise<Reconciler> {
    const { configuration, handler, projector, clock, store } = this.options;
    const { redisUrl: url } = configuration;
    const onError = this.failing('reminders');
    const alarms = url ? await redisAlarms({ url, owner: store.logId, clock, onError }) : new LocalAlarms(clock);
    this.alarms = alarms;
    const since = this.ledger.activatedAt('reminders', clock.now());
    const reminders = new Reminders({ handler, projector, clock, since });
    const reconciler = new Reconciler({
      alarms,
      clock,
      due: (until) => reminders.due(until),
      stillDue: (due) => reminders.stillDue(due),
      fire: (due) => reminders.fire(due),
      onError,
    });
    projector.changes.add(this.changed);
    return reconciler;
  }

  /** Delivers what is decided: through the mail server of the configuration, or as files. */
  private newPostman(url: string): Postman {
    const { store, handler, projector, clock, folder, configuration } = this.options;
    const { smtp: server, mailFrom: from } = configuration;
    const connections = CONCURRENCY + SIGN_INS_BESIDE;
    return new Postman({
      ...{ store, handler, projector, ledger: this.ledger, clock },
      transport: server ? new SmtpTransport({ server, from, connections, forCodes: SIGN_INS_BESIDE }) : this.outbox,
      ...(server && { concurrency: AHEAD }),
      composing: new Composing({ store, projector, calendar: paris, secret: folder.secret, url }),
      sole: new Sole(join(folder.path, 'postman.lock')),
      onError: (error, notice) =>
        this.options.onError(error, notice === undefined ? 'postman' : `postman, notice ${notice}`),
    });
  }
}

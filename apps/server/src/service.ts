import { join } from 'node:path';
import { paris } from '#calendar/paris.js';
import { digest } from '#commands/canonical.js';
import type { Clock } from '#commands/clock.js';
import { Awarding } from '#commands/awarding.js';
import { type Changed, Handler } from '#commands/handler.js';
import { DocumentFolder } from '#documents/folder.js';
import type { Tools } from '#domain/decider.js';
import { mediaTypes } from '#domain/application/documents.js';
import type { EventStore, Position, RecordedEvent } from '#event-store/event-store.js';
import { changesDeadlines } from '#read-models/deadlines.js';
import { changesIdentity } from '#read-models/identity.js';
import { Projector } from '#read-models/projector.js';
import { models } from '#read-models/models.js';
import { removeAbandonedViews } from '#read-models/views.js';
import type { Alarms } from '#alarms/alarms.js';
import { LocalAlarms } from '#alarms/local-alarms.js';
import { Reconciler } from '#alarms/reconciler.js';
import { RedisAlarms } from '#alarms/redis-alarms.js';
import { Awards } from '#reactors/awards.js';
import { Bounces } from '#reactors/bounces.js';
import { Composing } from '#reactors/composing.js';
import { Erasure } from '#reactors/erasure.js';
import { Ledger } from '#reactors/ledger.js';
import { FolderOutbox } from '#reactors/mail/outbox.js';
import { SmtpTransport } from '#reactors/mail/smtp-transport.js';
import { Notices } from '#reactors/notices.js';
import { Reminders } from '#reactors/reminders.js';
import { CONCURRENCY, Postman, SIGN_INS_BESIDE } from '#reactors/postman.js';
import { Reactor } from '#reactors/reactor.js';
import { DatesAsked } from '#reactors/dates-asked.js';
import { SessionsMoved } from '#reactors/sessions-moved.js';
import { ReportsExpected } from '#reactors/reports-expected.js';
import { callDelays } from '#reactors/call-delays.js';
import { Sole } from '#reactors/sole.js';
import { Unsealing } from '#reactors/unsealing.js';
import { Watching } from '#reactors/watching.js';
import { Webhooks } from '#reactors/webhooks.js';
import type { Configuration } from './configuration.js';
import { type DataFolder, openDataFolder } from './data-folder.js';
import { openLog } from './open-log.js';
import { PositionTokens } from './http/position-tokens.js';
import { SignIn } from './identity/sign-in.js';

export interface ServiceOptions {
  readonly configuration: Configuration;
  readonly clock: Clock;
  readonly onError: (error: Error, what: string) => void;
  /** Replaces the log on disk: for tests of what a store may do. */
  readonly store?: EventStore;
}

const IDENTITY_PATIENCE_MS = 5000;

/** What rules may call: the calendar of Paris and SHA-256. */
export const tools: Tools = { calendar: paris, digest };

/** Everything behind the routes: log, rules, views, documents, reactors. */
export class Service {
  private reactors: Reactor[] = [];
  private reconciler: Reconciler | undefined;
  private postman: Postman | undefined;
  private written: Position | undefined;
  /** Where people reach it, once it is started. */
  url = '';
  readonly signIn: SignIn;
  readonly awarding: Awarding;
  readonly webhooks: Webhooks;

  private constructor(
    readonly configuration: Configuration,
    readonly clock: Clock,
    readonly folder: DataFolder,
    readonly store: EventStore,
    readonly handler: Handler,
    readonly projector: Projector,
    readonly documents: DocumentFolder,
    readonly positions: PositionTokens,
    private readonly ledger: Ledger,
    private readonly outbox: FolderOutbox,
    private readonly unsealing: Unsealing,
    private readonly delays: Watching,
    private readonly onError: ServiceOptions['onError'],
  ) {
    this.signIn = new SignIn(projector);
    this.awarding = new Awarding(handler, store, tools);
    this.webhooks = new Webhooks({
      ...{ store, handler, projector, clock },
      path: join(folder.path, 'reactors.db'),
      secret: folder.secret,
      cursorOf: (position) => positions.write(position),
      loopback: configuration.webhooksToLoopback,
      timeoutMs: configuration.webhookTimeoutMs,
      onError: (error) => onError(error, 'webhooks'),
    });
  }

  /** @throws NewerLog, WrongConfiguration */
  static async open({ configuration, clock, onError, store: given }: ServiceOptions): Promise<Service> {
    const folder = openDataFolder(configuration.dataDir, configuration.demonstration);
    const store = given ?? (await openLog(configuration, (error) => onError(error, 'following the log')));
    const handler = new Handler(store, tools, { secret: folder.secret });
    const projector = await Projector.open(folder.path, store, models);
    const documents = new DocumentFolder({
      folder: join(folder.path, 'documents'),
      mostBytes: configuration.mostDocumentBytes,
      mediaTypes: Object.keys(mediaTypes),
    });
    const positions = new PositionTokens(folder.secret, store.logId);
    const ledger = new Ledger(join(folder.path, 'reactors.db'), store);
    const outbox = new FolderOutbox(join(folder.path, 'outbox'), configuration.mailFrom);
    const unsealing = new Unsealing(handler, projector, clock, (error) => onError(error, 'unsealing'));
    const delays = new Watching(callDelays, handler, projector, clock, (error) => onError(error, 'call delays'));
    return new Service(
      configuration,
      clock,
      folder,
      store,
      handler,
      projector,
      documents,
      positions,
      ledger,
      outbox,
      unsealing,
      delays,
      onError,
    );
  }

  /** Starts what acts on its own; `url` is where people reach the service. */
  async start(url: string): Promise<void> {
    const { store, handler, projector, outbox, clock, ledger, documents } = this;
    this.url = url;
    const notices = new Notices({ store, handler, projector, clock });
    const bounces = new Bounces({ store, handler, projector, clock });
    const erasure = new Erasure(store, projector, documents, outbox, () => removeAbandonedViews(this.folder.path));
    const reportsExpected = new ReportsExpected({ store, handler, projector, clock, calendar: paris });
    const datesAsked = new DatesAsked({ handler, projector, clock, calendar: paris });
    const sessionsMoved = new SessionsMoved(handler, clock);
    const awards = new Awards(handler, this.awarding, clock);
    this.reactors = [notices, bounces, erasure, reportsExpected, sessionsMoved, datesAsked, awards].map(
      (reaction) =>
        new Reactor(reaction, {
          store,
          ledger,
          clock,
          onError: (error: Error, event?: RecordedEvent) =>
            this.onError(error, event ? `${reaction.name}, fact ${event.id}` : reaction.name),
        }),
    );
    for (const reactor of this.reactors) await reactor.start();
    await documents.sweep();
    this.unsealing.start();
    this.delays.start();
    this.webhooks.start();
    this.startReminders();
    this.postman = this.newPostman(url);
    this.postman.start();
  }

  /** Wakes for what is due; what it decides is a fact, so that a lost alarm costs lateness only. */
  private startReminders(): void {
    const { handler, projector, clock, ledger, store } = this;
    const onError = (error: Error): void => this.onError(error, 'reminders');
    const { redisUrl: url } = this.configuration;
    const alarms: Alarms = url ? new RedisAlarms({ url, owner: store.logId, clock, onError }) : new LocalAlarms(clock);
    const since = ledger.activatedAt('reminders', clock.now());
    const reminders = new Reminders({ handler, projector, clock, since });
    this.reconciler = new Reconciler({
      alarms,
      clock,
      due: (until) => reminders.due(until),
      stillDue: (due) => reminders.stillDue(due),
      fire: (due) => reminders.fire(due),
      onError,
    });
    projector.changes.add(
      (types) => [...types].some((type) => changesDeadlines.has(type)) && this.reconciler?.changed(),
    );
    this.reconciler.start();
  }

  /** What this process has written is seen by whoever asks it afterwards; who may do what, already by the next request. */
  async wrote({ position, events }: Pick<Changed<{ type: string }>, 'position' | 'events'>): Promise<void> {
    this.written = this.latest(position);
    if (position === undefined || !events.some(({ type }) => changesIdentity.has(type))) return;
    await this.projector.reached(position, IDENTITY_PATIENCE_MS);
  }

  /** The later of a position and of what this process has written. */
  latest(position: Position | undefined): Position | undefined {
    if (position === undefined || this.written === undefined) return position ?? this.written;
    return this.store.compare(position, this.written) > 0 ? position : this.written;
  }

  /** What reactors set aside, the oldest try first. */
  setAside(most: number): ReturnType<Ledger['everythingAside']> {
    return this.ledger.everythingAside(most);
  }

  /** Tries once more what was set aside: was it settled, by all that had? Undefined where nobody had. */
  async replay(event: string): Promise<boolean | undefined> {
    const outcomes = await Promise.all(this.reactors.map((reactor) => reactor.replay(event)));
    const tried = outcomes.filter((settled) => settled !== undefined);
    return tried.length === 0 ? undefined : tried.every((settled) => settled);
  }

  /** What is under way is finished; nothing new is begun. */
  async close(): Promise<void> {
    await this.reconciler?.close();
    await this.unsealing.close();
    await this.webhooks.close();
    await this.delays.close();
    for (const reactor of this.reactors) await reactor.close();
    await this.postman?.close();
    await this.projector.close();
    this.ledger.close();
    await this.store.close();
  }

  /** Delivers what is decided: through the mail server of the configuration, or as files. */
  private newPostman(url: string): Postman {
    const { store, handler, projector, ledger, clock, outbox, folder, configuration } = this;
    const { smtp: server, mailFrom: from } = configuration;
    const connections = CONCURRENCY + SIGN_INS_BESIDE;
    return new Postman({
      store,
      handler,
      projector,
      ledger,
      clock,
      transport: server ? new SmtpTransport({ server, from, connections }) : outbox,
      composing: new Composing({ store, projector, calendar: paris, secret: folder.secret, url }),
      sole: new Sole(join(folder.path, 'postman.lock')),
      onError: (error, notice) => this.onError(error, notice === undefined ? 'postman' : `postman, notice ${notice}`),
    });
  }
}

import { join } from 'node:path';
import { paris } from '#calendar/paris.js';
import { digest } from '#commands/canonical.js';
import type { Clock } from '#commands/clock.js';
import { Awarding } from '#commands/awarding.js';
import { type Changed, Handler } from '#commands/handler.js';
import { DocumentFolder } from '#documents/folder.js';
import type { Tools } from '#domain/decider.js';
import { mediaTypes } from '#domain/application/documents.js';
import { factsGeneration } from '#domain/facts.js';
import { SqliteEventStore } from '#event-store/sqlite.js';
import type { EventStore, Position, RecordedEvent } from '#event-store/event-store.js';
import { changesIdentity } from '#read-models/identity.js';
import { Projector } from '#read-models/projector.js';
import { models } from '#read-models/models.js';
import { removeAbandonedViews } from '#read-models/views.js';
import { Awards } from '#reactors/awards.js';
import { Erasure } from '#reactors/erasure.js';
import { Ledger } from '#reactors/ledger.js';
import { Notices } from '#reactors/notices.js';
import { Outbox } from '#reactors/outbox.js';
import { Reactor } from '#reactors/reactor.js';
import { ReportsExpected } from '#reactors/reports-expected.js';
import { callDelays } from '#reactors/call-delays.js';
import { Unsealing } from '#reactors/unsealing.js';
import { Watching } from '#reactors/watching.js';
import type { Configuration } from './configuration.js';
import { type DataFolder, openDataFolder } from './data-folder.js';
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

const PAGE_BYTES = 4096;

const openLog = (folder: string, mostBytes: number): SqliteEventStore =>
  SqliteEventStore.open({
    path: join(folder, 'log.db'),
    generation: factsGeneration,
    ...(mostBytes > 0 && { maxPages: Math.floor(mostBytes / PAGE_BYTES) }),
  });

/** Everything behind the routes: log, rules, views, documents, reactors. */
export class Service {
  private reactors: Reactor[] = [];
  private written: Position | undefined;
  readonly signIn: SignIn;
  readonly awarding: Awarding;

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
    private readonly outbox: Outbox,
    private readonly unsealing: Unsealing,
    private readonly delays: Watching,
    private readonly onError: ServiceOptions['onError'],
  ) {
    this.signIn = new SignIn(projector);
    this.awarding = new Awarding(handler, store, tools);
  }

  /** @throws NewerLog, WrongConfiguration */
  static async open({ configuration, clock, onError, store: given }: ServiceOptions): Promise<Service> {
    const folder = openDataFolder(configuration.dataDir, configuration.demonstration);
    const store = given ?? openLog(folder.path, configuration.mostLogBytes);
    const handler = new Handler(store, tools, { secret: folder.secret });
    const projector = await Projector.open(folder.path, store, models);
    const documents = new DocumentFolder({
      folder: join(folder.path, 'documents'),
      mostBytes: configuration.mostDocumentBytes,
      mediaTypes: Object.keys(mediaTypes),
    });
    const positions = new PositionTokens(folder.secret, store.logId);
    const ledger = new Ledger(join(folder.path, 'reactors.db'), store);
    const outbox = new Outbox(join(folder.path, 'outbox'), { name: 'Convergence', address: 'convergence@localhost' });
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
    const notices = new Notices({
      store,
      handler,
      projector,
      outbox,
      clock,
      calendar: paris,
      secret: this.folder.secret,
      url,
    });
    const erasure = new Erasure(store, projector, documents, outbox, () => removeAbandonedViews(this.folder.path));
    const reportsExpected = new ReportsExpected({ store, handler, projector, clock, calendar: paris });
    const awards = new Awards(handler, this.awarding, clock);
    this.reactors = [notices, erasure, reportsExpected, awards].map(
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
    void this.resumeNotices(notices);
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
    await this.unsealing.close();
    await this.delays.close();
    for (const reactor of this.reactors) await reactor.close();
    await this.projector.close();
    this.ledger.close();
    await this.store.close();
  }

  private async resumeNotices(notices: Notices): Promise<void> {
    try {
      const head = await this.store.head();
      if (head) await this.projector.reached(head, 60_000);
      await notices.resume();
    } catch (error) {
      this.onError(error as Error, 'notices');
    }
  }
}

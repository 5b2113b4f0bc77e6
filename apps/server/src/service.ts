import { join } from 'node:path';
import { paris } from '#calendar/paris.js';
import { digest } from '#commands/canonical.js';
import type { Clock } from '#commands/clock.js';
import { Awarding } from '#commands/awarding.js';
import { type Changed, Handler } from '#commands/handler.js';
import { DocumentFolder } from '#documents/folder.js';
import type { Tools } from '#domain/decider.js';
import { mediaTypes } from '#domain/application/documents.js';
import type { EventStore, Position } from '#event-store/event-store.js';
import { changesIdentity } from '#read-models/identity.js';
import { Projector } from '#read-models/projector.js';
import { models } from '#read-models/models.js';
import { Background } from './background.js';
import type { Configuration } from './configuration.js';
import { type DataFolder, openDataFolder } from './data-folder.js';
import { ObservedHandler } from './observing/observed-handler.js';
import { ObservedStore } from './observing/observed-store.js';
import type { Observer } from './observing/observer.js';
import { openLog } from './open-log.js';
import { agreeOnSecret } from './shared-secret.js';
import { PositionTokens } from './http/position-tokens.js';
import { SignIn } from './identity/sign-in.js';

export interface ServiceOptions {
  readonly configuration: Configuration;
  readonly clock: Clock;
  readonly onError: (error: Error, what: string) => void;
  /** Replaces the log on disk: for tests of what a store may do. */
  readonly store?: EventStore;
  /** Told of every command and append. */
  readonly observer?: Observer | undefined;
}

const IDENTITY_PATIENCE_MS = 5000;

/** What rules may call: the calendar of Paris and SHA-256. */
export const tools: Tools = { calendar: paris, digest };

/** Everything behind the routes: log, rules, views, documents, and what the service does by itself. */
export class Service {
  private written: Position | undefined;
  /** Where people reach it, once it is started. */
  url = '';
  readonly signIn: SignIn;
  readonly awarding: Awarding;
  readonly background: Background;

  private constructor(
    readonly configuration: Configuration,
    readonly clock: Clock,
    readonly folder: DataFolder,
    readonly store: EventStore,
    readonly handler: Handler,
    readonly projector: Projector,
    readonly documents: DocumentFolder,
    readonly positions: PositionTokens,
    onError: ServiceOptions['onError'],
  ) {
    this.signIn = new SignIn(projector);
    this.awarding = new Awarding(handler, store, tools);
    this.background = new Background({
      ...{ configuration, clock, folder, store, handler, projector, documents, awarding: this.awarding, onError },
      cursorOf: (position) => positions.write(position),
    });
  }

  /** @throws NewerLog, WrongConfiguration */
  static async open({ configuration, clock, onError, store: given, observer }: ServiceOptions): Promise<Service> {
    const folder = openDataFolder(configuration);
    const log = given ?? (await openLog(configuration, (error) => onError(error, 'following the log')));
    const store = observer ? new ObservedStore(log, observer) : log;
    const { secret } = folder;
    await agreeOnSecret(store, secret);
    const handler = observer
      ? new ObservedHandler(observer, store, tools, { secret })
      : new Handler(store, tools, { secret });
    const projector = await Projector.open(folder.path, store, models, configuration.viewsFrom);
    observer?.follow(projector);
    const documents = new DocumentFolder({
      folder: join(folder.path, 'documents'),
      mostBytes: configuration.mostDocumentBytes,
      mediaTypes: Object.keys(mediaTypes),
    });
    const positions = new PositionTokens(folder.secret, store.logId);
    return new Service(configuration, clock, folder, store, handler, projector, documents, positions, onError);
  }

  /** Starts what acts on its own; `url` is where people reach the service. */
  async start(url: string): Promise<void> {
    this.url = url;
    await this.background.start(url);
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

  /** What is under way is finished; nothing new is begun. */
  async close(): Promise<void> {
    await this.background.close();
    await this.projector.close();
    await this.store.close();
  }
}

import { setImmediate as breathe, setTimeout as pause } from 'node:timers/promises';
import type { EventStore, Position, RecordedEvent } from '#event-store/event-store.js';
import { Pace } from './pace.js';
import type { ReadModel } from './read-model.js';
import { nextOf } from './view-files.js';
import { Views } from './views.js';

/** The views don't reach that far yet; try again soon. */
export class ViewsBehind extends Error {
  override readonly name = 'ViewsBehind';
}

interface Waiter {
  readonly calmly: boolean;
  readonly position: Position;
  readonly resolve: () => void;
  readonly reject: () => void;
}

const BATCH = 500;
/** Of them, as many at once as requests can wait for. */
const PIECE = { beside: 16, alone: 256 };
/** How long new facts may wait for company where nobody waits for them: one transaction then serves many. */
const GATHER_MS = 15;
/** How soon a disk that was full is tried again. */
const ROOM_AGAIN_MS = 1000;

const behind = (): ViewsBehind => new ViewsBehind('The views are behind the log.');

/** Keeps the views of this process up with the log, in order, each batch with its checkpoint. */
export class Projector {
  /** Told of every request: of what is done beside them, all have the views to do with. */
  readonly pace = new Pace();
  private readonly stop = new AbortController();
  private readonly waiters = new Set<Waiter>();
  private hurry: () => void = () => undefined;
  private running: Promise<void> = Promise.resolve();
  private rebuilding: Promise<void> | undefined;
  private copying: Promise<void> | undefined;
  private caughtUpOnce = false;
  /** Why projecting stopped: a fact that this version can't read, or a fault of its own. */
  halted: Error | undefined;
  /** Bumped when what is cached of the views may be wrong. */
  readonly changes = new Set<(types: ReadonlySet<string>) => void>();

  private constructor(
    private readonly store: EventStore,
    private readonly models: readonly ReadModel[],
    private current: Views,
  ) {}

  /** `copy` is a file of views of another server: it goes on from them where it has none of its own. */
  static async open(
    folder: string,
    store: EventStore,
    models: readonly ReadModel[],
    copy?: string,
  ): Promise<Projector> {
    const projector = new Projector(store, models, await Views.openSlot(folder, store, models, copy));
    projector.running = projector.follow();
    return projector;
  }

  get views(): Views {
    return this.current;
  }

  get position(): Position | undefined {
    return this.current.checkpoint?.position;
  }

  /** Caught up with the log once since the start, and still projecting. */
  get ready(): boolean {
    return this.caughtUpOnce && !this.halted;
  }

  has(position: Position): boolean {
    return this.position !== undefined && this.store.compare(this.position, position) >= 0;
  }

  /**
   * Resolves when the views contain what was written at that position; `calmly`: without asking for it before the next
   * batch would have brought it. @throws ViewsBehind
   */
  async reached(position: Position, patienceMs: number, calmly = false): Promise<void> {
    if (this.has(position)) return;
    if (this.halted) throw behind();
    await new Promise<void>((resolve, reject) => {
      const settling = (settle: () => void) => () => {
        clearTimeout(timer);
        this.waiters.delete(waiter);
        settle();
      };
      const waiter: Waiter = { calmly, position, resolve: settling(resolve), reject: settling(() => reject(behind())) };
      const timer = setTimeout(waiter.reject, patienceMs);
      this.waiters.add(waiter);
      if (!calmly) this.hurry();
    });
  }

  /** Builds new views beside the running ones, from the first fact, and switches when they have caught up. */
  rebuild(): Promise<void> {
    this.rebuilding ??= this.buildBeside().finally(() => {
      this.rebuilding = undefined;
    });
    return this.rebuilding;
  }

  /** Copies the views as they are to a file, for another server to begin with; facts wait meanwhile, questions don't. */
  async copyTo(path: string): Promise<Position | undefined> {
    await Promise.all([this.copying, this.rebuilding]);
    const { position } = this;
    this.copying = this.current.copyTo(path).finally(() => {
      this.copying = undefined;
    });
    await this.copying;
    return position;
  }

  async close(): Promise<void> {
    this.stop.abort();
    await Promise.allSettled([this.running, this.rebuilding, this.copying]);
    this.current.close();
  }

  private async buildBeside(): Promise<void> {
    const next = Views.fresh(nextOf(this.current.path), this.store, this.models);
    let built = false;
    try {
      while (!built && !this.stop.signal.aborted) {
        const events = await this.store.readAll(next.checkpoint?.position, BATCH);
        next.apply(events);
        const { position } = next.checkpoint ?? {};
        built =
          events.length < BATCH &&
          (this.position === undefined || (position !== undefined && this.store.compare(position, this.position) >= 0));
        if (!built) await breathe();
      }
    } finally {
      if (!built) next.discard();
    }
    await this.copied();
    if (!built) return;
    next.scrub();
    this.current = next.replace(this.current);
    this.tell(new Set(['*']));
  }

  /** A full disk stops it for as long as it lasts, a fault for good. */
  private async follow(): Promise<void> {
    const { signal } = this.stop;
    while (!signal.aborted && !this.halted) {
      await this.followOn().catch(async (error: unknown) => {
        if ((error as { code?: string }).code === 'SQLITE_FULL') {
          await pause(ROOM_AGAIN_MS, undefined, { signal, ref: false }).catch(() => undefined);
          return;
        }
        this.halted = error as Error;
        for (const { reject } of this.waiters) reject();
      });
    }
  }

  private async followOn(): Promise<void> {
    for await (const { events, caughtUp } of this.store.follow(this.position, this.stop.signal)) {
      const fresh = events.filter(({ position }) => !this.has(position));
      await this.applyInPieces(events);
      if (caughtUp) {
        await this.copied();
        this.current.scrub();
        this.caughtUpOnce = true;
      }
      this.tell(new Set(fresh.map(({ type }) => type)));
      if (caughtUp) await this.gather();
      else await breathe();
    }
  }

  /** Requests come in between, once there may be some; and so may views that were built anew. */
  private async applyInPieces(events: readonly RecordedEvent[]): Promise<void> {
    for (let start = 0, most = 0; start < events.length; start += most) {
      if (start > 0) await breathe();
      await this.copied();
      most = this.caughtUpOnce ? this.pace.of(PIECE) : BATCH;
      this.current.apply(events.slice(start, start + most).filter(({ position }) => !this.has(position)));
    }
  }

  /** Also where the copy failed: that is told to who asked for it. */
  private async copied(): Promise<void> {
    while (this.copying) await this.copying.catch(() => undefined);
  }

  /** Until somebody asks for what comes next, or for a moment. */
  private async gather(): Promise<void> {
    if (this.stop.signal.aborted || [...this.waiters].some(({ calmly }) => !calmly)) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, GATHER_MS);
      this.hurry = () => {
        clearTimeout(timer);
        resolve();
      };
      this.stop.signal.addEventListener('abort', this.hurry, { once: true });
    });
    this.stop.signal.removeEventListener('abort', this.hurry);
    this.hurry = () => undefined;
  }

  private tell(types: ReadonlySet<string>): void {
    for (const waiter of this.waiters) {
      if (!this.has(waiter.position)) continue;
      waiter.resolve();
    }
    for (const changed of this.changes) changed(types);
  }
}

import { isKnown } from '#domain/facts.js';
import type { Appended, EventStore, Position, RecordedEvent } from '#event-store/event-store.js';
import type { Metadata } from './asking.js';
import type { Source } from './subject.js';

export interface Folded<S> {
  readonly state: S;
  /** Version of the last event, -1 where there is none. */
  readonly version: number;
  /** Request hash by command id: a repeat is found here, after a restart too. */
  readonly commands: Map<string, string>;
}

/** A fact this version can't read: it must decide nothing over it. */
export class UnknownFact extends Error {
  override readonly name = 'UnknownFact';
  constructor(readonly type: string) {
    super(`This version does not know the fact ${type}.`);
  }
}

interface Cached extends Folded<unknown> {
  /** The turn of the event loop in which its tail was read. */
  verified: number;
  /** How far the log had come when this was the whole stream. */
  asOf: Position | undefined;
}

/** Folds streams into states, and keeps the latest of them. */
export class FoldedStreams {
  /** Two generations: what is used moves to the young one, and the old one goes when that is full. */
  private young = new Map<string, Cached>();
  private old = new Map<string, Cached>();
  private turn = 0;
  private turning = false;

  constructor(
    private readonly store: EventStore,
    private readonly most: number,
  ) {}

  /** As cached, if it is, and empty otherwise: for a stream that is most likely new. */
  kept<S>(source: Source): Folded<S> {
    return (this.find(source.stream) ?? emptyOf(source)) as Folded<S>;
  }

  /** As cached, if it is: other processes may have moved on. */
  recent<S>(source: Source): Folded<S> | Promise<Folded<S>> {
    return (this.find(source.stream) as Folded<S> | undefined) ?? this.readTail<S>(source, undefined);
  }

  /** As it is now, or was in this turn of the event loop: known by the end of the log, or else with its tail read. */
  current<S>(source: Source): Folded<S> | Promise<Folded<S>> {
    const cached = this.find(source.stream);
    if (cached?.verified === this.thisTurn()) return cached as Folded<S>;
    if (cached && this.store.end?.caughtUp) return this.onceCaughtUp<S>(source, this.store.end.caughtUp());
    if (cached && this.isWhole(source.stream, cached)) return cached as Folded<S>;
    return this.readTail<S>(source, cached, true);
  }

  /** With the tail read, whatever this turn has read before. */
  latest<S>(source: Source): Promise<Folded<S>> {
    return this.readTail<S>(source, this.find(source.stream));
  }

  /** What this process has just appended itself. */
  advance(
    source: Source,
    from: Folded<unknown>,
    events: readonly object[],
    { version, position }: Appended,
    metadata: Metadata,
  ): void {
    const cached = this.find(source.stream);
    if (cached && cached.version >= version) return;
    let { state } = from;
    for (const event of events) state = source.evolve(state, event);
    from.commands.set(metadata.command, metadata.request);
    this.keep(source.stream, { state, version, commands: from.commands, verified: this.thisTurn(), asOf: position });
  }

  private async onceCaughtUp<S>(source: Source, caughtUp: Promise<boolean>): Promise<Folded<S>> {
    const all = await caughtUp;
    const cached = this.find(source.stream);
    return cached && all && this.isWhole(source.stream, cached)
      ? (cached as Folded<S>)
      : this.readTail<S>(source, cached, true);
  }

  /** `keepEmpty`: that there is no such stream is remembered too. */
  private async readTail<S>(source: Source, cached: Cached | undefined, keepEmpty = false): Promise<Folded<S>> {
    const verified = this.thisTurn();
    const asOf = this.store.end?.position();
    const tail = await this.store.readStream(source.stream, { from: (cached?.version ?? -1) + 1 });
    if (tail.length === 0 && cached) {
      Object.assign(cached, { verified, asOf });
      return cached as Folded<S>;
    }
    const empty: Cached = { ...emptyOf(source), verified, asOf };
    if (tail.length === 0) {
      if (keepEmpty && asOf !== undefined && !this.find(source.stream)) this.keep(source.stream, empty);
      return empty as Folded<S>;
    }
    const folded = { ...fold(source, cached ?? empty, tail), verified, asOf };
    this.keep(source.stream, folded);
    return folded as Folded<S>;
  }

  /** Told by the end of the log alone, without reading the stream. */
  private isWhole(stream: string, cached: Cached): boolean {
    const { end } = this.store;
    if (!end || cached.asOf === undefined || !end.unmoved(stream, cached.asOf)) return false;
    cached.asOf = end.position();
    cached.verified = this.thisTurn();
    return true;
  }

  private find(stream: string): Cached | undefined {
    const young = this.young.get(stream);
    if (young) return young;
    const old = this.old.get(stream);
    if (old) this.keep(stream, old);
    return old;
  }

  private keep(stream: string, folded: Cached): void {
    this.young.set(stream, folded);
    if (this.young.size < this.most / 2) return;
    this.old = this.young;
    this.young = new Map();
  }

  private thisTurn(): number {
    if (!this.turning) {
      this.turning = true;
      setImmediate(() => {
        this.turn += 1;
        this.turning = false;
      });
    }
    return this.turn;
  }
}

const emptyOf = ({ initial }: Source): Folded<unknown> => ({ state: initial, version: -1, commands: new Map() });

function fold(source: Source, from: Folded<unknown>, events: readonly RecordedEvent[]): Folded<unknown> {
  const { commands } = from;
  let { state, version } = from;
  for (const event of events) {
    if (!isKnown(event.type, event.schema)) throw new UnknownFact(`${event.type}@${event.schema}`);
    state = source.evolve(state, factOf(event));
    version = event.version;
    const { command, request } = event.metadata as Metadata;
    commands.set(command, request);
  }
  return { state, version, commands };
}

/** The fact as rules know it: its type beside its data. */
export const factOf = (event: RecordedEvent): { type: string } => ({ type: event.type, ...event.data });

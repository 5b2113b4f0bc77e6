import type { EventStore, RecordedEvent } from '#event-store/event-store.js';
import { isKnown } from '#domain/facts.js';
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

/** Folds streams into states, and keeps the latest of them. */
export class FoldedStreams {
  private readonly cache = new Map<string, Folded<unknown>>();

  constructor(
    private readonly store: EventStore,
    private readonly most: number,
  ) {}

  /** As cached, if it is: other processes may have moved on. */
  async recent<S>(source: Source): Promise<Folded<S>> {
    const cached = this.cache.get(source.stream);
    return (cached as Folded<S> | undefined) ?? this.current<S>(source);
  }

  /** With the tail of the stream read. */
  async current<S>(source: Source): Promise<Folded<S>> {
    const { stream } = source;
    const cached = this.cache.get(stream) ?? { state: source.initial, version: -1, commands: new Map<string, string>() };
    const tail = await this.store.readStream(stream, { from: cached.version + 1 });
    const folded = tail.length === 0 ? cached : fold(source, cached, tail);
    this.keep(stream, folded);
    return folded as Folded<S>;
  }

  /** What this process has just appended itself. */
  advance(source: Source, from: Folded<unknown>, events: readonly object[], version: number, metadata: Metadata): void {
    const state = events.reduce<unknown>((folded, event) => source.evolve(folded, event), from.state);
    const commands = from.commands.set(metadata.command, metadata.request);
    const cached = this.cache.get(source.stream);
    if (!cached || cached.version < version) this.keep(source.stream, { state, version, commands });
  }

  /** Least recently used goes first; a stream that doesn't exist yet isn't kept. */
  private keep(stream: string, folded: Folded<unknown>): void {
    this.cache.delete(stream);
    if (folded.version < 0) return;
    this.cache.set(stream, folded);
    if (this.cache.size > this.most) this.cache.delete(this.cache.keys().next().value as string);
  }
}

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

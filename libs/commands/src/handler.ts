import { randomUUID } from 'node:crypto';
import { Refusal, refuse, type Tools } from '#domain/decider.js';
import type { CommandType } from '#domain/commands.js';
import type { RecordEvent } from '#domain/facts.js';
import { commandRoles } from '#domain/permissions.js';
import { roleThatAllows } from '#domain/roles.js';
import {
  type EventStore,
  IdReused,
  type Position,
  StreamDeleted,
  VersionConflict,
  type Write,
} from '#event-store/event-store.js';
import type { Asking, Metadata } from './asking.js';
import {
  type Decided,
  elsewhere,
  fileUnknown,
  keyReused,
  lookingAt,
  metadataOf,
  notAllowed,
  preferring,
  requestHash,
  type Seen,
  stamped,
  wouldMake,
} from './deciding.js';
import { factOf, FoldedStreams } from './folded.js';
import { idFrom } from './ids.js';
import { type Incoming, type Needs, type Source, sourceOf, type Subject, type Target } from './subject.js';
import { newEvent, placeAfter, placeFound, type Place, type Written, written, writingFirst } from './writing.js';

/** What a command did: its events and where they are. A repeat gives the same. */
export interface Changed<E> {
  readonly id: string;
  readonly version: number;
  /** Undefined where nothing had to happen. */
  readonly position: Position | undefined;
  readonly events: readonly E[];
  /** The answer comes from an earlier request with the same key. */
  readonly repeated: boolean;
}

/** The person edits something older than what is there. */
export class StaleVersion extends Error {
  override readonly name = 'StaleVersion';
  constructor(readonly current: number) {
    super('The version seen is not the current one.');
  }
}

/** A rule said no, to somebody who may know. */
export class Refused extends Error {
  override readonly name = 'Refused';
  constructor(readonly refusal: Refusal) {
    super(refusal.code);
  }
}

export interface HandlerOptions {
  /** Keys the hashes of short texts about people, which could otherwise be guessed after they were forgotten. */
  readonly secret: string;
  /** How many folded streams are kept. */
  readonly mostStreams?: number;
}

const MOST_TRIES = 50;

/** Load, decide, append: once for all deciders. Commands of one stream wait for each other. */
export class Handler {
  /** What this process remembers of the streams. */
  readonly streams: FoldedStreams;
  private readonly turns = new Map<string, Promise<unknown>>();

  constructor(
    private readonly store: EventStore,
    private readonly tools: Tools,
    private readonly options: HandlerOptions,
  ) {
    this.streams = new FoldedStreams(store, options.mostStreams ?? 20_000);
  }

  /** @throws Refused, StaleVersion, StoreUnavailable, UnknownFact */
  async change<C extends { type: string }, S, E extends RecordEvent, X>(
    subject: Subject<C, S, E, X>,
    id: string,
    command: Incoming<C> & { type: CommandType },
    asking: Asking,
  ): Promise<Changed<E>> {
    const stream = `${subject.category}-${id}`;
    return this.inTurn(stream, async () => {
      try {
        return await this.changeInTurn(subject, id, command, asking);
      } catch (error) {
        if (error instanceof StreamDeleted) {
          throw new Refused(refuse('ContentsForgotten', 'Ce contenu a été effacé.'));
        }
        throw error;
      }
    });
  }

  private async changeInTurn<C extends { type: string }, S, E extends RecordEvent, X>(
    subject: Subject<C, S, E, X>,
    id: string,
    command: Incoming<C> & { type: CommandType },
    asking: Asking,
  ): Promise<Changed<E>> {
    const source = sourceOf(subject, id);
    const commandId =
      asking.key === undefined ? randomUUID() : idFrom('command', asking.person, asking.key, source.stream);
    const writing = subject.writing?.({ command, state: subject.decider.initial, id });
    const content = writing && written(writing, commandId, this.options.secret);
    const request = requestHash(command, content);

    let folded = asking.likelyNew ? this.streams.kept<S>(source) : await this.streams.recent<S>(source);
    let found: Place | undefined;
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      const before = folded.commands.get(commandId);
      if (before !== undefined) {
        if (before !== request) throw new Refused(keyReused());
        return this.answerAgain<E>(source.stream, id, commandId);
      }
      const target: Target<C, S> = { command, state: folded.state, id };
      const seen = await this.context(subject, target);
      const place = content && (found ?? placeAfter(subject.lastWritten?.(folded.state, command), content));
      const decided =
        this.decide(subject, target, seen, place, asking, folded.version) ??
        (await this.decideElsewhere(subject, target, place, asking, folded.version));
      const said = decided instanceof Refusal || decided instanceof StaleVersion;
      if (said || decided.events.length === 0) {
        const current = await this.streams.latest<S>(source);
        if (current.version > folded.version) {
          folded = current;
          continue;
        }
        if (said) throw decided instanceof Refusal ? new Refused(decided) : decided;
        return { id, version: folded.version, position: undefined, events: [], repeated: false };
      }
      const { events } = decided;
      const metadata = metadataOf(asking, decided, commandId, request, seen.versions);
      const decision: Write = {
        stream: source.stream,
        expected: folded.version < 0 ? 'none' : folded.version,
        events: events.map((event, index) => newEvent(event, idFrom(commandId, String(index)), metadata)),
      };
      try {
        const first = content && place ? writingFirst(content, place, metadata) : [];
        const appended = await this.store.appendInOrder([...first, decision]);
        this.streams.advance(source, folded, events, appended, metadata);
        return { id, ...appended, events, repeated: false };
      } catch (error) {
        if (!(error instanceof VersionConflict) && !(error instanceof IdReused)) throw error;
        if (content) found = await this.placeFound(content);
        folded = await this.streams.latest<S>(source);
      }
    }
    throw new Refused(refuse('TooBusy', 'Trop de personnes agissent en même temps sur cet objet : réessayez.'));
  }

  /** As it stands, for who goes on from there; with `since`, as it was remembered after that version. */
  async stateOf<S, E extends RecordEvent>(
    subject: Pick<Subject<never, S, E, never>, 'category' | 'decider'>,
    id: string,
    since?: number,
  ): Promise<S> {
    const source = sourceOf(subject, id);
    if (since !== undefined) {
      const remembered = await this.streams.recent<S>(source);
      if (remembered.version >= since) return remembered.state;
    }
    return (await this.streams.current<S>(source)).state;
  }

  /** Permission first, so that a refusal tells nothing to somebody who may not know. */
  private decide<C extends { type: string }, S, E extends RecordEvent, X>(
    subject: Subject<C, S, E, X>,
    target: Target<C, S>,
    seen: Seen<X>,
    place: Place | undefined,
    asking: Asking,
    version: number,
  ): Decided<E> | Refusal | StaleVersion | undefined {
    const { context } = seen;
    const roles = commandRoles[target.command.type as CommandType];
    const { person, grants, conflicted } = lookingAt(subject.file?.(target, asking.person), asking);
    const reach = subject.reach({ ...target, context });
    const allowed = roleThatAllows(preferring(target.command, roles), { person, grants }, reach);
    const blind = conflicted && subject.without !== undefined;
    if (!allowed && (blind || !subject.visible({ ...target, context }, { person, grants }))) {
      if (conflicted) return undefined;
      const making = version < 0 && !subject.belongs && wouldMake(subject, target, seen, place, asking);
      return making ? notAllowed(roles) : subject.unknown();
    }
    if (!allowed) return notAllowed(roles);
    const result = subject.decider.decide(stamped(target, place, asking, allowed.role), target.state, context);
    if (result instanceof Refusal) return result;
    if (asking.ifMatch !== undefined && asking.ifMatch !== version) return new StaleVersion(version);
    const scope = allowed.grant?.scope;
    const behalf = scope && scope.kind !== 'everywhere' ? `${scope.kind}:${scope.id}` : undefined;
    return { events: result, role: allowed.role, ...(behalf && { behalf }) };
  }

  /** What who has a conflict on the file is answered: nothing that tells it from one that never was. */
  private async decideElsewhere<C extends { type: string }, S, E extends RecordEvent, X>(
    subject: Subject<C, S, E, X>,
    target: Target<C, S>,
    place: Place | undefined,
    { conflicts: _, ...asking }: Asking,
    version: number,
  ): Promise<Refusal | StaleVersion> {
    const file = subject.file?.(target, asking.person) ?? '';
    const there = elsewhere(subject, target, file);
    if (!there) return fileUnknown();
    const seen = await this.context(subject, there);
    const decided = this.decide(subject, there, seen, place, asking, there.id === target.id ? version : -1);
    return decided instanceof Refusal || decided instanceof StaleVersion ? decided : fileUnknown();
  }

  private async context<C extends { type: string }, S, E extends RecordEvent, X>(
    subject: Subject<C, S, E, X>,
    target: Target<C, S>,
  ): Promise<Seen<X>> {
    const versions: Record<string, number> = {};
    const { calendar, digest: hash } = this.tools;
    const context: Record<string, unknown> = { calendar, digest: hash };
    const stateOf = async (source: Source) => {
      const { state, version } = await this.streams.current(source);
      versions[source.stream] = version;
      return state;
    };
    // All at once: a store that is another process then answers once.
    const look = async (needs: Needs = {}) => {
      const found = Object.entries(needs).map(async ([name, needed]) => {
        if (needed === undefined) return;
        context[name] = 'stream' in needed ? await stateOf(needed) : await Promise.all(needed.map(stateOf));
      });
      await Promise.all(found);
    };
    await look(subject.needs?.(target));
    if (subject.alsoNeeds) await look(subject.alsoNeeds({ ...target, context: context as X }));
    const saved = subject.saved?.(target) ?? [];
    for (const { stream, version, read } of 'stream' in saved ? [saved] : saved) {
      const [event] = await this.store.readStream(stream, { from: version, limit: 1 });
      if (event) Object.assign(context, read(event.data as never));
    }
    return { context: context as X, versions };
  }

  private async placeFound(content: Written): Promise<Place> {
    const found = await placeFound(this.store, content);
    if (found === 'another content') throw new Refused(keyReused());
    return found;
  }

  /** The answer of the first time, from the events it wrote. */
  private async answerAgain<E>(stream: string, id: string, commandId: string): Promise<Changed<E>> {
    const all = await this.store.readStream(stream);
    const mine = all.filter((event) => (event.metadata as Metadata).command === commandId);
    const last = mine.at(-1);
    if (!last) throw new Error(`${stream}: the events of a known command are gone`);
    return { id, version: last.version, position: last.position, events: mine.map(factOf) as E[], repeated: true };
  }

  private async inTurn<T>(stream: string, work: () => Promise<T>): Promise<T> {
    const previous = this.turns.get(stream);
    const mine = previous ? previous.then(work, work) : work();
    this.turns.set(stream, mine);
    try {
      return await mine;
    } finally {
      if (this.turns.get(stream) === mine) this.turns.delete(stream);
    }
  }
}

import type { Award, PlannedReservation } from '#domain/award/award-facts.js';
import { type Envelope, envelopeId, type EnvelopeEvent } from '#domain/award/envelope-facts.js';
import type { Call } from '#domain/call/call.js';
import { Refusal, type Stamp, type Tools } from '#domain/decider.js';
import type { RecordEvent } from '#domain/facts.js';
import { type EventStore, IdReused, VersionConflict, type Write } from '#event-store/event-store.js';
import { type Asking, type Metadata, system } from './asking.js';
import { award, envelope } from './award-subjects.js';
import { type Cause, type Ended, grantKey } from './awarding-facts.js';
import { metadataOf, requestHash } from './deciding.js';
import type { Folded, FoldedStreams } from './folded.js';
import { idFrom } from './ids.js';
import { type Source, sourceOf } from './subject.js';
import { call as callSubject } from './subjects.js';
import { newEvent } from './writing.js';

/** An award whose steps are to be taken. */
export interface Pending {
  readonly application: string;
  readonly cause: Cause;
}

interface Candidate extends Pending {
  readonly source: Source;
  readonly folded: Folded<Award>;
  readonly attempt: number;
  readonly reservations: readonly PlannedReservation[];
  /** A line didn't hold: it asks for no other. */
  stopped: boolean;
}

/** One stream of the append, with what its cache becomes. */
interface Planned {
  readonly source: Source;
  readonly from: Folded<unknown>;
  readonly events: readonly RecordEvent[];
  readonly metadata: Metadata;
}

const TRIES = 3;
type Look = <S>(source: Source) => Folded<S> | Promise<Folded<S>>;

/**
 * The steps of all awards that wait together, in one append: line after line, then the awards that hold each of theirs.
 * Where the append is cut, what stands is what would have stood step by step, and the steps go on from there.
 */
export class AwardingAtOnce {
  constructor(
    private readonly store: EventStore,
    private readonly streams: FoldedStreams,
    private readonly tools: Tools,
  ) {}

  /** How each ended; undefined where steps are left to take: a line was short, or somebody else was in between. */
  async settle(call: string, awards: readonly Pending[]): Promise<(Ended | undefined)[]> {
    for (let tries = 0; tries < TRIES; tries++) {
      // As remembered at first: where that is out of date the append says so.
      const look = <S>(source: Source) =>
        tries === 0 ? this.streams.recent<S>(source) : this.streams.latest<S>(source);
      try {
        return await this.attempt(call, awards, look);
      } catch (error) {
        if (!(error instanceof VersionConflict) && !(error instanceof IdReused)) throw error;
      }
    }
    return awards.map(() => undefined);
  }

  private async attempt(call: string, awards: readonly Pending[], look: Look): Promise<(Ended | undefined)[]> {
    const candidates = await Promise.all(awards.map((one) => candidateOf(one, look)));
    const known = candidates.filter((one) => one !== undefined);
    const lines = [...new Set(known.flatMap(({ reservations }) => reservations.map(({ line }) => line)))];
    const planned: Planned[] = [];
    for (const line of lines.sort((a, b) => a - b)) {
      const reserved = await this.reserve(call, line, known, look);
      if (reserved) planned.push(reserved);
    }
    const granted = new Map<Candidate, Planned>();
    for (const one of known) {
      const grant = one.stopped ? undefined : this.grant(one);
      if (grant) granted.set(one, grant);
    }
    planned.push(...granted.values());
    if (planned.length === 0) return awards.map(() => undefined);
    const { position } = await this.store.appendInOrder(planned.map(writeOf));
    for (const { source, from, events, metadata } of planned) {
      this.streams.advance(source, from, events, { version: from.version + events.length, position }, metadata);
    }
    return candidates.map((one) => {
      const grant = one && granted.get(one);
      const [event] = (grant?.events ?? []) as Ended['event'][];
      // The whole append is where it is seen from: it is durable together.
      return grant && event && { event, version: grant.from.version + 1, position };
    });
  }

  private async reserve(
    call: string,
    line: number,
    candidates: readonly Candidate[],
    look: Look,
  ): Promise<Planned | undefined> {
    const asking = candidates.filter((one) => !one.stopped && one.reservations.some((its) => its.line === line));
    const [first] = asking;
    if (!first) return undefined;
    const source = sourceOf(envelope, envelopeId(call, line));
    const from = await look<Envelope>(source);
    const context = { ...this.tools, call: (await look<Call>(sourceOf(callSubject, call))).state };
    const reservations = asking.flatMap(({ application, reservations: its }) =>
      its.filter((one) => one.line === line).map((one) => ({ ...plain(one), application })),
    );
    const command = { type: 'ReserveFunds' as const, call, line, reservations };
    const { key: _, ...by } = system(first.cause.at, '', first.cause.id);
    const events = envelope.decider.decide({ ...command, ...stamp(by, envelopeId(call, line)) }, from.state, context);
    if (events instanceof Refusal) return stopAll(asking);
    const after = events.reduce(
      (state: Envelope, event: EnvelopeEvent) => envelope.decider.evolve(state, event),
      from.state,
    );
    for (const one of asking) {
      const its = one.reservations.find((other) => other.line === line);
      if (!its || after.reservations.get(its.reservation)?.is !== 'held') one.stopped = true;
    }
    if (events.length === 0) return undefined;
    const id = idFrom('command', 'system', source.stream, ...events.map(({ reservation }) => reservation));
    return {
      source,
      from,
      events,
      metadata: metadataOf(by, { events, role: 'system' }, id, requestHash(command, undefined), {}),
    };
  }

  private grant({ application, attempt, cause, source, folded }: Candidate): Planned | undefined {
    const by = system(cause.at, grantKey(attempt), cause.id);
    const command = { type: 'GrantAward' as const, attempt };
    const events = award.decider.decide({ ...command, ...stamp(by, application) }, folded.state, this.tools);
    if (events instanceof Refusal) return undefined;
    // As a command with this key has it, so that a repeat of the step finds it.
    const id = idFrom('command', by.person, grantKey(attempt), source.stream);
    const metadata = metadataOf(by, { events, role: 'system' }, id, requestHash(command, undefined), {});
    return { source, from: folded, events, metadata };
  }
}

async function candidateOf(one: Pending, look: Look): Promise<Candidate | undefined> {
  const source = sourceOf(award, one.application);
  const folded = await look<Award>(source);
  const { state } = folded;
  if (state.status === 'absent' || !state.pending) return undefined;
  const { attempt, reservations } = state.pending;
  return { ...one, source, folded, attempt, reservations, stopped: false };
}

const plain = ({ reservation, amountCents }: PlannedReservation) => ({ reservation, amountCents });
const stamp = ({ at, person }: Asking, id: string): Stamp => ({ at, by: person, actingAs: 'system', id });

function stopAll(candidates: readonly Candidate[]): undefined {
  for (const one of candidates) one.stopped = true;
}

const writeOf = ({ source, from, events, metadata }: Planned): Write => ({
  stream: source.stream,
  expected: from.version < 0 ? 'none' : from.version,
  events: events.map((event, index) => newEvent(event, idFrom(metadata.command, String(index)), metadata)),
});

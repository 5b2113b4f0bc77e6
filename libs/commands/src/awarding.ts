import {
  type AwardCommand,
  type KnownAward,
  type PlannedReservation,
  reservationOf,
} from '#domain/award/award-facts.js';
import {
  envelopeId,
  type ReleaseReason,
  type Reservation,
  type ReservationOutcome,
} from '#domain/award/envelope-facts.js';
import type { Tools } from '#domain/decider.js';
import type { EventStore, Position } from '#event-store/event-store.js';
import { type Asking, system } from './asking.js';
import { award, envelope } from './award-subjects.js';
import { AwardingAtOnce, type Pending } from './awarding-at-once.js';
import { type Cause, type Ended, grantKey } from './awarding-facts.js';
import { Gathering } from './gathering.js';
import type { Handler } from './handler.js';

export type { Cause, Ended } from './awarding-facts.js';

type Asked = Reservation & { readonly cause: Cause };

/**
 * The steps of an award, on the envelopes and then on the award. What an envelope says of a reservation it says for
 * ever, so that whoever takes the steps, however often, at the same time or after a crash, ends as the others do:
 * granted with every line held, or failed with nothing held. A line that is short closes the others before the failure
 * is recorded: an award that isn't pending any more has nothing left to do.
 */
export class Awarding {
  private readonly running = new Map<string, Promise<Ended | undefined>>();
  private readonly atOnce: AwardingAtOnce;
  private readonly settling = new Gathering((call: string, awards: readonly Pending[]) =>
    this.atOnce.settle(call, awards),
  );
  private readonly reserving = new Gathering((key: string, asked: readonly Asked[]) => this.reserveAll(key, asked));
  private readonly releasing = new Gathering((key: string, asked: readonly Asked[]) => this.releaseAll(key, asked));

  constructor(
    private readonly handler: Handler,
    private readonly store: EventStore,
    private readonly tools: Tools,
  ) {
    this.atOnce = new AwardingAtOnce(store, handler.streams, tools);
  }

  /** Takes what is left of the steps, and answers with how this attempt ended. */
  async settle(application: string, attempt: number, cause: Cause): Promise<Ended> {
    const ended = await this.resume(application, cause);
    if (ended?.event.attempt === attempt) return ended;
    for (const { type, data, version, position } of await this.store.readStream(`award-${application}`)) {
      const event = { type, ...data } as Ended['event'];
      const ends = type === 'AwardGranted' || type === 'AwardFailed';
      if (ends && event.attempt === attempt) return { event, version, position };
    }
    throw new Error(`award-${application}: attempt ${attempt} has no end.`);
  }

  /** Does a request of this process take the steps? */
  isRunning(application: string): boolean {
    return this.running.has(application);
  }

  /** After this version of its stream: nearly always this process remembers what has come of it. */
  async isPending(application: string, since?: number): Promise<boolean> {
    return (await this.handler.stateOf(award, application, since)).status === 'pending';
  }

  /** Takes the steps of a pending award; in one process nobody takes them twice at a time. */
  resume(application: string, cause: Cause): Promise<Ended | undefined> {
    const already = this.running.get(application);
    if (already) return already;
    const mine = this.take(application, cause).finally(() => this.running.delete(application));
    this.running.set(application, mine);
    return mine;
  }

  /** Gives back what a decision held that was declined or taken back; how far that is in the log. */
  async free(application: string, cause: Cause): Promise<Position | undefined> {
    const state = await this.handler.stateOf(award, application);
    return state.status === 'absent' ? undefined : this.giveBack(application, state, cause);
  }

  private async take(application: string, cause: Cause): Promise<Ended | undefined> {
    const state = await this.handler.stateOf(award, application);
    if (state.status === 'absent' || !state.pending) return undefined;
    await this.giveBack(application, state, cause);
    const ended = await this.settling.add(state.call, { application, cause });
    return ended ?? this.stepByStep(application, state.call, state.pending, cause);
  }

  /** In the order of the lines, each after the one before it holds. */
  private async stepByStep(
    application: string,
    call: string,
    { attempt, reservations }: NonNullable<KnownAward['pending']>,
    cause: Cause,
  ): Promise<Ended | undefined> {
    const held: PlannedReservation[] = [];
    for (const planned of reservations) {
      const { line, reservation, amountCents } = planned;
      const outcome = await this.reserving.add(keyOf(call, line), { reservation, application, amountCents, cause });
      if (outcome.is === 'held') held.push(planned);
      if (outcome.is !== 'refused') continue;
      const others = reservations.filter((other) => other !== planned);
      await this.release(application, call, others, 'another-line-short', cause);
      const { leftCents } = outcome;
      const short = { type: 'FailAward', attempt, line, askedCents: amountCents, leftCents } as const;
      return this.end(application, short, `fail-${attempt}`, cause);
    }
    // Released by now: somebody else has ended this attempt meanwhile.
    if (held.length < reservations.length) return undefined;
    return this.end(application, { type: 'GrantAward', attempt }, grantKey(attempt), cause);
  }

  private async giveBack(
    application: string,
    { call, freed }: KnownAward,
    cause: Cause,
  ): Promise<Position | undefined> {
    if (!freed) return undefined;
    const { attempt, lines, because } = freed;
    const held = lines.map(({ line, amountCents }) => ({
      reservation: reservationOf(application, attempt, line, this.tools.digest),
      line,
      amountCents,
    }));
    return this.release(application, call, held, because, cause);
  }

  private async release(
    application: string,
    call: string,
    planned: readonly PlannedReservation[],
    because: ReleaseReason,
    cause: Cause,
  ): Promise<Position | undefined> {
    const steps = planned.map(({ line, reservation, amountCents }) =>
      this.releasing.add(keyOf(call, line, because), { reservation, application, amountCents, cause }),
    );
    const positions = (await Promise.all(steps)).filter((position) => position !== undefined);
    return positions.sort((a, b) => this.store.compare(a, b)).at(-1);
  }

  private async end(
    application: string,
    command: Extract<AwardCommand, { type: 'GrantAward' | 'FailAward' }>,
    key: string,
    { at, id }: Cause,
  ): Promise<Ended | undefined> {
    const changed = await this.handler.change(award, application, command, system(at, key, id));
    const { events, version, position } = changed;
    const event = events.find(({ type }) => type === 'AwardGranted' || type === 'AwardFailed');
    return event && position !== undefined ? { event: event as Ended['event'], version, position } : undefined;
  }

  private async reserveAll(key: string, asked: readonly Asked[]): Promise<ReservationOutcome[]> {
    const { call, line } = envelopeOf(key);
    const id = envelopeId(call, line);
    const reservations = asked.map(reservationAsked);
    await this.handler.change(envelope, id, { type: 'ReserveFunds', call, line, reservations }, together(asked));
    const state = await this.handler.stateOf(envelope, id);
    return asked.map(({ reservation }) => {
      const outcome = state.reservations.get(reservation);
      if (!outcome) throw new Error(`envelope-${id}: nothing is known of ${reservation}.`);
      return outcome;
    });
  }

  private async releaseAll(key: string, asked: readonly Asked[]): Promise<(Position | undefined)[]> {
    const { call, line, because } = envelopeOf(key);
    const command = { type: 'ReleaseFunds', call, line, reservations: asked.map(reservationAsked), because } as const;
    const id = envelopeId(call, line);
    const { position } = await this.handler.change(envelope, id, command, together(asked));
    if (position !== undefined) return asked.map(() => position);
    // Somebody else gave it back already: that is to be seen by who asked, too.
    const [last] = await this.store.readStream(`envelope-${id}`, { backwards: true, limit: 1 });
    return asked.map(() => last?.position);
  }
}

type EnvelopeKey = readonly [call: string, line: number, because: ReleaseReason];
const keyOf = (call: string, line: number, because?: ReleaseReason): string => JSON.stringify([call, line, because]);
const envelopeOf = (key: string): { call: string; line: number; because: ReleaseReason } => {
  const [call, line, because] = JSON.parse(key) as EnvelopeKey;
  return { call, line, because };
};

const reservationAsked = ({ reservation, application, amountCents }: Asked): Reservation => ({
  reservation,
  application,
  amountCents,
});

/** Without a key of their own: the ids of the reservations tell a repeat. On the account of the first of them. */
function together([first]: readonly Asked[]): Asking {
  if (!first) throw new Error('Somebody asked.');
  const { key: _, ...asking } = system(first.cause.at, '', first.cause.id);
  return asking;
}

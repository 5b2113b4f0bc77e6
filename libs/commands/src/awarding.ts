import {
  type AwardCommand,
  type AwardEvent,
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
import type { Instant } from '#domain/decider.js';
import type { EventStore, Position } from '#event-store/event-store.js';
import { type Asking, system } from './asking.js';
import { award, envelope } from './award-subjects.js';
import { digest } from './canonical.js';
import { Gathering } from './gathering.js';
import type { Handler } from './handler.js';

/** On whose account steps are taken: a request that was answered, or the fact that a crash left alone. */
export interface Cause {
  readonly at: Instant;
  readonly id: string;
}

/** How an attempt ended, and where that is in the log. */
export interface Ended {
  readonly event: Extract<AwardEvent, { type: 'AwardGranted' | 'AwardFailed' }>;
  readonly version: number;
  readonly position: Position;
}

type Asked = Reservation & { readonly cause: Cause };

/**
 * The steps of an award, on the envelopes and then on the award. What an envelope says of a reservation it says for
 * ever, so that whoever takes the steps, however often, at the same time or after a crash, ends as the others do:
 * granted with every line held, or failed with nothing held. A line that is short closes the others before the failure
 * is recorded: an award that isn't pending any more has nothing left to do.
 */
export class Awarding {
  private readonly running = new Map<string, Promise<Ended | undefined>>();
  private readonly reserving = new Gathering((key: string, asked: readonly Asked[]) => this.reserveAll(key, asked));
  private readonly releasing = new Gathering((key: string, asked: readonly Asked[]) => this.releaseAll(key, asked));

  constructor(
    private readonly handler: Handler,
    private readonly store: EventStore,
  ) {}

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

  async isPending(application: string): Promise<boolean> {
    return (await this.handler.stateOf(award, application)).status === 'pending';
  }

  /** Takes the steps of a pending award; in one process nobody takes them twice at a time. */
  resume(application: string, cause: Cause): Promise<Ended | undefined> {
    const already = this.running.get(application);
    if (already) return already;
    const mine = this.take(application, cause).finally(() => this.running.delete(application));
    this.running.set(application, mine);
    return mine;
  }

  /** Gives back what a decision held that was declined or taken back. */
  async free(application: string, cause: Cause): Promise<void> {
    const state = await this.handler.stateOf(award, application);
    if (state.status !== 'absent') await this.giveBack(application, state, cause);
  }

  private async take(application: string, cause: Cause): Promise<Ended | undefined> {
    const state = await this.handler.stateOf(award, application);
    if (state.status === 'absent' || !state.pending) return undefined;
    const { attempt, reservations } = state.pending;
    await this.giveBack(application, state, cause);
    // Asked for in the order of the lines, without waiting in between: on every envelope awards come in the same order.
    const outcomes = await Promise.all(
      reservations.map(({ line, reservation, amountCents }) =>
        this.reserving.add(keyOf(state.call, line), { reservation, application, amountCents, cause }),
      ),
    );
    const short = outcomes.findIndex(({ is }) => is === 'refused');
    const [planned, refused] = [reservations[short], outcomes[short]];
    if (planned && refused?.is === 'refused') {
      const held = reservations.filter((_, index) => outcomes[index]?.is === 'held');
      await this.release(application, state.call, held, 'another-line-short', cause);
      const { line, amountCents: askedCents } = planned;
      const { leftCents } = refused;
      return this.end(
        application,
        { type: 'FailAward', attempt, line, askedCents, leftCents },
        `fail-${attempt}`,
        cause,
      );
    }
    // Released by now: somebody else has ended this attempt meanwhile.
    if (outcomes.some(({ is }) => is === 'released')) return undefined;
    return this.end(application, { type: 'GrantAward', attempt }, `grant-${attempt}`, cause);
  }

  private async giveBack(application: string, { call, freed }: KnownAward, cause: Cause): Promise<void> {
    if (!freed) return;
    const { attempt, lines, because } = freed;
    const held = lines.map(({ line, amountCents }) => ({
      reservation: reservationOf(application, attempt, line, digest),
      line,
      amountCents,
    }));
    await this.release(application, call, held, because, cause);
  }

  private async release(
    application: string,
    call: string,
    planned: readonly PlannedReservation[],
    because: ReleaseReason,
    cause: Cause,
  ): Promise<void> {
    const steps = planned.map(({ line, reservation, amountCents }) =>
      this.releasing.add(keyOf(call, line, because), { reservation, application, amountCents, cause }),
    );
    await Promise.all(steps);
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

  private async releaseAll(key: string, asked: readonly Asked[]): Promise<readonly true[]> {
    const { call, line, because } = envelopeOf(key);
    const command = { type: 'ReleaseFunds', call, line, reservations: asked.map(reservationAsked), because } as const;
    await this.handler.change(envelope, envelopeId(call, line), command, together(asked));
    return asked.map(() => true);
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

import { system } from '#commands/asking.js';
import type { Clock } from '#commands/clock.js';
import { type Handler, Refused } from '#commands/handler.js';
import { idFrom } from '#commands/ids.js';
import { round as subject } from '#commands/subjects.js';
import type { Instant } from '#domain/decider.js';
import { later } from '#domain/instants.js';
import type { RoundFacts } from '#domain/reminder/round.js';
import { GRACE_MS, type Lapse, settled } from '#domain/reminder/rounds.js';
import { plannedOf, roundOf, roundsPlanned, type RoundView } from '#read-models/deadline-queries.js';
import type { Projector } from '#read-models/projector.js';
import type { Due } from '#alarms/alarms.js';

export interface RemindersOptions {
  readonly handler: Handler;
  readonly projector: Projector;
  readonly clock: Clock;
  /** When reminders began on this log: what was due long before is history. */
  readonly since: Instant;
}

const MOST_AT_ONCE = 1000;

/** What was due before is history: reminders that began at an instant leave it alone. */
export const remindedSince = (began: Instant): Instant => later(began, -GRACE_MS);

/** Opens each round when its instant has come, or lapses it: once, as a fact. Who is told is up to the notices. */
export class Reminders {
  constructor(private readonly options: RemindersOptions) {}

  /** What is planned up to an instant, the soonest first: of the views, so of the facts. */
  due(until: Instant): Due[] {
    const { projector, since } = this.options;
    const rounds = roundsPlanned(projector.views, remindedSince(since), until, MOST_AT_ONCE);
    return rounds.map(({ key, at }) => ({ key, revision: at, at }));
  }

  /** Still planned, at that instant? */
  stillDue({ key, at }: Due): boolean {
    const found = roundOf(this.options.projector.views, key);
    return found?.status === 'planned' && found.at === at;
  }

  /** Settles the deadline's rounds that are due by now. Doing it again does nothing. */
  async fire({ key }: Due): Promise<void> {
    const { projector, clock } = this.options;
    const found = roundOf(projector.views, key);
    if (found?.status !== 'planned') return;
    const now = clock.now();
    const due = found.lapsed
      ? [found]
      : plannedOf(projector.views, [found.deadline]).filter(({ at, about }) => at <= now && about === found.about);
    const said = settled(
      due.map(({ lapsed, ...each }) => ({ ...each, ...(lapsed && { lapsed }) })),
      now,
    );
    for (const [index, { lapsed }] of said.entries()) await this.settle(due[index] as RoundView, lapsed, now);
  }

  private async settle(round: RoundView, because: Lapse | undefined, now: Instant): Promise<void> {
    const facts: RoundFacts = {
      round: round.key,
      deadline: round.deadline,
      kind: round.kind,
      call: round.call,
      ...(round.about !== null && { about: round.about }),
      step: round.step,
      merges: round.merges,
      dueAt: round.dueAt,
      plannedFor: round.at,
    };
    const [verb, command] = because
      ? (['lapse', { type: 'LapseReminderRound', ...facts, because }] as const)
      : (['open', { type: 'OpenReminderRound', ...facts }] as const);
    const asking = system(now, `${verb}-${round.key}`, round.deadline);
    await this.options.handler.change(subject, idFrom('round', round.key), command, asking).catch((error: unknown) => {
      // Settled by another server, or by this one before the views knew.
      if (!(error instanceof Refused) || error.refusal.code !== 'RoundSettled') throw error;
    });
  }
}

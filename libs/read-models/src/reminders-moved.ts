import { paris } from '#calendar/paris.js';
import type { Schedule } from '#domain/call/call-facts.js';
import { inAlsaceMoselle, type KnownCall } from '#domain/call/call-state.js';
import type { Instant } from '#domain/decider.js';
import { deadlinesOfCall } from '#domain/reminder/deadlines-of-call.js';
import type { DeadlineKind } from '#domain/reminder/deadlines.js';
import { stepsOf } from '#domain/reminder/policy.js';
import { roundsOf } from '#domain/reminder/rounds.js';
import { deadlineOf, plannedOf, policyOf } from './deadline-queries.js';
import type { Views } from './views.js';

/** A reminder that another schedule moves; `from` null where none was to come, `to` null where none will. */
export interface MovedReminder {
  readonly step: string;
  readonly kind: DeadlineKind;
  readonly from: Instant | null;
  readonly to: Instant | null;
}

/** What would become, under another schedule known now, of the reminders to come of a call's own dates. */
export function remindersMoved(
  views: Views,
  { id, call }: { readonly id: string; readonly call: KnownCall },
  after: Schedule,
  now: Instant,
): MovedReminder[] {
  if (call.status !== 'published') return [];
  const policy = policyOf(views, id)?.policy ?? {};
  const of = { calendar: paris, alsaceMoselle: inAlsaceMoselle(call) };
  return deadlinesOfCall(id, { ...call, schedule: after }).flatMap(({ key, kind, dueAt, about }) => {
    const known = deadlineOf(views, key);
    if (known?.dueAt === dueAt) return [];
    const before = plannedOf(views, [key]).filter((round) => (round.about ?? undefined) === about && round.at > now);
    const next = roundsOf(
      { key, dueAt, knownAt: now, postponed: known !== undefined && known.dueAt < dueAt },
      stepsOf(policy, kind),
      of,
    ).filter(({ lapsed }) => !lapsed);
    const places = [...before, ...next].map(({ name, step: { to } }) => `${name} ${to}`);
    return [...new Set(places)].map((place): MovedReminder => {
      const at = (rounds: readonly { name: string; step: { to: string }; at: Instant }[]) =>
        rounds.find(({ name, step }) => `${name} ${step.to}` === place)?.at ?? null;
      const [step = ''] = place.split(' ');
      return { step, kind, from: at(before), to: at(next) };
    });
  });
}

import { call as decider, type Call, type CallEvent } from '#domain/call/call.js';
import { deadlineFor } from '#domain/call/call-state.js';
import { expiryOf } from '#domain/call/expiry.js';
import type { Instant } from '#domain/decider.js';
import type { Fact } from '#domain/facts.js';
import { filedFor } from '#read-models/files-of-call.js';
import type { Views } from '#read-models/views.js';
import type { Told } from './told.js';

/** What a notice of dates says to this person alone, as the call stood with that fact. */
export function datesTold(
  fact: Fact,
  history: readonly Fact[],
  { call, person, at }: { readonly call: string; readonly person: string; readonly at: Instant },
  views: Views,
): Pick<Told, 'filed' | 'expiresAt'> {
  switch (fact.type) {
    case 'ShiftProposed': {
      const state = folded(history);
      const expiresAt = state.status === 'absent' ? undefined : expiryOf(state);
      return expiresAt === undefined ? {} : { expiresAt };
    }
    case 'ScheduleShifted':
    case 'OutageExtensionGranted': {
      const organisations = filedFor(views, call, person);
      if (organisations.length === 0) return {};
      const state = folded(history);
      if (state.status !== 'published' || state.unsealed) return { filed: {} };
      const [last] = organisations
        .map((organisation) => deadlineFor(state, organisation))
        .sort()
        .reverse();
      return { filed: last !== undefined && at <= last ? { until: last } : {} };
    }
    default:
      return {};
  }
}

const folded = (history: readonly Fact[]): Call =>
  history.reduce((state, fact) => decider.evolve(state, fact as CallEvent), decider.initial);

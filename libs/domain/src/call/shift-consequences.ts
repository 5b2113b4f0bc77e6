import type { Calendar, Day } from '../decider.js';
import { sayDay } from '../instants.js';
import { instantOf, type MilestoneKind } from '../schedule/milestones.js';
import type { Schedule } from './call-facts.js';
import { type KnownCall, rulesOf } from './call-state.js';

export interface ShiftConsequences {
  /** The year whose payments close before what is paid now comes, though its lines could still be paid before. */
  readonly closing?: { readonly year: number; readonly closesOn: Day };
  /** Where it comes later than before: no project can start earlier than this day. */
  readonly earliestStart?: Day;
  /** French. */
  readonly warnings: readonly string[];
}

/** What a shift does beyond dates: to the year in which the money can be paid, and to the starts that were proposed. */
export function shiftConsequences(
  call: KnownCall,
  before: Schedule,
  after: Schedule,
  calendar: Calendar,
): ShiftConsequences {
  const closing = closingCrossed(call, before, after, calendar);
  const [old, next] = [earliestStart(before, calendar), earliestStart(after, calendar)];
  const later = next !== undefined && (old === undefined || next > old) ? next : undefined;
  return {
    ...(closing && { closing }),
    ...(later !== undefined && { earliestStart: later }),
    warnings: [
      ...(closing
        ? [
            `Les paiements de ${closing.year} ferment le ${sayDay(closing.closesOn)} : les crédits de ${closing.year} ne pourraient plus être payés avant, les gestionnaires financiers seront interrogés.`,
          ]
        : []),
      ...(later !== undefined && old !== undefined
        ? [
            `Les projets prévus pour démarrer avant le ${sayDay(later)} ne le pourront plus : leurs porteurs devront confirmer de nouvelles dates.`,
          ]
        : []),
    ],
  };
}

/** The first of these that a schedule has, with its day in Paris. */
function dayOfFirst({ milestones }: Schedule, kinds: readonly MilestoneKind[], calendar: Calendar): Day | undefined {
  const at = kinds.map((kind) => instantOf(milestones, kind)).find((found) => found !== undefined);
  return at && calendar.dayOf(at);
}

/** A project starts no earlier than it is decided on. */
export const earliestStart = (schedule: Schedule, calendar: Calendar): Day | undefined =>
  dayOfFirst(schedule, ['decision', 'notification', 'agreementSigned'], calendar);

function closingCrossed(
  call: KnownCall,
  before: Schedule,
  after: Schedule,
  calendar: Calendar,
): ShiftConsequences['closing'] {
  const paid: readonly MilestoneKind[] = ['agreementSigned', 'notification', 'decision'];
  const { monthDay } = rulesOf(call).funding.closingOfPayments;
  /** The last year in which what is paid from that day on can be paid. */
  const yearOf = (day: Day): number => Number(day.slice(0, 4)) + (day.slice(5) > monthDay ? 1 : 0);
  const [old, next] = [dayOfFirst(before, paid, calendar), dayOfFirst(after, paid, calendar)];
  if (old === undefined || next === undefined) return undefined;
  const crossed = (call.envelopes?.lines ?? [])
    .map(({ year }) => year)
    .filter((year) => yearOf(old) <= year && year < yearOf(next));
  if (crossed.length === 0) return undefined;
  const year = Math.min(...crossed);
  return { year, closesOn: `${year}-${monthDay}` };
}

import { absent, type Calendar, type Decision, type Instant, Refusal, refuse } from '../decider.js';
import { frenchMilestones, instantOf, type MilestoneKind } from '../schedule/milestones.js';
import type { Of } from './call-commands.js';
import type { CallEvent } from './call-facts.js';
import type { KnownCall } from './call-state.js';
import { type CallContext, notEnded } from './guards.js';
import { movedMilestones } from './notices.js';

interface Dated {
  readonly kind: MilestoneKind;
  readonly at: Instant;
  readonly which: "L'ancienne" | 'La nouvelle';
}

/**
 * When the pending proposal of a call expires: the first of the dates that it would move, once these are published, or
 * of those that it was made for. At that very instant it can't be agreed to any more, and the old dates hold.
 */
export const expiryOf = (call: KnownCall): Instant | undefined => firstDate(call)?.at;

function firstDate(call: KnownCall): Dated | undefined {
  const { pending, schedule } = call;
  if (!pending) return undefined;
  const { before, after, changes, proposedAt } = pending;
  // A proposal of before that instant was recorded expires with its new dates alone.
  const held = call.status === 'published' && proposedAt !== undefined ? movedMilestones(before, after) : [];
  const dates = [
    ...held.flatMap(({ kind }): Dated[] => {
      const at = instantOf(schedule?.milestones ?? [], kind);
      return at === undefined ? [] : [{ kind, at, which: "L'ancienne" }];
    }),
    ...changes.map(({ kind, at }): Dated => ({ kind, at, which: 'La nouvelle' })),
  ];
  return dates
    .filter(({ at }) => proposedAt === undefined || at > proposedAt)
    .reduce<Dated | undefined>((first, date) => (first && first.at <= date.at ? first : date), undefined);
}

/** The expiry of the pending proposal, if it has come. */
export function expiredBy(call: KnownCall, at: Instant, calendar: Calendar): ShiftExpired | undefined {
  const first = firstDate(call);
  if (!call.pending || !first || at < first.at) return undefined;
  const { kind, which } = first;
  return {
    type: 'ShiftExpired',
    proposal: call.pending.proposal,
    expiredAt: first.at,
    because: `${which} date de « ${frenchMilestones[kind]} » est arrivée : ${calendar.say(first.at)}.`,
  };
}
type ShiftExpired = Extract<CallEvent, { type: 'ShiftExpired' }>;

export const proposalExpired = ({ because }: { readonly because: string }): Refusal =>
  refuse('ProposalExpired', `Cette proposition de décalage a expiré, les dates d'avant valent. ${because}`);

/** The service itself records that nobody agreed in time. */
export function expireShift(
  command: Of<'ExpireShift'>,
  call: KnownCall,
  { calendar }: CallContext,
): Decision<CallEvent> {
  const open = notEnded(call);
  if (open instanceof Refusal) return open;
  if (open.pending?.proposal !== command.proposal) return proposalUnknown();
  const expired = expiredBy(open, command.at, calendar);
  return expired ? [expired] : refuse('ProposalNotExpired', "Cette proposition de décalage n'a pas encore expiré.");
}

export const proposalUnknown = (): Refusal =>
  absent('ProposalUnknown', "Cette proposition de décalage n'est pas en cours.");

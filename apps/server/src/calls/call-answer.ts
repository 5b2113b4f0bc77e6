import { paris } from '#calendar/paris.js';
import { type GrantedOutage, type Proposal, wasPublished } from '#domain/call/call-state.js';
import { expiryOf } from '#domain/call/expiry.js';
import type { Schedule } from '#domain/call/call-facts.js';
import type { Instant } from '#domain/decider.js';
import { movedMilestones } from '#domain/call/notices.js';
import type { CallSight, Looking } from '#domain/visibility.js';
import { countsOf } from '#read-models/application-queries.js';
import { stageCountsOf } from '#read-models/examinations.js';
import type { CallRow } from '#read-models/calls.js';
import { personOf } from '#read-models/identity.js';
import type { Views } from '#read-models/views.js';
import type { CallAnswer, PreparationAnswer, ProposalAnswer, ScheduleAnswer } from './calls.answers.js';

/** The call as this person sees it: what is published, and its preparation for those inside. */
export function callAnswer(
  views: Views,
  { id, call }: CallRow,
  sight: CallSight,
  by: Looking & { readonly at: Instant },
): CallAnswer {
  const { heading, associated, specifications, criteria, envelopes, schedule, copiedFrom } = call;
  const shown = sight === 'preparation' || sight === 'published';
  const extended = 'outages' in call && call.outages ? call.outages : [];
  return {
    id,
    status: call.status,
    ...('reason' in call && { reason: call.reason }),
    ...(copiedFrom && sight === 'preparation' && { copiedFrom }),
    heading: heading as CallAnswer['heading'],
    associated: [...associated],
    referents: shown ? referents(views, call.referents) : [],
    ...(shown && {
      ...(specifications && { specifications: specifications as CallAnswer['specifications'] }),
      ...(criteria && { criteria: criteria as CallAnswer['criteria'] }),
      ...(envelopes && { envelopes: envelopes as CallAnswer['envelopes'] }),
      ...(schedule && { schedule: scheduleAnswer(schedule) }),
    }),
    ...('rules' in call && call.rules && { rules: call.rules }),
    notices: wasPublished(call) ? [...call.notices] : [],
    outages: extended.map((outage, index) => outageAnswer(index + 1, outage, heading.leads, sight, by.at)),
    unsealed: 'unsealed' in call && call.unsealed === true,
    counts: countsOf(views, id, by),
    ...(sight === 'preparation' && { preparation: preparation(views, id, call, by) }),
  };
}

export const scheduleAnswer = ({ milestones, setBy, derogation }: Schedule): ScheduleAnswer => ({
  zone: 'Europe/Paris',
  milestones: milestones.map(({ kind, at }) => ({ kind, at, said: paris.say(at) })),
  ...(setBy && { setBy }),
  ...(derogation && { derogation }),
});

const referents = (views: Views, named: CallRow['call']['referents']): CallAnswer['referents'] =>
  Object.entries(named).map(([institution, { person, duty }]) => {
    const known = personOf(views, person);
    return { institution, person, duty, name: known?.name ?? null, email: known?.email ?? null };
  });

function preparation(views: Views, id: string, call: CallRow['call'], by: Looking): PreparationAnswer {
  return {
    signed: Object.keys(call.signatures),
    approved: Object.keys(call.approvals),
    partners: Object.entries(call.partners).map(([institution, partner]) => ({ institution, ...partner })),
    ...(call.pending && { pending: proposalAnswer(call.pending, expiryOf(call)) }),
    ...(call.ending && { ending: { ...call.ending, agreed: [...call.ending.agreed] } }),
    extensions: 'extensions' in call && call.extensions ? { ...call.extensions } : {},
    examined: stageCountsOf(views, id, by),
  };
}

function outageAnswer(
  number: number,
  { incident, ratifyBy, missed, ratified, ...outage }: GrantedOutage,
  leads: readonly string[],
  sight: CallSight,
  now: Instant,
): CallAnswer['outages'][number] {
  const waiting = leads.some((lead) => !ratified.includes(lead));
  return {
    number,
    ...outage,
    ...(incident && { incident: sight === 'preparation' ? incident : { reference: incident.reference } }),
    ratified: [...ratified],
    ...(ratifyBy && { ratificationDueAt: ratifyBy }),
    ratificationOverdue: waiting && ratifyBy !== undefined && now > ratifyBy,
    leftUnratifiedBy: [...(missed ?? [])],
  };
}

function proposalAnswer(
  { before, after, changes: _, ...proposal }: Proposal,
  expiresAt: Instant | undefined,
): ProposalAnswer {
  return {
    ...proposal,
    ...(expiresAt && { expiresAt }),
    agreed: [...proposal.agreed],
    moved: movedMilestones(before, after),
    warnings: [...proposal.warnings],
  };
}

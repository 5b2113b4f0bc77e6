import type { KnownCall } from '../call/call-state.js';
import { wasPublished } from '../call/call-state.js';
import { movedMilestones } from '../call/notices.js';
import type { Fact, FactType } from '../facts.js';
import { leadToldFacts, sealedToldFacts, type ToldFact } from './told-facts.js';

type Told = Extract<Fact, { type: ToldFact }>;

/** What a webhook may say of a fact, and to whom. */
export interface Sayable {
  /** Nobody but these institutions; everybody where it is left out. */
  readonly only?: readonly string[];
  /** The file and its applicant may be named. */
  readonly named: boolean;
  readonly data: object;
}

const forLeads: ReadonlySet<FactType> = new Set<FactType>(leadToldFacts);

/**
 * The public part of a fact, by the call as it was when that happened; undefined where nothing may be said. What moves
 * before publication is nobody's business, and a sealed file is counted, not named (decision 14: sealing covers webhooks).
 */
export function sayable(fact: Told, call: KnownCall): Sayable | undefined {
  if (!wasPublished(call)) return undefined;
  if (!forLeads.has(fact.type)) return { named: false, data: partOf(fact) };
  const sealed = sealedToldFacts.has(fact.type) && call.unsealed !== true;
  return { only: call.heading.leads, named: !sealed, data: sealed ? { sealed } : partOf(fact) };
}

function partOf(fact: Told): object {
  switch (fact.type) {
    case 'CallPublished':
      return { milestones: fact.schedule.milestones.map(({ kind, at }) => ({ kind, at })) };
    case 'RectifyingNoticePublished':
      return { number: fact.number, notice: fact.notice };
    case 'ScheduleShifted':
      return { reason: fact.reason, moved: movedMilestones(fact.before, fact.after) };
    case 'OutageExtensionGranted':
      return { reason: fact.outage.description, moved: movedMilestones(fact.before, fact.after) };
    case 'ContentsUnsealed':
    case 'ContentsResealed':
      return { windowEnd: fact.windowEnd };
    case 'CallCancelled':
    case 'CallDeclaredUnsuccessful':
      return { reason: fact.reason };
    case 'ApplicationSubmitted':
    case 'SubmissionReplaced':
      return { submission: fact.submission, receipt: fact.receipt, submittedAt: fact.submittedAt };
    case 'ApplicationWithdrawn':
      return {};
    case 'AwardNotified':
      return { institution: fact.institution, notifiedOn: fact.notifiedOn };
    case 'AgreementConcluded':
      return { concludedOn: fact.concludedOn };
    case 'ReportAccepted':
      return { report: fact.report };
  }
}

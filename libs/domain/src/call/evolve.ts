import { unreachable } from '../decider.js';
import type { InstitutionCode, Partner } from './call-contents.js';
import type { CallEvent } from './call-facts.js';
import type { Call, GrantedOutage, KnownCall, Proposal, Published } from './call-state.js';

export function evolve(state: Call, event: CallEvent): Call {
  if (event.type === 'CallDrafted') {
    const { heading, copiedFrom } = event;
    const nobody = {
      signatures: {},
      referents: {},
      partners: {},
      associated: [],
      comments: 0,
      approvals: {},
      proposals: 0,
    };
    return { status: 'drafted', heading, ...(copiedFrom && { copiedFrom }), ...nobody };
  }
  return state.status === 'absent' ? state : evolveKnown(state, event);
}

function evolveKnown(call: KnownCall, event: Exclude<CallEvent, { type: 'CallDrafted' }>): Call {
  switch (event.type) {
    case 'HeadingRevised':
      return { ...call, heading: event.heading };
    case 'LetterOfIntentSigned':
      return { ...call, signatures: { ...call.signatures, [event.institution]: { capacity: event.capacity } } };
    case 'LetterSignaturesFell':
      return { ...call, signatures: {} };
    case 'PreparationOpened':
      return call.status === 'drafted' ? { ...call, status: 'preparation' } : call;
    case 'ReferentNamed': {
      const { institution, person, duty } = event;
      return { ...call, referents: { ...call.referents, [institution]: { person, duty } } };
    }
    case 'PartnerInvited': {
      const { institution, presence, departement } = event;
      return withPartner(call, institution, { presence, ...(departement && { departement }) });
    }
    case 'PartnerInvitationWithdrawn': {
      const { [event.institution]: _, ...partners } = call.partners;
      return { ...call, partners };
    }
    case 'PartnerInvitationAnswered':
      return withPartner(call, event.institution, { answer: event.accepted ? 'accepted' : 'declined' });
    case 'SilentPartnerOverridden':
      return withPartner(call, event.institution, { override: event.reason });
    case 'AuthorityAssociated':
      return { ...call, associated: [...call.associated, event.name] };
    case 'AuthorityDissociated':
      return { ...call, associated: call.associated.filter((name) => name !== event.name) };
    case 'PreparationCommented':
      return { ...call, comments: call.comments + 1 };
    case 'SpecificationsSet':
      return { ...call, specifications: event.specifications };
    case 'RubricSet':
      return { ...call, criteria: event.criteria };
    case 'ScheduleSet':
      return { ...call, schedule: event.schedule };
    case 'EnvelopesSet':
      return { ...call, envelopes: event.envelopes };
    case 'CallApproved': {
      const { institution, capacity, approvedAt } = event;
      return { ...call, approvals: { ...call.approvals, [institution]: { capacity, approvedAt } } };
    }
    case 'ApprovalsFell':
      return { ...call, approvals: {} };
    case 'ShiftProposed': {
      const { type: _, ...proposed } = event;
      const pending: Proposal = { ...proposed, agreed: [event.institution] };
      return { ...call, proposals: event.proposal, pending };
    }
    case 'OutsideAnswerRecorded':
      return event.accepted ? withPending(call, () => ({ outsideAnswer: 'accepted' })) : withoutPending(call);
    case 'ShiftAgreed':
      return withPending(call, (pending) => ({ agreed: [...pending.agreed, event.institution] }));
    case 'ShiftRefused':
    case 'ShiftWithdrawn':
      return withoutPending(call);
    case 'ShiftExpired': {
      const { proposal, because } = event;
      return { ...withoutPending(call), expired: { proposal, because } };
    }
    case 'ScheduleShifted':
      return { ...withoutPending(call), schedule: event.after };
    case 'PaymentYearAsked': {
      const { year, closesOn } = event;
      return whenPublished(call, (open) => ({ ...open, paymentYear: { year, closesOn, answers: {} } }));
    }
    case 'PaymentYearAnswered':
      return whenPublished(call, (open) => paymentYearAnswered(open, event));
    case 'EndingAgreed': {
      const { ending, reason, institution } = event;
      const agreed = [...(call.ending?.agreed ?? []), institution];
      return { ...call, ending: { ending, reason: call.ending?.reason ?? reason, agreed } };
    }
    case 'EndingDropped': {
      const { ending: _, ...rest } = call;
      return rest;
    }
    case 'CallCancelled':
      return { ...withoutPending(call), status: 'cancelled', reason: event.reason };
    case 'CallDeclaredUnsuccessful':
      return { ...withoutPending(call), status: 'unsuccessful', reason: event.reason };
    case 'CallPublished': {
      if (call.status !== 'preparation' || !call.specifications) return call;
      const { specifications } = call;
      const { schedule, rules, notice } = event;
      const fresh = { notices: [notice], extensions: {}, outages: [], unsealed: false };
      return { ...call, status: 'published', specifications, schedule, rules, ...fresh };
    }
    case 'RectifyingNoticePublished':
      return whenPublished(call, (open) => ({ ...open, notices: [...open.notices, event.notice] }));
    case 'OutageExtensionGranted':
      return whenPublished(call, (open) => ({
        ...open,
        schedule: event.after,
        outages: [
          ...open.outages,
          { ...event.outage, ratified: [event.institution], ...(event.ratifyBy && { ratifyBy: event.ratifyBy }) },
        ],
      }));
    case 'OutageExtensionRatified':
      return withOutage(call, event.number, ({ ratified }) => ({ ratified: [...ratified, event.institution] }));
    case 'OutageLeftUnratified':
      return withOutage(call, event.number, () => ({ missed: event.institutions }));
    case 'ExtensionGranted':
      return whenPublished(call, (open) => ({
        ...open,
        extensions: { ...open.extensions, [event.organisation]: event.until },
      }));
    case 'ContentsUnsealed':
    case 'ContentsResealed':
      return whenPublished(call, (open) => ({ ...open, unsealed: event.type === 'ContentsUnsealed' }));
    default:
      return unreachable(event);
  }
}

function withPartner(call: KnownCall, institution: InstitutionCode, change: Partial<Partner>): Call {
  const known: Partner = call.partners[institution] ?? { presence: 'optional' };
  return { ...call, partners: { ...call.partners, [institution]: { ...known, ...change } } };
}

const withPending = (call: KnownCall, change: (pending: Proposal) => Partial<Proposal>): Call =>
  call.pending ? { ...call, pending: { ...call.pending, ...change(call.pending) } } : call;

function withoutPending(call: KnownCall): KnownCall {
  const { pending: _, ...rest } = call;
  return rest;
}

function paymentYearAnswered(
  open: Published,
  { institution, year, reason }: Extract<CallEvent, { type: 'PaymentYearAnswered' }>,
): Published {
  if (!open.paymentYear) return open;
  const answers = { ...open.paymentYear.answers, [institution]: { year, reason } };
  return { ...open, paymentYear: { ...open.paymentYear, answers } };
}

const withOutage = (call: KnownCall, number: number, change: (outage: GrantedOutage) => Partial<GrantedOutage>): Call =>
  whenPublished(call, (open) => ({
    ...open,
    outages: open.outages.map((outage, index) => (index === number - 1 ? { ...outage, ...change(outage) } : outage)),
  }));

const whenPublished = (call: KnownCall, change: (open: Published) => Published): Call =>
  call.status === 'published' ? change(call) : call;

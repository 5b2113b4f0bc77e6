import { type Decision, type Instant, Refusal, refuse, type Tools } from '../decider.js';
import { type Capacity, capacityToSign } from '../institution/institution.js';
import { frenchMilestones, instantOf } from '../schedule/milestones.js';
import { written } from '../texts.js';
import type { Of } from './call-commands.js';
import type { CallEvent, Schedule } from './call-facts.js';
import type { KnownCall, Proposal } from './call-state.js';
import { expiredBy, proposalExpired, proposalUnknown } from './expiry.js';
import { type CallContext, withApprovalsFallen } from './guards.js';
import { rectifyingNotice } from './notices.js';
import { paymentYearAsked } from './payment-year.js';
import { type Movable, movableCall, previewShift, resealed, shifted } from './shift-preview.js';

export function proposeShift(command: Of<'ProposeShift'>, call: KnownCall, context: CallContext): Decision<CallEvent> {
  const movable = movableCall(call);
  if (movable instanceof Refusal) return movable;
  const expired = expiredBy(movable, command.at, context.calendar);
  if (movable.pending && !expired)
    return refuse('ShiftPending', "Une proposition de décalage est déjà en cours : qu'elle soit d'abord tranchée.");
  const preview = previewShift(movable, command.changes, command.at, context);
  if (preview instanceof Refusal) return preview;
  const before = movable.schedule as Schedule;
  const requestedFrom = written(command.requestedFrom);
  if (movable.status === 'preparation' && before.setBy && !requestedFrom) {
    return refuse(
      'OutsideAuthorityNotAsked',
      `Le calendrier a été fixé par « ${before.setBy} » : adressez-lui la demande (champ « requestedFrom »).`,
    );
  }
  const { institution, changes, reason } = command;
  const proposal = movable.proposals + 1;
  const { after, warnings } = preview;
  const proposed: CallEvent = {
    type: 'ShiftProposed',
    proposal,
    institution,
    changes,
    reason,
    proposedAt: command.at,
    ...(requestedFrom && { requestedFrom }),
    before,
    after,
    warnings: [...warnings],
  };
  const pending = { ...proposed, agreed: [institution] };
  return [...(expired ? [expired] : []), proposed, ...settled(movable, pending, context)];
}

export function answerShift(
  command: Of<'RecordOutsideAnswer' | 'AgreeToShift' | 'RefuseShift' | 'WithdrawShift'>,
  call: KnownCall,
  context: CallContext,
): Decision<CallEvent> {
  const movable = movableCall(call);
  if (movable instanceof Refusal) return movable;
  const { pending, expired } = movable;
  if (pending?.proposal !== command.proposal) {
    return expired?.proposal === command.proposal ? proposalExpired(expired) : proposalUnknown();
  }
  // The instant of the request decides, whether or not the expiry was recorded yet.
  const late = expiredBy(movable, command.at, context.calendar);
  if (late) return proposalExpired(late);
  switch (command.type) {
    case 'RecordOutsideAnswer': {
      if (!pending.requestedFrom)
        return refuse('NobodyAsked', "Cette proposition n'attend la réponse d'aucune autre autorité.");
      if (pending.outsideAnswer) return refuse('AlreadyAnswered', 'La réponse de cette autorité est déjà enregistrée.');
      const { accepted, answeredOn, reference } = command;
      const recorded: CallEvent = {
        type: 'OutsideAnswerRecorded',
        proposal: pending.proposal,
        accepted,
        answeredOn,
        reference,
      };
      if (!accepted) return [recorded];
      return settle(movable, recorded, { ...pending, outsideAnswer: 'accepted' }, command.at, context);
    }
    case 'AgreeToShift': {
      const { institution } = command;
      if (pending.agreed.includes(institution)) {
        return refuse('AlreadyAgreed', 'Votre institution a déjà accepté ce décalage.');
      }
      const unsigned = command.actingAs === 'administrator' && !command.under;
      const capacity = unsigned ? undefined : capacityToSign(command, 'agree-to-shift', context.institution, context);
      if (capacity instanceof Refusal) return capacity;
      const agreed = shiftAgreed(pending, institution, capacity);
      return settle(movable, agreed, { ...pending, agreed: [...pending.agreed, institution] }, command.at, context);
    }
    case 'RefuseShift': {
      if (pending.institution === command.institution) {
        return refuse('OwnProposal', 'Votre institution a fait cette proposition : retirez-la.');
      }
      return [
        { type: 'ShiftRefused', proposal: pending.proposal, institution: command.institution, reason: command.reason },
      ];
    }
    case 'WithdrawShift': {
      if (pending.institution !== command.institution) {
        return refuse('NotYourProposal', "Seule l'autorité qui a fait cette proposition peut la retirer.");
      }
      return [
        {
          type: 'ShiftWithdrawn',
          proposal: pending.proposal,
          institution: command.institution,
          reason: command.reason,
        },
      ];
    }
  }
}

const shiftAgreed = (pending: Proposal, institution: string, capacity: Capacity | undefined): CallEvent => ({
  type: 'ShiftAgreed',
  proposal: pending.proposal,
  institution,
  ...(capacity && { capacity }),
});

/** The rules are checked again with what changed since the proposal; on the last agreement all dates move at once. */
function settle(
  call: Movable,
  event: CallEvent,
  pending: Proposal,
  at: Instant,
  context: CallContext,
): Decision<CallEvent> {
  const before = call.schedule as Schedule;
  const outdated = proposalOutdated(pending, before);
  if (outdated) return outdated;
  const after = shifted(call, before, pending.changes, at, context);
  if (after instanceof Refusal) return after;
  return [event, ...settled(call, { ...pending, before, after }, context)];
}

/** What the leads agree to is the preview they saw: a milestone it moves from a date that holds no more is another shift. */
function proposalOutdated({ before, changes }: Proposal, now: Schedule): Refusal | undefined {
  const moved = changes.filter(({ kind }) => instantOf(before.milestones, kind) !== instantOf(now.milestones, kind));
  if (moved.length === 0) return undefined;
  const names = moved.map(({ kind }) => `« ${frenchMilestones[kind]} »`).join(', ');
  return refuse(
    'ProposalOutdated',
    `Depuis cette proposition, une autre décision a changé la date de ${names} : refusez-la ou retirez-la, puis proposez de nouveau.`,
  );
}

function settled(
  call: Movable,
  pending: Pick<Proposal, 'proposal' | 'reason' | 'requestedFrom' | 'outsideAnswer' | 'agreed' | 'before' | 'after'>,
  tools: Tools,
): CallEvent[] {
  const { calendar } = tools;
  const { proposal, reason, before, after } = pending;
  const everybody = call.heading.leads.every((lead) => pending.agreed.includes(lead));
  if (!everybody || (pending.requestedFrom && pending.outsideAnswer !== 'accepted')) return [];
  const moved: CallEvent = { type: 'ScheduleShifted', proposal, reason, before, after };
  if (call.status === 'preparation') return withApprovalsFallen(call, moved, 'Le calendrier a été décalé.');
  const number = call.notices.length;
  const notice = rectifyingNotice(number, call, { before, after, reason }, calendar);
  return [
    moved,
    { type: 'RectifyingNoticePublished', number, notice },
    ...resealed(call, after),
    ...paymentYearAsked(call, pending, tools),
  ];
}

import { absent, type Calendar, type Decision, type Instant, Refusal, refuse, type Tools } from '../decider.js';
import { type Capacity, capacityToSign } from '../institution/institution.js';
import { scheduleRefusal, scheduleWarnings } from '../schedule/bounds.js';
import { frenchMilestones, instantOf, resolve, withChanges } from '../schedule/milestones.js';
import type { Of } from './call-commands.js';
import type { CallEvent, Schedule, ShiftChange } from './call-facts.js';
import {
  type Drafted,
  generalDeadline,
  inAlsaceMoselle,
  type InPreparation,
  type KnownCall,
  type Proposal,
  type Published,
  rulesOf,
  windowEnd,
} from './call-state.js';
import { type CallContext, inPreparation, notEnded, withApprovalsFallen } from './guards.js';
import { type Moved, movedMilestones, rectifyingNotice } from './notices.js';

type Movable = InPreparation | Published;

/** What a shift would do, before anybody proposes it. Reminders come with their own engine. */
export interface ShiftPreview {
  readonly moved: readonly Moved[];
  readonly after: Schedule;
  /** Individual extensions still later than the new deadline, and those it absorbs, by organisation. */
  readonly extensionsKept: readonly string[];
  readonly extensionsAbsorbed: readonly string[];
  readonly warnings: readonly string[];
}

export function previewShift(
  call: KnownCall,
  changes: readonly ShiftChange[],
  at: Instant,
  tools: Tools,
): ShiftPreview | Refusal {
  const movable = movableCall(call);
  if (movable instanceof Refusal) return movable;
  const before = movable.schedule;
  if (!before) return refuse('ScheduleMissing', "Le calendrier n'est pas fixé.");
  const after = shifted(movable, before, changes, at, tools);
  if (after instanceof Refusal) return after;
  const deadline = instantOf(after.milestones, 'submissionDeadline');
  const extensions = Object.entries(movable.status === 'published' ? movable.extensions : {});
  const kept = ([, until]: [string, Instant]) => deadline !== undefined && until > deadline;
  return {
    moved: movedMilestones(before, after),
    after,
    extensionsKept: extensions.filter(kept).map(([organisation]) => organisation),
    extensionsAbsorbed: extensions.filter((extension) => !kept(extension)).map(([organisation]) => organisation),
    warnings: [
      ...scheduleWarnings(after.milestones, rulesOf(movable), inAlsaceMoselle(movable), tools.calendar),
      ...earlier(before, after),
    ],
  };
}

export function proposeShift(command: Of<'ProposeShift'>, call: KnownCall, context: CallContext): Decision<CallEvent> {
  const movable = movableCall(call);
  if (movable instanceof Refusal) return movable;
  if (movable.pending)
    return refuse('ShiftPending', "Une proposition de décalage est déjà en cours : qu'elle soit d'abord tranchée.");
  const preview = previewShift(movable, command.changes, command.at, context);
  if (preview instanceof Refusal) return preview;
  const before = movable.schedule as Schedule;
  if (movable.status === 'preparation' && before.setBy && !command.requestedFrom) {
    return refuse(
      'OutsideAuthorityNotAsked',
      `Le calendrier a été fixé par « ${before.setBy} » : adressez-lui la demande (champ « requestedFrom »).`,
    );
  }
  const { institution, changes, reason, requestedFrom } = command;
  const proposal = movable.proposals + 1;
  const { after, warnings } = preview;
  const proposed: CallEvent = {
    type: 'ShiftProposed',
    proposal,
    institution,
    changes,
    reason,
    ...(requestedFrom && { requestedFrom }),
    before,
    after,
    warnings: [...warnings],
  };
  const pending = { ...proposed, agreed: [institution] };
  return [proposed, ...settled(movable, pending, context)];
}

export function answerShift(
  command: Of<'RecordOutsideAnswer' | 'AgreeToShift' | 'RefuseShift' | 'WithdrawShift'>,
  call: KnownCall,
  context: CallContext,
): Decision<CallEvent> {
  const movable = movableCall(call);
  if (movable instanceof Refusal) return movable;
  const { pending } = movable;
  if (pending?.proposal !== command.proposal) {
    return absent('ProposalUnknown', "Cette proposition de décalage n'est pas en cours.");
  }
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
  const after = shifted(call, before, pending.changes, at, context);
  if (after instanceof Refusal) return after;
  return [event, ...settled(call, { ...pending, before, after }, context)];
}

function settled(
  call: Movable,
  pending: Pick<Proposal, 'proposal' | 'reason' | 'requestedFrom' | 'outsideAnswer' | 'agreed' | 'before' | 'after'>,
  { calendar }: Tools,
): CallEvent[] {
  const { proposal, reason, before, after } = pending;
  const everybody = call.heading.leads.every((lead) => pending.agreed.includes(lead));
  if (!everybody || (pending.requestedFrom && pending.outsideAnswer !== 'accepted')) return [];
  const moved: CallEvent = { type: 'ScheduleShifted', proposal, reason, before, after };
  if (call.status === 'preparation') return withApprovalsFallen(call, moved, 'Le calendrier a été décalé.');
  const number = call.notices.length;
  const notice = rectifyingNotice(number, call, { before, after, reason }, calendar);
  return [moved, { type: 'RectifyingNoticePublished', number, notice }, ...resealed(call, after)];
}

/** A window that reopens seals what comes again; `shifted` has made sure that the specifications allow it. */
export function resealed(call: Published, after: Schedule): CallEvent[] {
  const deadline = instantOf(after.milestones, 'submissionDeadline');
  const later = deadline !== undefined && deadline > generalDeadline(call);
  return call.unsealed && later ? [{ type: 'ContentsResealed', windowEnd: deadline }] : [];
}

function movableCall(call: KnownCall): Movable | Refusal {
  const open = notEnded(call);
  if (open instanceof Refusal) return open;
  return open.status === 'published' ? open : inPreparation(open);
}

/** The schedule after the changes, or the rule that forbids them. */
export function shifted(
  call: Movable | Drafted,
  before: Schedule,
  changes: readonly ShiftChange[],
  at: Instant,
  { calendar }: Tools,
): Schedule | Refusal {
  const past = changes.find((change) => change.at <= at);
  if (past) return dateInPast(past, calendar);
  const milestones = resolve(withChanges(before.milestones, changes), calendar);
  if (milestones instanceof Refusal) return milestones;
  const after = { ...before, milestones };
  const moved = movedMilestones(before, after);
  if (moved.length === 0) return refuse('NothingMoves', 'Ces dates sont déjà celles du calendrier.');
  const overtaken = moved.find(({ from, to }) => to <= at && from !== undefined && from > at);
  if (overtaken) return dateInPast({ kind: overtaken.kind, at: overtaken.to }, calendar);
  if (call.status === 'published') {
    if (moved.some(({ kind }) => kind === 'publication')) {
      return refuse('AlreadyPublished', "La date de publication ne change plus : l'appel est publié.");
    }
    const reopens = moved.some(({ kind }) => kind === 'submissionDeadline') && call.unsealed;
    if (reopens && !call.specifications.reopenAfterUnsealing) {
      return refuse(
        'ContentsUnsealed',
        'Les dossiers ont été descellés : le dépôt ne rouvre pas, le cahier des charges ne le prévoit pas.',
      );
    }
  }
  const { derogation } = before;
  const refusal = scheduleRefusal(milestones, { rules: rulesOf(call), derogation }, calendar);
  if (refusal) return refusal;
  const commission = instantOf(milestones, 'commission');
  if (call.status === 'published' && commission && windowEnd({ ...call, schedule: after }) > commission) {
    return refuse(
      'MilestonesOutOfOrder',
      `Un délai accordé à un candidat dépasserait la commission : ${calendar.say(commission)}.`,
    );
  }
  return after;
}

const dateInPast = ({ kind, at }: ShiftChange, calendar: Calendar): Refusal =>
  refuse('DateInPast', `La nouvelle date de « ${frenchMilestones[kind]} » est déjà passée : ${calendar.say(at)}.`);

function earlier(before: Schedule, after: Schedule): string[] {
  const old = instantOf(before.milestones, 'submissionDeadline');
  const next = instantOf(after.milestones, 'submissionDeadline');
  return old && next && next < old
    ? ['La date limite de dépôt est avancée : des porteurs de projet peuvent être surpris.']
    : [];
}

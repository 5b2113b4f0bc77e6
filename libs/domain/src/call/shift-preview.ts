import { type Calendar, type Instant, Refusal, refuse, type Tools } from '../decider.js';
import { scheduleRefusal, scheduleWarnings } from '../schedule/bounds.js';
import { datedTwice, frenchMilestones, instantOf, overtakenBy, resolve, withChanges } from '../schedule/milestones.js';
import type { CallEvent, Schedule, ShiftChange } from './call-facts.js';
import {
  type Drafted,
  generalDeadline,
  inAlsaceMoselle,
  type InPreparation,
  type KnownCall,
  type Published,
  rulesOf,
  windowEnd,
} from './call-state.js';
import { inPreparation, notEnded } from './guards.js';
import { type Moved, movedMilestones } from './notices.js';
import { shiftConsequences } from './shift-consequences.js';

export type Movable = InPreparation | Published;

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
  const twice = datedTwice(changes, 'changes');
  if (twice) return twice;
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
      ...shiftConsequences(movable, before, after, tools.calendar).warnings,
    ],
  };
}

export function movableCall(call: KnownCall): Movable | Refusal {
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
  const milestones = resolve(withChanges(before.milestones, changes), calendar, inAlsaceMoselle(call));
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
  const end = call.status === 'published' ? windowEnd({ ...call, schedule: after }) : undefined;
  const behind = end && overtakenBy('submissionDeadline', end, milestones);
  if (behind) {
    return refuse(
      'MilestonesOutOfOrder',
      `Un délai accordé à un candidat dépasserait « ${frenchMilestones[behind.kind]} » : ${calendar.say(behind.at)}.`,
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

/** A window that reopens seals what comes again; `shifted` has made sure that the specifications allow it. */
export function resealed(call: Published, after: Schedule): CallEvent[] {
  const deadline = instantOf(after.milestones, 'submissionDeadline');
  const later = deadline !== undefined && deadline > generalDeadline(call);
  return call.unsealed && later ? [{ type: 'ContentsResealed', windowEnd: deadline }] : [];
}

import { type Calendar, type Instant, type Refusal, refuse } from '../decider.js';
import type { RuleSet } from '../rules.js';
import { counted } from '../texts.js';
import {
  frenchMilestones,
  instantOf,
  type Milestone,
  type MilestoneKind,
  orderBroken,
  type PlannedMilestone,
} from './milestones.js';

export interface BoundsAsked {
  readonly rules: RuleSet;
  /** The reason of a derogation to the window, published with the notice. */
  readonly derogation?: string;
}

/** Order and regime: what refuses a schedule. Sources are in the rule set. */
export function scheduleRefusal(
  milestones: readonly Milestone[],
  { rules, derogation }: BoundsAsked,
  calendar: Calendar,
): Refusal | undefined {
  const broken = orderBroken(milestones, calendar);
  if (broken) return refuse('MilestonesOutOfOrder', broken);
  return (
    windowRefusal(milestones, { rules, derogation }, calendar) ??
    questionsRefusal(milestones, rules, calendar) ??
    commissionRefusal(milestones, rules, calendar)
  );
}

/** What members are owed before they meet; where urgency may shorten it, the convocation says so, not the schedule. */
function commissionRefusal(milestones: readonly Milestone[], { delays }: RuleSet, calendar: Calendar) {
  const { convocation, caseReports } = delays;
  const [late] = [
    ...(convocation.unlessUrgent ? [] : tooClose('convocationSent', convocation, milestones, calendar)),
    ...(caseReports ? tooClose('caseReportsAvailable', caseReports, milestones, calendar) : []),
  ];
  return late === undefined ? undefined : refuse('CommissionOutOfBounds', late);
}

/** Calendar days in Paris between a milestone and the commission. */
function tooClose(
  kind: MilestoneKind,
  { minDays, unlessUrgent, source }: { minDays: number; unlessUrgent?: boolean; source: string },
  milestones: readonly Milestone[],
  calendar: Calendar,
): string[] {
  const at = instantOf(milestones, kind);
  const commission = instantOf(milestones, 'commission');
  if (!at || !commission || calendar.daysBetween(calendar.dayOf(at), calendar.dayOf(commission)) >= minDays) return [];
  return [
    `« ${frenchMilestones[kind]} » doit venir au moins ${counted(minDays, 'jour')} avant la commission de sélection${unlessUrgent ? ', sauf urgence motivée' : ''} (${source}).`,
  ];
}

/** The last instant of the day on which silence becomes a rejection, for a delay that runs from `from`. */
export const silenceAfter = (from: Instant, { delays }: RuleSet, calendar: Calendar): Instant =>
  calendar.instantOf(calendar.addMonths(calendar.dayOf(from), delays.silence.months), '23:59:59');

/** What ends the silence: the decision, or the commission where no decision is dated. */
export const deciding = (milestones: readonly Milestone[]): Milestone | undefined =>
  milestones.findLast(({ kind }) => kind === 'decision' || kind === 'commission');

/** A decision, or a commission before it, that comes when every file has been rejected by silence. */
function silenceWarnings(milestones: readonly Milestone[], rules: RuleSet, calendar: Calendar): string[] {
  const { months, source } = rules.delays.silence;
  const deadline = instantOf(milestones, 'submissionDeadline');
  const last = deciding(milestones);
  if (!deadline || !last || last.at <= silenceAfter(deadline, rules, calendar)) return [];
  return [
    `« ${frenchMilestones[last.kind]} » (${calendar.say(last.at)}) vient plus de ${months} mois après la date limite de dépôt : passé ce délai, le silence vaut rejet (${source}).`,
  ];
}

function windowRefusal(milestones: readonly Milestone[], { rules, derogation }: BoundsAsked, calendar: Calendar) {
  const days = windowDays(milestones, calendar);
  const bounds = derogation && rules.window.byDerogation ? rules.window.byDerogation : rules.window;
  const { minDays, maxDays } = bounds;
  if (days === undefined || minDays === undefined || maxDays === undefined) return undefined;
  if (days >= minDays && days <= maxDays) return undefined;
  return refuse(
    'WindowOutOfBounds',
    `Le dépôt dure ${counted(days, 'jour')} ; il doit durer de ${minDays} à ${maxDays} jours à compter de la publication (${rules.window.source}).`,
  );
}

function questionsRefusal(milestones: readonly Milestone[], rules: RuleSet, calendar: Calendar) {
  const { untilDaysBefore, answersDaysBefore, source } = rules.questions;
  const latest = (kind: MilestoneKind, days: number | undefined) => {
    const at = instantOf(milestones, kind);
    const deadline = instantOf(milestones, 'submissionDeadline');
    if (days === undefined || !at || !deadline) return undefined;
    const bound = calendar.addDays(calendar.dayOf(deadline), -days);
    if (calendar.dayOf(at) <= bound) return undefined;
    return refuse(
      'QuestionsOutOfBounds',
      `« ${frenchMilestones[kind]} » doit venir au moins ${counted(days, 'jour')} avant la date limite de dépôt (${source}).`,
    );
  };
  return latest('questionsUntil', untilDaysBefore) ?? latest('answersBy', answersDaysBefore);
}

/** The milestones that the regime sets where the call says nothing. */
export function withRegimeDefaults(planned: readonly PlannedMilestone[], rules: RuleSet): readonly PlannedMilestone[] {
  const has = (kind: MilestoneKind) => planned.some((milestone) => milestone.kind === kind);
  const { untilDaysBefore, answersDaysBefore } = rules.questions;
  if (!has('submissionDeadline')) return planned;
  const before = (kind: MilestoneKind, days: number | undefined): PlannedMilestone[] =>
    days === undefined || has(kind) ? [] : [{ kind, rule: { relativeTo: 'submissionDeadline', days: -days } }];
  return [...planned, ...before('questionsUntil', untilDaysBefore), ...before('answersBy', answersDaysBefore)];
}

/** Never a block: what people should see before they decide. */
export function scheduleWarnings(
  milestones: readonly Milestone[],
  rules: RuleSet,
  alsaceMoselle: boolean,
  calendar: Calendar,
): readonly string[] {
  const warnings = milestones.flatMap(({ kind, at }) => {
    const day = calendar.dayOf(at);
    const when = `« ${frenchMilestones[kind]} » (${calendar.say(at)})`;
    const holiday = calendar.holiday(day, alsaceMoselle);
    const weekday = calendar.weekday(day);
    const month = day.slice(5, 7);
    return [
      ...(holiday ? [`${when} tombe un jour férié : ${holiday}.`] : []),
      ...(weekday > 5 ? [`${when} tombe un ${weekday === 6 ? 'samedi' : 'dimanche'}.`] : []),
      ...(forApplicants.has(kind) && (month === '07' || month === '08')
        ? [`${when} tombe en juillet ou en août : les porteurs de projet sont peu disponibles.`]
        : []),
    ];
  });
  const days = windowDays(milestones, calendar);
  const { warnUnderDays } = rules.window;
  const { convocation } = rules.delays;
  return [
    ...warnings,
    ...(days !== undefined && warnUnderDays !== undefined && days < warnUnderDays
      ? [`Le dépôt dure ${counted(days, 'jour')}, moins de ${warnUnderDays}.`]
      : []),
    ...(convocation.unlessUrgent ? tooClose('convocationSent', convocation, milestones, calendar) : []),
    ...silenceWarnings(milestones, rules, calendar),
  ];
}

const forApplicants: ReadonlySet<MilestoneKind> = new Set(['questionsUntil', 'submissionDeadline', 'reportsDue']);

function windowDays(milestones: readonly Milestone[], calendar: Calendar): number | undefined {
  const opens = instantOf(milestones, 'publication');
  const closes = instantOf(milestones, 'submissionDeadline');
  return opens && closes ? calendar.daysBetween(calendar.dayOf(opens), calendar.dayOf(closes)) : undefined;
}

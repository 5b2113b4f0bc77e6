import { type Calendar, type Refusal, refuse } from '../decider.js';
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
  return windowRefusal(milestones, { rules, derogation }, calendar) ?? questionsRefusal(milestones, rules, calendar);
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
  return days !== undefined && warnUnderDays !== undefined && days < warnUnderDays
    ? [...warnings, `Le dépôt dure ${counted(days, 'jour')}, moins de ${warnUnderDays}.`]
    : warnings;
}

const forApplicants: ReadonlySet<MilestoneKind> = new Set(['questionsUntil', 'submissionDeadline', 'reportsDue']);

function windowDays(milestones: readonly Milestone[], calendar: Calendar): number | undefined {
  const opens = instantOf(milestones, 'publication');
  const closes = instantOf(milestones, 'submissionDeadline');
  return opens && closes ? calendar.daysBetween(calendar.dayOf(opens), calendar.dayOf(closes)) : undefined;
}

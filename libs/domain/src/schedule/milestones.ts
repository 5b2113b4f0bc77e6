import { type Calendar, type Fault, fault, type Instant, invalid, Refusal, refuse } from '../decider.js';
import { addWorkingDays } from './working-days.js';

export const milestoneKinds = [
  'publication',
  'questionsUntil',
  'answersBy',
  'submissionDeadline',
  'admissibilityDone',
  'reviewsDue',
  'caseReportsAvailable',
  'convocationSent',
  'commission',
  'decision',
  'notification',
  'agreementSigned',
  'projectStart',
  'reportsDue',
] as const;
export type MilestoneKind = (typeof milestoneKinds)[number];

export const dayKinds = ['calendar', 'working'] as const;
export type DayKind = (typeof dayKinds)[number];

/** So many days after (or, negative, before) another milestone; at its hour unless `time` says otherwise. */
export interface RelativeDate {
  readonly relativeTo: MilestoneKind;
  readonly days: number;
  /** Calendar days where nothing is said. */
  readonly in?: DayKind;
  /** Local time, `16:00:00`. */
  readonly time?: string;
}

/** What people set: an instant, or a date relative to another milestone. */
export interface PlannedMilestone {
  readonly kind: MilestoneKind;
  readonly at?: Instant;
  readonly rule?: RelativeDate;
}

/** What is recorded: the instant is always known, the rule is kept where there is one. */
export interface Milestone {
  readonly kind: MilestoneKind;
  readonly at: Instant;
  readonly rule?: RelativeDate;
}

export const frenchMilestones: Record<MilestoneKind, string> = {
  publication: "publication de l'avis",
  questionsUntil: 'fin des questions',
  answersBy: 'réponses aux questions',
  submissionDeadline: 'date limite de dépôt',
  admissibilityDone: 'fin de la recevabilité',
  reviewsDue: 'remise des évaluations',
  caseReportsAvailable: "mise à disposition des rapports d'instruction",
  convocationSent: 'envoi des convocations',
  commission: 'commission de sélection',
  decision: 'décision',
  notification: 'notification',
  agreementSigned: 'signature de la convention',
  projectStart: 'démarrage des projets',
  reportsDue: 'remise des bilans',
};

/** Each kind comes no earlier than those named. Agreements and starts may cross (a project may start before its paper). */
const notBefore: Partial<Record<MilestoneKind, readonly MilestoneKind[]>> = {
  questionsUntil: ['publication'],
  answersBy: ['publication', 'questionsUntil'],
  submissionDeadline: ['publication', 'questionsUntil', 'answersBy'],
  admissibilityDone: ['submissionDeadline'],
  reviewsDue: ['submissionDeadline', 'admissibilityDone'],
  caseReportsAvailable: ['submissionDeadline', 'admissibilityDone'],
  convocationSent: ['publication'],
  commission: ['submissionDeadline', 'admissibilityDone', 'reviewsDue', 'caseReportsAvailable', 'convocationSent'],
  decision: ['submissionDeadline', 'commission'],
  notification: ['submissionDeadline', 'commission', 'decision'],
  agreementSigned: ['submissionDeadline', 'commission', 'decision'],
  projectStart: ['submissionDeadline'],
  reportsDue: ['submissionDeadline', 'commission', 'decision', 'projectStart'],
};

/** Those named, then those they follow in turn: the order holds where what stands between is left out. */
const precedentsOf = (kind: MilestoneKind): readonly MilestoneKind[] => {
  const named = notBefore[kind] ?? [];
  return [...new Set([...named, ...named.flatMap(precedentsOf)])];
};
const precedents = new Map(milestoneKinds.map((kind) => [kind, precedentsOf(kind)]));

/** A request that dates a milestone twice: by a date and a rule, or in two places. `field` is where its list is. */
export function datedTwice(planned: readonly PlannedMilestone[], field: string): Refusal | undefined {
  const faults = planned.flatMap(({ kind, at, rule }, index): Fault[] => {
    const twice = (path: string, message: string) =>
      fault(`${field}[${index}].${path}`, 'MilestoneDatedTwice', message);
    const name = `« ${frenchMilestones[kind]} »`;
    const first = planned.findIndex((other) => other.kind === kind);
    return [
      ...(first < index ? [twice('kind', `Le jalon ${name} figure déjà plus haut dans la demande.`)] : []),
      ...(at && rule ? [twice('rule', `Le jalon ${name} a une date et une règle : gardez l'une des deux.`)] : []),
    ];
  });
  return faults.length > 0 ? invalid('MilestoneDatedTwice', 'Un même jalon est daté deux fois.', faults) : undefined;
}

/** The instant of a rule, `base` being that of the milestone it follows. */
function ruled({ days, time, in: kind }: RelativeDate, base: Instant, calendar: Calendar, alsaceMoselle: boolean) {
  // The first of the hour that comes twice as summer time ends would become its last.
  if (days === 0 && time === undefined) return base;
  const from = calendar.dayOf(base);
  const day = kind === 'working' ? addWorkingDays(from, days, calendar, alsaceMoselle) : calendar.addDays(from, days);
  return calendar.instantOf(day, time ?? calendar.timeOf(base));
}

/**
 * Gives every milestone, each named once, its instant, in the order of the procedure; refuses what can't be computed.
 * `alsaceMoselle`: the holidays of its working days are those of there.
 */
export function resolve(
  planned: readonly PlannedMilestone[],
  calendar: Calendar,
  alsaceMoselle: boolean,
): readonly Milestone[] | Refusal {
  const byKind = new Map(planned.map((milestone) => [milestone.kind, milestone]));
  const resolved = new Map<MilestoneKind, Instant>();
  const instantOf = (kind: MilestoneKind, path: readonly MilestoneKind[]): Instant | Refusal => {
    const known = resolved.get(kind);
    if (known) return known;
    const milestone = byKind.get(kind);
    if (!milestone) {
      return refuse(
        'MilestoneUnknown',
        `Un jalon dépend de « ${frenchMilestones[kind]} », qui n'est pas au calendrier.`,
      );
    }
    if (path.includes(kind)) {
      return refuse('ScheduleCycle', `Le jalon « ${frenchMilestones[kind]} » dépend de lui-même.`);
    }
    if (milestone.rule) {
      const base = instantOf(milestone.rule.relativeTo, [...path, kind]);
      if (base instanceof Refusal) return base;
      resolved.set(kind, ruled(milestone.rule, base, calendar, alsaceMoselle));
    } else if (milestone.at) {
      resolved.set(kind, milestone.at);
    } else {
      return refuse('MilestoneUndated', `Le jalon « ${frenchMilestones[kind]} » n'a ni date ni règle.`);
    }
    return resolved.get(kind) as Instant;
  };
  for (const kind of milestoneKinds.filter((known) => byKind.has(known))) {
    const instant = instantOf(kind, []);
    if (instant instanceof Refusal) return instant;
  }
  return milestoneKinds.flatMap((kind) => {
    const at = resolved.get(kind);
    const rule = byKind.get(kind)?.rule;
    return at ? [{ kind, at, ...(rule && { rule }) }] : [];
  });
}

/** The first pair that is out of order, said in French. */
export function orderBroken(milestones: readonly Milestone[], calendar: Calendar): string | undefined {
  const at = new Map(milestones.map((milestone) => [milestone.kind, milestone.at]));
  for (const { kind, at: instant } of milestones) {
    for (const earlier of precedents.get(kind) ?? []) {
      const bound = at.get(earlier);
      if (bound !== undefined && instant < bound) {
        return (
          `« ${frenchMilestones[kind]} » (${calendar.say(instant)}) ne peut pas précéder ` +
          `« ${frenchMilestones[earlier]} » (${calendar.say(bound)}).`
        );
      }
    }
  }
  return undefined;
}

/** The first milestone after that kind which would come before `at`, if that kind came as late. */
export const overtakenBy = (
  kind: MilestoneKind,
  at: Instant,
  milestones: readonly Milestone[],
): Milestone | undefined =>
  milestones.find((milestone) => precedents.get(milestone.kind)?.includes(kind) && milestone.at < at);

export const instantOf = (milestones: readonly Milestone[], kind: MilestoneKind): Instant | undefined =>
  milestones.find((milestone) => milestone.kind === kind)?.at;

/** Replaces instants and keeps every rule that isn't replaced: dependent milestones move along. */
export function withChanges(
  milestones: readonly Milestone[],
  changes: readonly { readonly kind: MilestoneKind; readonly at: Instant }[],
): readonly PlannedMilestone[] {
  const kept = milestones
    .filter(({ kind }) => !changes.some((change) => change.kind === kind))
    .map(({ kind, at, rule }): PlannedMilestone => (rule ? { kind, rule } : { kind, at }));
  return [...kept, ...changes.map(({ kind, at }) => ({ kind, at }))];
}

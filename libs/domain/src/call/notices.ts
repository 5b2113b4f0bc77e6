import type { Calendar } from '../decider.js';
import { euros } from '../money.js';
import { frenchMilestones, type Milestone } from '../schedule/milestones.js';
import type { KnownCall } from './call-state.js';
import type { Schedule } from './call-facts.js';

/** The text of the notice, published as it stands here. */
export function noticeOf(call: KnownCall, schedule: Schedule, calendar: Calendar): string {
  const { heading, specifications, envelopes } = call;
  const kind = heading.kind === 'AAP' ? "Avis d'appel à projets" : "Avis d'appel à manifestation d'intérêt";
  const lines = (envelopes?.lines ?? []).map(
    ({ funder, programme, action, year, amountCents }) =>
      `- ${funder}, ${programme}${action ? ` (${action})` : ''}, ${year} : ${euros(amountCents)}`,
  );
  return [
    `${kind} : ${heading.title}`,
    `Autorités pilotes : ${heading.leads.join(', ')}`,
    ...(call.associated.length > 0 ? [`Autorités associées : ${call.associated.join(', ')}`] : []),
    `Thèmes : ${heading.themes.join(', ')}`,
    `Publics : ${heading.publics.join(', ')}`,
    ...(heading.frameworks.length > 0 ? [`Cadres : ${heading.frameworks.join(', ')}`] : []),
    '',
    'Calendrier',
    ...schedule.milestones.map((milestone) => `- ${frenchMilestones[milestone.kind]} : ${calendar.say(milestone.at)}`),
    ...(schedule.derogation ? ['', `Durée du dépôt fixée par décision motivée : ${schedule.derogation}`] : []),
    ...(lines.length > 0
      ? ['', envelopes?.subjectToFunds ? 'Crédits, sous réserve de leur disponibilité' : 'Crédits', ...lines]
      : []),
    ...(specifications ? ['', 'Cahier des charges', specifications.purpose] : []),
  ].join('\n');
}

/** A rectifying notice has the publicity of the notice: every moved date, before and after, and why. */
export function rectifyingNotice(
  number: number,
  call: KnownCall,
  { before, after, reason }: { before: Schedule; after: Schedule; reason: string },
  calendar: Calendar,
): string {
  return [
    `Avis rectificatif n° ${number} : ${call.heading.title}`,
    `Motif : ${reason}`,
    ...movedMilestones(before, after).map(
      ({ kind, from, to }) =>
        `- ${frenchMilestones[kind]} : ${from ? calendar.say(from) : 'sans date'} → ${calendar.say(to)}`,
    ),
  ].join('\n');
}

export interface Moved {
  readonly kind: Milestone['kind'];
  readonly from?: string;
  readonly to: string;
}

/** Milestones whose instant changes from one schedule to the next. */
export function movedMilestones(before: Schedule, after: Schedule): Moved[] {
  const old = new Map(before.milestones.map((milestone) => [milestone.kind, milestone.at]));
  return after.milestones
    .filter((milestone) => old.get(milestone.kind) !== milestone.at)
    .map(({ kind, at }) => {
      const from = old.get(kind);
      return { kind, to: at, ...(from && { from }) };
    });
}

import { type Commission, frenchLists } from '../commission/commission-facts.js';
import { type Refusal, refuse } from '../decider.js';
import { type Cents, euros } from '../money.js';
import type { RuleSet } from '../rules.js';
import type { AwardOutcome } from './award-facts.js';

/** What the commission advised on one file. */
export type Advice = Commission['opinions'][string];

export const adviceOn = (application: string, commission: Commission | undefined): Advice | undefined =>
  commission?.opinions[application];

/** A favourable opinion stands with its place in the ranking, an unfavourable one once some ranking is adopted. */
export function rankingMissing(
  advice: Advice | undefined,
  commission: Commission | undefined,
  { award }: RuleSet,
): Refusal | undefined {
  if (!award.rankingRequired) return undefined;
  const adopted = Object.values(commission?.sessions ?? {}).some(({ ranking }) => ranking !== undefined);
  if (advice?.opinion === 'unfavourable' ? adopted : advice?.ranked) return undefined;
  return refuse(
    'RankingMissing',
    `Sous ce régime, la décision suit le classement de la commission, qui n'est pas arrêté pour ce dossier (${award.source}).`,
  );
}

export interface Considered {
  readonly outcome: AwardOutcome;
  /** With what the other leads have decided. */
  readonly totalCents: Cents;
  /** Nobody is awaited: the total is that of the award. */
  readonly last: boolean;
  readonly calledUp: boolean;
}

/** Is this decision another than what the commission advised? */
export function departsFrom(advice: Advice | undefined, considered: Considered): boolean {
  if (!advice) return false;
  const { outcome, totalCents, last, calledUp } = considered;
  if (advice.opinion === 'unfavourable') return outcome === 'favourable' || outcome === 'reserve';
  if (outcome === 'refused') return true;
  const { ranked } = advice;
  if (!ranked) return false;
  if (ranked.list === 'reserve' && !calledUp) return outcome === 'favourable';
  return outcome === 'reserve' || totalCents > ranked.amountCents || (last && totalCents !== ranked.amountCents);
}

export function sayAdvice(advice: Advice): string {
  if (advice.opinion === 'unfavourable') return 'avis défavorable';
  const { ranked } = advice;
  if (!ranked) return 'avis favorable';
  return `avis favorable, ${frenchLists[ranked.list]}, rang ${ranked.rank}, ${euros(ranked.amountCents)}`;
}

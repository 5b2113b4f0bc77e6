import type { Criterion } from '../call/call-contents.js';
import type { Score } from './review-facts.js';

/**
 * Weighted mean in hundredths of a point out of 100, round half up. Each scale is first brought to 0 to 100; a
 * criterion marked N/A is left out, its weight shared by the others in proportion. Undefined where nothing is scored.
 */
export function weightedMean(criteria: readonly Criterion[], scores: readonly Score[]): number | undefined {
  let weights = 0n;
  let total = 0n;
  let unit = 1n;
  for (const { code, weight, scale } of criteria) {
    const score = scores.find(({ criterion }) => criterion === code)?.score;
    if (score === undefined || score === null) continue;
    // Fractions of one denominator: nothing is rounded before the end.
    const range = BigInt(scale.max - scale.min);
    total = total * range + BigInt(weight) * BigInt(score - scale.min) * unit;
    unit *= range;
    weights += BigInt(weight);
  }
  return weights === 0n ? undefined : rounded(total * 10_000n, unit * weights);
}

const rounded = (numerator: bigint, denominator: bigint): number =>
  Number((2n * numerator + denominator) / (2n * denominator));

/** All in hundredths, round half up. */
export interface Spread {
  readonly meanHundredths: number;
  /** The highest less the lowest. */
  readonly spreadHundredths: number;
  /** Standard deviation over all of them (of the population). */
  readonly deviationHundredths: number;
}

/** How far the submitted reviews of one file agree. Undefined where there are none. */
export function spreadOf(means: readonly number[]): Spread | undefined {
  const count = means.length;
  if (count === 0) return undefined;
  const sum = means.reduce((total, mean) => total + mean, 0);
  const squares = means.reduce((total, mean) => total + mean * mean, 0);
  return {
    meanHundredths: Math.floor((2 * sum + count) / (2 * count)),
    spreadHundredths: Math.max(...means) - Math.min(...means),
    deviationHundredths: Math.floor(Math.sqrt(count * squares - sum * sum) / count + 0.5),
  };
}

import type { Calendar } from '../decider.js';
import type { Capacity } from '../institution/institution.js';

/** One fact as a person reads it, and the rule it was done under. */
export interface Narration {
  /** French. */
  readonly sentence: string;
  /** The law, the practice or the part of the call that the act follows. */
  readonly rule: string;
}

/** How each fact is told: `tsc` fails while one is missing. Nobody is named: whoever may see names reads them beside. */
export type Narrations<Fact extends { type: string }> = {
  readonly [Type in Fact['type']]: (fact: Extract<Fact, { type: Type }>, calendar: Calendar) => Narration;
};

/** Ends with a stop, whatever text the fact ends with. */
export const told = (sentence: string, rule: string): Narration => ({
  sentence: /[.!?…]$/.test(sentence) ? sentence : `${sentence}.`,
  rule,
});

export const signedUnder = (capacity: Capacity): string =>
  capacity.kind === 'office' ? 'Signature de plein droit' : `Signature par délégation ${capacity.delegation}`;

/** ` Motifs : …`, where there are any. */
export const because = (reasons: string | undefined): string => (reasons === undefined ? '' : ` Motifs : ${reasons}`);

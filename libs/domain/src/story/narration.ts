/** One fact as a person reads it, and the rule it was done under. */
export interface Narration {
  /** French. */
  readonly sentence: string;
  /** The law, the practice or the part of the call that the act follows. */
  readonly rule: string;
}

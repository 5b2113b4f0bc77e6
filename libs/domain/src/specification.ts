import { expect } from '@jest/globals';
import { type Decider, Refusal, type Stamp, type Stamped } from './decider.js';
import { refusals } from './refusals.js';

export interface Outcome<Event> {
  then(...events: Event[]): void;
  thenRefused(code: string, sentence: string): void;
  /** For rules with several faults at once. */
  thenFaults(code: string, faults: readonly unknown[]): void;
  readonly result: readonly Event[] | Refusal;
}

/**
 * Reads as the rule is said: given what happened, when somebody asks, then these facts or this refusal.
 * `stamp` is who asks and when unless the step says otherwise. A refusal is one that refusals.ts lists.
 */
export function specify<C, S, E, X>(decider: Decider<C, S, E, X>, stamp: Stamp, context: X) {
  return (...history: readonly E[]) => ({
    state: history.reduce((state, event) => decider.evolve(state, event), decider.initial),
    when(command: C, asked: Partial<Stamp> = {}, seen: Partial<X> = {}): Outcome<E> {
      const state = history.reduce((folded, event) => decider.evolve(folded, event), decider.initial);
      const stamped = { ...command, ...stamp, ...asked } as Stamped<C>;
      const result = decider.decide(stamped, state, { ...context, ...seen });
      if (result instanceof Refusal) expect(refusalsOf(command)).toContain(result.code);
      return {
        result,
        then: (...events) => expect(result).toEqual(events),
        thenRefused: (code, sentence) =>
          expect(result instanceof Refusal ? { code: result.code, sentence: result.sentence } : result).toEqual({
            code,
            sentence,
          }),
        thenFaults: (code, faults) =>
          expect(result instanceof Refusal ? { code: result.code, faults: result.faults } : result).toEqual({
            code,
            faults,
          }),
      };
    },
  });
}

/** What the documentation says that this command may be refused for. */
const refusalsOf = (command: unknown): readonly string[] =>
  Object.entries(refusals).find(([type]) => type === (command as { type: string }).type)?.[1] ?? [];

import type { Decider, Refusal, Without } from '#domain/decider.js';
import type { ContentEvent, RecordEvent } from '#domain/facts.js';
import type { Grant, Reach } from '#domain/roles.js';

/** A stream folded into a state, for somebody else's decision. */
export interface Source {
  readonly stream: string;
  readonly initial: unknown;
  readonly evolve: (state: unknown, event: unknown) => unknown;
}

export const sourceOf = <S, E>(
  subject: { readonly category: string; readonly decider: Pick<Decider<never, S, E>, 'initial' | 'evolve'> },
  id: string,
): Source => ({
  stream: `${subject.category}-${id}`,
  initial: subject.decider.initial,
  evolve: (state, event) => subject.decider.evolve(state as S, event as E),
});

/** What a person wrote, to be appended before the decision that refers to it. */
export interface Writing {
  readonly stream: string;
  readonly event: ContentEvent;
}

/** What was saved before and the decision needs: `read` gives it its name in the context. */
export interface Saved {
  readonly stream: string;
  readonly version: number;
  readonly read: (data: never) => object;
}

/** As it comes from outside: the handler adds the reference to what was written. */
export type Incoming<C> = Without<C, 'content'>;

export interface Target<C, S> {
  readonly command: Incoming<C>;
  readonly state: S;
  readonly id: string;
}

/** Streams by the name under which a context has them. */
export type Needs = Readonly<Record<string, Source | readonly Source[] | undefined>>;

/** A decider with what the handler must know around it. One for each kind of stream. */
export interface Subject<C extends { type: string }, S, E extends RecordEvent, X> {
  /** Streams are named `<category>-<id>`. */
  readonly category: string;
  readonly decider: Decider<C, S, E, X>;
  /** The streams a decision looks at. */
  needs?(target: Target<C, S>): Needs;
  /** The streams that only those name. */
  alsoNeeds?(target: Target<C, S> & { readonly context: X }): Needs;
  /** The file that the command concerns: who has a conflict on it knows of none. */
  file?(target: Target<C, S>): string | undefined;
  /** Where a grant must lie for this command. */
  reach(target: Target<C, S> & { readonly context: X }): Reach;
  /** Does the thing exist for this person? If not, the answer is `unknown`. */
  visible(
    target: Target<C, S> & { readonly context: X },
    asking: { readonly person: string; readonly grants: readonly Grant[] },
  ): boolean;
  readonly unknown: () => Refusal;
  /** What goes to a content stream first. */
  writing?(target: Target<C, S>): Writing | undefined;
  saved?(target: Target<C, S>): Saved | readonly Saved[] | undefined;
  /** The version of what was last written there, as far as the state knows. */
  lastWritten?(state: S, command: Incoming<C>): number | undefined;
}

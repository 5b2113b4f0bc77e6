import type { Appended, Position } from '#event-store/event-store.js';

/** How far the views are, and who is told when they come further. */
export interface Followed {
  has(position: Position): boolean;
  readonly changes: { add(changed: () => void): unknown };
}

/** What a command left behind, as far as it is counted. */
export interface Done {
  readonly events: readonly unknown[];
  /** The answer comes from an earlier request with the same key. */
  readonly repeated: boolean;
}

/** Told of the work of the service where it enters and leaves. What it does there costs next to nothing. */
export interface Observer {
  /** One command, from its handler's door to its answer. */
  command<T extends Done>(type: string, work: () => Promise<T>): Promise<T>;
  /** One append, for as long as its caller waits. */
  append(facts: number, work: () => Promise<Appended>): Promise<Appended>;
  /** These views are to contain what is appended. */
  follow(views: Followed): void;
}

/** Several as one, the first around the others. */
export const together = (observers: readonly Observer[]): Observer | undefined =>
  observers.reduceRight<Observer | undefined>((inner, outer) => (inner ? around(outer, inner) : outer), undefined);

const around = (outer: Observer, inner: Observer): Observer => ({
  command: (type, work) => outer.command(type, () => inner.command(type, work)),
  append: (facts, work) => outer.append(facts, () => inner.append(facts, work)),
  follow: (views) => {
    outer.follow(views);
    inner.follow(views);
  },
});

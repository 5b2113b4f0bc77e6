/** What the specifications of alarms start from: facts, a table of what is due by them, and a command on them. */
import { setImmediate as breathe, setTimeout as wait } from 'node:timers/promises';
import type { Instant } from '#domain/decider.js';
import { toSecond } from '#domain/instants.js';
import { type Due, idOf } from './alarms.js';

export const due = (key: string, at: Instant, revision = '1'): Due => ({ key, revision, at });

/** So many seconds from now, on the machine's clock. */
export const inSeconds = (count: number): Instant => toSecond(new Date(Date.now() + count * 1000));

/** Keys `<prefix>-1`, `<prefix>-2`… */
export const several = (count: number, prefix: string, at: Instant, revision = '1'): Due[] =>
  Array.from({ length: count }, (_, index) => due(`${prefix}-${index + 1}`, at, revision));

/** The truth: what is due by the facts, and what was issued, each as a fact appended with the version that was read. */
export class Facts {
  private readonly table = new Map<string, Due>();
  private readonly log: string[] = [];
  /** Every time the command was given, in order: more often than what it did. */
  readonly asked: string[] = [];

  constructor(...dues: readonly Due[]) {
    this.move(...dues);
  }

  /** What is due from now on; under a key that was there, another revision. */
  move(...dues: readonly Due[]): void {
    for (const one of dues) this.table.set(one.key, one);
  }

  readonly due = (until: Instant): Due[] =>
    [...this.table.values()]
      .filter((one) => one.at <= until && this.isDue(one))
      .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));

  readonly stillDue = (one: Due): boolean => this.table.get(one.key)?.revision === one.revision && this.isDue(one);

  /** Reads, decides, appends where nobody appended meanwhile; or else again. */
  readonly issue = async (one: Due): Promise<void> => {
    this.asked.push(idOf(one));
    for (;;) {
      const version = this.log.length;
      const isDue = this.stillDue(one);
      await breathe();
      if (!isDue) return;
      if (this.log.length !== version) continue;
      this.log.push(idOf(one));
      return;
    }
  };

  issued(): readonly string[] {
    return [...this.log].sort();
  }

  private isDue(one: Due): boolean {
    return !this.log.includes(idOf(one));
  }
}

/** Waits for a condition, not for a time. @throws where it doesn't come true in time */
export async function until(what: string, isTrue: () => boolean | Promise<boolean>, withinMs = 20_000): Promise<void> {
  const end = performance.now() + withinMs;
  while (!(await isTrue())) {
    if (performance.now() > end) throw new Error(`still not: ${what}`);
    await wait(10);
  }
}

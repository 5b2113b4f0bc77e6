import { setImmediate as endOfTurn } from 'node:timers/promises';

const MOST_AT_ONCE = 500;

interface Waiting<Item, Outcome> {
  readonly item: Item;
  readonly resolve: (outcome: Outcome) => void;
  readonly reject: (error: unknown) => void;
}

/** What comes for the same key while work for it is under way goes together in the next; each gets its own outcome. */
export class Gathering<Item, Outcome> {
  private readonly queues = new Map<string, Waiting<Item, Outcome>[]>();

  constructor(
    /** One outcome for each item, in their order. */
    private readonly work: (key: string, items: readonly Item[]) => Promise<readonly Outcome[]>,
  ) {}

  add(key: string, item: Item): Promise<Outcome> {
    return new Promise((resolve, reject) => {
      const waiting = { item, resolve, reject };
      const queue = this.queues.get(key);
      if (queue) {
        queue.push(waiting);
        return;
      }
      const fresh = [waiting];
      this.queues.set(key, fresh);
      void this.serve(key, fresh);
    });
  }

  private async serve(key: string, queue: Waiting<Item, Outcome>[]): Promise<void> {
    // Those whose turn came with one append come together: the first of them would otherwise go alone.
    await endOfTurn();
    while (queue.length > 0) {
      const taken = queue.splice(0, MOST_AT_ONCE);
      try {
        const outcomes = await this.work(
          key,
          taken.map(({ item }) => item),
        );
        taken.forEach(({ resolve }, index) => resolve(outcomes[index] as Outcome));
      } catch (error) {
        for (const { reject } of taken) reject(error);
      }
    }
    this.queues.delete(key);
  }
}

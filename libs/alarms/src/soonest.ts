import type { Due } from './alarms.js';

/** What is due, the soonest first: a binary heap, so that one more costs the same whether a hundred wait or 100 000. */
export class Soonest {
  private readonly heap: Due[] = [];

  get size(): number {
    return this.heap.length;
  }

  first(): Due | undefined {
    return this.heap[0];
  }

  add(due: Due): void {
    let place = this.heap.push(due) - 1;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      if (!this.isBefore(place, parent)) return;
      this.swap(place, parent);
      place = parent;
    }
  }

  takeFirst(): Due | undefined {
    const first = this.heap[0];
    const last = this.heap.pop();
    if (this.heap.length > 0 && last !== undefined) {
      this.heap[0] = last;
      this.sink();
    }
    return first;
  }

  private sink(): void {
    let place = 0;
    for (;;) {
      const left = 2 * place + 1;
      const child = this.isBefore(left + 1, left) ? left + 1 : left;
      if (!this.isBefore(child, place)) return;
      this.swap(place, child);
      place = child;
    }
  }

  private isBefore(place: number, other: number): boolean {
    const [one, two] = [this.heap[place], this.heap[other]];
    return one !== undefined && two !== undefined && one.at < two.at;
  }

  private swap(place: number, other: number): void {
    const [one, two] = [this.heap[place], this.heap[other]];
    if (one === undefined || two === undefined) return;
    this.heap[place] = two;
    this.heap[other] = one;
  }
}

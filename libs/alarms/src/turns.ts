/** Lets at most so many work at once; the others wait in the order they came. */
export class Turns {
  private free: number;
  private readonly waiting: (() => void)[] = [];
  private next = 0;

  constructor(atOnce: number) {
    this.free = atOnce;
  }

  async take<T>(work: () => Promise<T>): Promise<T> {
    if (this.free > 0) this.free--;
    else await new Promise<void>((resolve) => this.waiting.push(resolve));
    try {
      return await work();
    } finally {
      this.give();
    }
  }

  private give(): void {
    const next = this.waiting[this.next];
    if (next === undefined) {
      this.free++;
      return;
    }
    this.next++;
    if (this.next === this.waiting.length) this.next = this.waiting.length = 0;
    next();
  }
}

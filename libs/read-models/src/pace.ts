/** So long after somebody asked, the next question may still come: milliseconds. */
const ALONE_AFTER_MS = 2000;

/** How much is done before requests are let in: while there are some, and while nobody asks for anything. */
export interface Turn {
  readonly beside: number;
  readonly alone: number;
}

/** People come first: what is done by itself takes small turns beside their requests, large ones while there are none. */
export class Pace {
  private askedAt = -Infinity;

  /** `now`: of a clock that only goes forward, milliseconds. */
  constructor(private readonly now: () => number = () => performance.now()) {}

  /** Somebody asks the service for something. */
  asked(): void {
    this.askedAt = this.now();
  }

  of({ beside, alone }: Turn): number {
    return this.now() - this.askedAt > ALONE_AFTER_MS ? alone : beside;
  }
}

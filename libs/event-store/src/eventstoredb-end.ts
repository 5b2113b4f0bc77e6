import { setImmediate as endOfTurn, setTimeout as pause } from 'node:timers/promises';
import type { EndOfLog, Position } from './event-store.js';
import { comparePositions, type LogPosition, positionOf, positionText } from './eventstoredb-events.js';
import type { LiveEnd } from './eventstoredb-live.js';

export interface SeenEndOptions {
  readonly live: LiveEnd;
  /** The newest position of the server's log, as its leader tells it. */
  readonly newest: () => Promise<LogPosition>;
  readonly isDeleted: (stream: string) => boolean;
  /** For how long whoever asks is kept from reading for themselves. */
  readonly patienceMs: number;
}

/** What came of the log by itself: all there is, once it has come as far as the leader said that its log goes. */
export class SeenEnd implements EndOfLog {
  private asked: Promise<boolean> | undefined;
  private next: Promise<boolean> | undefined;
  /** What did not come in time: until it does, nobody waits for more. */
  private missed: LogPosition | undefined;

  constructor(private readonly options: SeenEndOptions) {}

  position(): Position | undefined {
    const { position } = this.options.live;
    return position && positionText(position);
  }

  unmoved(stream: string, since: Position): boolean {
    const { live, isDeleted } = this.options;
    return !isDeleted(stream) && live.unmoved(stream, positionOf(since));
  }

  /** One question for all who come before it is asked; whoever comes later may know of something newer. */
  async caughtUp(): Promise<boolean> {
    const { position } = this.options.live;
    if (!position || (this.missed && comparePositions(position, this.missed) < 0)) return false;
    this.next ??= (this.asked ?? endOfTurn()).then(() => {
      this.next = undefined;
      this.asked = this.ask().finally(() => {
        this.asked = undefined;
      });
      return this.asked;
    });
    return this.next;
  }

  private async ask(): Promise<boolean> {
    const { live, newest, patienceMs } = this.options;
    const over = new AbortController();
    let end: LogPosition | undefined;
    const came = newest().then(
      (found) => {
        end = found;
        return live.reached(found, over.signal);
      },
      () => false,
    );
    const late = pause(patienceMs, false, { signal: over.signal, ref: false }).catch(() => false);
    const all = await Promise.race([came, late]);
    over.abort();
    this.missed = all ? undefined : end;
    return all;
  }
}

import { type Asking, system } from '#commands/asking.js';
import type { Clock } from '#commands/clock.js';
import { type Handler, Refused } from '#commands/handler.js';
import { call as subject } from '#commands/subjects.js';
import type { CallCommand } from '#domain/call/call-commands.js';
import type { Instant } from '#domain/decider.js';
import { later } from '#domain/instants.js';
import type { Projector } from '#read-models/projector.js';
import type { Views } from '#read-models/views.js';
import { type Alarm, LocalAlarm } from '#alarms/alarm.js';

const TRY_AGAIN_MS = 60_000;

/** A command that the service gives to a call by itself, not before an instant. */
export interface DueOnCall {
  readonly id: string;
  readonly at: Instant;
  readonly command: CallCommand;
  /** The same for the same thing due: doing it again does nothing. */
  readonly key: string;
}

export interface Watch {
  /** What is due, or will be; in any order. */
  due(views: Views): readonly DueOnCall[];
  /** The facts that change it. */
  readonly movedBy: ReadonlySet<string>;
}

/** Does what is due on calls when it is due: what follows from facts and the clock, and from no request. */
export class Watching {
  private readonly alarm: Alarm;
  private working: Promise<void> = Promise.resolve();
  private readonly changed = (types: ReadonlySet<string>): void => {
    if (types.has('*') || [...types].some((type) => this.watch.movedBy.has(type))) this.look();
  };

  constructor(
    private readonly watch: Watch,
    private readonly handler: Handler,
    private readonly projector: Projector,
    private readonly clock: Clock,
    private readonly onError: (error: Error) => void,
  ) {
    this.alarm = new LocalAlarm(clock, () => this.look());
  }

  start(): void {
    this.projector.changes.add(this.changed);
    this.look();
  }

  async close(): Promise<void> {
    this.alarm.stop();
    this.projector.changes.delete(this.changed);
    await this.working;
  }

  private look(): void {
    this.working = this.working
      .then(() => this.doWhatIsDue())
      .catch((error: unknown) => {
        this.onError(error as Error);
        this.alarm.set(later(this.clock.now(), TRY_AGAIN_MS));
      });
  }

  private async doWhatIsDue(): Promise<void> {
    const due = [...this.watch.due(this.projector.views)].sort((a, b) => (a.at < b.at ? -1 : 1));
    for (const { id, at, command, key } of due) {
      const now = this.clock.now();
      if (now < at) return this.alarm.set(at);
      const asking: Asking = system(now, key, id);
      await this.handler.change(subject, id, command, asking).catch((error: unknown) => {
        // It changed since the view was read: the fact that changed it makes us look again.
        if (!(error instanceof Refused)) throw error;
      });
    }
  }
}

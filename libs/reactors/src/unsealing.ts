import { type Alarm, LocalAlarm } from '#alarms/alarm.js';
import { type Asking, system } from '#commands/asking.js';
import type { Clock } from '#commands/clock.js';
import { type Handler, Refused } from '#commands/handler.js';
import { call as subject } from '#commands/subjects.js';
import { later } from '#domain/instants.js';
import { callsToUnseal } from '#read-models/calls.js';
import type { Projector } from '#read-models/projector.js';

const TRY_AGAIN_MS = 60_000;

/** Ends the sealing of each call, as a fact, once its window with every extension is over. */
export class Unsealing {
  private readonly alarm: Alarm;
  private working: Promise<void> = Promise.resolve();
  private readonly changed = (types: ReadonlySet<string>): void => {
    if ([...types].some((type) => movesWindows.has(type))) this.look();
  };

  constructor(
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
      .then(() => this.unsealWhatIsDue())
      .catch((error: unknown) => {
        this.onError(error as Error);
        this.alarm.set(later(this.clock.now(), TRY_AGAIN_MS));
      });
  }

  private async unsealWhatIsDue(): Promise<void> {
    for (const { id, windowEnd } of callsToUnseal(this.projector.views)) {
      const now = this.clock.now();
      if (now <= windowEnd) {
        // The deadline itself is still in time.
        this.alarm.set(later(windowEnd, 1000));
        return;
      }
      const asking: Asking = system(now, `unseal-${windowEnd}`, id);
      await this.handler.change(subject, id, { type: 'UnsealContents' }, asking).catch((error: unknown) => {
        // The window moved since the view was read: the fact that moved it makes us look again.
        if (!(error instanceof Refused)) throw error;
      });
    }
  }
}

const movesWindows: ReadonlySet<string> = new Set([
  '*',
  'CallPublished',
  'ScheduleShifted',
  'OutageExtensionGranted',
  'ExtensionGranted',
  'ContentsResealed',
]);

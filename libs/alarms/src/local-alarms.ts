import type { Clock } from '#commands/clock.js';
import { type Alarm, LocalAlarm } from './alarm.js';
import { type AlarmDepth, type Alarms, type AlarmStatus, type Due, idOf, type Listener } from './alarms.js';
import { Soonest } from './soonest.js';

/** Alarms of this process: one timer, for the soonest. */
export class LocalAlarms implements Alarms {
  private readonly soonest = new Soonest();
  private readonly armed = new Set<string>();
  private readonly ringing = new Set<Promise<void>>();
  private readonly alarm: Alarm;
  private listener: Listener | undefined;

  constructor(private readonly clock: Clock) {
    this.alarm = new LocalAlarm(clock, () => this.ringWhatIsDue());
  }

  arm(due: readonly Due[]): Promise<void> {
    const before = this.soonest.first();
    for (const one of due) {
      const id = idOf(one);
      if (this.armed.has(id)) continue;
      this.armed.add(id);
      this.soonest.add(one);
    }
    if (this.soonest.first() !== before) this.waitForTheSoonest();
    return Promise.resolve();
  }

  start(listener: Listener): void {
    this.listener = listener;
    this.waitForTheSoonest();
  }

  async close(): Promise<void> {
    this.alarm.stop();
    this.listener = undefined;
    await Promise.all(this.ringing);
  }

  status(): AlarmStatus & { readonly armed: number } {
    return { kind: 'local', connected: true, armed: this.soonest.size };
  }

  depth(): Promise<AlarmDepth> {
    return Promise.resolve({ waiting: this.soonest.size + this.ringing.size, failed: 0 });
  }

  private waitForTheSoonest(): void {
    if (this.listener) this.alarm.set(this.soonest.first()?.at);
  }

  private ringWhatIsDue(): void {
    const now = this.clock.now();
    for (let due = this.soonest.first(); due && due.at <= now; due = this.soonest.first()) {
      this.soonest.takeFirst();
      this.armed.delete(idOf(due));
      this.ring(due);
    }
    this.waitForTheSoonest();
  }

  /** Who listens says what went wrong, and looks at the facts again. */
  private ring(due: Due): void {
    const rung = (this.listener?.ring(due) ?? Promise.resolve()).catch(() => undefined);
    this.ringing.add(rung);
    void rung.then(() => this.ringing.delete(rung));
  }
}

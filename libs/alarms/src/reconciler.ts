import { type Clock, SetClock } from '#commands/clock.js';
import type { Instant } from '#domain/decider.js';
import { later } from '#domain/instants.js';
import { type Alarms, AlarmsAway, type Due, idOf } from './alarms.js';
import { Turns } from './turns.js';

export interface ReconcilerOptions {
  readonly alarms: Alarms;
  readonly clock: Clock;
  /** A question to the views: what is due by then, the past included, and not recorded as done. The soonest first. */
  readonly due: (until: Instant) => readonly Due[];
  /** Is it still due, at its instant and revision? Asked at the last moment before `fire`. */
  readonly stillDue: (due: Due) => boolean;
  /** A command that does nothing the second time: the fact decides, whatever rang and where. */
  readonly fire: (due: Due) => Promise<void>;
  readonly onError: (error: Error, due?: Due) => void;
  /** Without any alarm, nothing is later than this: milliseconds. */
  readonly everyMs?: number;
  /** How far ahead alarms are armed: milliseconds. */
  readonly horizonMs?: number;
  /** How many are fired at the same time. */
  readonly atOnce?: number;
}

const EVERY_MS = 60_000;
const HORIZON_MS = 24 * 3_600_000;
const AT_ONCE = 50;

/**
 * Sees that what is due is done. It looks at the facts when it starts, when they change, when the clock is set, when
 * alarms may have been forgotten, and every minute: what is overdue is fired, what comes soon is armed, once.
 */
export class Reconciler {
  private readonly everyMs: number;
  private readonly horizonMs: number;
  private readonly turns: Turns;
  private readonly firing = new Map<string, Promise<void>>();
  /** Fired since the last whole look: the views may be behind, and what fails isn't tried at every change. */
  private readonly tried = new Set<string>();
  private armed = new Set<string>();
  private coming = new Map<string, Due>();
  /** The instant of the last that was told at the last look. */
  private toldUntil = '';
  private arming: Promise<void> | undefined;
  private timer: NodeJS.Timeout | undefined;
  private soon: NodeJS.Immediate | undefined;
  private closed = false;

  constructor(private readonly options: ReconcilerOptions) {
    this.everyMs = options.everyMs ?? EVERY_MS;
    this.horizonMs = options.horizonMs ?? HORIZON_MS;
    this.turns = new Turns(options.atOnce ?? AT_ONCE);
  }

  start(): void {
    const { alarms, clock } = this.options;
    alarms.start({ ring: (due) => this.fire(due), forgotten: () => this.forgotten() });
    if (clock instanceof SetClock) clock.onSet(() => this.look());
    this.look();
  }

  /** Facts changed what is due; however often it is told, it looks once. */
  changed(): void {
    if (this.closed) return;
    this.soon ??= setImmediate(() => {
      this.soon = undefined;
      this.see();
    });
  }

  /** What is under way is finished; closes the alarms too. */
  async close(): Promise<void> {
    this.closed = true;
    clearTimeout(this.timer);
    clearImmediate(this.soon);
    await this.options.alarms.close();
    await Promise.allSettled([...this.firing.values(), this.arming]);
  }

  /** Alarms lost what they had: another set, so that an arming under way doesn't count in it. */
  private forgotten(): void {
    this.armed = new Set();
    this.look();
  }

  /** A whole look: what failed is tried again too. */
  private look(): void {
    if (this.closed) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.look(), this.everyMs).unref();
    this.tried.clear();
    this.see();
  }

  private see(): void {
    if (this.closed) return;
    try {
      const now = this.options.clock.now();
      const coming = new Map<string, Due>();
      const told = this.options.due(later(now, this.horizonMs));
      this.toldUntil = told.at(-1)?.at ?? '';
      for (const due of told) {
        const id = idOf(due);
        if (due.at > now) coming.set(id, due);
        else if (!this.tried.has(id)) this.fire(due).catch(() => undefined);
      }
      this.coming = coming;
      for (const id of this.armed) if (!coming.has(id)) this.armed.delete(id);
    } catch (error) {
      this.options.onError(error as Error);
    }
    this.arming ??= this.arm().finally(() => (this.arming = undefined));
  }

  private async arm(): Promise<void> {
    try {
      for (let fresh = this.unarmed(); fresh.length > 0; fresh = this.unarmed()) {
        const { armed } = this;
        await this.options.alarms.arm(fresh);
        for (const due of fresh) armed.add(idOf(due));
      }
    } catch (error) {
      // Alarms that are away say so themselves, once.
      if (!(error instanceof AlarmsAway)) this.options.onError(error as Error);
    }
  }

  private unarmed(): Due[] {
    if (this.closed) return [];
    return [...this.coming].flatMap(([id, due]) => (this.armed.has(id) ? [] : [due]));
  }

  /** Whoever asks for it while it is under way waits for the same. */
  private fire(due: Due): Promise<void> {
    const id = idOf(due);
    const underWay = this.firing.get(id);
    if (underWay) return underWay;
    const firing = this.turns
      .take(() => this.fireNow(due))
      .finally(() => {
        this.firing.delete(id);
        this.tried.add(id);
        // Of thousands that are due at once, `due` may have told the first only.
        if (this.firing.size === 0 && this.toldUntil <= this.options.clock.now()) this.changed();
      });
    this.firing.set(id, firing);
    return firing;
  }

  private async fireNow(due: Due): Promise<void> {
    // Another process, or the next start, does it.
    if (this.closed) throw new AlarmsAway('closed');
    try {
      if (this.options.stillDue(due)) await this.options.fire(due);
    } catch (error) {
      this.options.onError(error as Error, due);
      throw error;
    }
  }
}

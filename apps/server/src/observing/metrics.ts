import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { UnknownFact } from '#commands/folded.js';
import { Refused, StaleVersion } from '#commands/handler.js';
import { type Appended, type Position, StoreUnavailable } from '#event-store/event-store.js';
import type { Done, Followed, Observer } from './observer.js';

const SECONDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Counters of this process. Labels are words of the code, never an id or anything that somebody wrote. */
export class Metrics implements Observer {
  readonly registry = new Registry();
  private readonly commands = this.counter('commands_total', 'Commands by type and outcome', ['type', 'outcome']);
  private readonly refusals = this.counter('refusals_total', 'Commands that a rule refused, by code', ['code']);
  private readonly requests = this.counter(
    'http_requests_total',
    'Answered requests by method, route template and status',
    ['method', 'route', 'status'],
  );
  private readonly answering = this.histogram('http_request_seconds', 'From the headers of a request to its answer', [
    'kind',
  ]);
  private readonly appending = this.histogram('append_seconds', 'Appends to the log, as their callers wait for them', [
    'outcome',
  ]);
  private readonly facts = this.counter('appended_facts_total', 'Facts appended by this process');
  private readonly projecting = this.histogram(
    'projection_seconds',
    'From an append of this process to the views that contain it, one append at a time',
  );
  private readonly gauges = new Map<string, Gauge>();
  private views: Followed | undefined;
  /** The append whose way to the views is being timed. */
  private timed: { readonly position: Position; readonly since: number } | undefined;

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }

  async command<T extends Done>(type: string, work: () => Promise<T>): Promise<T> {
    try {
      const done = await work();
      this.commands.inc({ type, outcome: done.repeated ? 'repeated' : done.events.length > 0 ? 'done' : 'nothing' });
      return done;
    } catch (error) {
      this.commands.inc({ type, outcome: outcomeOf(error) });
      if (error instanceof Refused) this.refusals.inc({ code: error.refusal.code });
      throw error;
    }
  }

  async append(facts: number, work: () => Promise<Appended>): Promise<Appended> {
    const began = performance.now();
    try {
      const appended = await work();
      this.appending.observe({ outcome: 'written' }, (performance.now() - began) / 1000);
      this.facts.inc(facts);
      this.time(appended.position);
      return appended;
    } catch (error) {
      this.appending.observe({ outcome: failureOf(error) }, (performance.now() - began) / 1000);
      throw error;
    }
  }

  follow(views: Followed): void {
    this.views = views;
    views.changes.add(() => {
      if (!this.timed || !views.has(this.timed.position)) return;
      this.projecting.observe((performance.now() - this.timed.since) / 1000);
      this.timed = undefined;
    });
  }

  /** `route` is undefined for an address that leads to none. */
  request(method: string, route: string | undefined, status: number, seconds: number): void {
    const known = methods.has(method) ? method : 'other';
    this.requests.inc({ method: known, route: route ?? 'none', status });
    this.answering.observe({ kind: method === 'GET' || method === 'HEAD' ? 'question' : 'change' }, seconds);
  }

  /** What is as it is just now; NaN where nobody can tell. */
  set(name: string, help: string, value: number | undefined): void {
    let gauge = this.gauges.get(name);
    if (!gauge) {
      gauge = new Gauge({ name: `convergence_${name}`, help, registers: [this.registry] });
      this.gauges.set(name, gauge);
    }
    gauge.set(value ?? NaN);
  }

  /** One at a time; the views may have been faster than the answer of the log. */
  private time(position: Position): void {
    if (this.timed || !this.views) return;
    if (this.views.has(position)) this.projecting.observe(0);
    else this.timed = { position, since: performance.now() };
  }

  private counter(name: string, help: string, labelNames: readonly string[] = []): Counter {
    return new Counter({ name: `convergence_${name}`, help, labelNames, registers: [this.registry] });
  }

  private histogram(name: string, help: string, labelNames: readonly string[] = []): Histogram {
    const registers = [this.registry];
    return new Histogram({ name: `convergence_${name}`, help, labelNames, buckets: SECONDS, registers });
  }
}

const methods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

function outcomeOf(error: unknown): string {
  if (error instanceof Refused) return 'refused';
  if (error instanceof StaleVersion) return 'stale';
  return error instanceof StoreUnavailable || error instanceof UnknownFact ? 'unavailable' : 'failed';
}

/** `VersionConflict` is no fault: the handler decides again. */
function failureOf(error: unknown): string {
  if (error instanceof StoreUnavailable) return error.reason;
  const { name } = error as Error;
  return name === 'VersionConflict' ? 'conflict' : name === 'IdReused' ? 'reused' : 'failed';
}

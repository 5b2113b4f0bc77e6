import type { FastifyInstance } from 'fastify';
import type { Configuration } from '../configuration.js';
import type { Service } from '../service.js';
import { backlogOf } from './backlog.js';
import { Metrics } from './metrics.js';
import { type Observer, together } from './observer.js';
import { countRequests, serveMetrics } from './serve-metrics.js';
import type { Tracing } from './tracing.js';

/** Metrics and traces, where the configuration asks for them; without, nothing is measured and nothing loaded. */
export class Observing {
  private constructor(
    private readonly token: string | undefined,
    private readonly metrics: Metrics | undefined,
    private readonly tracing: Tracing | undefined,
  ) {}

  static async of({ metricsToken, tracesTo }: Configuration): Promise<Observing> {
    const metrics = metricsToken === undefined ? undefined : new Metrics();
    return new Observing(metricsToken, metrics, tracesTo === undefined ? undefined : await tracingTo(tracesTo));
  }

  /** Whom the service tells of its commands and appends. */
  get observer(): Observer | undefined {
    return together([this.tracing, this.metrics].filter((each) => each !== undefined));
  }

  /** What is asked of the service over HTTP; what is left of traces is sent when that ends. */
  observe(fastify: FastifyInstance, service: Service): void {
    const { metrics, token, tracing } = this;
    if (tracing) {
      tracing.traceRequests(fastify);
      fastify.addHook('onClose', () => tracing.close());
    }
    if (metrics && token !== undefined) {
      countRequests(fastify, metrics);
      serveMetrics(fastify, metrics, token, backlogOf(service, metrics));
    }
  }
}

/** Loaded where there is a collector, and only there: it weighs on every start. */
async function tracingTo(endpoint: string): Promise<Tracing> {
  const { Tracing } = await import('./tracing.js');
  return new Tracing(endpoint);
}

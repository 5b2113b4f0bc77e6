import type { FastifyInstance } from 'fastify';
import { createHash, timingSafeEqual } from 'node:crypto';
import { Problem } from '../http/problem.js';
import { bodyOf, problemType } from '../http/problem-details.filter.js';
import type { Metrics } from './metrics.js';

/** Counts every answer, by its route's template. */
export function countRequests(fastify: FastifyInstance, metrics: Metrics): void {
  fastify.addHook('onResponse', (request, reply, done) => {
    metrics.request(request.method, request.routeOptions.url, reply.statusCode, reply.elapsedTime / 1000);
    done();
  });
}

/** `GET /metrics` in the format of Prometheus, for whoever has the token; `refresh` reads what waits just then. */
export function serveMetrics(
  fastify: FastifyInstance,
  metrics: Metrics,
  token: string,
  refresh: () => Promise<void>,
): void {
  const expected = hash(`Bearer ${token}`);
  fastify.get('/metrics', async (request, reply) => {
    if (!timingSafeEqual(hash(request.headers.authorization ?? ''), expected)) {
      const problem = new Problem(401, 'NotSignedIn', 'Ces mesures demandent le jeton de METRICS_TOKEN.');
      void reply.code(401).headers({ 'content-type': problemType, 'www-authenticate': 'Bearer realm="metrics"' });
      return bodyOf(problem, request.id);
    }
    await refresh();
    void reply.headers({ 'content-type': metrics.registry.contentType, 'cache-control': 'no-store' });
    return metrics.registry.metrics();
  });
}

const hash = (text: string): Buffer => createHash('sha256').update(text).digest();

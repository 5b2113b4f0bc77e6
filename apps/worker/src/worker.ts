import Fastify, { type FastifyBaseLogger, LogController } from 'fastify';
import type { Clock } from '#commands/clock.js';
import { type Configuration, WrongConfiguration } from '#server/configuration.js';
import { newLog } from '#server/http/log-lines.js';
import { Observing } from '#server/observing/observing.js';
import { ViewsLag } from '#server/observing/views-lag.js';
import { urlOf } from '#server/running.js';
import { Service } from '#server/service.js';

export interface RunningWorker {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Everything that the service does by itself, and none of its routes but those that say how it is.
 * @throws NewerLog, StoreUnavailable, WrongConfiguration
 */
export async function startWorker(given: Configuration, clock: Clock): Promise<RunningWorker> {
  const { publicUrl, logLevel, host, port } = given;
  if (!publicUrl) {
    throw new WrongConfiguration("PUBLIC_URL manque : le worker écrit aux gens, il lui faut l'adresse des serveurs.");
  }
  const logger: FastifyBaseLogger = newLog(logLevel);
  const observing = await Observing.of(given);
  const service = await Service.open({
    configuration: { ...given, background: 'here' },
    clock,
    observer: observing.observer,
    onError: (error, what) => logger.error({ err: error, what }, 'a reactor failed'),
  });
  const app = Fastify({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'request' }),
  });
  observing.observe(app, service);
  const lag = new ViewsLag(service);
  app.get('/health/live', () => ({ status: 'live' }));
  app.get('/health/ready', async (_request, reply) => {
    const { projector, background } = service;
    if (projector.ready)
      return { status: 'ready', working: background.isHere, lag: (await lag.measure())?.lag ?? null };
    const detail = projector.halted?.message ?? 'Les pages rattrapent le journal.';
    return reply
      .code(503)
      .header('retry-after', '1')
      .type('application/problem+json')
      .send({ status: 503, code: 'NotReady', title: 'NotReady', detail });
  });
  await app.listen({ host, port });
  await service.start(publicUrl);
  const address = app.server.address() as { port: number };
  return {
    url: urlOf(host, address.port),
    close: async () => {
      await app.close();
      await service.close();
    },
  };
}

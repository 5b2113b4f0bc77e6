import 'reflect-metadata';
import rateLimit from '@fastify/rate-limit';
import { RequestMethod, type LoggerService } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { type FastifyInstance, LogController } from 'fastify';
import { randomUUID } from 'node:crypto';
import { pino, type Logger } from 'pino';
import type { Clock } from '#commands/clock.js';
import { digest } from '#commands/canonical.js';
import type { EventStore } from '#event-store/event-store.js';
import { AppModule } from './app.module.js';
import type { Configuration } from './configuration.js';
import type { SignedRequest } from './http/by.js';
import { Problem } from './http/problem.js';
import { headersOfData, headersOfPages } from './http/security-headers.js';
import { serveOpenApi } from './openapi.js';
import { Service } from './service.js';

export interface RunningServer {
  readonly url: string;
  readonly service: Service;
  readonly app: NestFastifyApplication;
  close(): Promise<void>;
}

export interface ServerOptions {
  /** Replaces the log on disk: for tests of what a store may do. */
  readonly store?: EventStore;
  /** Serve the API documentation as pages too. */
  readonly browsable?: boolean;
}

const MOST_BODY_BYTES = 1_000_000;

/** Opens the data folder and serves it. @throws NewerLog, WrongConfiguration */
export async function startServer(
  configuration: Configuration,
  clock: Clock,
  { store, browsable = false }: ServerOptions = {},
): Promise<RunningServer> {
  const logger = pino({ level: configuration.logLevel, base: undefined, timestamp: pino.stdTimeFunctions.isoTime });
  const service = await Service.open({
    configuration,
    clock,
    onError: (error, what) => logger.error({ err: error, what }, 'a reactor failed'),
    ...(store && { store }),
  });
  const adapter = new FastifyAdapter({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'request' }),
    genReqId: () => randomUUID(),
    bodyLimit: MOST_BODY_BYTES,
    routerOptions: { maxParamLength: 200 },
    return503OnClosing: true,
    forceCloseConnections: 'idle',
    requestTimeout: 120_000,
  } as never);
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.over(service), adapter, {
    logger: nestLogger(logger),
    bodyParser: false,
    abortOnError: false,
  });
  app.setGlobalPrefix('api', {
    exclude: [
      { path: 'health/*path', method: RequestMethod.GET },
      { path: 'api/*path', method: RequestMethod.ALL },
    ],
  });
  const fastify = app.getHttpAdapter().getInstance();
  bodies(fastify, configuration);
  await protect(app, configuration);
  headers(fastify, service, clock);
  serveOpenApi(app, browsable);
  await app.listen(configuration.port, configuration.host);
  const { port } = fastify.server.address() as { port: number };
  const url = `http://${configuration.host.includes(':') ? `[${configuration.host}]` : configuration.host}:${port}`;
  await service.start(configuration.publicUrl ?? url);
  return {
    url,
    service,
    app,
    close: async () => {
      // A connection whose last answer went out after the close began would be kept for another request.
      const closing = setInterval(() => fastify.server.closeIdleConnections(), 20);
      await app.close().finally(() => clearInterval(closing));
      await service.close();
    },
  };
}

/** Only a body with one of these may try to reach a prototype. */
const suspicious = /__proto__|constructor|\\u/;

/** JSON, and the bytes of documents as a stream. */
function bodies(fastify: FastifyInstance, { mostDocumentBytes }: Configuration): void {
  fastify.removeAllContentTypeParsers();
  const parse = fastify.getDefaultJsonParser('error', 'error');
  fastify.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') return done(null, {});
    if (suspicious.test(body as string)) return parse(request, body as string, done);
    try {
      done(null, JSON.parse(body as string));
    } catch (error) {
      done(Object.assign(error as Error, { statusCode: 400 }));
    }
  });
  fastify.addContentTypeParser(
    'application/octet-stream',
    { bodyLimit: mostDocumentBytes },
    (_request, payload, done) => done(null, payload),
  );
}

async function protect(app: NestFastifyApplication, { rateLimit: limit }: Configuration): Promise<void> {
  if (limit === 0) return;
  await app.register(rateLimit, {
    timeWindow: '1 minute',
    max: ({ headers: { authorization } }: SignedRequest) => (authorization ? limit : Math.ceil(limit / 4)),
    keyGenerator: ({ headers: { authorization }, ip }: SignedRequest) => (authorization ? digest(authorization) : ip),
    allowList: ({ url }: SignedRequest) => url.startsWith('/health/'),
    errorResponseBuilder: (_request: unknown, { ttl }: { ttl: number }) =>
      new Problem(429, 'TooManyRequests', 'Trop de requêtes : patientez avant de réessayer.', [], {
        'retry-after': String(Math.ceil(ttl / 1000)),
      }),
  } as never);
}

/** The instant of arrival on the way in; version, position and the request's log line on the way out. */
function headers(fastify: FastifyInstance, service: Service, clock: Clock): void {
  fastify.decorateRequest('arrivedAt', '');
  fastify.decorateRequest('by', undefined as never);
  fastify.addHook('onRequest', (request, reply, done) => {
    (request as SignedRequest).arrivedAt = clock.now();
    const secure = request.url.startsWith('/api/docs') ? headersOfPages : headersOfData;
    for (const name in secure) reply.raw.setHeader(name, secure[name] ?? '');
    done();
  });
  fastify.addHook('onSend', (request, reply, payload, done) => {
    const { by } = request as Partial<SignedRequest>;
    void reply.header('x-request-id', request.id);
    if (by && reply.statusCode < 400) {
      const { changed, version } = by.answer;
      const shown = changed?.version ?? version;
      if (shown !== undefined) void reply.header('etag', `"${shown}"`);
      if (changed?.position !== undefined)
        void reply.header('convergence-position', service.positions.write(changed.position));
      if (changed?.repeated) void reply.header('idempotent-replayed', 'true');
      if (by.person !== 'anonymous') void reply.header('cache-control', 'no-store');
    }
    done(null, payload);
  });
  fastify.addHook('onResponse', (request, reply, done) => {
    const { by } = request as Partial<SignedRequest>;
    request.log.info({
      method: request.method,
      route: request.routeOptions.url,
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime * 10) / 10,
      ...(by && { by: by.person }),
    });
    done();
  });
}

/** Nest speaks through the same log. */
const nestLogger = (logger: Logger): LoggerService => ({
  log: (message: unknown) => logger.debug(message),
  error: (message: unknown) => logger.error(message),
  warn: (message: unknown) => logger.warn(message),
});

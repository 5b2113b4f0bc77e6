import 'reflect-metadata';
import rateLimit from '@fastify/rate-limit';
import { RequestMethod, type LoggerService } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { OpenAPIObject } from '@nestjs/swagger';
import { errorCodes, type FastifyInstance, type FastifyRequest, LogController } from 'fastify';
import type { DestinationStream, Logger } from 'pino';
import type { Clock } from '#commands/clock.js';
import type { EventStore } from '#event-store/event-store.js';
import { AppModule } from './app.module.js';
import type { Configuration } from './configuration.js';
import type { SignedRequest } from './http/by.js';
import { newLog } from './http/log-lines.js';
import { positionCookie } from './http/position-cookie.js';
import { Problem } from './http/problem.js';
import { requestIdOf } from './http/request-ids.js';
import { headersOfData, headersOfPages } from './http/security-headers.js';
import { clientErrorHandler, frameworkErrors } from './http/unreadable-requests.js';
import { Observing } from './observing/observing.js';
import { openApiDocument, serveDocumentPages } from './openapi.js';
import { urlOf } from './running.js';
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
  /** Where the lines of the log go instead of the standard output. */
  readonly logTo?: DestinationStream;
}

const MOST_BODY_BYTES = 1_000_000;
const MOST_FORM_BYTES = 10_000;

/** Opens the data folder and serves it. @throws NewerLog, WrongConfiguration */
export async function startServer(
  configuration: Configuration,
  clock: Clock,
  options: ServerOptions = {},
): Promise<RunningServer> {
  const { app, service } = await buildApp(configuration, clock, options);
  await app.listen(configuration.port, configuration.host);
  const { port } = app.getHttpServer().address() as { port: number };
  const url = urlOf(configuration.host, port);
  await service.start(configuration.publicUrl ?? url);
  return {
    url,
    service,
    app,
    close: async () => {
      const { server } = app.getHttpAdapter().getInstance();
      // A connection whose last answer went out after the close began would be kept for another request.
      const closing = setInterval(() => server.closeIdleConnections(), 20);
      await app.close().finally(() => clearInterval(closing));
      await service.close();
    },
  };
}

/** The routes over an open data folder, before anybody can reach them. */
export async function buildApp(
  configuration: Configuration,
  clock: Clock,
  { store, browsable = false, logTo }: ServerOptions = {},
): Promise<Pick<RunningServer, 'app' | 'service'>> {
  const { logLevel, trustedProxies } = configuration;
  const logger = newLog(logLevel, logTo);
  const observing = await Observing.of(configuration);
  const service = await Service.open({
    configuration,
    clock,
    observer: observing.observer,
    onError: (error, what) => logger.error({ err: error, what }, 'a reactor failed'),
    ...(store && { store }),
  });
  const adapter = new FastifyAdapter({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'request' }),
    genReqId: requestIdOf,
    trustProxy: trustedProxies.length > 0 && [...trustedProxies],
    bodyLimit: MOST_BODY_BYTES,
    routerOptions: { maxParamLength: 200 },
    return503OnClosing: true,
    forceCloseConnections: 'idle',
    requestTimeout: 120_000,
    frameworkErrors,
    clientErrorHandler,
  } as never);
  let made: OpenAPIObject | undefined;
  const document = (): OpenAPIObject => (made ??= openApiDocument(app));
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.over(service, document), adapter, {
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
  await protect(app, service, clock);
  headers(fastify, service, clock);
  observing.observe(fastify, service);
  if (browsable) serveDocumentPages(app, document);
  return { app, service };
}

/** Only a body with one of these may try to reach a prototype. */
const suspicious = /__proto__|constructor|\\u/;

/** JSON, the bytes of documents as a stream, and the forms of mail programs. */
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
  // One click in a mail program (RFC 8058) sends a form; what it says is in its address.
  fastify.addContentTypeParser(
    ['application/x-www-form-urlencoded', 'multipart/form-data'],
    { parseAs: 'string', bodyLimit: MOST_FORM_BYTES },
    ({ url }, _body, done) => {
      if (/^\/api\/unsubscribe\//.test(url)) done(null, {});
      else done(new errorCodes.FST_ERR_CTP_INVALID_MEDIA_TYPE());
    },
  );
  fastify.addContentTypeParser(
    'application/octet-stream',
    { bodyLimit: mostDocumentBytes },
    (_request, payload, done) => done(null, payload),
  );
}

/** Who is signed in has a limit of their own; a token that is nobody's counts for its address. */
async function protect(
  app: NestFastifyApplication,
  { configuration: { rateLimit: limit }, signIn }: Service,
  clock: Clock,
): Promise<void> {
  if (limit === 0) return;
  const personOf = (request: FastifyRequest) => signIn.senderOf(request, clock.now())?.person;
  await app.register(rateLimit, {
    timeWindow: '1 minute',
    max: (request: FastifyRequest) => (personOf(request) === undefined ? Math.ceil(limit / 4) : limit),
    keyGenerator: (request: FastifyRequest) => personOf(request) ?? request.ip,
    allowList: ({ url }: FastifyRequest) => url.startsWith('/health/'),
    errorResponseBuilder: (_request: unknown, { ttl }: { ttl: number }) =>
      new Problem(429, 'TooManyRequests', 'Trop de requêtes : patientez avant de réessayer.', [], {
        'retry-after': String(Math.ceil(ttl / 1000)),
      }),
  });
}

/** The instant of arrival on the way in; version, position and the request's log line on the way out. */
function headers(fastify: FastifyInstance, service: Service, clock: Clock): void {
  fastify.decorateRequest('arrivedAt', '');
  fastify.decorateRequest('by', undefined as never);
  fastify.addHook('onRequest', (request, reply, done) => {
    service.projector.pace.asked();
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
      if (changed?.position !== undefined) {
        const token = service.positions.write(changed.position);
        void reply.header('convergence-position', token).header('set-cookie', positionCookie(token));
      }
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

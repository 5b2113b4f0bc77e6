import {
  type Context,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
  type Tracer,
} from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources';
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { AsyncLocalStorage } from 'node:async_hooks';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Refused } from '#commands/handler.js';
import type { Appended, Position } from '#event-store/event-store.js';
import type { Done, Followed, Observer } from './observer.js';

const MOST_UNSEEN = 1000;
const FLUSH_WITHIN_MS = 2000;
const traceParent = /^00-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})$/;

/** Spans of requests, their commands, their appends and how those came into the views. No names, no contents, no ids of things. */
export class Tracing implements Observer {
  private readonly provider: BasicTracerProvider;
  private readonly tracer: Tracer;
  private readonly contexts = new AsyncLocalStorage<Context>();
  private readonly spans = new WeakMap<FastifyRequest, Span>();
  /** Appended and not seen in the views yet. */
  private unseen: { readonly position: Position; readonly context: Context; readonly since: number }[] = [];
  private views: Followed | undefined;

  /** `endpoint` is the collector's; the exporter reads the other OTEL_ variables itself. */
  constructor(endpoint: string) {
    const named = resourceFromAttributes({ 'service.name': 'convergence' });
    this.provider = new BasicTracerProvider({
      resource: named.merge(detectResources({ detectors: [envDetector] })),
      spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter({ url: `${endpoint}/v1/traces` }))],
    });
    this.tracer = this.provider.getTracer('convergence');
  }

  /** A span for each request, which what it causes hangs on; a trace that came with it goes on. */
  traceRequests(fastify: FastifyInstance): void {
    fastify.addHook('onRequest', (request, _reply, done) => {
      const { method, routeOptions } = request;
      const route = routeOptions.url ?? 'none';
      const attributes = {
        'http.request.method': method,
        'http.route': route,
        'convergence.request': request.id,
      };
      const options = { kind: SpanKind.SERVER, attributes };
      this.spans.set(request, this.tracer.startSpan(`${method} ${route}`, options, parentOf(request)));
      done();
    });
    // Bodies have been read by then, by callbacks of the socket that belong to no request.
    fastify.addHook('preHandler', (request, _reply, done) => {
      const span = this.spans.get(request);
      if (span) this.contexts.run(trace.setSpan(ROOT_CONTEXT, span), done);
      else done();
    });
    fastify.addHook('onResponse', (request, { statusCode }, done) => {
      const span = this.spans.get(request);
      span?.setAttribute('http.response.status_code', statusCode);
      if (statusCode >= 500) span?.setStatus({ code: SpanStatusCode.ERROR });
      span?.end();
      done();
    });
  }

  command<T extends Done>(type: string, work: () => Promise<T>): Promise<T> {
    return this.within(`command ${type}`, {}, work);
  }

  append(facts: number, work: () => Promise<Appended>): Promise<Appended> {
    return this.within('append', { 'convergence.facts': facts }, async () => {
      const appended = await work();
      this.await(appended.position);
      return appended;
    });
  }

  follow(views: Followed): void {
    this.views = views;
    views.changes.add(() => {
      const { unseen } = this;
      if (unseen.length === 0) return;
      this.unseen = unseen.filter(({ position }) => !views.has(position));
      for (const { position, context, since } of unseen) if (views.has(position)) this.seen(context, since);
    });
  }

  /** What is left is sent, for as long as that takes little time. */
  async close(): Promise<void> {
    const late = new Promise((resolve) => setTimeout(resolve, FLUSH_WITHIN_MS).unref());
    await Promise.race([this.provider.shutdown().catch(() => undefined), late]);
  }

  private async within<T>(name: string, attributes: Record<string, number>, work: () => Promise<T>): Promise<T> {
    const parent = this.contexts.getStore() ?? ROOT_CONTEXT;
    const span = this.tracer.startSpan(name, { attributes }, parent);
    try {
      return await this.contexts.run(trace.setSpan(parent, span), work);
    } catch (error) {
      if (error instanceof Refused) span.setAttribute('convergence.refusal', error.refusal.code);
      else span.setStatus({ code: SpanStatusCode.ERROR, message: (error as Error).name });
      throw error;
    } finally {
      span.end();
    }
  }

  private await(position: Position): void {
    const context = this.contexts.getStore();
    if (!context || !trace.getSpan(context)?.isRecording()) return;
    const since = Date.now();
    if (this.views?.has(position)) this.seen(context, since);
    else if (this.unseen.length < MOST_UNSEEN) this.unseen.push({ position, context, since });
  }

  private seen(context: Context, since: number): void {
    this.tracer.startSpan('projection', { startTime: since }, context).end();
  }
}

/** The trace that a request came with, if its header is one; anything else begins a trace. */
function parentOf({ headers: { traceparent } }: FastifyRequest): Context {
  const [, traceId, spanId, flags] = traceParent.exec(typeof traceparent === 'string' ? traceparent : '') ?? [];
  if (traceId === undefined || spanId === undefined || flags === undefined) return ROOT_CONTEXT;
  return trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags: parseInt(flags, 16) & 1, isRemote: true });
}

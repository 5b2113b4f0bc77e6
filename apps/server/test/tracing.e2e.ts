import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { accepted } from '#client/client.js';
import { castOf, heading, type Cast } from './stage.js';
import { World } from './world.js';

interface SentSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly attributes: readonly { key: string; value: Record<string, unknown> }[];
}

interface Sent {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly { key: string; value: { stringValue: string } }[] };
    readonly scopeSpans: readonly { readonly spans: readonly SentSpan[] }[];
  }[];
}

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const PARENT = '00f067aa0ba902b7';
const bodies: Sent[] = [];
const paths: string[] = [];
/** The collector: keeps what comes by OTLP over HTTP, as JSON. */
let collector: Server;
let endpoint: string;
let world: World;
let cast: Cast;

beforeAll(async () => {
  collector = createServer((request, answer) => {
    paths.push(`${request.method} ${request.url}`);
    void json(request).then((body) => {
      bodies.push(body as Sent);
      answer.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  });
  await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve));
  endpoint = `http://127.0.0.1:${(collector.address() as AddressInfo).port}`;
  world = await World.open('2021-05-12T08:00:00Z', { env: { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint } });
  cast = await castOf(world);
});
afterAll(async () => {
  collector.closeAllConnections();
  await new Promise((resolve) => collector.close(resolve));
});

const attributesOf = ({ attributes }: SentSpan): Record<string, unknown> =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]));

describe('traces', () => {
  let spans: readonly SentSpan[];

  beforeAll(async () => {
    const headers = { authorization: `Bearer ${cast.ars.admin.token}`, 'content-type': 'application/json' };
    const traceparent = `00-${TRACE}-${PARENT}-01`;
    const body = JSON.stringify(heading);
    const made = await fetch(`${world.server.url}/api/calls`, {
      method: 'POST',
      headers: { ...headers, traceparent },
      body,
    });
    expect([made.status, made.headers.get('x-request-id')]).toEqual([201, TRACE]);
    const position = made.headers.get('convergence-position') ?? '';
    accepted(await cast.ars.admin.get('/api/calls', { position }));
    await world.anonymous.get('/api/calls/nowhere?q=Phrase');
    await world.close();
    spans = bodies.flatMap(({ resourceSpans }) =>
      resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((each) => each.spans)),
    );
  });

  it('go to the collector by OTLP, under the name of the service', () => {
    expect(new Set(paths)).toEqual(new Set(['POST /v1/traces']));
    const { resource } = bodies[0]?.resourceSpans[0] ?? { resource: { attributes: [] } };
    expect(resource.attributes).toContainEqual({ key: 'service.name', value: { stringValue: 'convergence' } });
  });

  it('follow a request from whoever sent it to the views: request, command, append, projection', () => {
    const mine = spans.filter(({ traceId }) => traceId === TRACE);
    const below = (parent: string): SentSpan[] => mine.filter(({ parentSpanId }) => parentSpanId === parent);
    const names: string[] = [];
    for (let level = below(PARENT); level.length > 0; level = level.flatMap(({ spanId }) => below(spanId)))
      names.push(level.map(({ name }) => name).join(', '));
    expect(names).toEqual(['POST /api/calls', 'command DraftCall', 'append', 'projection']);
    expect(Object.fromEntries(mine.map((span) => [span.name, attributesOf(span)]))).toEqual({
      'POST /api/calls': {
        'http.request.method': 'POST',
        'http.route': '/api/calls',
        'http.response.status_code': 201,
        'convergence.request': TRACE,
      },
      'command DraftCall': {},
      append: { 'convergence.facts': 1 },
      projection: {},
    });
  });

  it('begin anew where a request came without one, and say nothing of what was asked', () => {
    const [span] = spans.filter(({ name }) => name === 'GET /api/calls/:id');
    expect(span?.parentSpanId || undefined).toBeUndefined();
    expect(attributesOf(span as SentSpan)).toMatchObject({ 'http.response.status_code': 404 });
    expect(JSON.stringify(bodies)).not.toMatch(/Phrase|@example\.org|Bearer|nowhere/);
  });

  it('hold nobody up where the collector is away', async () => {
    const gone = await World.open('2021-05-12T08:00:00Z', {
      env: { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9' },
    });
    accepted(await gone.operator.get('/api/me'));
    const began = performance.now();
    await gone.close();
    expect(performance.now() - began).toBeLessThan(8000);
  });
});

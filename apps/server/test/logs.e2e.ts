import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { accepted } from '#client/client.js';
import { MemoryEventStore } from '#event-store/memory.js';
import { castOf, heading, type Cast } from './stage.js';
import { until, World } from './world.js';

/** A log that fails as clients of servers do: the address with its password in the error, and the command beside it. */
class FailingStore extends MemoryEventStore {
  failing = false;

  override appendInOrder(...asked: Parameters<MemoryEventStore['appendInOrder']>) {
    if (!this.failing) return super.appendInOrder(...asked);
    const cause = Object.assign(new Error('WRONGPASS'), { command: { name: 'auth', args: ['hunter2'] } });
    const words = 'cannot reach esdb://admin:hunter2@db:2113 or redis://:hunter2@redis';
    return Promise.reject(
      Object.assign(new Error(words, { cause }), { code: 'ENOPE', config: { password: 'hunter2' } }),
    );
  }
}

const logged: string[] = [];
const store = new FailingStore();
let world: World;
let cast: Cast;

beforeAll(async () => {
  const logTo = { write: (line: string) => void logged.push(line) };
  world = await World.open('2021-05-12T08:00:00Z', { env: { LOG_LEVEL: 'trace' }, logTo, store });
  cast = await castOf(world);
});
afterAll(() => world.close());

const lineOf = (request: string) =>
  until(() => {
    const line = logged.find((each) => each.includes(request) && each.includes('"status"'));
    return line === undefined ? undefined : (JSON.parse(line) as Record<string, unknown>);
  }, `the line of ${request}`);

const send = (path: string, headers: Record<string, string>, init: RequestInit = {}) =>
  fetch(`${world.server.url}${path}`, { ...init, headers });

describe('the id that a request came with', () => {
  it('is in its answer, in its line of the log, and with the facts it made', async () => {
    const id = randomUUID();
    const authorization = `Bearer ${cast.ars.admin.token}`;
    const headers = { authorization, 'x-request-id': id, 'content-type': 'application/json' };
    const answer = await send('/api/calls', headers, { method: 'POST', body: JSON.stringify(heading) });
    expect([answer.status, answer.headers.get('x-request-id')]).toEqual([201, id]);
    expect(await lineOf(id)).toMatchObject({ request: id, method: 'POST', route: '/api/calls', status: 201 });
    const { id: call } = (await answer.json()) as { id: string };
    const facts = await store.readStream(`call-${call}`);
    expect(facts.map(({ metadata }) => (metadata as { correlation: string }).correlation)).toEqual([id]);
  });

  it('is in the problem that answers it', async () => {
    const id = randomUUID();
    const answer = await send('/nowhere', { 'x-request-id': id });
    expect(await answer.json()).toMatchObject({ code: 'NotFound', instance: `urn:convergence:request:${id}` });
  });

  it('is another where somebody wrote something in its place', async () => {
    const answer = await send('/api/calls', { 'x-request-id': 'marie@example.org' });
    const id = answer.headers.get('x-request-id') ?? '';
    expect(id).toMatch(/^[0-9a-f-]{36}$/);
    await lineOf(id);
    expect(logged.join('')).not.toContain('marie@example.org');
  });
});

describe('the log of the server, all of it', () => {
  it('has no header and no address: tokens are there', async () => {
    const secret = 'sentinel-0123456789';
    const headers = { authorization: `Bearer ${secret}`, cookie: `session=${secret}`, 'x-api-key': secret };
    const asked = [
      send(`/api/calendars/${secret}.ics`, {}),
      send(`/api/unsubscribe/${secret}?token=${secret}`, {}),
      send(`/api/me?access_token=${secret}`, headers),
      send(`/api/calls/${secret}`, headers),
      send('/api/calls', { ...headers, 'content-type': 'application/json' }, { method: 'POST', body: `{"${secret}` }),
      send('/metrics', headers),
      send(`/%E0%A4%A?${secret}`, headers),
    ];
    for (const answer of await Promise.all(asked)) {
      expect(answer.status).toBeGreaterThanOrEqual(400);
      if (answer.headers.get('x-request-id')) await answer.text();
    }
    await lineOf((await send('/health/live', headers)).headers.get('x-request-id') ?? '');
    expect(logged.join('')).not.toContain(secret);
  });

  it('has of an error its kind, code, words and stack, and no password', async () => {
    store.failing = true;
    try {
      const answer = await cast.ars.admin.post('/api/calls', heading);
      expect([answer.status, answer.text.includes('hunter2')]).toEqual([500, false]);
      const id = answer.headers.get('x-request-id') ?? '';
      const line = logged.find((each) => each.includes(id) && each.includes('"problem"')) ?? '{}';
      expect(JSON.parse(line)).toMatchObject({
        code: 'Unexpected',
        err: {
          type: 'Error',
          code: 'ENOPE',
          message: 'cannot reach esdb://…@db:2113 or redis://…@redis',
          stack: expect.stringContaining('logs.e2e'),
          cause: { type: 'Error', message: 'WRONGPASS' },
        },
      });
    } finally {
      store.failing = false;
    }
    accepted(await cast.ars.admin.post('/api/calls', heading));
    expect(logged.join('')).not.toContain('hunter2');
  });
});

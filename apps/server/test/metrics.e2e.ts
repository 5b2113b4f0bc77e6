import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { accepted } from '#client/client.js';
import { SetClock } from '#commands/clock.js';
import { readConfiguration } from '#server/configuration.js';
import { startWorker } from '../../worker/src/worker.js';
import { expectRefused } from './refusals.js';
import { type Cast, castOf, criteria, heading, preparing } from './stage.js';
import { until, World } from './world.js';

const TOKEN = 'for-the-tests-of-metrics';
let world: World;
let cast: Cast;

beforeAll(async () => {
  world = await World.open('2021-05-12T08:00:00Z', { env: { METRICS_TOKEN: TOKEN } });
  cast = await castOf(world);
});
afterAll(() => world.close());

const scrape = async (authorization?: string) =>
  fetch(`${world.server.url}/metrics`, authorization === undefined ? {} : { headers: { authorization } });
const metrics = async (): Promise<string> => (await scrape(`Bearer ${TOKEN}`)).text();

/** The value of one series; undefined where there is none. */
async function valueOf(series: string): Promise<number | undefined> {
  const line = (await metrics()).split('\n').find((each) => each.startsWith(`${series} `));
  return line === undefined ? undefined : Number(line.slice(series.length + 1));
}

describe('who reads the metrics', () => {
  it('is whoever has the token of the configuration, and nobody else', async () => {
    for (const authorization of [undefined, TOKEN, 'Bearer ', `Bearer ${TOKEN}x`, `Basic ${TOKEN}`]) {
      const answer = await scrape(authorization);
      expect([answer.status, await answer.json()]).toEqual([
        401,
        expect.objectContaining({ code: 'NotSignedIn', detail: 'Ces mesures demandent le jeton de METRICS_TOKEN.' }),
      ]);
    }
    const operator = await world.operator.get('/metrics');
    expectRefused(operator, 401, 'NotSignedIn', 'Ces mesures demandent le jeton de METRICS_TOKEN.');
    const read = await scrape(`Bearer ${TOKEN}`);
    expect([read.status, read.headers.get('content-type'), read.headers.get('cache-control')]).toEqual([
      200,
      'text/plain; version=0.0.4; charset=utf-8',
      'no-store',
    ]);
  });

  it('is nobody where the configuration has none', async () => {
    const closed = await World.open('2021-05-12T08:00:00Z');
    try {
      for (const client of [closed.anonymous, closed.operator])
        expectRefused(await client.get('/metrics'), 404, 'NotFound');
    } finally {
      await closed.close();
    }
  });
});

describe('the metrics', () => {
  const command = (type: string, outcome: string) =>
    valueOf(`convergence_commands_total{type="${type}",outcome="${outcome}"}`);

  it('count commands by type and outcome, and refusals by code', async () => {
    const { admin, signatory } = cast.ars;
    const once = { key: 'once' };
    accepted(await admin.post('/api/calls', heading, once));
    accepted(await admin.post('/api/calls', heading, once));
    const id = await preparing(cast);
    const seen = `/api/calls/${id}`;
    const stale = await admin.post(`${seen}/set-rubric`, { criteria }, { ifMatch: '"0"' });
    expectRefused(stale, 412, 'StaleVersion');
    expectRefused(await admin.post(`${seen}/publish`), 409, 'SpecificationsMissing');
    expectRefused(await signatory.post(`${seen}/publish`), 403, 'NotAllowed');
    expect({
      made: await command('DraftCall', 'done'),
      repeated: await command('DraftCall', 'repeated'),
      stale: await command('SetRubric', 'stale'),
      refused: await command('PublishCall', 'refused'),
      forThat: await valueOf('convergence_refusals_total{code="SpecificationsMissing"}'),
      forRights: await valueOf('convergence_refusals_total{code="NotAllowed"}'),
    }).toEqual({ made: 2, repeated: 1, stale: 1, refused: 2, forThat: 1, forRights: 1 });
  });

  it('time appends and their way to the views', async () => {
    const before = (await valueOf('convergence_append_seconds_count{outcome="written"}')) ?? 0;
    const facts = (await valueOf('convergence_appended_facts_total')) ?? 0;
    const projected = (await valueOf('convergence_projection_seconds_count')) ?? 0;
    accepted(await cast.ars.admin.post('/api/calls', heading));
    expect(await valueOf('convergence_append_seconds_count{outcome="written"}')).toBe(before + 1);
    expect(await valueOf('convergence_appended_facts_total')).toBe(facts + 1);
    await until(
      async () => ((await valueOf('convergence_projection_seconds_count')) ?? 0) > projected || undefined,
      'the append to be seen in the views',
    );
  });

  it('count requests by the template of their route, whatever is in the address', async () => {
    const secret = '7b0a1c7e-1111-4222-8333-abcdefabcdef';
    await world.anonymous.get(`/api/calls/${secret}?q=Phrase`);
    await world.anonymous.get(`/nowhere/${secret}`);
    await fetch(`${world.server.url}/api/calls/${secret}`, { method: 'PROPFIND' });
    const request = (labels: string) => valueOf(`convergence_http_requests_total{${labels}}`);
    expect(await request('method="GET",route="/api/calls/:id",status="404"')).toBe(1);
    expect(await request('method="GET",route="none",status="404"')).toBe(1);
    const text = await metrics();
    expect([secret, 'Phrase', 'PROPFIND', 'nowhere'].filter((each) => text.includes(each))).toEqual([]);
  });

  it('say how far the views are, and what waits', async () => {
    const gauge = (name: string) => valueOf(`convergence_${name}`);
    await until(async () => ((await gauge('views_lag_facts')) === 0 ? true : undefined), 'views at the end of the log');
    await world.person('Nadia Nouvelle');
    const names = [
      'log_answers',
      'views_ready',
      'views_lag_seconds',
      'reminders_overdue',
      'set_aside',
      'background_here',
    ];
    const more = ['webhooks_failing', 'alarms_connected', 'alarms_failed', 'deliveries_undelivered'];
    expect(
      Object.fromEntries(await Promise.all([...names, ...more].map(async (name) => [name, await gauge(name)]))),
    ).toEqual({
      ...{
        log_answers: 1,
        views_ready: 1,
        views_lag_seconds: 0,
        reminders_overdue: 0,
        set_aside: 0,
        background_here: 1,
      },
      ...{ webhooks_failing: 0, alarms_connected: 1, alarms_failed: 0, deliveries_undelivered: 0 },
    });
  });

  it('name nobody and no thing: every label is a word of the code', async () => {
    const labels = (await metrics())
      .split('\n')
      .filter((line) => line.startsWith('convergence_'))
      .flatMap((line) => [...line.matchAll(/(\w+)="([^"]*)"/g)].map(([, name = '', value = '']) => ({ name, value })));
    expect(new Set(labels.map(({ name }) => name))).toEqual(
      new Set(['type', 'outcome', 'code', 'method', 'route', 'status', 'kind', 'le']),
    );
    const words = /^([A-Za-z]+|[0-9.]+|\+Inf|(\/([a-z][a-z.-]*|:[a-zA-Z0-9]+))+)$/;
    expect(labels.filter(({ value }) => !words.test(value))).toEqual([]);
  });
});

describe('a worker', () => {
  it('says how it is and what waits, and has no other route', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'worker-'));
    const env = {
      DATA_DIR: folder,
      PORT: '0',
      LOG_LEVEL: 'silent',
      METRICS_TOKEN: TOKEN,
      PUBLIC_URL: 'https://aap.example',
    };
    const worker = await startWorker(readConfiguration(env), new SetClock('2021-05-12T08:00:00Z'));
    const ask = (path: string, token?: string) =>
      fetch(`${worker.url}${path}`, token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } });
    try {
      const ready = await until(async () => {
        const answer = await ask('/health/ready');
        return answer.status === 200 ? ((await answer.json()) as object) : undefined;
      }, 'the worker');
      expect(ready).toEqual({ status: 'ready', working: true, lag: { facts: 0, atLeast: false, seconds: 0 } });
      expect(await (await ask('/metrics')).json()).toMatchObject({ status: 401, code: 'NotSignedIn' });
      const text = await (await ask('/metrics', TOKEN)).text();
      expect(text).toMatch(/^convergence_background_here 1$/m);
      expect(text).toMatch(/^convergence_alarms_connected 1$/m);
      expect((await ask('/api/calls')).status).toBe(404);
    } finally {
      await worker.close();
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

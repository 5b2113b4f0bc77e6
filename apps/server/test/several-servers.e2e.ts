import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { accepted, Client } from '#client/client.js';
import { RedisServer } from '#alarms/redis-server.js';
import { withRedis } from '#alarms/with-redis.js';
import { demonstrationOn, withEventStore } from '#event-store/with-event-store.js';
import { proveLog, toldOf } from './crash-proof.js';
import { everybodyWrites, inItsFolder, type LogUnderTest, NOW, onEventStoreDb, stage } from './crash-stage.js';
import type { Book, Service } from './crash-writers.js';
import { LiveServer, type Program } from './live-server.js';
import { seeded } from './seeded.js';
import { until } from './world.js';

/** So that what is to be delivered doesn't grow faster than a busy machine delivers it. */
const THINKING_MS = 250;

/** Processes over one log and one Redis, and what a balancer knows of them. */
class Fleet implements Service {
  stopping = false;
  private readonly processes = new Map<string, LiveServer>();
  private turn = 0;

  constructor(
    private readonly folder: string,
    private readonly env: Record<string, string>,
  ) {}

  async start(name: string, program: Program = 'server', more: Record<string, string> = {}): Promise<LiveServer> {
    const env = { ...this.env, BACKGROUND: 'apart', PUBLIC_URL: 'https://convergence.example', ...more };
    const process = await LiveServer.start(this.folder, NOW, env, program);
    await until(
      async () => ((await new Client(process.url).get('/health/ready')).status === 200 ? true : undefined),
      `${name} to be ready`,
    );
    this.processes.set(name, process);
    return process;
  }

  named(name: string): LiveServer {
    return this.processes.get(name) as LiveServer;
  }

  /** The next of those that are up, as a balancer gives it; people think for a moment before each request. */
  async address(): Promise<string> {
    await pause(THINKING_MS);
    const servers = [...this.processes].filter(([name]) => name.startsWith('server'));
    return until(() => servers[this.turn++ % servers.length]?.[1].url, 'a server');
  }

  /** Stopped as by a supervisor, and started anew. */
  async restart(name: string): Promise<void> {
    const process = this.named(name);
    this.processes.delete(name);
    const { code, stderr } = await process.stop();
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    await this.start(name);
  }

  async kill(name: string): Promise<void> {
    const process = this.named(name);
    this.processes.delete(name);
    await process.kill();
  }

  async stop(): Promise<(number | null)[]> {
    const ended = await Promise.all([...this.processes.values()].map((process) => process.stop()));
    return ended.map(({ code }) => code);
  }
}

const severalServers = (log: LogUnderTest): void => {
  let redis: RedisServer;
  let staged: Awaited<ReturnType<typeof stage>>;
  let fleet: Fleet;
  beforeAll(async () => {
    [redis, staged] = await Promise.all([RedisServer.start(), stage(30, log)]);
    fleet = new Fleet(staged.folder, { REDIS_URL: redis.url, ...log.env });
    await Promise.all([fleet.start('server 1'), fleet.start('server 2'), fleet.start('worker', 'worker')]);
  }, 120_000);
  afterAll(async () => {
    await fleet.stop();
    await redis.stop();
    rmSync(staged.folder, { recursive: true, force: true });
  });

  const on = (name: string, token = staged.operator.token): Client => new Client(fleet.named(name).url, token);
  const opened = (name: string) => ({ name, email: `${name.toLowerCase()}@example.org` });

  it('show a person what they wrote at once, whichever answers', async () => {
    for (let n = 1; n <= 40; n++) {
      const [here, there] = n % 2 ? ['server 1', 'server 2'] : ['server 2', 'server 1'];
      const made = await on(here).post<{ id: string }>('/api/people', opened(`Visible${n}`));
      const position = made.headers.get('convergence-position') ?? '';
      const { id } = accepted(made);
      const seen = await on(there).get<{ id: string }>(`/api/people/${id}`, { position });
      expect([seen.status, seen.body.id]).toEqual([200, id]);
    }
  });

  it('do so for a browser too, which brings the cookie back', async () => {
    const made = await on('server 1').post<{ id: string }>('/api/people', opened('Butineuse'));
    const cookie = made.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/^convergence-position=\S+; Path=\/; Max-Age=60; HttpOnly; SameSite=Lax$/);
    const browse = (kept: string) =>
      fetch(`${fleet.named('server 2').url}/api/people/${made.body.id}`, {
        headers: { authorization: `Bearer ${staged.operator.token}`, cookie: `theme=sombre; ${kept}` },
      });
    expect((await browse(cookie.split(';')[0] as string)).status).toBe(200);
    expect((await browse('convergence-position=1.left-from-another-log')).status).toBe(200);
  });

  it('know a token by the position of its making', async () => {
    const { id } = staged.operator;
    const asked = { scopes: ['read'], days: 1, label: 'essai' };
    const made = await on('server 1').post<{ token: string }>(`/api/people/${id}/issue-token`, asked);
    const position = made.headers.get('convergence-position') ?? '';
    const { token } = accepted(made);
    expect((await on('server 2', token).get('/api/me', { position })).status).toBe(200);
  });

  it('are joined by a third, that begins with the views of one of them', async () => {
    const made = await on('server 1').post<{ file: string; position: string }>('/api/service/copy-views');
    const { file, position } = accepted(made);
    expect([file, position]).toEqual([join(staged.folder, 'views-copy.db'), expect.stringMatching(/^\d+(\/\d+)?$/)]);
    const third = await fleet.start('server 3', 'server', { VIEWS_FROM: file });
    const views = (client: Client) => client.get<{ views: string; log: string }>('/health/ready');
    await until(async () => {
      const [one, other] = [(await views(on('server 1'))).body, (await views(on('server 3'))).body];
      return one.views === other.views ? true : undefined;
    }, 'the third to be where the first is');
    expect((await new Client(third.url, staged.operator.token).get('/api/people')).text).toBe(
      (await on('server 2').get('/api/people')).text,
    );
    await fleet.kill('server 3');
  });

  it('have what a killed worker was at done by another, within seconds', async () => {
    await fleet.start('other worker', 'worker');
    for (let n = 1; n <= 20; n++) accepted(await on('server 1').post('/api/people', opened(`Attendue${n}`)));
    await fleet.kill('worker');
    const killed = performance.now();
    await until(async () => (await toldOf(staged.folder, log)) || pause(50, undefined), 'their messages to be written');
    expect(performance.now() - killed).toBeLessThan(log === inItsFolder ? 15_000 : 25_000);
    await fleet.start('worker', 'worker');
    await fleet.kill('other worker');
  });

  it('lose nothing and decide nothing twice while each is restarted, the worker killed and Redis emptied', async () => {
    const { folder, awards } = staged;
    await until(
      async () => (await toldOf(folder, log)) || pause(200, undefined),
      'the messages of before to be written',
    );
    const before = { facts: (await log.whole(folder)).rows.length, call: awards.call };
    const book: Book = { acknowledged: [], awards: [], abandoned: 0, instant: 0 };
    const writing = everybodyWrites(staged, fleet, book, seeded(7));
    /** So many more commands are answered: nothing stands still. */
    const goesOn = (more: number): Promise<true> => {
      const goal = book.acknowledged.length + more;
      return Promise.race([
        until(() => book.acknowledged.length >= goal || pause(20, undefined), `${more} more answers`, 60_000),
        writing.then(() => true as const),
      ]);
    };
    for (let round = 0; round < 2; round++) {
      await goesOn(30);
      await fleet.restart('server 1');
      await goesOn(30);
      await fleet.kill('worker');
      await redis.ask((connection) => connection.flushall());
      await fleet.restart('server 2');
      await fleet.start('worker', 'worker');
    }
    await goesOn(30);
    fleet.stopping = true;
    await writing;
    await until(
      async () => (await toldOf(folder, log)) || pause(200, undefined),
      'every message to be written',
      120_000,
    );
    expect(await fleet.stop()).toEqual([0, 0, 0]);
    await proveLog(folder, book, before, log);
    expect(book.awards.filter(({ fact }) => fact === 'AwardGranted').length).toBeGreaterThan(5);
  }, 300_000);
};

withRedis('two servers and a worker over one log', () => severalServers(inItsFolder));
withEventStore('two servers and a worker over one EventStoreDB', (url) =>
  severalServers(onEventStoreDb(demonstrationOn(url))),
);

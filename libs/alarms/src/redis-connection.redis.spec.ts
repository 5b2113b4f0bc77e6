import { afterEach, expect, it } from '@jest/globals';
import { inspect } from 'node:util';
import { systemClock } from '#commands/clock.js';
import { until } from './fixtures.js';
import { RedisAlarms } from './redis-alarms.js';
import { RedisServer, type RedisSettings } from './redis-server.js';
import { withRedis } from './with-redis.js';

/** Processes start slowly on a machine that is busy. */
let ends: (() => Promise<unknown>)[] = [];
async function connected(settings: RedisSettings, url?: (server: RedisServer) => string) {
  const server = await RedisServer.start(settings);
  ends.push(() => server.stop());
  const errors: Error[] = [];
  const onError = (error: Error) => errors.push(error);
  const alarms = new RedisAlarms({ url: url?.(server) ?? server.url, owner: 'log', clock: systemClock, onError });
  ends.push(() => alarms.close());
  return { server, alarms, errors };
}
afterEach(async () => {
  for (const end of ends.reverse()) await end();
  ends = [];
});

withRedis('a connection to Redis', () => {
  it('says once what would lose alarms: eviction, and no append-only file', async () => {
    const { server, errors, alarms } = await connected({ appendOnly: false, maxMemoryPolicy: 'allkeys-lru' });
    await until('both are said', () => errors.length === 2);
    await server.restart('with its data');
    await until('gone and back', () => errors.length === 3 && alarms.status().connected);
    expect(errors.map(({ message }) => message)).toEqual([
      'Redis: maxmemory-policy is allkeys-lru: alarms may be evicted, set it to noeviction',
      'Redis: the append-only file is off: a restart forgets what was armed, set appendonly to yes',
      expect.stringContaining('connection closed'),
    ]);
  });

  it('says nothing of a server that keeps what it is given, with its password', async () => {
    const { alarms, errors } = await connected({ password: 'open-sesame' });
    let forgotten = 0;
    alarms.start({ ring: async () => undefined, forgotten: () => forgotten++ });
    await until('ready', () => alarms.status().connected && forgotten > 0);
    expect(errors).toEqual([]);
  });

  it('never says its password, right or wrong', async () => {
    const wrong = 'not-the-pass%40word';
    const { errors, alarms } = await connected(
      { password: 'open-sesame' },
      ({ port }) => `redis://somebody:${wrong}@127.0.0.1:${port}`,
    );
    alarms.start({ ring: async () => undefined, forgotten: () => undefined });
    await until('it is told', () => errors.length > 0);
    await expect(alarms.arm([{ key: 'one', revision: '1', at: '2021-07-01T08:00:00Z' }])).rejects.toThrow();
    const said = inspect(errors, { depth: 9, showHidden: true });
    expect(said).toContain('WRONGPASS');
    expect(said).not.toMatch(/not-the-pass|open-sesame/);
  });
});

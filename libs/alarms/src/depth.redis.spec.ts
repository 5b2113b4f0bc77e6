import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SetClock, systemClock } from '#commands/clock.js';
import { AlarmsAway } from './alarms.js';
import { due, inSeconds, several, until } from './fixtures.js';
import { LocalAlarms } from './local-alarms.js';
import { RedisAlarms } from './redis-alarms.js';
import { RedisServer } from './redis-server.js';
import { withRedis } from './with-redis.js';

describe('alarms of this process', () => {
  it('count what is armed and has not rung', async () => {
    const clock = new SetClock('2021-07-01T08:00:00Z');
    const alarms = new LocalAlarms(clock);
    await alarms.arm([due('soon', '2021-07-01T08:01:00Z'), ...several(2, 'later', '2021-07-02T08:00:00Z')]);
    expect(await alarms.depth()).toEqual({ waiting: 3, failed: 0 });
    alarms.start({ ring: () => Promise.resolve(), forgotten: () => undefined });
    clock.set('2021-07-01T08:01:00Z');
    await until('the first to have rung', async () => (await alarms.depth()).waiting === 2);
    await alarms.close();
  });
});

withRedis('alarms on Redis', () => {
  let redis: RedisServer;
  beforeAll(async () => {
    redis = await RedisServer.start();
  });
  afterAll(() => redis.stop());

  it('count what is armed and what rang in vain, and nothing where Redis is not asked', async () => {
    const options = { url: redis.url, owner: 'depth', clock: systemClock, onError: () => undefined, tryAgainMs: 1 };
    const alarms = new RedisAlarms(options);
    try {
      await until('Redis to be there', () => alarms.status().connected);
      await alarms.arm([due('vain', inSeconds(-1)), ...several(2, 'later', inSeconds(3600))]);
      expect(await alarms.depth()).toEqual({ waiting: 3, failed: 0 });
      alarms.start({ ring: () => Promise.reject(new Error('in vain')), forgotten: () => undefined });
      await until('the first to have failed', async () => (await alarms.depth()).failed === 1);
      expect(await alarms.depth()).toEqual({ waiting: 2, failed: 1 });
    } finally {
      await alarms.close();
    }
    await expect(alarms.depth()).rejects.toThrow(AlarmsAway);
  });
});

import { describe, expect, it } from '@jest/globals';
import { readConfiguration, WrongConfiguration } from './configuration.js';

describe('REDIS_URL', () => {
  it.each(['redis://redis:6379', 'rediss://somebody:p%40ss@redis.example.org:6380/2', 'redis://:secret@[::1]'])(
    'may be %s',
    (REDIS_URL) => expect(readConfiguration({ REDIS_URL }).redisUrl).toBe(REDIS_URL),
  );

  it.each([undefined, ''])('may be left out: %j', (REDIS_URL) =>
    expect(readConfiguration({ REDIS_URL }).redisUrl).toBeUndefined(),
  );

  it.each([
    'redis',
    'http://:secret@redis',
    'redis://:sec/ret@redis:6379',
    'redis://:secret@redis:port',
    'redis:// :secret@redis',
    'redis://',
  ])('is refused where it is %s, without a word of it', (REDIS_URL) =>
    expect(() => readConfiguration({ REDIS_URL })).toThrow(
      new WrongConfiguration(
        'REDIS_URL doit être une adresse redis:// ou rediss://, les caractères spéciaux du mot de passe étant encodés.',
      ),
    ),
  );
});

import { describe, expect, it } from '@jest/globals';
import { hasRedisServer } from './redis-server.js';

/**
 * Specifications on a real Redis. Where there is no `redis-server` they are skipped, which the run names at its end; with
 * `REQUIRE_REDIS=1` that is a failure.
 */
export function withRedis(name: string, tests: () => void): void {
  if (hasRedisServer()) describe(name, tests);
  else if (process.env['REQUIRE_REDIS'] === '1') {
    describe(name, () => it('needs redis-server on the PATH', () => expect('redis-server').toBe('on the PATH')));
  } else describe.skip(`${name} (no redis-server on the PATH)`, tests);
}

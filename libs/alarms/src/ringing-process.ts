/** A process whose alarms ring on the Redis of the tests; it asks its parent to issue, and waits until it did. */
import { once } from 'node:events';
import { systemClock } from '#commands/clock.js';
import type { Due } from './alarms.js';
import { RedisAlarms } from './redis-alarms.js';

export interface Rung {
  readonly rung: Due;
}

const [url = '', owner = '', lockMs, atOnce] = process.argv.slice(2);
const alarms = new RedisAlarms({
  url,
  owner,
  clock: systemClock,
  onError: () => undefined,
  lockMs: Number(lockMs),
  stalledEveryMs: Number(lockMs),
  atOnce: Number(atOnce),
});
process.setMaxListeners(0);
alarms.start({
  ring: async (rung) => {
    process.send?.({ rung } satisfies Rung);
    for (;;) {
      const [{ issued }] = (await once(process, 'message')) as [{ issued: Due }];
      if (issued.key === rung.key) return;
    }
  },
  forgotten: () => process.send?.({ ready: true }),
});
process.once('disconnect', () => process.exit());

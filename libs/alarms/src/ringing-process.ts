/** A process whose alarms ring on the Redis of the tests; it asks its parent to issue, and waits until it did. */
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
const waiting = new Map<string, () => void>();
process.on('message', ({ issued }: { issued: Due }) => waiting.get(issued.key)?.());
alarms.start({
  ring: (rung) =>
    new Promise<void>((issued) => {
      waiting.set(rung.key, issued);
      process.send?.({ rung } satisfies Rung);
    }),
  forgotten: () => process.send?.({ ready: true }),
});
process.once('disconnect', () => process.exit());

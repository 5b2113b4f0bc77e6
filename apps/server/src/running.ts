import { type Clock, SetClock, systemClock } from '#commands/clock.js';
import type { Configuration } from './configuration.js';

/** Where a process listens, as people write it. */
export const urlOf = (host: string, port: number): string =>
  `http://${host.includes(':') ? `[${host}]` : host}:${port}`;

const STOP_WITHIN_MS = 9000;

/** The parent process of a demonstration says what time it is; nothing else can, and only in a folder marked so. */
export function clockOf({ demonstration }: Pick<Configuration, 'demonstration'>): Clock {
  if (!demonstration) return systemClock;
  const clock = new SetClock('2021-01-01T00:00:00Z');
  process.on('message', (message: { now?: string }) => {
    if (typeof message.now !== 'string') return;
    clock.set(message.now);
    process.send?.({ clock: message.now });
  });
  return clock;
}

/** Finishes what is under way and stops within ten seconds, whatever hangs. */
export function stopOnSignal(close: () => Promise<void>): void {
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref();
    void close().then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

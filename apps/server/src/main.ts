import { setFlagsFromString } from 'node:v8';
import { type Clock, SetClock, systemClock } from '#commands/clock.js';
import { readConfiguration } from './configuration.js';
import { firstOperator } from './operator.js';
import { type RunningServer, startServer } from './server.js';
import { sentenceOf } from './start-problems.js';

const STOP_WITHIN_MS = 9000;

// Collected when the heap has doubled and not, as by default, when it is four times as large: views are read from files.
setFlagsFromString('--heap-growing-percent=100');

try {
  const configuration = readConfiguration(process.env);
  const clock: Clock = configuration.demonstration ? clockOfParent() : systemClock;
  const server = await startServer(configuration, clock, { browsable: true });
  stopOnSignal(server);
  const token = await firstOperator(server.service);
  process.stdout.write(
    [
      `Convergence écoute sur ${server.url}`,
      `Documentation de l'API : ${server.url}/api/docs`,
      ...(token ? [`Premier jeton de l'exploitant, montré une seule fois : ${token}`] : []),
      '',
    ].join('\n'),
  );
  process.send?.({ listening: server.url, operator: token });
} catch (error) {
  process.stderr.write(`${sentenceOf(error)}\n`);
  process.exit(1);
}

/** The parent process of a demonstration says what time it is; nothing else can, and only in a folder marked so. */
function clockOfParent(): Clock {
  const clock = new SetClock('2021-01-01T00:00:00Z');
  process.on('message', (message: { now?: string }) => {
    if (typeof message.now !== 'string') return;
    clock.set(message.now);
    process.send?.({ clock: message.now });
  });
  return clock;
}

/** Finishes what is under way and stops within ten seconds, whatever hangs. */
function stopOnSignal(server: RunningServer): void {
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref();
    void server.close().then(
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

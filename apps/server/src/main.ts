import { setFlagsFromString } from 'node:v8';
import { readConfiguration } from './configuration.js';
import { firstOperator } from './operator.js';
import { clockOf, stopOnSignal } from './running.js';
import { startServer } from './server.js';
import { sentenceOf } from './start-problems.js';

// Collected when the heap has doubled and not, as by default, when it is four times as large: views are read from files.
setFlagsFromString('--heap-growing-percent=100');

try {
  const configuration = readConfiguration(process.env);
  const clock = clockOf(configuration);
  const server = await startServer(configuration, clock, { browsable: true });
  stopOnSignal(() => server.close());
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

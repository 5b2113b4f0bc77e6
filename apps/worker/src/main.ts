/** The work behind the requests, in a process of its own: reminders, mail, webhooks, and whatever else acts on facts. */
import { readConfiguration } from '#server/configuration.js';
import { clockOf, stopOnSignal } from '#server/running.js';
import { sentenceOf } from '#server/start-problems.js';
import { startWorker } from './worker.js';

try {
  const configuration = readConfiguration(process.env);
  const worker = await startWorker(configuration, clockOf(configuration));
  stopOnSignal(() => worker.close());
  process.stdout.write(`Le worker de Convergence répond sur ${worker.url}/health/ready\n`);
  process.send?.({ listening: worker.url });
} catch (error) {
  process.stderr.write(`${sentenceOf(error)}\n`);
  process.exit(1);
}

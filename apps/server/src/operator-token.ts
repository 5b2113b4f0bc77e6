/** `npm run operator-token`: makes a new token for the operator, whether the service is running or not. */
import { systemClock } from '#commands/clock.js';
import { Handler } from '#commands/handler.js';
import { readConfiguration } from './configuration.js';
import { openDataFolder, requireLog } from './data-folder.js';
import { openLog } from './open-log.js';
import { operatorToken } from './operator.js';
import { tools } from './service.js';
import { agreeOnSecret } from './shared-secret.js';
import { sentenceOf } from './start-problems.js';

try {
  const configuration = readConfiguration(process.env);
  const { dataDir, eventStoreUrl } = configuration;
  if (!eventStoreUrl) requireLog(dataDir);
  const { secret } = openDataFolder({ ...configuration, demonstration: false });
  const store = await openLog(configuration);
  await agreeOnSecret(store, secret);
  const token = await operatorToken(store, new Handler(store, tools, { secret }), systemClock.now());
  await store.close();
  process.stdout.write(`Nouveau jeton de l'exploitant, montré une seule fois : ${token}\n`);
} catch (error) {
  process.stderr.write(`${sentenceOf(error)}\n`);
  process.exit(1);
}

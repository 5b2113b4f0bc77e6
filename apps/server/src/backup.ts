/** `npm run backup -- <folder>`: copies the data of the service, which may be running. Restoring is starting on a copy. */
import { resolve } from 'node:path';
import { readConfiguration } from './configuration.js';
import { copyData } from './copy-of-data.js';
import { sentenceOf } from './start-problems.js';

const say = (...lines: readonly string[]): boolean => process.stdout.write(`${lines.join('\n')}\n`);

try {
  const { dataDir } = readConfiguration(process.env);
  const [given] = process.argv.slice(2);
  if (!given) {
    process.stderr.write('Indiquez où copier les données : npm run backup -- /chemin/du/dossier\n');
    process.exit(1);
  }
  const target = resolve(given);
  const { facts, documents, bytes, missing } = await copyData(dataDir, target);
  say(
    `Copie de ${dataDir} dans ${target} :`,
    `  journal : ${facts} faits`,
    `  pièces : ${documents}, soit ${bytes} octets, chacune vérifiée par son empreinte SHA-256`,
    '  clé secrète et repères des tâches : copiés',
    'Les pages et les messages ne sont pas copiés : les premières renaissent du journal.',
  );
  if (missing.length > 0) {
    process.stderr.write(
      `Pièces que le journal cite et qui manquent :\n${missing.map((one) => `  ${one}\n`).join('')}`,
    );
    process.exit(1);
  }
} catch (error) {
  process.stderr.write(`${sentenceOf(error)}\n`);
  process.exit(1);
}

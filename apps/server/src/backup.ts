/** `npm run backup -- <folder>`: copies the data of the service, which may be running. Restoring is starting on a copy. */
import { resolve } from 'node:path';
import { readConfiguration, WrongConfiguration } from './configuration.js';
import { copyData } from './copy-of-data.js';
import { requireLog } from './data-folder.js';
import { openDocuments } from './open-documents.js';
import { sentenceOf } from './start-problems.js';

const say = (...lines: readonly string[]): boolean => process.stdout.write(`${lines.join('\n')}\n`);

try {
  const configuration = readConfiguration(process.env);
  const { dataDir, eventStoreUrl } = configuration;
  if (eventStoreUrl) {
    throw new WrongConfiguration(
      'Cette commande copie un journal du dossier des données. Avec EVENT_STORE_URL, sauvegardez le journal sur ses serveurs, ou copiez-le (npm run log -- copy), et le dossier des données à part : voir docs/operations.md.',
    );
  }
  const [given] = process.argv.slice(2);
  if (!given) {
    process.stderr.write('Indiquez où copier les données : npm run backup -- /chemin/du/dossier\n');
    process.exit(1);
  }
  const target = resolve(given);
  requireLog(dataDir);
  const kept = await openDocuments(configuration);
  const { facts, documents, bytes, missing } = await copyData(dataDir, target, kept);
  kept.close();
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

/** `npm run log -- copy <from> <to>` and `npm run log -- verify <log>`: a log is a file `log.db` or an address of EventStoreDB. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { factsGeneration } from '#domain/facts.js';
import type { EventStore } from '#event-store/event-store.js';
import { EventStoreDb } from '#event-store/eventstoredb.js';
import { isEventStoreUrl } from '#event-store/eventstoredb-url.js';
import { SqliteEventStore } from '#event-store/sqlite.js';
import { WrongConfiguration } from './configuration.js';
import { type Contents, copyLog, verifyLog } from './moving-house.js';
import { sentenceOf } from './start-problems.js';

const usage = `Usage :
  npm run log -- copy <journal> <journal vide>
  npm run log -- verify <journal>
Un journal est un fichier log.db, ou une adresse esdb:// (voir EVENT_STORE_URL dans docs/operations.md).`;

const say = (...lines: readonly string[]): boolean => process.stdout.write(`${lines.join('\n')}\n`);

async function open(place: string, made: 'must exist' | 'may be new'): Promise<EventStore> {
  if (place.startsWith('esdb')) {
    if (!isEventStoreUrl(place)) throw new WrongConfiguration("L'adresse esdb:// n'est pas valable.");
    return EventStoreDb.open({ url: place, generation: factsGeneration });
  }
  const path = resolve(place);
  if (made === 'must exist' && !existsSync(path)) throw new WrongConfiguration(`Il n'y a pas de journal ${path}.`);
  return SqliteEventStore.open({ path, generation: factsGeneration });
}

const described = ({ facts, sha256, deleted }: Contents): string[] => [
  `  faits : ${facts}`,
  `  empreinte SHA-256 du tout : ${sha256}`,
  `  flux supprimés : ${deleted.length}`,
  ...deleted.map((stream) => `    ${stream}`),
];

async function copy(from: string, to: string): Promise<void> {
  const source = await open(from, 'must exist');
  try {
    const target = await open(to, 'may be new');
    try {
      const copied = await copyLog(source, target, (facts) => {
        if (facts % 50_000 === 0) say(`  ${facts} faits…`);
      });
      say(
        'Copie terminée, relue des deux côtés :',
        ...described(copied),
        `  déjà copiés auparavant : ${copied.before}`,
      );
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}

async function verify(place: string): Promise<void> {
  const store = await open(place, 'must exist');
  try {
    const verified = await verifyLog(store);
    say('Journal relu :', ...described(verified), `  flux : ${verified.streams}`);
    if (verified.problems.length === 0) say("Rien d'anormal.");
    else {
      process.stderr.write(`Anomalies :\n${verified.problems.map((problem) => `  ${problem}\n`).join('')}`);
      process.exitCode = 1;
    }
  } finally {
    await store.close();
  }
}

try {
  const [what, first, second] = process.argv.slice(2);
  if (what === 'copy' && first && second) await copy(first, second);
  else if (what === 'verify' && first && !second) await verify(first);
  else throw new WrongConfiguration(usage);
} catch (error) {
  process.stderr.write(`${sentenceOf(error)}\n`);
  process.exit(1);
}

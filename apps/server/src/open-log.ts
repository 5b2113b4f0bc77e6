import { join } from 'node:path';
import { factsGeneration } from '#domain/facts.js';
import type { EventStore } from '#event-store/event-store.js';
import { EventStoreDb } from '#event-store/eventstoredb.js';
import { SqliteEventStore } from '#event-store/sqlite.js';
import type { Configuration } from './configuration.js';

const PAGE_BYTES = 4096;

/** The log of the configuration: on EventStoreDB, or a file of the data folder. @throws NewerLog, StoreUnavailable */
export async function openLog(
  { eventStoreUrl: url, dataDir, mostLogBytes }: Pick<Configuration, 'eventStoreUrl' | 'dataDir' | 'mostLogBytes'>,
  onTrouble: (error: Error) => void = () => undefined,
): Promise<EventStore> {
  if (url) return EventStoreDb.open({ url, generation: factsGeneration, onTrouble });
  return SqliteEventStore.open({
    path: join(dataDir, 'log.db'),
    generation: factsGeneration,
    ...(mostLogBytes > 0 && { maxPages: Math.floor(mostLogBytes / PAGE_BYTES) }),
  });
}

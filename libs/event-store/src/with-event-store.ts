import { describe } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { EventStoreDb, type EventStoreDbOptions } from './eventstoredb.js';

/** Specifications on the EventStoreDB of `EVENT_STORE_URL`; without it they are skipped, which the run names at its end. */
export function withEventStore(name: string, tests: (url: string) => void): void {
  const url = process.env['EVENT_STORE_URL'];
  if (url) describe(name, () => tests(url));
  else describe.skip(`${name} (EVENT_STORE_URL is not set)`, () => tests('esdb://nowhere'));
}

/** That server with a log of its own, whose clock a demonstration may set. */
export const demonstrationOn = (url: string): string =>
  `${url}${url.includes('?') ? '&' : '?'}space=demonstration-${randomUUID()}`;

/** A log of its own on that server, beside those of others. */
export const newSpace = (): string => `test-${randomUUID()}`;

export const openOn = (url: string, options: Partial<EventStoreDbOptions> = {}): Promise<EventStoreDb> =>
  EventStoreDb.open({ url, generation: 1, space: newSpace(), ...options });

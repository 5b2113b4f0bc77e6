import { randomUUID } from 'node:crypto';
import type { Metadata } from '#commands/asking.js';
import { type Fact, factVersions } from '#domain/facts.js';
import type { World } from './world.js';

/** What happened before the test begins, written to the log as it would have been: the quickest way to a late stage. */
export async function happened(world: World, stream: string, ...facts: readonly Fact[]): Promise<void> {
  const { store, projector } = world.server.service;
  const metadata: Metadata = {
    at: world.clock.now(),
    by: 'system',
    role: 'system',
    command: randomUUID(),
    request: 'happened',
    correlation: randomUUID(),
  };
  const events = facts.map(({ type, ...data }) => ({
    id: randomUUID(),
    type,
    schema: factVersions[type],
    data,
    metadata,
  }));
  const { position } = await store.append(stream, 'any', events);
  await projector.reached(position, 5000);
}

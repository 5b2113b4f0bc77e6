import { type EventStore, StreamDeleted } from '#event-store/event-store.js';

/** What was written at this version of a content stream; undefined once it was erased. */
export async function written<T>(
  store: EventStore,
  stream: `content-${string}`,
  version: number,
): Promise<T | undefined> {
  try {
    const [event] = await store.readStream(stream, { from: version, limit: 1 });
    return event?.version === version ? (event.data as T) : undefined;
  } catch (error) {
    if (error instanceof StreamDeleted) return undefined;
    throw error;
  }
}

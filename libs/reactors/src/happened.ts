import { factOf } from '#commands/folded.js';
import type { Fact } from '#domain/facts.js';
import { type EventStore, StreamDeleted } from '#event-store/event-store.js';

/** The facts of a stream up to one of them, that one included; none where it is gone. */
export async function factsUpTo(store: EventStore, stream: string, id: string): Promise<Fact[] | undefined> {
  try {
    const events = await store.readStream(stream);
    const last = events.findIndex((event) => event.id === id);
    return last < 0 ? undefined : events.slice(0, last + 1).map((event) => factOf(event) as Fact);
  } catch (error) {
    if (error instanceof StreamDeleted) return undefined;
    throw error;
  }
}

import type { ContentRef } from '#domain/decider.js';
import { type EventStore, StreamDeleted } from '#event-store/event-store.js';

/** What was written at that version; undefined once it was erased. */
async function written(store: EventStore, application: string, { version }: ContentRef): Promise<object | undefined> {
  try {
    const [event] = await store.readStream(`content-agreement-${application}`, { from: version, limit: 1 });
    return event?.version === version ? event.data : undefined;
  } catch (error) {
    if (error instanceof StreamDeleted) return undefined;
    throw error;
  }
}

export const bankAccountWritten = async (
  store: EventStore,
  application: string,
  content: ContentRef,
): Promise<{ iban: string; holder: string } | undefined> => {
  const found = (await written(store, application, content)) as { iban: string; holder: string } | undefined;
  return found && { iban: found.iban, holder: found.holder };
};

export const observationsWritten = async (
  store: EventStore,
  application: string,
  content: ContentRef,
): Promise<string | null> =>
  ((await written(store, application, content)) as { text: string } | undefined)?.text ?? null;

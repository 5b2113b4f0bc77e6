import type { ContentRef } from '#domain/decider.js';
import type { EventStore } from '#event-store/event-store.js';
import { written } from '../written.js';

export async function bankAccountWritten(
  store: EventStore,
  application: string,
  { version }: ContentRef,
): Promise<{ iban: string; holder: string } | undefined> {
  const found = await written<{ iban: string; holder: string }>(store, `content-agreement-${application}`, version);
  return found && { iban: found.iban, holder: found.holder };
}

export async function observationsWritten(
  store: EventStore,
  application: string,
  { version }: ContentRef,
): Promise<string | null> {
  const found = await written<{ text: string }>(store, `content-agreement-${application}`, version);
  return found?.text ?? null;
}

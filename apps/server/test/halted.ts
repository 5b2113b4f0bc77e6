import type { Asking } from '#commands/asking.js';
import { systemClock } from '#commands/clock.js';
import type { EventStore } from '#event-store/event-store.js';
import { readConfiguration } from '#server/configuration.js';
import { Service } from '#server/service.js';

/** Decides something in a folder as if the service had been killed before any reactor saw it. */
export async function forgottenAndKilled(
  folder: string,
  act: (
    change: (
      subject: object,
      id: string,
      command: { type: string },
      person: string,
      grants?: Asking['grants'],
    ) => Promise<unknown>,
    store: EventStore,
  ) => Promise<unknown>,
): Promise<void> {
  const configuration = readConfiguration({ DATA_DIR: folder });
  const service = await Service.open({ configuration, clock: systemClock, onError: () => undefined });
  const { handler, store } = service;
  await act(
    (subject, id, command, person, grants = []) =>
      handler.change(subject as never, id, command as never, {
        person,
        grants,
        at: '2021-06-21T08:00:00Z',
        correlation: id,
      }),
    store,
  );
  await service.close();
}

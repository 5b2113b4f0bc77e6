import type { Asking } from '#commands/asking.js';
import { type Changed, Handler } from '#commands/handler.js';
import type { Incoming, Subject } from '#commands/subject.js';
import type { CommandType } from '#domain/commands.js';
import type { RecordEvent } from '#domain/facts.js';
import type { Observer } from './observer.js';

/** A handler whose commands are observed, whoever gives them: people over HTTP, and the service itself. */
export class ObservedHandler extends Handler {
  constructor(
    private readonly observer: Observer,
    ...made: ConstructorParameters<typeof Handler>
  ) {
    super(...made);
  }

  override change<C extends { type: string }, S, E extends RecordEvent, X>(
    subject: Subject<C, S, E, X>,
    id: string,
    command: Incoming<C> & { type: CommandType },
    asking: Asking,
  ): Promise<Changed<E>> {
    return this.observer.command(command.type, () => super.change(subject, id, command, asking));
  }
}

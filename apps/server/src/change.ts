import { Inject, type Type } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Changed } from '#commands/handler.js';
import type { Incoming, Subject } from '#commands/subject.js';
import type { CommandType } from '#domain/commands.js';
import type { RecordEvent } from '#domain/facts.js';
import type { Request } from './http/by.js';
import type { Service } from './service.js';
import { SERVICE } from './tokens.js';

/** A command on one stream, as the bus carries it. */
export abstract class Change<C extends { type: string }, E extends { type: string } = { type: string }> extends Command<
  Changed<E>
> {
  constructor(
    readonly id: string,
    readonly command: Incoming<C> & { type: CommandType },
    readonly by: Request,
  ) {
    super();
  }
}

/** What an answer is made from: the fact that the change made, so that a repeat answers the same. */
export function factOf<E extends { type: string }, T extends E['type']>(
  { events }: Changed<E>,
  type: T,
): Extract<E, { type: T }> {
  const fact = events.find((event): event is Extract<E, { type: T }> => event.type === type);
  if (!fact) throw new Error(`This change makes a ${type}.`);
  return fact;
}

/** The handler of one kind of command: load, decide, append, and remember how far the person has written. */
export function handlerOf<C extends { type: string }, S, E extends RecordEvent, X>(
  kind: Type<Change<C, E>>,
  subject: Subject<C, S, E, X>,
): Type<ICommandHandler<Change<C, E>>> {
  @CommandHandler(kind)
  class Handler implements ICommandHandler<Change<C, E>> {
    constructor(@Inject(SERVICE) private readonly service: Service) {}

    async execute({ id, command, by }: Change<C, E>): Promise<Changed<E>> {
      const changed = await this.service.handler.change(subject, id, command, by);
      by.answer.changed = changed;
      await this.service.wrote(changed);
      return changed;
    }
  }
  return Handler;
}

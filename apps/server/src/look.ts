import { Inject } from '@nestjs/common';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import type { Views } from '#read-models/views.js';
import type { Request } from './http/by.js';
import type { Service } from './service.js';
import { SERVICE } from './tokens.js';

/** A question to the read models, as the bus carries it. */
export class Look<Answer> extends Query<Answer> {
  constructor(
    readonly by: Request,
    readonly read: (views: Views) => Answer | Promise<Answer>,
  ) {
    super();
  }
}

const PATIENCE_MS = 5000;

/** Waits for what the person has written, then reads. */
@QueryHandler(Look)
export class LookHandler implements IQueryHandler<Look<unknown>> {
  constructor(@Inject(SERVICE) private readonly service: Service) {}

  async execute({ by, read }: Look<unknown>): Promise<unknown> {
    const position = this.service.latest(by.position);
    if (position !== undefined) await this.service.projector.reached(position, PATIENCE_MS);
    return read(this.service.projector.views);
  }
}

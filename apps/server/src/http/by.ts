import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { randomUUID } from 'node:crypto';
import type { Asking } from '#commands/asking.js';
import type { Changed } from '#commands/handler.js';
import { idFrom } from '#commands/ids.js';
import type { Grant } from '#domain/roles.js';
import type { Position } from '#event-store/event-store.js';

/** One request: who asks, and what its answer will say in its headers. */
export interface Request extends Asking {
  readonly grants: readonly Grant[];
  /** `Convergence-Position`: what was written there must be seen here. */
  readonly position?: Position;
  /** Set by what was changed or read. */
  answer: { version?: number; changed?: Changed<unknown> };
}

/** The id of something this request makes: a repeat with the same key makes the same. */
export const newId = ({ person, key }: Asking, kind: string): string =>
  key === undefined ? randomUUID() : idFrom(kind, person, key);

export interface SignedRequest extends FastifyRequest {
  by: Request;
  /** When its headers arrived. */
  arrivedAt: string;
}
export type { FastifyReply };

/** The request as commands and queries know it. */
export const By = createParamDecorator((_: unknown, context: ExecutionContext): Request => {
  return context.switchToHttp().getRequest<SignedRequest>().by;
});

import { applyDecorators, SetMetadata, type Type } from '@nestjs/common';
import { ApiBearerAuth, ApiExtension, ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { CommandType } from '#domain/facts.js';
import { commandRoles, type ServiceActName, serviceRoles, viewRoles, type ViewName } from '#domain/permissions.js';
import { refusals } from '#domain/refusals.js';
import type { Role } from '#domain/roles.js';
import type { TokenScope } from '#domain/account/account.js';

export const ROUTE = 'convergence:route';

/** What the guard knows of a route: the line of the role table it stands for. */
export interface RouteRule {
  readonly entry: CommandType | ViewName | ServiceActName;
  readonly kind: 'act' | 'view' | 'service';
  readonly roles: readonly Role[];
  readonly scope: TokenScope;
  readonly ifMatch: boolean;
}

export interface ActOptions {
  /** The person edits what they saw: the version they saw is compulsory. */
  readonly ifMatch?: boolean;
  readonly scope?: TokenScope;
}

/** A route that changes something: one command, one line of the role table. */
export function Act(entry: CommandType, summary: string, options: ActOptions = {}): MethodDecorator {
  const { ifMatch = false, scope = 'write' } = options;
  const roles = commandRoles[entry];
  return applyDecorators(
    SetMetadata(ROUTE, { entry, kind: 'act', roles, scope, ifMatch } satisfies RouteRule),
    ApiOperation({ operationId: entry, summary, description: describe(roles, scope) }),
    ApiHeader({
      name: 'Idempotency-Key',
      required: false,
      description: 'A repeat with the same key gets the same answer.',
      schema: { type: 'string', minLength: 1, maxLength: 200 },
    }),
    ...(ifMatch
      ? [
          ApiHeader({
            name: 'If-Match',
            required: true,
            description: 'The ETag of what is edited.',
            schema: { type: 'string' },
          }),
        ]
      : []),
    ApiExtension('x-refusals', refusals[entry]),
    ...signedIn(roles),
  );
}

/** A route that reads: one line of the role table. */
export function View(entry: ViewName, summary: string): MethodDecorator {
  const roles = viewRoles[entry];
  return applyDecorators(
    SetMetadata(ROUTE, { entry, kind: 'view', roles, scope: 'read', ifMatch: false } satisfies RouteRule),
    ApiOperation({ summary, description: describe(roles, 'read') }),
    ApiHeader({
      name: 'Convergence-Position',
      required: false,
      description: 'Of an earlier answer: what it wrote is seen here.',
      schema: { type: 'string' },
    }),
    ...signedIn(roles),
  );
}

/** A route that changes the service itself. */
export function ServiceAct(entry: ServiceActName, summary: string): MethodDecorator {
  const roles: readonly Role[] = serviceRoles[entry];
  return applyDecorators(
    SetMetadata(ROUTE, { entry, kind: 'service', roles, scope: 'administer', ifMatch: false } satisfies RouteRule),
    ApiOperation({ summary, description: describe(roles, 'administer') }),
    ...signedIn(roles),
  );
}

export const Area = (name: string): ClassDecorator => ApiTags(name);

const describe = (roles: readonly Role[], scope: TokenScope): string =>
  `Roles: ${roles.join(', ')}. Token scope: ${scope}.`;
const signedIn = (roles: readonly Role[]): MethodDecorator[] => (roles.includes('anyone') ? [] : [ApiBearerAuth()]);

/** What a route answers when all is well. */
export const Answer = (type: Type): MethodDecorator => ApiOkResponse({ type });

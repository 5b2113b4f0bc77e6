import { applyDecorators, SetMetadata, type Type } from '@nestjs/common';
import { ApiBearerAuth, ApiExtension, ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { CommandType } from '#domain/commands.js';
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

interface RouteOptions {
  /** What generated clients call it, where several routes stand for one line of the table. */
  readonly operation?: string;
  /** Whom the route is for, where that is fewer than its line allows. */
  readonly roles?: readonly Role[];
}

export interface ActOptions extends RouteOptions {
  /** The person edits what they saw: the version they saw is compulsory. */
  readonly ifMatch?: boolean;
  readonly scope?: TokenScope;
}

/** A route that changes something: one command, one line of the role table. */
export function Act(entry: CommandType, summary: string, options: ActOptions = {}): MethodDecorator {
  const { ifMatch = false, scope = 'write', operation = entry, roles = commandRoles[entry] } = options;
  return applyDecorators(
    line({ entry, kind: 'act', roles, scope, ifMatch }, operation, summary),
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
  );
}

/** A route that reads: one line of the role table. */
export function View(entry: ViewName, summary: string, options: RouteOptions = {}): MethodDecorator {
  const { operation = `Read${entry}`, roles = viewRoles[entry] } = options;
  return applyDecorators(
    line({ entry, kind: 'view', roles, scope: 'read', ifMatch: false }, operation, summary),
    ApiHeader({
      name: 'Convergence-Position',
      required: false,
      description: 'Of an earlier answer: what it wrote is seen here.',
      schema: { type: 'string' },
    }),
  );
}

/** A route that changes the service itself. */
export const ServiceAct = (entry: ServiceActName, summary: string): MethodDecorator =>
  line({ entry, kind: 'service', roles: serviceRoles[entry], scope: 'administer', ifMatch: false }, entry, summary);

/** The same line for the guard and for the documents. */
function line(rule: RouteRule, operationId: string, summary: string): MethodDecorator {
  const { entry, kind, roles, scope } = rule;
  return applyDecorators(
    SetMetadata(ROUTE, rule),
    ApiOperation({ operationId, summary, description: `Roles: ${roles.join(', ')}. Token scope: ${scope}.` }),
    ApiExtension('x-line', { entry, kind, roles, scope }),
    checkedQuery,
    ...(roles.includes('anyone') ? [] : [ApiBearerAuth()]),
  );
}

export const Area = (name: string): ClassDecorator => ApiTags(name);

/** The class that checks the query of a route, for its document. */
const checkedQuery: MethodDecorator = (target, key, descriptor) => {
  const types = (Reflect.getMetadata('design:paramtypes', target, key) ?? []) as { name?: string }[];
  const query = types.find(({ name }) => name?.endsWith('Query'))?.name;
  if (query !== undefined) ApiExtension('x-query', query)(target, key, descriptor);
};

/** What a route answers when all is well. */
export const Answer = (type: Type): MethodDecorator => ApiOkResponse({ type });

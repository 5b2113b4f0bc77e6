import type { OpenAPIObject } from '@nestjs/swagger';
import { frenchRoles, type Role } from '#domain/roles.js';
import type { RouteRule } from './http/route.js';

/** One route as the role table lists it. */
export interface TableLine extends Pick<RouteRule, 'entry' | 'kind' | 'roles' | 'scope'> {
  readonly area: string;
  readonly method: string;
  /** `/api/calls/{id}/publish`. */
  readonly path: string;
  readonly operation: string;
}

/** Every route of the document. @throws where one has no line in the table of roles. */
export function tableLines({ paths }: OpenAPIObject): TableLine[] {
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations as Record<string, unknown>).map(([method, operation]) => {
      const { 'x-line': line, tags: [area = ''] = [], operationId = '' } = operation as OperationOfTable;
      if (!line) throw new Error(`${method.toUpperCase()} ${path} stands in no line of the table of roles.`);
      return { ...line, area, method: method.toUpperCase(), path, operation: operationId };
    }),
  );
}

interface OperationOfTable {
  readonly 'x-line'?: Pick<RouteRule, 'entry' | 'kind' | 'roles' | 'scope'>;
  readonly tags?: readonly string[];
  readonly operationId?: string;
}

/** docs/roles.md: who may do what, route by route. */
export function roleTable(document: OpenAPIObject): string {
  const lines = tableLines(document);
  const areas = [...new Set(lines.map(({ area }) => area))].sort();
  const roles = [...new Set(lines.flatMap((line) => line.roles))].sort();
  return [
    '# Who may do what',
    '',
    'Every route with the line of `libs/domain/src/permissions.ts` it stands for. Made by `npm run roles`; a test keeps',
    'it equal to the routes, and walks every route as every role.',
    '',
    'A role counts where it was granted: on the lead institutions of the call, on the organisation of the file, on the',
    'person concerned. What somebody may not know of answers 404. A token also needs the scope.',
    '',
    '| Role | In French |',
    '|---|---|',
    ...roles.map((role: Role) => `| ${role} | ${frenchRoles[role]} |`),
    ...areas.flatMap((area) => [
      '',
      `## ${area}`,
      '',
      '| Route | Command or view | Roles | Scope |',
      '|---|---|---|---|',
      ...lines.filter((line) => line.area === area).map(rowOf),
    ]),
    '',
  ].join('\n');
}

const rowOf = ({ method, path, entry, kind, roles, scope }: TableLine): string =>
  `| \`${method} ${path}\` | ${entry}${kind === 'view' ? ' (view)' : ''} | ${roles.join(', ')} | ${scope} |`;

import fc from 'fast-check';
import type { OpenAPIObject } from '@nestjs/swagger';
import { badBodies, oddTexts } from './bad-bodies.js';
import { Examples, type Parameter, type Schema } from './examples.js';
import type { RawRequest } from './raw.js';

interface Operation {
  readonly method: string;
  readonly path: string;
  readonly operationId: string;
  readonly parameters: readonly Parameter[];
  readonly body?: Schema;
}

export function operationsOf(document: OpenAPIObject): Operation[] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods as Record<string, Record<string, unknown>>).map(([method, operation]) => {
      const {
        requestBody,
        parameters = [],
        operationId,
      } = operation as {
        requestBody?: { content: Record<string, { schema: Schema }> };
        parameters?: Parameter[];
        operationId: string;
      };
      const body = requestBody?.content['application/json']?.schema;
      return { method: method.toUpperCase(), path, operationId, parameters, ...(body && { body }) };
    }),
  );
}

/** Everything else that may be wrong with a request: its address, its query, its headers. */
export function badRequests(
  document: OpenAPIObject,
  known: Readonly<Record<string, string>>,
  tokens: readonly string[],
): fc.Arbitrary<RawRequest> {
  const examples = new Examples(document);
  const operations = operationsOf(document).filter(
    ({ operationId }) => !['ForgetPerson', 'RebuildViews'].includes(operationId),
  );
  return fc.constantFrom(...operations).chain((operation) => {
    const path = fc
      .tuple(...[...operation.path.matchAll(/\{(\w+)\}/g)].map(() => fc.oneof(fc.constant(undefined), oddId)))
      .map((odd) => addressOf(operation.path, known, odd));
    const content = operation.body
      ? fc.option(badBodies(examples, operation.body), { nil: undefined, freq: 12 })
      : fc.constant(undefined);
    return fc
      .record({
        path,
        query: queryOf(operation.parameters),
        headers: oddHeaders,
        body: content,
        token: fc.constantFrom(...tokens),
        type: mediaType,
      })
      .map(({ path: address, query, headers, body, token, type }) => ({
        method: operation.method,
        path: query ? `${address}?${query}` : address,
        headers: [
          ...(token ? [['authorization', token] as const] : []),
          ...(body && type !== undefined ? [['content-type', type] as const] : []),
          ...(operation.parameters.some(({ name }) => name === 'If-Match') ? [['if-match', '"1"'] as const] : []),
          ...headers,
        ],
        ...(body && { body }),
      }));
  });
}

const oddId: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    ...oddTexts.filter((text) => text.length < 200 && text.isWellFormed()).map(encodeURIComponent),
    '%zz',
    '%',
    '%C0%80',
    'a'.repeat(300),
    'a'.repeat(9000),
  ),
  fc.string({ minLength: 1, maxLength: 40 }).map((text) => encodeURIComponent(text.toWellFormed())),
  fc.uuid(),
);

function addressOf(
  path: string,
  known: Readonly<Record<string, string>>,
  odd: readonly (string | undefined)[],
): string {
  let index = 0;
  return path.replace(
    /\/(\w+)\/\{(\w+)\}|\{(\w+)\}/g,
    (_, area: string | undefined, name: string | undefined, alone: string) => {
      const id = odd[index++] ?? known[area ?? alone] ?? 'unknown';
      return area === undefined ? id : `/${area}/${id}`;
    },
  );
}

function queryOf(parameters: readonly Parameter[]): fc.Arbitrary<string> {
  const names = parameters.filter((parameter) => parameter.in === 'query').map(({ name }) => name);
  const name = fc.constantFrom(...names, 'unknown', '__proto__', 'constructor', 'limit[]', 'sort[a]', 'cursor');
  const value = fc.oneof(
    fc.constantFrom(
      '',
      '0',
      '-1',
      '201',
      '1e3',
      'NaN',
      '%00',
      '%FF',
      '%zz',
      'a%26b',
      'W10',
      'eyJhIjoxfQ',
      'WyJjbG9zZXNBdCIsZmFsc2UsbnVsbCwxXQ',
      'x'.repeat(600),
    ),
    fc.string({ maxLength: 20 }).map((text) => encodeURIComponent(text.toWellFormed())),
  );
  const pair = fc.tuple(name, value).map(([key, text]) => `${key}=${text}`);
  const repeated = fc.tuple(name, value).map(([key, text]) => `${key}=${text}&${key}=${text}`);
  return fc.oneof(
    { weight: 3, arbitrary: fc.constant('') },
    { weight: 2, arbitrary: pair },
    { weight: 1, arbitrary: repeated },
  );
}

const headerText = fc.oneof(
  fc.constantFrom(
    '',
    '"',
    '""',
    'W/"x"',
    '"99999999999999999999"',
    '*',
    '*, "1"',
    'é',
    'a b',
    '\t',
    'x'.repeat(201),
    '1.aaaaaaaaaaaaaaaaaaaaaa',
    '999999999999.',
    '.sig',
  ),
  fc.string({ maxLength: 30 }).map((text) => text.replace(/[^\x20-\x7e]/g, '~')),
);
const oddHeaders = fc.oneof(
  { weight: 3, arbitrary: fc.constant<(readonly [string, string])[]>([]) },
  {
    weight: 3,
    arbitrary: fc
      .tuple(
        fc.constantFrom('if-match', 'idempotency-key', 'convergence-position', 'accept', 'x-forwarded-for', 'origin'),
        headerText,
        fc.boolean(),
      )
      .map(([name, value, twice]): (readonly [string, string])[] => [
        [name, value],
        ...(twice ? [[name, value] as const] : []),
      ]),
  },
);

const mediaType = fc.oneof(
  { weight: 8, arbitrary: fc.constant<string | undefined>('application/json') },
  {
    weight: 2,
    arbitrary: fc.constantFrom<(string | undefined)[]>(
      undefined,
      'text/plain',
      'application/xml',
      'multipart/form-data; boundary=x',
      'application/x-www-form-urlencoded',
      'application/json; charset=utf-16',
      'application/octet-stream',
      'application/',
      ';;;',
      'application/json, text/plain',
    ),
  },
);

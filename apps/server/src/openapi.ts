import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import type { RouteRule } from './http/route.js';
import { bodySchemas, type Schema } from './http/schemas.js';

const problem: Schema = {
  type: 'object',
  description: 'RFC 9457. `code` is stable; `detail` is a French sentence for the person.',
  required: ['type', 'title', 'status', 'code', 'detail', 'instance'],
  properties: {
    type: { type: 'string', example: 'urn:convergence:problem:CallClosed' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string', example: 'CallClosed' },
    detail: {
      type: 'string',
      example: 'La date limite de dépôt est passée : 13 août 2021 à 16 h 00 (heure de Paris).',
    },
    instance: { type: 'string', example: 'urn:convergence:request:5f0c…' },
    faults: {
      type: 'array',
      description: 'Every fault at once, each with its field.',
      items: {
        type: 'object',
        properties: { field: { type: 'string' }, code: { type: 'string' }, message: { type: 'string' } },
      },
    },
  },
};

const problemAnswers: Record<string, string> = {
  BadRequest: "The request can't be read: every fault with its field.",
  NotSignedIn: 'No token, or one that is not good any more.',
  NotAllowed: 'Neither the roles of the person nor the scopes of the token allow it.',
  NotFound: "It doesn't exist, or not for this person.",
  StaleVersion: 'Somebody changed it since it was read: read it again.',
  TooLarge: 'The body is too large.',
  MediaTypeRefused: 'The body is of another media type.',
  VersionRequired: 'Say in `If-Match` which version was read.',
  Other: 'Any other problem: 429 and 503 say in `Retry-After` when to try again.',
};

interface Operation {
  parameters?: { name: string; in: string; required?: boolean; description?: string; schema?: Schema }[];
  requestBody?: unknown;
  responses: Record<string, { content?: Record<string, unknown> }>;
  security?: unknown;
  tags: string[];
  'x-line': Pick<RouteRule, 'entry' | 'kind' | 'roles' | 'scope'>;
  'x-query'?: string;
  'x-refusals'?: readonly string[];
}

/** The document of every route, from the routes themselves and the very schemas that check what they are sent. */
export function openApiDocument(app: NestFastifyApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setTitle('Convergence')
    .setDescription('Joint calls for projects: every step recorded as a fact. Errors are RFC 9457 problems.')
    .setVersion('1')
    .setLicense('EUPL-1.2', 'https://joinup.ec.europa.eu/collection/eupl')
    .addBearerAuth({ type: 'http', scheme: 'bearer' })
    .build();
  const document = SwaggerModule.createDocument(app, config);
  const components = (document.components ??= {});
  const schemas = components.schemas ?? {};
  for (const [name, schema] of Object.entries(bodySchemas())) {
    schemas[name] = withDescriptions(schema, schemas[name] as Schema | undefined);
  }
  schemas['Problem'] = problem;
  const tags = new Set<string>();
  for (const path of Object.values(document.paths)) {
    for (const operation of Object.values(path) as unknown as Operation[]) {
      describeQuery(operation, schemas as Record<string, Schema>);
      describeProblems(operation);
      operation.tags.forEach((tag) => tags.add(tag));
    }
  }
  document.tags = [...tags].sort().map((name) => ({ name }));
  components.schemas = sorted(Object.fromEntries(Object.entries(schemas).filter(([name]) => !name.endsWith('Query'))));
  components.responses = Object.fromEntries(
    Object.entries(problemAnswers).map(([name, description]) => [name, problemAnswer(description)]),
  );
  document.paths = sorted(document.paths);
  return document;
}

/** What is checked, with the words of the comments. */
function withDescriptions(schema: Schema, documented: Schema | undefined): Schema {
  const told = (documented?.['properties'] ?? {}) as Record<string, Schema>;
  const properties = Object.entries((schema['properties'] ?? {}) as Record<string, Schema>).map(([name, property]) => {
    const description = told[name]?.['description'];
    return [name, description === undefined ? property : withoutSiblingsOfRef(property, description)] as const;
  });
  return { ...schema, properties: Object.fromEntries(properties) };
}

const withoutSiblingsOfRef = (property: Schema, description: unknown): Schema =>
  '$ref' in property ? { allOf: [property], description } : { ...property, description };

const problemAnswer = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
});

/** Parameters as they are checked, those that all lists share included; lists are answered as CSV too. */
function describeQuery(operation: Operation, schemas: Record<string, Schema>): void {
  const { 'x-query': name, parameters = [], responses } = operation;
  if (name === undefined) return;
  delete operation['x-query'];
  const { properties = {}, required = [] } = schemas[name] as {
    properties?: Record<string, Schema>;
    required?: string[];
  };
  const told = (field: string) => parameters.find((known) => known.name === field)?.description;
  const checked = Object.entries(properties).map(([field, { description = told(field), ...schema }]) => ({
    name: field,
    in: 'query',
    required: required.includes(field),
    ...(description !== undefined && { description: description as string }),
    // Read from text as a number, and checked to be whole.
    schema: schema['type'] === 'number' ? { ...schema, type: 'integer' } : schema,
  }));
  operation.parameters = [...parameters.filter((known) => known.in !== 'query'), ...checked];
  if (properties['cursor'] && responses['200']?.content) {
    responses['200'].content['text/csv'] = { schema: { type: 'string' } };
  }
}

/** What may go wrong, by what the route asks: a token, an id, a body, a version. */
function describeProblems(operation: Operation): void {
  const { responses, requestBody, parameters = [], 'x-refusals': refusals = [], 'x-line': line } = operation;
  const answers = (status: number, name: string, when: boolean): void => {
    if (when) Object.assign(responses, { [status]: { $ref: `#/components/responses/${name}` } });
  };
  const open = line.roles.includes('anyone');
  if (open && line.roles.length > 1) operation.security = [{}, { bearer: [] }];
  const asks = (where: string) => parameters.some((parameter) => parameter.in === where);
  const edits = parameters.some(({ name }) => name === 'If-Match');
  answers(400, 'BadRequest', true);
  answers(401, 'NotSignedIn', line.entry !== 'Service');
  answers(403, 'NotAllowed', line.entry !== 'Service');
  answers(404, 'NotFound', asks('path'));
  if (refusals.length > 0) {
    const described = `A rule says no (409, or 403, 404, 422 by its kind): ${refusals.join(', ')}. Any act may also be IdempotencyKeyReused or TooBusy.`;
    Object.assign(responses, { 409: problemAnswer(described) });
  }
  answers(412, 'StaleVersion', line.kind === 'act');
  answers(413, 'TooLarge', requestBody !== undefined);
  answers(415, 'MediaTypeRefused', requestBody !== undefined);
  answers(428, 'VersionRequired', edits);
  Object.assign(responses, { default: { $ref: '#/components/responses/Other' } });
}

const sorted = <T>(record: Record<string, T>): Record<string, T> =>
  Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));

/** Pages to browse it, at /api/docs. */
export const serveDocumentPages = (app: NestFastifyApplication, document: () => OpenAPIObject): void =>
  SwaggerModule.setup('api/docs', app, document, { raw: false, customSiteTitle: 'Convergence' });

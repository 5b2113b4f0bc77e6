import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
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

interface Operation {
  description?: string;
  requestBody?: unknown;
  responses: Record<string, unknown>;
  security?: unknown;
  'x-refusals'?: readonly string[];
}

/** The document of every route, from the routes themselves and the very schemas that check the bodies. */
export function openApiDocument(app: NestFastifyApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setTitle('Convergence')
    .setDescription('Joint calls for projects: every step recorded as a fact. Errors are RFC 9457 problems.')
    .setVersion('1')
    .setLicense('EUPL-1.2', 'https://joinup.ec.europa.eu/collection/eupl')
    .addBearerAuth({ type: 'http', scheme: 'bearer' })
    .build();
  const document = SwaggerModule.createDocument(app, config);
  const schemas = (document.components ??= {}).schemas ?? {};
  const checked = bodySchemas();
  for (const [name, schema] of Object.entries(checked)) {
    schemas[name] = withDescriptions(schema, schemas[name] as Schema | undefined);
  }
  schemas['Problem'] = problem;
  document.components.schemas = sorted(schemas);
  document.paths = sorted(document.paths);
  for (const path of Object.values(document.paths)) {
    for (const operation of Object.values(path) as unknown as Operation[]) describeProblems(operation);
  }
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

function describeProblems(operation: Operation): void {
  const { 'x-refusals': refusals = [], responses, requestBody, security } = operation;
  const answer = (description: string) => ({
    description,
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  });
  responses['400'] = answer(
    requestBody ? "The request can't be read: every fault with its field." : 'The request is not valid.',
  );
  if (security) responses['401'] = answer('Not signed in.');
  if (refusals.length > 0)
    responses['409'] = answer(`A rule says no (409, or 403, 404, 422 by its kind): ${refusals.join(', ')}.`);
  responses['default'] = answer('Any other problem.');
}

const sorted = <T>(record: Record<string, T>): Record<string, T> =>
  Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));

/** Served, and browsable at /api/docs; made when somebody first looks. */
export function serveOpenApi(app: NestFastifyApplication, browsable: boolean): void {
  let made: OpenAPIObject | undefined;
  const document = (): OpenAPIObject => (made ??= openApiDocument(app));
  const fastify = app.getHttpAdapter().getInstance();
  fastify.get('/api/openapi.json', () => document());
  if (browsable) SwaggerModule.setup('api/docs', app, document, { raw: false, customSiteTitle: 'Convergence' });
}

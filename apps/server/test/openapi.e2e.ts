import { beforeAll, describe, expect, it } from '@jest/globals';
import { Ajv } from 'ajv';
import { readFileSync } from 'node:fs';
import { commandRoles } from '#domain/permissions.js';
import { refusals } from '#domain/refusals.js';
import type { CommandType } from '#domain/commands.js';
import { type Described, describeService, documents } from '#server/describe.js';
import { tableLines } from '#server/role-table.js';

interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly tags: readonly string[];
  readonly parameters?: readonly { name: string; in: string; required?: boolean; schema?: object }[];
  readonly requestBody?: { content: Record<string, { schema?: object }> };
  readonly responses: Record<string, unknown>;
  readonly security?: readonly object[];
  readonly 'x-refusals'?: readonly string[];
}

let described: Described;
let operations: [route: string, operation: Operation][];
beforeAll(async () => {
  described = await describeService();
  operations = Object.entries(described.document.paths).flatMap(([path, methods]) =>
    Object.entries(methods as Record<string, Operation>).map(([method, operation]): [string, Operation] => [
      `${method.toUpperCase()} ${path}`,
      operation,
    ]),
  );
});

/** Every value under a key, wherever it is. */
function under(key: string, value: unknown): unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value as Record<string, unknown>).flatMap(([name, inner]) => [
    ...(name === key ? [inner] : []),
    ...under(key, inner),
  ]);
}

describe('the committed documents', () => {
  it.each(Object.entries(documents))('are those of the routes: npm run %s', (name, { file, text }) => {
    const current = text(described.document) === readFileSync(file, 'utf8');
    expect(current ? 'current' : `${file} is not what the routes say: run « npm run ${name} » and commit it`).toBe(
      'current',
    );
  });
});

describe('the OpenAPI document', () => {
  it('has every route that is served, and no other', () => {
    const served = described.routes
      .filter((route) => !route.startsWith('HEAD '))
      .map((route) => route.replace(/:(\w+)/g, '{$1}'))
      .sort();
    expect(served.length).toBeGreaterThan(80);
    expect(operations.map(([route]) => route).sort()).toEqual(served);
    expect(served).toEqual(expect.arrayContaining(['GET /health/live', 'GET /health/ready']));
  });

  it('names each operation once, in words, in an area it lists', () => {
    const listed = (described.document.tags ?? []).map(({ name }) => name);
    for (const [route, { operationId, summary, tags }] of operations) {
      expect([route, operationId]).toEqual([route, expect.stringMatching(/^[A-Z][A-Za-z]+$/)]);
      expect([route, summary.length > 10, listed.includes(tags[0] ?? '')]).toEqual([route, true, true]);
    }
    const names = operations.map(([, { operationId }]) => operationId);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  it('resolves each of its references', () => {
    const refs = [...new Set(under('$ref', described.document))] as string[];
    expect(refs.length).toBeGreaterThan(50);
    const missing = refs.filter((ref) => {
      const found = ref
        .slice(2)
        .split('/')
        .reduce<unknown>((node, part) => (node as Record<string, unknown> | undefined)?.[part], described.document);
      return !ref.startsWith('#/') || found === undefined;
    });
    expect(missing).toEqual([]);
  });

  it('declares the parameters of each path, and the schema of each parameter', () => {
    for (const [route, { parameters = [] }] of operations) {
      const inPath = [...route.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();
      const declared = parameters.filter((parameter) => parameter.in === 'path');
      expect([route, declared.map(({ name }) => name).sort()]).toEqual([route, inPath]);
      expect([route, declared.every(({ required }) => required)]).toEqual([route, true]);
      expect([route, parameters.filter(({ schema }) => schema === undefined)]).toEqual([route, []]);
    }
  });

  it('says what may go wrong, as problems, and who must sign in', () => {
    const problems = JSON.stringify(described.document.components?.responses);
    for (const [route, { responses, requestBody, security }] of operations) {
      const codes = Object.keys(responses);
      expect([route, codes]).toEqual([route, expect.arrayContaining(['400', 'default'])]);
      if (route.includes('{')) expect([route, codes]).toEqual([route, expect.arrayContaining(['404'])]);
      if (requestBody) expect([route, codes]).toEqual([route, expect.arrayContaining(['413', '415'])]);
      if (security) expect([route, codes]).toEqual([route, expect.arrayContaining(['401', '403'])]);
      for (const code of codes.filter((each) => !each.startsWith('2'))) {
        const text = JSON.stringify(responses[code]);
        expect([route, code, text]).toEqual([
          route,
          code,
          expect.stringMatching(/#\/components\/responses\/|application\/problem\+json/),
        ]);
      }
    }
    expect(problems.match(/application\/problem\+json/g)).toHaveLength(9);
    for (const { method, path, roles } of tableLines(described.document)) {
      const [, operation] = operations.find(([route]) => route === `${method} ${path}`) ?? [];
      const must = operation?.security?.length === 1;
      expect([path, must]).toEqual([path, !roles.includes('anyone')]);
    }
  });

  it('has schemas that can be compiled, in the words of OpenAPI 3.0', () => {
    const { components: { schemas = {} } = {} } = described.document;
    const ajv = new Ajv({ strict: false, validateFormats: false });
    ajv.addSchema({ $id: 'document', components: { schemas } });
    for (const name of Object.keys(schemas)) {
      expect(ajv.compile({ $ref: `document#/components/schemas/${name}` })).toBeInstanceOf(Function);
    }
    const words = new Set(Object.values(schemas).flatMap((schema) => wordsOf(schema)));
    expect([...words].filter((word) => !openApiWords.has(word))).toEqual([]);
    const types = Object.values(schemas).flatMap((schema) => under('type', schema));
    expect(types.filter((type) => Array.isArray(type))).toEqual([]);
  });

  it('has the whole of each body, and nothing that is not checked', () => {
    for (const [route, { requestBody }] of operations) {
      for (const { schema } of Object.values(requestBody?.content ?? {})) {
        const ref = (schema as { $ref?: string } | undefined)?.$ref?.split('/').at(-1);
        if (ref === undefined) continue;
        const body = described.document.components?.schemas?.[ref];
        expect([route, ref, body]).toEqual([route, ref, expect.objectContaining({ additionalProperties: false })]);
      }
    }
  });

  it('shares the paging of lists, and answers each of them as CSV too', () => {
    const lists = operations.filter(([, { operationId }]) => operationId.startsWith('List'));
    expect(lists.map(([route]) => route)).toEqual([
      'GET /api/applications',
      'GET /api/calls',
      'GET /api/calls/{id}/awards',
      'GET /api/calls/{id}/names',
      'GET /api/calls/{id}/payments',
      'GET /api/calls/{id}/ranking',
      'GET /api/calls/{id}/reviewers',
      'GET /api/calls/{id}/reviews',
      'GET /api/institutions',
      'GET /api/organisations',
      'GET /api/people',
      'GET /api/reports',
      'GET /api/webhooks',
    ]);
    for (const [route, { parameters = [], responses }] of lists) {
      const names = parameters.map(({ name }) => name);
      expect([route, names]).toEqual([route, expect.arrayContaining(['cursor', 'limit', 'order', 'q', 'sort'])]);
      expect([route, Object.keys((responses['200'] as { content: object }).content)]).toEqual([
        route,
        ['application/json', 'text/csv'],
      ]);
    }
  });

  it('lists the refusals of each command, as the rules do', () => {
    const acts = tableLines(described.document).filter(({ kind }) => kind === 'act');
    for (const { method, path, entry } of acts) {
      const [, operation] = operations.find(([route]) => route === `${method} ${path}`) ?? [];
      expect([path, operation?.['x-refusals']]).toEqual([path, refusals[entry as CommandType]]);
    }
    const byPeople = Object.entries(commandRoles).filter(([, roles]) => roles.some((role) => role !== 'system'));
    const missing = byPeople
      .map(([command]) => command)
      .filter((command) => !acts.some(({ entry }) => entry === command));
    expect(missing).toEqual(['TraceReading']);
  });
});

/** The keywords of a schema, those of what it holds included; names of properties are not keywords. */
function wordsOf(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  return Object.entries(schema).flatMap(([word, inner]) => {
    if (word === 'properties') return [word, ...Object.values(inner as object).flatMap(wordsOf)];
    if (word === 'items' || word === 'additionalProperties') return [word, ...wordsOf(inner)];
    if (word === 'allOf' || word === 'anyOf' || word === 'oneOf')
      return [word, ...(inner as unknown[]).flatMap(wordsOf)];
    return [word];
  });
}

const openApiWords: ReadonlySet<string> = new Set(
  '$ref additionalProperties allOf anyOf default description enum example exclusiveMaximum exclusiveMinimum format items maxItems maxLength maximum minItems minLength minimum multipleOf not nullable oneOf pattern properties required title type uniqueItems'.split(
    ' ',
  ),
);

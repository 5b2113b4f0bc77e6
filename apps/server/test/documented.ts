import type { OpenAPIObject } from '@nestjs/swagger';
import { Ajv, type ValidateFunction } from 'ajv';

interface Responses {
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, { schema: object }>> }>>;
}

/** Holds answers to the document: the status, the fields it names and no other. */
export class Documented {
  private readonly ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });
  private readonly checks = new Map<string, ValidateFunction>();
  private readonly document: OpenAPIObject;

  constructor(document: OpenAPIObject) {
    this.document = closed(document) as OpenAPIObject;
    this.ajv.addSchema(this.document, 'document');
  }

  /** What is wrong with a successful answer to this route; nothing where it is as documented. */
  faultsOf(method: string, path: string, { status, text }: { status: number; text: string }): string[] {
    const { responses } = (this.document.paths[path] as Record<string, Responses>)[method.toLowerCase()] as Responses;
    const response = responses[status];
    if (!response) return [`${status} is not documented`];
    const schema = response.content?.['application/json']?.schema;
    if (!schema) return response.content || text === '' ? [] : ['nothing is documented, something came'];
    const check = this.checkOf(`${method} ${path} ${status}`, schema);
    if (check(JSON.parse(text))) return [];
    return (check.errors ?? []).map(
      ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
    );
  }

  private checkOf(name: string, schema: object): ValidateFunction {
    const check = this.checks.get(name) ?? this.ajv.compile(pointing(schema) as object);
    this.checks.set(name, check);
    return check;
  }
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** Objects have the fields they name: an undocumented one is a fault. */
function closed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(closed);
  if (!isObject(value)) return value;
  const inner = Object.fromEntries(Object.entries(value).map(([name, part]) => [name, closed(part)]));
  // As OpenAPI 3.0 tools read a reference that may be null.
  if (inner['nullable'] === true && inner['allOf']) return { anyOf: [{ type: 'null' }, { allOf: inner['allOf'] }] };
  return isObject(inner['properties']) && inner['type'] === 'object' && !('additionalProperties' in inner)
    ? { ...inner, additionalProperties: false }
    : inner;
}

function pointing(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(pointing);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [
      name,
      name === '$ref' && typeof part === 'string' ? `document${part}` : pointing(part),
    ]),
  );
}

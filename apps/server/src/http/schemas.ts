import { Ajv, type ValidateFunction } from 'ajv';
import { defaultMetadataStorage } from 'class-transformer/cjs/storage.js';
import { getMetadataStorage } from 'class-validator';
import { validationMetadatasToSchemas } from 'class-validator-jsonschema';
import { isDay, isInstant, isText } from './fields.js';

export type Schema = Record<string, unknown>;
export type Class = new () => object;

/** The JSON Schema of our own fields. Formats are checked by the very functions that class-validator calls. */
const additionalConverters = {
  isText: ({ constraints: [minLength, maxLength] }: { constraints: unknown[] }) => ({
    type: 'string',
    minLength,
    maxLength,
    format: 'text',
    ...(minLength !== 0 && { pattern: '\\S' }),
  }),
  isMatching: ({ constraints: [pattern] }: { constraints: unknown[] }) => ({
    type: 'string',
    pattern: (pattern as RegExp).source,
  }),
  isInt: { type: 'integer' },
  // Said by `isInt`, which these would make any number.
  min: ({ constraints: [minimum] }: { constraints: unknown[] }) => ({ minimum }),
  max: ({ constraints: [maximum] }: { constraints: unknown[] }) => ({ maximum }),
  isWholeOrNull: ({ constraints: [minimum, maximum] }: { constraints: unknown[] }) => ({
    anyOf: [{ type: 'integer', minimum, maximum }, { type: 'null' }],
  }),
  isInstant: { type: 'string', format: 'date-time' },
  isDay: { type: 'string', format: 'date' },
  isPart: {},
};

let known: Record<string, Schema> | undefined;

/** Every request body by the name of its class, from the same decorators that class-validator reads. */
export function bodySchemas(): Record<string, Schema> {
  if (known) return known;
  const names = [
    ...(
      getMetadataStorage() as unknown as { validationMetadatas: Map<{ name: string }, unknown> }
    ).validationMetadatas.keys(),
  ];
  const twice = names.find(({ name }, index) => names.findIndex((other) => other.name === name) !== index);
  if (twice) throw new Error(`Two request bodies are called ${twice.name}.`);
  const schemas = validationMetadatasToSchemas({
    classTransformerMetadataStorage: defaultMetadataStorage,
    additionalConverters: additionalConverters as never,
    refPointerPrefix: '#/components/schemas/',
  }) as Record<string, Schema>;
  known = Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => [name, { ...schema, additionalProperties: false }]),
  );
  return known;
}

const checks = new Map<Class, ValidateFunction>();
let ajv: Ajv | undefined;

/** Compiled at its first use: says yes in a fraction of the time that class-validator needs. */
export function quickCheck(type: Class): (body: unknown) => boolean {
  const ready = checks.get(type);
  if (ready) return ready;
  if (!ajv) {
    ajv = new Ajv({ strict: false });
    ajv.addFormat('text', isText).addFormat('date-time', isInstant).addFormat('date', isDay);
    ajv.addSchema({ $id: 'bodies', components: { schemas: bodySchemas() } });
  }
  const schema = bodySchemas()[type.name];
  const check = ajv.compile(
    schema ? { $ref: `bodies#/components/schemas/${type.name}` } : { type: 'object', additionalProperties: false },
  );
  checks.set(type, check);
  return check;
}

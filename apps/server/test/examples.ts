import type { OpenAPIObject } from '@nestjs/swagger';

export interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly format?: string;
  readonly minimum?: number;
  readonly minLength?: number;
  readonly minItems?: number;
  readonly items?: Schema;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly allOf?: readonly Schema[];
}

export interface Parameter {
  readonly name: string;
  readonly in: 'query' | 'path' | 'header';
  readonly required?: boolean;
  readonly schema: Schema;
}

/** Each way to ask what this route must be told in its address: one where it must be told nothing. */
export const queriesOf = (parameters: readonly Parameter[] = []): string[] =>
  parameters
    .filter((parameter) => parameter.in === 'query' && parameter.required)
    .reduce<string[]>(
      (queries, { name, schema }) =>
        queries.flatMap((query) =>
          (schema.enum ?? ['']).map((value) => `${query}${query ? '&' : '?'}${name}=${value}`),
        ),
      [''],
    );

/** A text of each form that bodies ask for. */
const samples = [
  'AA-44',
  'statuts',
  '44',
  '74',
  '16:00',
  'nom@domaine.fr',
  'a1b2c3d4-0000-4000-8000-000000000000',
  '2021-10-05T09:30:00+02:00',
];

/** Valid data of every schema of the document: what it must have, and nothing more. */
export class Examples {
  constructor(private readonly document: OpenAPIObject) {}

  resolve(schema: Schema): Schema {
    const name = (schema.$ref ?? schema.allOf?.[0]?.$ref)?.split('/').at(-1);
    return name === undefined ? schema : ((this.document.components?.schemas?.[name] ?? {}) as Schema);
  }

  of(given: Schema): unknown {
    const schema = this.resolve(given);
    if (schema.enum) return schema.enum[0];
    switch (schema.type) {
      case 'object':
        return Object.fromEntries(
          (schema.required ?? []).map((field) => [field, this.of(schema.properties?.[field] ?? {})]),
        );
      case 'array':
        return Array.from({ length: schema.minItems ?? 0 }, () => this.of(schema.items ?? {}));
      case 'integer':
      case 'number':
        return Math.max(1, schema.minimum ?? 1);
      case 'boolean':
        return true;
      default:
        return this.text(schema);
    }
  }

  private text({ pattern, format, minLength = 1 }: Schema): string {
    if (format === 'date-time') return '2021-10-05T09:30:00+02:00';
    if (format === 'date') return '2021-10-05';
    const words = 'Un texte assez long'.repeat(minLength).slice(0, Math.max(minLength, 12));
    const sample = [words, ...samples].find((text) => new RegExp(pattern ?? '').test(text));
    if (sample === undefined) throw new Error(`No sample of ${pattern}: add one.`);
    return sample;
  }
}

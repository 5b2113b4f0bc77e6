/** Request bodies as their schema allows them, and as people and programs get them wrong. */
import fc from 'fast-check';
import type { Schema } from './schemas.js';

type Json = null | boolean | number | string | Json[] | { [field: string]: Json };
type Schemas = Readonly<Record<string, Schema>>;

const texts = fc.string({ unit: fc.constantFrom('a', 'é', ' ', '\n', '\t', '😀', 'e\u0301', '"', '<') });
const days = fc.constantFrom('2021-08-13', '2024-02-29', '1900-01-01', '2199-12-31');
const instants = fc
  .tuple(
    days,
    fc.constantFrom('T16:00:00+02:00', 'T00:00Z', 'T23:59:59.999Z', 'T12:30:00-11:30', 'T16:00:00.123456789Z'),
  )
  .map(([day, time]) => `${day}${time}`);
/** So many characters, some of them outside the basic plane. */
const ofLength = (length: number, unit: string): string => unit.repeat(Math.max(length, 0));

function strings(given: Schema): fc.Arbitrary<Json> {
  const { format, pattern, minLength = 0, maxLength = 50 } = given;
  if (format === 'date') return days;
  if (format === 'date-time') return instants;
  const [min, max] = [minLength as number, maxLength as number];
  if (pattern) {
    const matching = fc.stringMatching(new RegExp(pattern as string));
    return 'maxLength' in given ? matching.filter(({ length }) => length >= min && length <= max) : matching;
  }
  const edges = [min, Math.min(max, 6000)].flatMap((length) => ['x', '😀'].map((unit) => ofLength(length, unit)));
  const inside = texts.map((text) => {
    const characters = [...text].slice(0, Math.min(max, 100));
    return characters.join('') + ofLength(min - characters.length, 'z');
  });
  return fc.oneof({ weight: 3, arbitrary: inside }, fc.constantFrom(...edges));
}

/** What the schema allows. */
export function valid(schema: Schema, all: Schemas): fc.Arbitrary<Json> {
  const { $ref, anyOf, type, enum: values, items, properties = {}, required = [] } = schema;
  if ($ref) return valid(all[($ref as string).split('/').at(-1) ?? ''] ?? {}, all);
  if (anyOf) return fc.oneof(...(anyOf as Schema[]).map((one) => valid(one, all)));
  if (values) return fc.constantFrom(...(values as string[]));
  switch (type) {
    case 'string':
      return strings(schema);
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'integer':
    case 'number': {
      const [min, max] = [schema['minimum'] as number, schema['maximum'] as number];
      return fc.oneof(fc.integer({ min, max: Math.min(max, 2 ** 50) }), fc.constantFrom(min, max));
    }
    case 'array': {
      const [minLength, most] = [schema['minItems'] as number, schema['maxItems'] as number];
      return fc.array(valid(items as Schema, all), { minLength, maxLength: Math.min(most, minLength + 2) });
    }
    default: {
      const fields = Object.entries(properties as Record<string, Schema>);
      const model = Object.fromEntries(fields.map(([name, field]) => [name, valid(field, all)]));
      return fc.record(model, { requiredKeys: required as string[] });
    }
  }
}

const lone = ['\ud800', 'a\udc00b', '\udfff\ud800'];
const control = ['\u0000', 'ligne\u0007', '\u001b[0m', '\u007f', 'a\u0085b', '\u2028', '\ufeff'];
const dates = ['2021-02-30', '2021-13-01', '2021-08-13', '2021-8-13', '0021-08-13', '2021-08-13T25:00:00Z'];
const moments = ['2021-08-13T16:00:00', '2021-08-13T16:00:00Z', '2021-08-13 16:00:00Z', '2021-02-30T16:00:00Z'];
const numbers = [0, -0, -1, 1, 1.5, 0.1 + 0.2, 100, 101, 366, 367, 1e12, 1e12 + 1, 1e21, -1e21, 2 ** 53, 5e-324];
const strange: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom<Json>(null, true, false, '', ' ', '12', 'true', 'null', 'x', 'x@y.fr', 'ARS-PDL', '2A'),
  fc.constantFrom<Json>(...numbers),
  fc.constantFrom<Json>(...lone, ...control, ...dates, ...moments),
  fc.constantFrom<Json>([], [[]], [null], [''], {}, { x: {} }, [{}], [1], { length: 1 }, { 0: 'a' }),
  fc.integer({ min: 0, max: 400 }).map((length) => ofLength(length, 'x')),
  fc.constantFrom(5000, 5001, 20_000, 20_001, 50_001).map((length) => ofLength(length, '😀')),
  fc.string({ unit: 'binary' }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  // The parser of bodies refuses `__proto__` before anybody sees it.
  (fc.jsonValue() as fc.Arbitrary<Json>).filter((value) => !JSON.stringify(value).includes('__proto__')),
);
const unknownFields = ['x', 'id', 'Title', 'title ', 'length', 'toString', 'constructor', 'hasOwnProperty', '0', ''];

/** Every place in a value, the whole first. */
function places(value: Json, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([name, inner]) => places(inner, [...path, name]))];
}

function changed(value: Json, [name, ...rest]: readonly string[], change: (found: Json) => Json | undefined): Json {
  if (name === undefined) return change(value) ?? null;
  const copy = structuredClone(value) as Record<string, Json>;
  const inner = rest.length > 0 ? changed(copy[name] ?? null, rest, change) : change(copy[name] ?? null);
  if (inner === undefined && !Array.isArray(copy)) Reflect.deleteProperty(copy, name);
  else copy[name] = inner ?? null;
  return copy;
}

type Mutation = readonly [kind: 'replace' | 'remove' | 'add' | 'repeat', place: number, value: Json, field: string];
const mutations: fc.Arbitrary<Mutation> = fc.tuple(
  fc.constantFrom('replace', 'replace', 'remove', 'add', 'repeat'),
  fc.nat(),
  strange,
  fc.constantFrom(...unknownFields),
);

function mutated(body: Json, [kind, place, value, field]: Mutation): Json {
  const all = places(body);
  const path = all[place % all.length] ?? [];
  return changed(body, path, (found) => {
    if (kind === 'remove') return undefined;
    if (kind === 'replace' || typeof found !== 'object' || found === null) return value;
    if (Array.isArray(found)) return kind === 'repeat' ? Array<Json>(51).fill(found[0] ?? value) : [...found, value];
    return { ...found, [field]: value };
  });
}

/** A body of that schema, as it should be or with up to three things wrong. */
export const bodies = (schema: Schema, all: Schemas): fc.Arbitrary<Json> =>
  fc
    .tuple(valid(schema, all), fc.array(mutations, { maxLength: 3 }))
    .map(([body, wrong]) => asParsed(wrong.reduce(mutated, body)));

/** Ordinary objects, as a parser makes them. */
function asParsed(value: Json): Json {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(asParsed);
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, asParsed(inner)]));
}

import fc from 'fast-check';
import type { Examples, Schema } from './examples.js';

export const oddTexts = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\ud800',
  'x\udfff',
  '../../../etc',
  "' OR 1=1 --",
  '%00',
  '<script>alert(1)</script>',
  '💥'.repeat(300),
  'é'.repeat(60_000),
  '\u202e\ufeff',
  '0x10',
  '-1',
  '1e999',
  'true',
  '2021-02-30',
  '2021-13-01T25:61:00Z',
  '__proto__',
  'constructor',
];
const oddValues: unknown[] = [
  null,
  true,
  0,
  -1,
  1.5,
  -0,
  1e308,
  Number.MAX_SAFE_INTEGER + 2,
  [],
  [[]],
  {},
  { $ne: null },
  ...oddTexts,
];

/** A valid body with one thing wrong in it, as bytes; sometimes a body that isn't JSON at all. */
export function badBodies(examples: Examples, schema: Schema): fc.Arbitrary<Buffer> {
  const valid = examples.of(schema) as Record<string, unknown>;
  const names = Object.keys(examples.resolve(schema).properties ?? {});
  const text = JSON.stringify(valid);
  const inside = (json: string) => (text === '{}' ? `{${json}}` : text.replace(/^\{/, `{${json},`));
  const odd = fc.constantFrom(...oddValues);
  const field = fc.constantFrom(...(names.length > 0 ? names : ['text']));
  return fc.oneof(
    { weight: 6, arbitrary: fc.tuple(field, odd).map(([name, value]) => bytes({ ...valid, [name]: value })) },
    {
      weight: 3,
      arbitrary: fc.tuple(field, fc.jsonValue()).map(([name, value]) => bytes({ ...valid, [name]: value })),
    },
    { weight: 2, arbitrary: field.map((name) => bytes({ ...valid, [name]: undefined })) },
    { weight: 2, arbitrary: odd.map((value) => bytes({ ...valid, unknown: value })) },
    { weight: 2, arbitrary: odd.map((value) => Buffer.from(JSON.stringify(value))) },
    {
      weight: 3,
      arbitrary: fc
        .constantFrom(
          '"__proto__":{"admin":true}',
          '"constructor":{"prototype":{"admin":true}}',
          '"toString":1',
          '"constructor":1',
          '"title":{"constructor":1}',
          '"title":[{"constructor":{"name":"x"},"then":1}]',
          '"contents":{"budget":{"constructor":"x"}}',
          '"hasOwnProperty":null',
          '"":1',
        )
        .map((json) => Buffer.from(inside(json))),
    },
    {
      weight: 3,
      arbitrary: fc.constantFrom(
        ...['', '{', '}', '{"a":', `${text}}`, text.slice(0, -2), `${text.slice(0, -1)},}`, "{'a':1}"].map((json) =>
          Buffer.from(json),
        ),
        ...[
          'NaN',
          'undefined',
          '{"a":1e9999}',
          '\ufeff{}',
          inside('"title":"\\ud800"'),
          inside('"text":"\\u0000"'),
        ].map((json) => Buffer.from(json)),
        Buffer.from('['.repeat(20_000)),
        Buffer.from(inside(`"title":${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`)),
        Buffer.from(inside(`"title":${'['.repeat(5000)}${']'.repeat(5000)}`)),
        Buffer.concat([Buffer.from('{"title":"'), Buffer.from([0xff, 0xfe, 0xc0, 0x80]), Buffer.from('"}')]),
      ),
    },
    { weight: 1, arbitrary: fc.uint8Array({ minLength: 1, maxLength: 200 }).map((raw) => Buffer.from(raw)) },
  );
}

const bytes = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));

import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { refusals } from './refusals.js';

const here = fileURLToPath(new URL('.', import.meta.url));
const rules = readdirSync(here, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.js') && !/(spec|fixtures|arbitraries|specification)\.js$/.test(file))
  .map((file) => readFileSync(`${here}/${file}`, 'utf8'))
  .join('\n');
const refused = new Set([...rules.matchAll(/\b(?:refuse|forbid|absent|invalid)\(\s*'(\w+)'/g)].map(([, code]) => code));
const told = new Set([...rules.matchAll(/\bwhen\([^;]*?,\s*'([A-Z]\w+)'/g)].map(([, code]) => code));
const listed = new Set(Object.values(refusals).flat());
/** Said by whoever handles a command, before its rules: no role allows it. */
const handled = ['NotAllowed'];

describe('the refusals of the commands', () => {
  it('are those that the rules say, none missing', () =>
    expect([...refused, ...told].filter((code) => code !== undefined && !listed.has(code))).toEqual([]));
  it('are those that the rules say, none left over', () =>
    expect([...listed].filter((code) => !refused.has(code) && !told.has(code) && !handled.includes(code))).toEqual([]));
  it('are named once for each command', () =>
    expect(Object.entries(refusals).filter(([, codes]) => new Set(codes).size < codes.length)).toEqual([]));
});

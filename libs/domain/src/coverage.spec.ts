import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { factVersions } from './facts.js';
import { refusals } from './refusals.js';

const root = new URL('../../../../', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, root), 'utf8');
/** A specification of the domain or of another library, or all those of the service. */
const specification = (file: string): string =>
  file.startsWith('apps/')
    ? readdirSync(new URL(file, root))
        .map((name) => read(`${file}/${name}`))
        .join('\n')
    : read(file.startsWith('libs/') ? file : `libs/domain/src/${file}`);
const codes = new Set([...Object.keys(refusals), ...Object.values(refusals).flat()]);

const known = new Set([...codes, ...Object.keys(factVersions)]);

/** What is asked, the commands, facts or refusals that answer, where that is specified. */
const rows = ['docs/coverage-stages-1-3.md', 'docs/coverage-stages-4-9.md', 'docs/coverage-calendar.md']
  .flatMap((table) => read(table).split('\n'))
  .filter((line) => line.startsWith('| ') && !line.includes('| Specification') && !line.includes('---'))
  .map((line): [asked: string, answer: string, file: string, test: string] => {
    const [, asked = '', answer = '', where = ''] = line.split('|').map((cell) => cell.trim());
    const [file = '', test = ''] = where.split(' › ');
    return [asked, answer, file, test];
  });

describe('what the life of a call asks', () => {
  it('is told row by row', () => expect(rows.length).toBeGreaterThan(320));
  it.each(rows)('has its command, fact or refusal, and its specification: %s', (_, answer, file, test) => {
    const named = [...answer.matchAll(/`(\w+)`/g)].map(([, code]) => code);
    expect(named).not.toEqual([]);
    expect(named.filter((code) => code === undefined || !known.has(code))).toEqual([]);
    expect(test).not.toBe('');
    expect(specification(file)).toContain(test);
  });
});

describe('the readme of the rules', () => {
  const readme = read('libs/domain/README.md');

  it('names every command, every fact and every refusal', () =>
    expect([...codes, ...Object.keys(factVersions)].filter((name) => !readme.includes(`\`${name}\``))).toEqual([]));
});

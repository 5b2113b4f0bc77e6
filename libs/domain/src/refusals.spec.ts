import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandRoles } from './permissions.js';
import { refusals } from './refusals.js';
import type { CommandType } from './commands.js';

const here = 'libs/domain/src';
const commands = Object.keys(refusals) as CommandType[];

const sourcesOf = (folder: string): string =>
  readdirSync(join(here, folder))
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts') && !/fixtures|arbitraries/.test(name))
    .map((name) => readFileSync(join(here, folder, name), 'utf8'))
    .join('\n');

/** The codes that a source refuses with: `refuse('CallClosed', …)`, or `when(late, 'CallClosed', …)`. */
const codesIn = (source: string): string[] => [
  ...[...source.matchAll(/\b(?:refuse|forbid|absent|invalid)\(\s*'([A-Z]\w+)'/g)].map(([, code = '']) => code),
  ...[...source.matchAll(/\bwhen\(\s*[^;]*?,\s*'([A-Z]\w+)',/g)].map(([, code = '']) => code),
  ...[...source.matchAll(/\bcode: '([A-Z]\w+)',\s*sentence/g)].map(([, code = '']) => code),
];

/** What every decider may be refused for by the handler around it: its thing unknown, a right missing, a text deleted. */
const around = [
  'NotAllowed',
  'ContentsForgotten',
  ...[...readFileSync('libs/commands/src/subjects.ts', 'utf8').matchAll(/unknown\('([A-Z]\w+)'/g)].map(
    ([, code = '']) => code,
  ),
];

const deciders: Readonly<Record<string, readonly string[]>> = {
  account: ['account'],
  agreement: ['agreement', 'institution'],
  application: ['application'],
  award: ['award', 'call', 'institution'],
  call: ['call', 'schedule', 'institution'],
  commission: ['commission', 'call'],
  institution: ['institution'],
  notice: ['notice'],
  organisation: ['organisation'],
  question: ['question'],
  reading: ['reading'],
  review: ['review', 'call'],
  reminder: ['reminder', 'call'],
  report: ['report'],
  webhook: ['webhook'],
};

const commandsOf = (folder: string): CommandType[] => {
  const source = sourcesOf(folder);
  return commands.filter((command) => new RegExp(`type: '${command}'`).test(source));
};

describe('the refusals listed', () => {
  it('are those of every command, each of which belongs to one decider', () => {
    expect(commands.sort()).toEqual(Object.keys(commandRoles).sort());
    const found = Object.keys(deciders).flatMap((folder) => commandsOf(folder));
    expect(found.sort()).toEqual(commands);
  });

  it.each(Object.keys(deciders))('are those that the rules use: %s', (decider) => {
    const own = new Set(codesIn(sourcesOf(decider)));
    const used = new Set((deciders[decider] ?? []).flatMap((folder) => codesIn(sourcesOf(folder))));
    const listed = new Set(commandsOf(decider).flatMap((command) => refusals[command]));
    const signing = decider === 'institution' ? [...refusals.SignLetterOfIntent, ...refusals.ApproveCall] : [];
    expect([...own].filter((code) => !listed.has(code) && !signing.includes(code))).toEqual([]);
    expect([...listed].filter((code) => !used.has(code) && !around.includes(code))).toEqual([]);
  });

  it('are listed once for each command', () => {
    for (const command of commands) {
      const codes = refusals[command];
      expect([command, codes.filter((code, index) => codes.indexOf(code) !== index)]).toEqual([command, []]);
    }
  });

  it('cover what all rules of the schedule say', () => {
    const listed = new Set(Object.values(refusals).flat());
    expect(codesIn(sourcesOf('schedule')).filter((code) => !listed.has(code))).toEqual([]);
  });
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfiguration } from './configuration.js';
import { secretVariables, WrongConfiguration } from './environment.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'secrets-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const fileOf = (text: string): string => {
  const path = join(folder, 'secret');
  writeFileSync(path, text);
  return path;
};
const refused = (sentence: string) => new WrongConfiguration(sentence);

describe('a secret of the configuration', () => {
  it('may lie in a file, whose last end of line is none of it', () => {
    expect(readConfiguration({ METRICS_TOKEN_FILE: fileOf('a-token-of-metrics\n') }).metricsToken).toBe(
      'a-token-of-metrics',
    );
    expect(readConfiguration({ REDIS_URL_FILE: fileOf('redis://:secret@redis') }).redisUrl).toBe(
      'redis://:secret@redis',
    );
  });

  it.each(secretVariables)('is either %s or its file', (name) => {
    const path = fileOf('s3cret');
    expect(() => readConfiguration({ [name]: 's3cret', [`${name}_FILE`]: path })).toThrow(
      refused(`Donnez ${name} ou ${name}_FILE, et non les deux.`),
    );
  });

  it.each(secretVariables)('stops the start where the file of %s is empty, a folder or none', (name) => {
    for (const path of [fileOf(''), folder, join(folder, 'none')])
      expect(() => readConfiguration({ [`${name}_FILE`]: path })).toThrow(
        refused(`Le fichier que nomme ${name}_FILE est vide ou illisible.`),
      );
  });

  it('is checked like one that is given, and is in no refusal', () =>
    expect(() => readConfiguration({ METRICS_TOKEN_FILE: fileOf('s3cret') })).toThrow(
      refused('METRICS_TOKEN doit avoir de 16 à 200 lettres, chiffres et signes ASCII, sans espace.'),
    ));

  it('is not what a file of another variable holds: only secrets have files', () =>
    expect(readConfiguration({ PORT_FILE: fileOf('8080') }).port).toBe(3000));
});

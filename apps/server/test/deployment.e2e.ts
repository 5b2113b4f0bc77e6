import { describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { readConfiguration } from '#server/configuration.js';
import { secretVariables } from '#server/environment.js';

const read = (path: string): string => readFileSync(path, 'utf8');
const operations = read('docs/operations.md');
const compositions = ['docker-compose.yml', 'deploy/single.yml'];
const compose = read('docker-compose.yml');
const image = read('Dockerfile');

/** The variables that the configuration asks for. */
function asked(): Set<string> {
  const names = new Set<string>();
  const noting = new Proxy(
    {},
    {
      get: (_, name) => {
        names.add(String(name));
        return undefined;
      },
    },
  );
  readConfiguration(noting);
  return names;
}

describe('the table of variables in the operations guide', () => {
  const rows = [...operations.matchAll(/^\| (`[A-Z][^|]*) \|/gm)].map(([, cell = '']) => cell);
  const listed = rows.flatMap((cell) => [...cell.matchAll(/`([A-Z][A-Z0-9_]+)`/g)].map(([, name = '']) => name));
  const files = secretVariables.map((name) => `${name}_FILE`);

  it('has every variable that the configuration reads, and no other', () =>
    expect([...new Set([...listed, ...files])].sort()).toEqual([...asked()].sort()));

  it('has each of them once', () => expect(listed.filter((name, index) => listed.indexOf(name) !== index)).toEqual([]));

  it('says of which secrets the value may lie in a file', () => {
    const [, said = ''] = /may lie in a file[^:]*: ([^.]+)\./.exec(operations) ?? [];
    expect([...said.matchAll(/`(\w+)`/g)].map(([, name]) => name).sort()).toEqual([...secretVariables].sort());
  });
});

describe('what runs the service', () => {
  it.each(compositions)('has images of a version, and everything is started again: %s', (path) => {
    const text = read(path);
    const images = [...text.matchAll(/^\s+image: (.+)$/gm)].map(([, name = '']) => name);
    expect(images.length).toBeGreaterThanOrEqual(2);
    expect(images.filter((name) => !/^[\w./-]+:v?\d+\.\d+\.\d+(-[\w-]+)?$/.test(name))).toEqual([]);
    const services = (text.split(/^services:$/m)[1]?.split(/^(?:networks|volumes):$/m)[0] ?? '').split(/^ {2}(?=\w)/m);
    const named = services.filter((each) => /^[\w-]+:\n/.test(each));
    expect(named.length).toBeGreaterThanOrEqual(2);
    const restarted = (each: string): boolean => /restart: |<<: \*(convergence|log)$/m.test(each);
    expect(named.filter((each) => !restarted(each))).toEqual([]);
  });

  it('gives servers and worker variables that the configuration knows', () => {
    const known = asked();
    const variables = compose.split('x-variables: &variables')[1]?.split(/^x-log/m)[0] ?? '';
    const beside = [...compose.matchAll(/<<: \*variables\n((?: {6}[A-Z_]+: .*\n)*)/g)].map(([, lines = '']) => lines);
    const names = [variables, ...beside].flatMap((lines) =>
      [...lines.matchAll(/^ +([A-Z_]+):/gm)].map(([, name = '']) => name),
    );
    expect(names).toEqual(expect.arrayContaining(['EVENT_STORE_URL', 'SECRET_KEY', 'BACKGROUND']));
    expect(names.filter((name) => !known.has(name))).toEqual([]);
    const [, inImage = ''] = /^ENV (.+)$/m.exec(image) ?? [];
    const set = inImage.split(' ').map((pair) => pair.split('=')[0] ?? '');
    expect(set.filter((name) => !known.has(name))).toEqual(['NODE_ENV']);
  });

  it('starts programs that there are', () => {
    const programs = [...`${image}\n${compose}`.matchAll(/dist\/apps\/\w+\/src\/\w+\.js/g)].map(([path]) => path);
    expect(new Set(programs).size).toBe(2);
    expect(programs.filter((path) => !existsSync(path))).toEqual([]);
  });

  it('has an example of each value it needs, with which the configuration starts', () => {
    const example = parseEnv(read('deploy/env.example')) as Record<string, string>;
    const needed = [...compose.matchAll(/\$\{(\w+):[?-]/g)].map(([, name = '']) => name);
    expect([...new Set(needed)].sort()).toEqual(Object.keys(example).sort());
    const { EVENT_STORE_PASSWORD = '', SITE_ADDRESS: _, ...rest } = example;
    const [, url = ''] = /EVENT_STORE_URL: '(.+)'/.exec(compose) ?? [];
    const EVENT_STORE_URL = url.replace(/\$\{EVENT_STORE_PASSWORD[^}]*\}/, EVENT_STORE_PASSWORD);
    expect(readConfiguration({ ...rest, EVENT_STORE_URL }).eventStoreUrl).toBe(EVENT_STORE_URL);
  });

  it('runs as a plain user, from a build that is left behind', () => {
    const stages = image.split(/^FROM /m).slice(1);
    expect(stages).toHaveLength(2);
    expect(stages.map((stage) => /^node:\d+\.\d+\.\d+-\w+-slim/.test(stage))).toEqual([true, true]);
    expect(/^USER node$/m.test(stages[1] ?? '')).toBe(true);
    expect(stages[1]).toMatch(/^HEALTHCHECK /m);
    expect(stages[1]).not.toMatch(/npm|^COPY \. /m);
  });
});

const hasCompose = spawnSync('docker-compose', ['version']).status === 0;
(hasCompose ? describe : describe.skip)(
  `docker-compose reads them${hasCompose ? '' : ' (no docker-compose on the PATH)'}`,
  () => {
    it.each(compositions)('%s', (path) => {
      const args = ['--env-file', 'deploy/env.example', '-f', path, 'config', '--quiet'];
      const { status, stderr } = spawnSync('docker-compose', args, { encoding: 'utf8' });
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    });
  },
);

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { World } from './world.js';

const TOKEN = 'for-the-tests-of-metrics';
/** Words of PromQL that the dashboard uses, and its variables. */
const promql = new Set(
  'sum by max min rate topk histogram_quantile label_values job le type outcome code kind method route status'.split(
    ' ',
  ),
);
const dashboard = JSON.parse(readFileSync('deploy/grafana-dashboard.json', 'utf8')) as {
  templating: { list: { query: string | { query: string } }[] };
  panels: { title: string; targets: { expr: string; legendFormat: string }[] }[];
};
const operations = readFileSync('docs/operations.md', 'utf8');

let exposed: Map<string, { type: string; labels: Set<string> }>;

beforeAll(async () => {
  const world = await World.open('2021-05-12T08:00:00Z', { env: { METRICS_TOKEN: TOKEN } });
  const read = async () =>
    (await fetch(`${world.server.url}/metrics`, { headers: { authorization: `Bearer ${TOKEN}` } })).text();
  await read();
  await world.person('Nadia Nouvelle');
  await world.operator.post('/api/institutions', {});
  const text = await read();
  await world.close();
  exposed = new Map(
    [...text.matchAll(/^# TYPE (\w+) (\w+)$/gm)].map(([, name = '', type = '']) => {
      const series = [...text.matchAll(new RegExp(`^${name}(?:_bucket)?\\{([^}]*)\\}`, 'gm'))];
      const labels = series.flatMap(([, pairs = '']) => [...pairs.matchAll(/(\w+)="/g)].map(([, label = '']) => label));
      return [name, { type, labels: new Set(labels) }];
    }),
  );
});
afterAll(() => exposed.clear());

const expressions = [
  ...dashboard.panels.flatMap(({ targets }) => targets.map(({ expr }) => expr)),
  ...dashboard.templating.list.flatMap(({ query }) => (typeof query === 'string' ? [] : query.query)),
];

/** Names of metrics in an expression, without what is quoted, a number or a word of the language. */
const named = (expr: string): string[] =>
  (expr.replace(/"[^"]*"/g, '').match(/\$?\b[a-zA-Z_]\w*/g) ?? []).filter(
    (word) => !word.startsWith('$') && !promql.has(word),
  );

/** What has to be at /metrics for that name to have values: a histogram tells its buckets, count and sum. */
function exists(name: string): boolean {
  const [, whole = '', part] = /^(.*?)(_bucket|_count|_sum)?$/.exec(name) ?? [];
  const type = exposed.get(whole)?.type;
  return part === undefined ? type !== undefined && type !== 'histogram' : type === 'histogram';
}

describe('the dashboard', () => {
  it('asks for metrics that are there, each as what it is', () => {
    const names = expressions.flatMap(named).filter((name) => !/^__/.test(name));
    expect(names.length).toBeGreaterThan(25);
    expect(names.filter((name) => !exists(name))).toEqual([]);
  });

  it('takes the rate of what only grows, and of nothing else', () => {
    const rated = expressions.flatMap((expr) => [...expr.matchAll(/rate\((\w+)/g)].map(([, name = '']) => name));
    const grows = (name: string) => /_(total|bucket|count|sum)$/.test(name);
    expect(rated.filter((name) => !grows(name))).toEqual([]);
    const plain = expressions.flatMap(named).filter((name) => !rated.includes(name));
    expect(plain.filter((name) => name.startsWith('convergence_') && grows(name))).toEqual([]);
  });

  it('shows every metric of the service, and the operations guide explains it', () => {
    const own = [...exposed.keys()].filter((name) => name.startsWith('convergence_'));
    expect(own.length).toBeGreaterThan(15);
    const shown = new Set(expressions.flatMap(named).map((name) => name.replace(/_(bucket|count|sum)$/, '')));
    expect(own.filter((name) => !shown.has(name))).toEqual([]);
    expect(own.filter((name) => !operations.includes(`\`${name}\``))).toEqual([]);
    const explained = [...operations.matchAll(/`(convergence_\w+)`/g)].map(([, name = '']) => name);
    expect(explained.filter((name) => !exposed.has(name))).toEqual([]);
  });
});

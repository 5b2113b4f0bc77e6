import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { until } from '#client/until.js';
import { CLIENTS, type Measured, sure } from './load.js';
import { median, type Row } from './report.js';
import { fileId, PEOPLE, token } from './seed.js';
import { type Started, startService } from './servers.js';

const ROUNDS = 3;
const SECONDS = 3;

/** (q): the same clients reading from one server, and from two over the same log, in turns. */
export async function readingFromTwo(folder: string, one: Started, files: number): Promise<Row[]> {
  const other = await startService(folder);
  const paths = Array.from(
    { length: Math.min(files, PEOPLE * 200) },
    (_, index) => `/api/applications/${fileId(index)}`,
  );
  const tokens = Array.from({ length: PEOPLE }, (_, index) => token(index));
  const read = (port: number, clients: number): Promise<Measured> =>
    sure({ method: 'GET', keys: false, seconds: SECONDS, again: true, tokens, paths, port, clients });
  const ratios: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const alone = await read(one.port, CLIENTS);
    const both = await Promise.all([read(one.port, CLIENTS / 2), read(other.port, CLIENTS / 2)]);
    ratios.push(both.reduce((sum, { perSecond }) => sum + perSecond, 0) / alone.perSecond);
  }
  await other.stop();
  return [{ name: 'q  reading from two servers/from one', value: median(ratios), unit: 'ratio' }];
}

/** (r): how soon another server is ready, beside one that has the views: from the log alone, and from those views. */
export async function joining(folder: string, { port }: Started, what: string): Promise<Row[]> {
  const program = fileURLToPath(new URL('../apps/server/src/operator-token.js', import.meta.url));
  const said = execFileSync(process.execPath, [program], {
    env: { ...process.env, DATA_DIR: folder, EVENT_STORE_URL: '' },
    encoding: 'utf8',
  });
  const authorization = `Bearer ${/cv_\S+/.exec(said)?.[0] ?? ''}`;
  const copying = async (): Promise<Response> =>
    fetch(`http://127.0.0.1:${port}/api/service/copy-views`, { method: 'POST', headers: { authorization } });
  let from = 0;
  // The token was made by another process a moment ago.
  const answer = await until(async () => {
    from = performance.now();
    const found = await copying();
    return found.status === 401 ? undefined : found;
  }, 'the token to be known');
  const copied = (performance.now() - from) / 1000;
  const { file } = (await answer.json()) as { file: string };
  const copy = await startService(folder, { VIEWS_FROM: file });
  const nothing = await startService(folder);
  await copy.stop();
  await nothing.stop();
  return [
    { name: `r  ready on ${what}, from nothing`, value: nothing.startedIn / 1000, unit: 's' },
    { name: `r  ready on ${what}, from another's views`, value: copy.startedIn / 1000, unit: 's' },
    { name: 'r  copying those views', value: copied, unit: 's' },
    { name: 'r  their size', value: statSync(file).size / 1_000_000, unit: 'MB' },
  ];
}

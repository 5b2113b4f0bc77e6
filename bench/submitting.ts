import { CLIENTS, type Measured, sure } from './load.js';
import { atLeast, atMost, median, type Row } from './report.js';
import { contents, fileId, PEOPLE, seed, token } from './seed.js';
import { startBare, startService } from './servers.js';

const FILES = 90_000;
const ROUNDS = 5;
const SECONDS = 4;

/** (a) and (b): the same body to the bare server and to the service, in turns. */
export async function submitting(folder: string): Promise<Row[]> {
  await seed(folder, FILES, 'started');
  const service = await startService(folder);
  const bare = await startBare(folder);
  const post = { method: 'POST', body: JSON.stringify({ contents }), keys: true, clients: CLIENTS } as const;
  const appended = (seconds: number): Promise<Measured> =>
    sure({ ...post, port: bare.port, paths: ['/submit'], tokens: [], seconds, again: true });
  let from = 0;
  const submitted = async (seconds: number): Promise<Measured> => {
    const files = Array.from({ length: FILES - from }, (_, index) => from + index);
    const measured = await sure({
      ...post,
      port: service.port,
      paths: files.map((file) => `/api/applications/${fileId(file)}/submit`),
      tokens: files.slice(0, PEOPLE).map((file) => token(file % PEOPLE)),
      seconds,
      again: false,
    });
    from += measured.done + CLIENTS;
    return measured;
  };
  await appended(1);
  await submitted(2);
  const rounds: (readonly [bare: Measured, service: Measured])[] = [];
  for (let round = 0; round < ROUNDS; round++) rounds.push([await appended(SECONDS), await submitted(SECONDS)]);
  await service.stop();
  await bare.stop();
  const middle = (of: (round: readonly [bare: Measured, service: Measured]) => number): number =>
    median(rounds.map(of));
  return [
    { name: 'a  bare append', value: middle(([{ perSecond }]) => perSecond), unit: 'requests/s' },
    { name: 'b  submit', value: middle(([, { perSecond }]) => perSecond), unit: 'requests/s' },
    atLeast(
      'b/a',
      middle(([a, b]) => b.perSecond / a.perSecond),
      'ratio',
      0.5,
    ),
    { name: 'b  submit, p50', value: middle(([, { p50 }]) => p50), unit: 'ms' },
    { name: 'b  submit, p99', value: middle(([, { p99 }]) => p99), unit: 'ms' },
    atMost(
      'b  p99/p50',
      middle(([, { p50, p99 }]) => p99 / p50),
      'ratio',
      10,
    ),
  ];
}

/** (c): one application and a page of fifty, each by the people it belongs to. */
export async function reading(port: number, files: number): Promise<Row[]> {
  const get = { method: 'GET', keys: false, clients: CLIENTS, seconds: SECONDS, again: true, port } as const;
  const indices = Array.from({ length: Math.min(files, PEOPLE * 200) }, (_, index) => index);
  const tokens = Array.from({ length: PEOPLE }, (_, index) => token(index));
  const one = await sure({ ...get, tokens, paths: indices.map((index) => `/api/applications/${fileId(index)}`) });
  const fifty = await sure({ ...get, tokens, paths: ['/api/applications?limit=50'] });
  return [
    { name: 'c  read one application', value: one.perSecond, unit: 'requests/s' },
    { name: 'c  read one application, p50', value: one.p50, unit: 'ms' },
    { name: 'c  list 50', value: fifty.perSecond, unit: 'requests/s' },
    { name: 'c  list 50, p50', value: fifty.p50, unit: 'ms' },
  ];
}

import { accepted, Client } from '#client/client.js';
import { CLIENTS, type Load, measure, type Measured, sure } from './load.js';
import {
  admissibleFiles,
  callId,
  fileOf,
  LEAD,
  ranked,
  review,
  reviewers,
  seedSelection,
  unsealedCall,
} from './selection-seed.js';
import { atLeast, atMost, median, type Row } from './report.js';
import { contents, PEOPLE, token } from './seed.js';
import { type Started, startBare, startService } from './servers.js';

const ROUNDS = 5;
const SECONDS = 4;
/** Thirty calls of a hundred files: what a year brings a panel, and more than the rounds send. */
const CALLS_REVIEWED = 30;
const FILES_EACH = 100;
const AWARDS = 1000;
const LINE_CENTS = 100_000;

const tokens = Array.from({ length: PEOPLE }, (_, index) => token(index));
const post = (port: number, body: object): Pick<Load, 'method' | 'body' | 'keys' | 'clients' | 'port'> => ({
  method: 'POST',
  body: JSON.stringify(body),
  keys: true,
  clients: CLIENTS,
  port,
});
const bareAppend = ({ port }: Started, seconds: number): Promise<Measured> =>
  sure({ ...post(port, { contents }), paths: ['/submit'], tokens: [], seconds, again: true });

/** (g): reviews submitted by 32 reviewers, in turns with the bare append. */
export async function reviewing(folder: string): Promise<Row[]> {
  const calls = Array.from({ length: CALLS_REVIEWED }, (_, index) => `reviews ${index}`);
  await seedSelection(
    folder,
    ...calls.flatMap((name) => [unsealedCall(name, 1), admissibleFiles(name, FILES_EACH), reviewers(name, FILES_EACH)]),
  );
  const service = await startService(folder);
  const bare = await startBare(folder);
  const paths = calls.flatMap((name) =>
    Array.from(
      { length: FILES_EACH * PEOPLE },
      (_, index) => `/api/applications/${fileOf(name, Math.floor(index / PEOPLE))}/submit-review`,
    ),
  );
  let from = 0;
  const submitted = async (seconds: number): Promise<Measured> => {
    const load = { ...post(service.port, review), paths: paths.slice(from), tokens, seconds, again: false };
    const measured = await sure(load);
    // Whole files only, so that each request has its reviewer.
    from += Math.ceil((measured.done + CLIENTS) / PEOPLE) * PEOPLE;
    return measured;
  };
  await bareAppend(bare, 1);
  await submitted(2);
  const rounds: (readonly [Measured, Measured])[] = [];
  for (let round = 0; round < ROUNDS; round++) rounds.push([await bareAppend(bare, SECONDS), await submitted(SECONDS)]);
  await service.stop();
  await bare.stop();
  return [
    { name: 'g  review submitted', value: median(rounds.map(([, { perSecond }]) => perSecond)), unit: 'requests/s' },
    atLeast('g/a', median(rounds.map(([a, g]) => g.perSecond / a.perSecond)), 'ratio', 0.5),
  ];
}

interface EnvelopesRead {
  readonly items: readonly {
    readonly amountCents: number;
    readonly reservedCents: number;
    readonly leftCents: number;
  }[];
}

/** (h): 1 000 awards over three envelopes from 32 clients; then as many for which there is money for half. */
export async function awarding(folder: string): Promise<Row[]> {
  const rounds = Array.from({ length: ROUNDS }, (_, round) => `awards ${round}`);
  const plenty = AWARDS * LINE_CENTS;
  await seedSelection(
    folder,
    ...[...rounds, 'short'].flatMap((name) => [
      unsealedCall(name, name === 'short' ? plenty / 2 : plenty),
      admissibleFiles(name, AWARDS),
    ]),
  );
  const service = await startService(folder);
  const bare = await startBare(folder);
  const lines = [1, 2, 3].map((line) => ({ line, amountCents: LINE_CENTS }));
  const body = { institution: LEAD, outcome: 'favourable', lines };
  const awards = (name: string): Load => ({
    ...post(service.port, body),
    paths: Array.from({ length: AWARDS }, (_, index) => `/api/applications/${fileOf(name, index)}/decide-award`),
    tokens,
    seconds: 60,
    again: false,
  });
  const reader = new Client(`http://127.0.0.1:${service.port}`, token(0));
  const reserved = async (name: string): Promise<number> => {
    const { items } = accepted(await reader.get<EnvelopesRead>(`/api/calls/${callId(name)}/envelopes`));
    if (items.length !== 3 || items.some(({ leftCents }) => leftCents < 0)) throw new Error(`An overdraft: ${name}.`);
    return items.reduce((sum, { reservedCents }) => sum + reservedCents, 0);
  };
  await bareAppend(bare, 1);
  const figures: (readonly [bare: number, awards: number])[] = [];
  for (const name of rounds) {
    const { perSecond } = await bareAppend(bare, SECONDS);
    figures.push([perSecond, (await sure(awards(name))).perSecond]);
    if ((await reserved(name)) !== 3 * plenty) throw new Error(`Not every award of ${name} has its money.`);
  }
  const short = await measure(awards('short'));
  const refused = short.others['409'] ?? 0;
  const held = await reserved('short');
  await service.stop();
  await bare.stop();
  if (held !== 3 * LINE_CENTS * (AWARDS - refused)) throw new Error('Money is held for an award that does not stand.');
  return [
    { name: 'h  award over three envelopes', value: median(figures.map(([, rate]) => rate)), unit: 'requests/s' },
    atLeast('h/a', median(figures.map(([a, rate]) => rate / a)), 'ratio', 0.2),
    { name: 'h  with money for 500: awards that stand', value: AWARDS - refused, unit: 'of 1000' },
    atMost('h  overdraft', Math.max(0, held - (3 * plenty) / 2), 'cents', 0),
  ];
}

/** (i): the whole ranking of 1 000 files against a page of 50 files, by the same person. */
export async function ranking(folder: string): Promise<Row[]> {
  await seedSelection(folder, unsealedCall('ranking', 1), admissibleFiles('ranking', 1000), ranked('ranking', 1000));
  const service = await startService(folder);
  const get = { method: 'GET', keys: false, clients: 1, seconds: SECONDS, again: true, port: service.port } as const;
  const call = callId('ranking');
  const rounds: (readonly [number, number])[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const fifty = await sure({ ...get, tokens, paths: [`/api/applications?call=${call}&limit=50`] });
    const whole = await sure({ ...get, tokens, paths: [`/api/calls/${call}/ranking?limit=1000`] });
    rounds.push([fifty.p50, whole.p50]);
  }
  await service.stop();
  return [
    { name: 'i  list 50 files of a call of 1 000, p50', value: median(rounds.map(([fifty]) => fifty)), unit: 'ms' },
    { name: 'i  ranking of 1 000 files, p50', value: median(rounds.map(([, whole]) => whole)), unit: 'ms' },
    atMost('i  ranking/list', median(rounds.map(([fifty, whole]) => whole / fifty)), 'ratio', 5),
  ];
}

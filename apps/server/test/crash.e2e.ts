import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import {
  type Acknowledged,
  type Book,
  comment,
  decideAwards,
  draftCalls,
  fileApplication,
  openAccounts,
  type Service,
  Writer,
} from './crash-writers.js';
import { demonstrationOn, withEventStore } from '#event-store/with-event-store.js';
import { awardsIn, awardsToDecide, lostAwards } from './crash-awards.js';
import { LiveServer } from './live-server.js';
import {
  danglingContents,
  danglingDocuments,
  gaps,
  type Row,
  viewsKeptAndRebuilt,
  type Whole,
  wholeLog,
  wholeLogOn,
} from './log-proof.js';
import { seeded } from './seeded.js';
import { applicant } from './applicants.js';
import { castOf, preparing, publishedCall } from './stage.js';
import { type Person, until, World } from './world.js';

const NOW = '2021-06-20T08:00:00Z';
const KILLS = 25;

/** Where the log is that outlives the service. */
interface Log {
  readonly env: Record<string, string>;
  readonly whole: (folder: string) => Promise<Whole>;
}
const inItsFolder: Log = { env: {}, whole: async (folder) => wholeLog(join(folder, 'log.db')) };
const onEventStoreDb = (url: string): Log => ({ env: { EVENT_STORE_URL: url }, whole: () => wholeLogOn(url) });

/** Accounts, an open call and one in preparation, in a folder whose clock a test sets. */
async function stage({ env }: Log) {
  const world = await World.open('2021-05-12T08:00:00Z', { env: { DEMONSTRATION: 'yes', ...env } });
  const cast = await castOf(world);
  const shared = await preparing(cast);
  const open = await publishedCall(world, cast);
  const applicants = [
    await applicant(world, cast, 1),
    await applicant(world, cast, 2),
    await applicant(world, cast, 3),
  ];
  const awards = await awardsToDecide(world, 90);
  const operator = (await world.operator.get<{ id: string }>('/api/me')).body.id;
  await world.server.close();
  return { folder: world.folder, cast, shared, open, applicants, awards, operator: signedIn(world.operator, operator) };
}

/** An account and its invitation; the last lead's decision and the money it asks for. */
const writesTwo = (first: Row | undefined): boolean =>
  first?.type === 'AccountOpened' ||
  (first?.type === 'AwardDecided' && (first.data['waitingFor'] as readonly string[]).length === 0);

const signedIn = ({ token = '' }: Pick<Person, 'token'>, id: string) => ({ id, token });

/** A service that is killed and started again, while its clients wait at its address. */
class Mortal implements Service {
  stopping = false;
  private arrive: (url: string) => void = () => undefined;
  private url = this.awaited();

  constructor(
    private readonly folder: string,
    private readonly env: Record<string, string>,
  ) {}

  address(): Promise<string> {
    return this.url;
  }

  async live(milliseconds: number): Promise<void> {
    const server = await LiveServer.start(this.folder, NOW, this.env);
    this.arrive(server.url);
    await pause(milliseconds);
    this.url = this.awaited();
    await server.kill();
  }

  /** The last life: until enough was written on a machine that is busy, and then every writer has its answer. */
  async settle(
    writing: Promise<unknown>,
    enough: () => boolean,
    settled: () => Promise<boolean>,
  ): Promise<number | null> {
    const server = await LiveServer.start(this.folder, NOW, this.env);
    this.arrive(server.url);
    await Promise.race([until(() => enough() || pause(20, undefined), 'enough to be written', 60_000), writing]);
    this.stopping = true;
    await writing;
    await until(async () => (await settled()) || pause(100, undefined), 'every message to be written', 120_000);
    return (await server.stop()).code;
  }

  private awaited(): Promise<string> {
    return new Promise((resolve) => {
      this.arrive = resolve;
    });
  }
}

/** What was answered before something else was asked comes before it in their stream. */
function outOfOrder(acknowledged: readonly Acknowledged[]): string[] {
  const streams = new Map<string, Acknowledged[]>();
  for (const one of acknowledged) streams.set(one.stream, [...(streams.get(one.stream) ?? []), one]);
  return [...streams.values()].flatMap((ones) =>
    ones.flatMap((later) =>
      ones
        .filter((earlier) => earlier.answered < later.sent && earlier.version >= later.version)
        .map((earlier) => `${later.stream}: ${earlier.version} was answered before ${later.version} was asked`),
    ),
  );
}

/** The decisions of the log: the facts of each command, contents aside. */
function byCommand(rows: readonly Row[]): Map<string, Row[]> {
  const commands = new Map<string, Row[]>();
  for (const row of rows) {
    if (/^(content|person)-/.test(row.stream)) continue;
    const key = `${row.metadata.command} ${row.stream}`;
    commands.set(key, [...(commands.get(key) ?? []), row]);
  }
  return commands;
}

/** Has everybody been written to? Codes to sign in, and one receipt for the one member of each applicant. */
function toldOf(folder: string, { rows }: Whole): boolean {
  const count = (...types: string[]) => rows.filter(({ type }) => types.includes(type)).length;
  const invited = rows.filter(({ type, metadata }) => type === 'SignInInvited' && metadata.by !== 'system').length;
  const submitted = rows.filter(
    ({ type, metadata }) =>
      (type === 'ApplicationSubmitted' || type === 'SubmissionReplaced') && metadata.by !== 'system',
  ).length;
  const names = messagesOf(folder);
  return (
    names.filter((name) => name.includes('-sign-in-')).length === invited &&
    names.filter((name) => name.includes('receipt-')).length === submitted &&
    count('NoticeIssued') === count('NoticeDelivered')
  );
}

const messagesOf = (folder: string): string[] =>
  readdirSync(join(folder, 'outbox')).filter((name) => name.endsWith('.eml'));

const killedAgainAndAgain = (log: Log): void => {
  const seed = Number(process.env['CRASH_SEED'] ?? Math.floor(Math.random() * 2 ** 31));

  it(`keeps every command it answered, once, whole and in order (CRASH_SEED=${seed})`, async () => {
    process.stdout.write(`CRASH_SEED=${seed}\n`);
    const random = seeded(seed);
    const { folder, cast, shared, open, applicants, awards, operator } = await stage(log);
    const before = (await log.whole(folder)).rows.length;
    const book: Book = { acknowledged: [], awards: [], abandoned: 0, instant: 0 };
    const ended = (fact: string) => book.awards.filter((award) => award.fact === fact).length;
    const service = new Mortal(folder, log.env);
    const writer = (person: { id: string; token?: string }) =>
      new Writer(service, { id: person.id, token: person.token ?? '' }, book, random);
    const writing = Promise.all([
      ...applicants.map(({ person, organisation }) => fileApplication(writer(person), open, organisation)),
      ...[cast.ars.admin, cast.ars.signatory, cast.dreets.admin].map((person) => comment(writer(person), shared)),
      draftCalls(writer(cast.ars.admin)),
      ...[awards.files.slice(0, 45), awards.files.slice(45)].map((files) =>
        decideAwards(writer(cast.ars.signatory), writer(cast.dreets.signatory), files),
      ),
      openAccounts(writer(operator), 'Personne'),
      openAccounts(writer(operator), 'Camarade'),
    ]);
    writing.catch(() => undefined);

    for (let kills = 0; kills < KILLS; kills++) {
      if (random() < 0.15) await LiveServer.startAndKill(folder, 50 + random() * 400, log.env);
      await Promise.race([service.live(40 + random() * 400), writing]);
    }
    const grantedAmidKills = ended('AwardGranted');
    const enough = (): boolean => ended('AwardGranted') > KILLS / 2 && book.acknowledged.length > KILLS * 4;
    expect(await service.settle(writing, enough, async () => toldOf(folder, await log.whole(folder)))).toBe(0);

    const { rows, deleted, integrity } = await log.whole(folder);
    const commands = byCommand(rows);
    expect(integrity).toBe('ok');
    expect(rows.filter(({ intact }) => !intact)).toEqual([]);
    expect(gaps(rows)).toEqual([]);
    expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
    const lost = book.acknowledged.filter(({ command, stream, types, version }) => {
      const facts = commands.get(`${command} ${stream}`) ?? [];
      return facts.at(-1)?.version !== version || facts.map(({ type }) => type).join() !== types.join();
    });
    expect(lost).toEqual([]);
    expect(outOfOrder(book.acknowledged)).toEqual([]);

    const asked = new Set(['ApplicationStarted', ...book.acknowledged.flatMap(({ types }) => types)]);
    // What people asked for: the steps that the service takes on its own are nobody's to acknowledge.
    const decided = [...byCommand(rows.slice(before)).values()].filter(
      ([first]) => first?.metadata.by !== 'system' && asked.has(first?.type ?? ''),
    );
    const known = new Set(book.acknowledged.map(({ command, stream }) => `${command} ${stream}`));
    // The answer to the last lead tells how the award ended, in the book of awards.
    const settled = new Set(book.awards.map(({ application }) => `award-${application}`));
    const unanswered = decided.filter(
      ([first]) =>
        !known.has(`${first?.metadata.command} ${first?.stream}`) &&
        !(first?.type === 'AwardDecided' && settled.has(first.stream)),
    );
    expect(unanswered.length).toBeLessThanOrEqual(book.abandoned);
    const halves = unanswered.filter((facts) => facts.length !== (writesTwo(facts[0]) ? 2 : 1));
    expect(halves).toEqual([]);

    const decidedOn = awardsIn(rows, awards.call);
    expect(decidedOn.pending).toEqual([]);
    expect(decidedOn.overdrawn).toEqual([]);
    expect(decidedOn.held).toEqual(decidedOn.given);
    expect(lostAwards(book, decidedOn)).toEqual([]);
    expect(ended('AwardGranted')).toBeGreaterThan(KILLS / 2);

    const secret = readFileSync(join(folder, 'secret.key'), 'utf8').trim();
    expect(danglingContents(rows, deleted, secret)).toEqual([]);
    expect(danglingDocuments(rows, folder)).toEqual([]);
    const count = (type: string) => rows.filter((row) => row.type === type).length;
    expect(count('NoticeDelivered')).toBe(count('NoticeIssued'));
    expect(messagesOf(folder)).toHaveLength(count('NoticeIssued'));
    const { kept, rebuilt } = await viewsKeptAndRebuilt(folder, log.env['EVENT_STORE_URL']);
    expect(kept).toEqual(rebuilt);
    process.stdout.write(
      `${KILLS} kills, ${ended('AwardGranted')} awards granted, ${grantedAmidKills} of them amid the kills, ${ended('AwardFailed')} short; ${book.acknowledged.length} commands answered, ${book.abandoned} given up, ${unanswered.length} of them in the log\n`,
    );
    expect(book.acknowledged.length).toBeGreaterThan(KILLS * 4);
    rmSync(folder, { recursive: true, force: true });
  }, 600_000);
};

describe('a service that is killed again and again while people write', () => killedAgainAndAgain(inItsFolder));
withEventStore('a service over EventStoreDB that is killed again and again while people write', (url) =>
  killedAgainAndAgain(onEventStoreDb(demonstrationOn(url))),
);

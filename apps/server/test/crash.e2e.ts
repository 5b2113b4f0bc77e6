import { describe, expect, it } from '@jest/globals';
import { rmSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { demonstrationOn, withEventStore } from '#event-store/with-event-store.js';
import { proveLog, toldOf } from './crash-proof.js';
import { everybodyWrites, inItsFolder, type LogUnderTest, NOW, onEventStoreDb, stage } from './crash-stage.js';
import type { Book, Service } from './crash-writers.js';
import { LiveServer } from './live-server.js';
import { seeded } from './seeded.js';
import { until } from './world.js';

const KILLS = 25;

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

const killedAgainAndAgain = (log: LogUnderTest): void => {
  const seed = Number(process.env['CRASH_SEED'] ?? Math.floor(Math.random() * 2 ** 31));

  it(`keeps every command it answered, once, whole and in order (CRASH_SEED=${seed})`, async () => {
    process.stdout.write(`CRASH_SEED=${seed}\n`);
    const random = seeded(seed);
    const staged = await stage(90, log);
    const { folder, awards } = staged;
    const before = { facts: (await log.whole(folder)).rows.length, call: awards.call };
    const book: Book = { acknowledged: [], awards: [], abandoned: 0, instant: 0 };
    const ended = (fact: string) => book.awards.filter((award) => award.fact === fact).length;
    const service = new Mortal(folder, log.env);
    const writing = everybodyWrites(staged, service, book, random);

    for (let kills = 0; kills < KILLS; kills++) {
      if (random() < 0.15) await LiveServer.startAndKill(folder, 50 + random() * 400, log.env);
      await Promise.race([service.live(40 + random() * 400), writing]);
    }
    const grantedAmidKills = ended('AwardGranted');
    const enough = (): boolean => ended('AwardGranted') > KILLS / 2 && book.acknowledged.length > KILLS * 4;
    expect(await service.settle(writing, enough, () => toldOf(folder, log))).toBe(0);

    const unanswered = await proveLog(folder, book, before, log);
    expect(ended('AwardGranted')).toBeGreaterThan(KILLS / 2);
    process.stdout.write(
      `${KILLS} kills, ${ended('AwardGranted')} awards granted, ${grantedAmidKills} of them amid the kills, ${ended('AwardFailed')} short; ${book.acknowledged.length} commands answered, ${book.abandoned} given up, ${unanswered} of them in the log\n`,
    );
    expect(book.acknowledged.length).toBeGreaterThan(KILLS * 4);
    rmSync(folder, { recursive: true, force: true });
  }, 600_000);
};

describe('a service that is killed again and again while people write', () => killedAgainAndAgain(inItsFolder));
withEventStore('a service over EventStoreDB that is killed again and again while people write', (url) =>
  killedAgainAndAgain(onEventStoreDb(demonstrationOn(url))),
);

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { existsSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { accepted, Client } from '#client/client.js';
import { SetClock } from '#commands/clock.js';
import { MemoryEventStore } from '#event-store/memory.js';
import { readConfiguration } from '#server/configuration.js';
import { firstOperator } from '#server/operator.js';
import { type RunningServer, startServer } from '#server/server.js';
import { expectRefused } from './refusals.js';
import { until } from './world.js';

const SECRET_KEY = 'le-meme-secret-sur-toutes-les-machines';
let root: string;
let store: MemoryEventStore;
let machines: Machine[];
let token: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'convergence-machines-'));
  [store, machines] = [new MemoryEventStore(), []];
});
afterEach(async () => {
  for (const machine of machines) await machine.stop();
  rmSync(root, { recursive: true, force: true });
});

/** A server with a disk of its own, over the log that it shares with the others. */
class Machine {
  private constructor(
    private readonly server: RunningServer,
    readonly folder: string,
  ) {}
  private stopped = false;
  /** The token it showed, where it made one. */
  shown: string | undefined;

  static async start(name: string, env: Record<string, string> = {}): Promise<Machine> {
    const folder = join(root, name);
    const configuration = readConfiguration({
      ...{ DATA_DIR: folder, PORT: '0', RATE_LIMIT: '0', LOG_LEVEL: 'silent', SECRET_KEY },
      ...env,
    });
    // The log outlives each of its servers.
    const shared = new Proxy(store, {
      get: (target, name) => {
        const member: unknown = Reflect.get(target, name);
        if (name === 'close') return () => Promise.resolve();
        return typeof member === 'function' ? (member.bind(target) as unknown) : member;
      },
    });
    const server = await startServer(configuration, new SetClock('2021-05-12T08:00:00Z'), { store: shared });
    const machine = new Machine(server, folder);
    machines.push(machine);
    machine.shown = await firstOperator(server.service);
    token = machine.shown ?? token;
    return machine;
  }

  get works(): boolean {
    return this.server.service.background.isHere;
  }

  get operator(): Client {
    return this.as(token);
  }

  as(of: string): Client {
    return new Client(this.server.url, of);
  }

  /** Opens an account: an invitation goes to it. */
  async invite(name: string): Promise<string> {
    const asked = { name, email: `${name.toLowerCase()}@example.org` };
    return accepted(await this.operator.post<{ id: string }>('/api/people', asked)).id;
  }

  get letters(): number {
    const outbox = join(this.folder, 'outbox');
    // A machine that never had a turn has none.
    return (existsSync(outbox) ? readdirSync(outbox) : []).filter((name) => name.endsWith('.eml')).length;
  }

  async stop(): Promise<void> {
    if (!this.stopped) await this.server.close();
    this.stopped = true;
  }
}
const isSo = (condition: () => boolean, what: string): Promise<true> =>
  until(() => (condition() ? true : undefined), what);
const delivered = async (): Promise<number> =>
  (await store.readAll(undefined, Infinity)).filter(({ type }) => type === 'NoticeDelivered').length;

describe('machines that share nothing but a log', () => {
  it('may start together on an empty one: there is one operator, and every token that was shown is good', async () => {
    const [one, other] = await Promise.all([Machine.start('one'), Machine.start('other')]);
    const events = await store.readAll(undefined, Infinity);
    expect(events.filter(({ type }) => type === 'AccountOpened')).toHaveLength(1);
    const shown = [one, other].flatMap(({ shown }) => shown ?? []);
    expect(shown).not.toEqual([]);
    for (const secret of shown) {
      for (const machine of [one, other]) {
        const grants = [{ role: 'operator', scope: { kind: 'everywhere' } }];
        const me = await until(async () => {
          const answer = await machine.as(secret).get<{ name: string; grants: object[] }>('/api/me');
          return answer.status === 200 ? answer.body : undefined;
        }, 'the views of both to have it');
        expect(me).toMatchObject({ name: 'Exploitant', grants });
      }
    }
  });

  it('take turns: the next goes on where the one before stopped, and sends nothing again', async () => {
    const one = await Machine.start('one');
    await isSo(() => one.works, 'the first to work');
    const other = await Machine.start('other');
    await other.invite('Camille');
    await until(async () => ((await delivered()) === 1 ? true : undefined), 'the first message');
    expect([one.letters, other.letters, other.works]).toEqual([1, 0, false]);
    await one.stop();
    await isSo(() => other.works, 'the other to work');
    await other.invite('Sacha');
    await until(async () => ((await delivered()) === 2 ? true : undefined), 'the second message');
    expect([one.letters, other.letters]).toEqual([1, 1]);
  });

  it('answer for the one that works: what it set aside is seen, and replayed, on any', async () => {
    const one = await Machine.start('one');
    await isSo(() => one.works, 'the first to work');
    const other = await Machine.start('other', { BACKGROUND: 'apart' });
    const person = await one.invite('Camille');
    await until(async () => ((await delivered()) === 1 ? true : undefined), 'the message');
    const outbox = join(one.folder, 'outbox');
    renameSync(outbox, `${outbox}.away`);
    writeFileSync(outbox, 'A file is where the folder was.');
    accepted(await one.operator.post(`/api/people/${person}/forget`));
    interface Aside {
      items: { event: string; reactor: string }[];
      total: number;
    }
    const aside = async (): Promise<Aside> => accepted(await other.operator.get<Aside>('/api/service/set-aside'));
    const seen = await until(async () => {
      const found = await aside();
      return found.total > 0 ? found : undefined;
    }, 'what is set aside');
    expect(seen.items).toMatchObject([{ reactor: 'erasure' }]);
    rmSync(outbox);
    renameSync(`${outbox}.away`, outbox);
    const replay = (event: string) =>
      other.operator.post<{ settled: boolean }>(`/api/service/set-aside/${event}/replay`);
    expect(accepted(await replay(seen.items[0]?.event ?? ''))).toEqual({ settled: true });
    expect(await until(async () => ((await aside()).total === 0 ? true : undefined), 'it to be settled')).toBe(true);
    expectRefused(await replay(seen.items[0]?.event ?? ''), 404, 'EventUnknown', "Ce fait n'est pas mis de côté.");
  });

  it('sign with one secret: a machine with another does not start', async () => {
    await Machine.start('one');
    await expect(
      Machine.start('other', { SECRET_KEY: 'un-autre-secret-que-celui-des-autres-machines' }),
    ).rejects.toThrow(
      "Ce secret n'est pas celui des autres serveurs de ce journal : donnez à tous la même SECRET_KEY (ou le même fichier secret.key).",
    );
  });
});

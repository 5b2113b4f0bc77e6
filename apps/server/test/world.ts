import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SetClock } from '#commands/clock.js';
import type { EventStore } from '#event-store/event-store.js';
import { readConfiguration } from '#server/configuration.js';
import { firstOperator } from '#server/operator.js';
import { type RunningServer, startServer } from '#server/server.js';
import { accepted, Client } from '#client/client.js';
import { decoded } from '#client/mail.js';
import { until } from '#client/until.js';

export interface Person extends Client {
  readonly id: string;
}

interface Options {
  readonly env?: Record<string, string>;
  readonly store?: EventStore;
  readonly logTo?: { write(line: string): void };
}

/** A service of its own: a folder, a clock that the test sets, and people who sign in. */
export class World {
  private constructor(
    public server: RunningServer,
    readonly clock: SetClock,
    readonly folder: string,
    readonly operator: Client,
    private readonly start: () => Promise<RunningServer>,
  ) {}

  static open(at: string, options: Options = {}): Promise<World> {
    return World.on(mkdtempSync(join(tmpdir(), 'convergence-')), at, options);
  }

  /** On what lies in a folder, which is deleted at the end. */
  static async on(folder: string, at: string, options: Options = {}): Promise<World> {
    const clock = new SetClock(at);
    const env = { DATA_DIR: folder, PORT: '0', LOG_LEVEL: 'silent', RATE_LIMIT: '0', ...options.env };
    const start = () => startServer(readConfiguration(env), clock, options);
    const server = await start();
    const token = await firstOperator(server.service);
    return new World(server, clock, folder, new Client(server.url, token), start);
  }

  get anonymous(): Client {
    return new Client(this.server.url);
  }

  /** Stops the service and starts it again on the same folder, at another address. */
  async restart(meanwhile?: () => Promise<void>): Promise<void> {
    await this.server.close();
    await meanwhile?.();
    this.server = await this.start();
  }

  /** Resolves when the service knows who is who. */
  async ready(): Promise<void> {
    await until(async () => (await this.anonymous.get('/health/ready')).status === 200 || undefined, 'readiness');
  }

  /** The same person, at the present address of the service. */
  as({ token }: Client): Client {
    return new Client(this.server.url, token);
  }

  async close(): Promise<void> {
    await this.server.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** The operator opens an account and makes a token: the short way, for tests about something else. */
  async person(name: string, ...roles: readonly [role: string, kind: string, id?: string][]): Promise<Person> {
    const email = `${name
      .normalize('NFD')
      .replace(/[^a-zA-Z]+/g, '.')
      .toLowerCase()}@example.org`;
    const { id } = accepted(await this.operator.post<{ id: string }>('/api/people', { name, email }));
    for (const [role, kind, scope] of roles) {
      accepted(
        await this.operator.post(`/api/people/${id}/grant-role`, {
          role,
          scope: { kind, ...(scope && { id: scope }) },
        }),
      );
    }
    const body = { label: 'test', scopes: ['read', 'write', 'administer'], days: 366 };
    const { token } = accepted(await this.operator.post<{ token: string }>(`/api/people/${id}/issue-token`, body));
    return Object.assign(new Client(this.server.url, token), { id });
  }

  async institution(code: string, name: string, kind = 'other', departement?: string): Promise<void> {
    accepted(await this.operator.post('/api/institutions', { code, name, kind, ...(departement && { departement }) }));
  }

  /** Messages in the outbox whose text has these words, once there are as many. */
  async messages(words: string, count = 1): Promise<string[]> {
    const folder = join(this.folder, 'outbox');
    return until(() => {
      const found = readdirSync(folder)
        .filter((name) => name.endsWith('.eml'))
        .sort()
        .map((name) => decoded(readFileSync(join(folder, name), 'utf8')))
        .filter((text) => text.includes(words));
      return found.length >= count ? found : undefined;
    }, `${count} message(s) with « ${words} »`);
  }
}

export { until };

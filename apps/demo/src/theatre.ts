import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { accepted, type Answer, Client } from '#client/client.js';
import { until } from '#client/until.js';
import { paris } from '#calendar/paris.js';
import { Outbox } from './outbox.js';

/** Somebody signed in; when their token has run out they ask for another code, as people do. */
export class Actor extends Client {
  constructor(
    private readonly theatre: Theatre,
    readonly name: string,
    readonly email: string,
    readonly id: string,
    token: string,
  ) {
    super(theatre.address, token);
  }

  override async send<T>(...request: Parameters<Client['send']>): Promise<Answer<T>> {
    const answer = await super.send<T>(...request);
    if (answer.status !== 401) return answer;
    this.token = await this.theatre.newToken(this.email);
    return super.send<T>(...request);
  }
}

const RENEWED_AFTER_DAYS = 80;
const serverPath = new URL('../../server/src/main.js', import.meta.url);

/** A service of its own, in an empty folder, on a free port, with a clock that only this process sets. */
export class Theatre {
  readonly folder = mkdtempSync(join(tmpdir(), 'convergence-demo-'));
  readonly outbox = new Outbox(join(this.folder, 'outbox'));
  /** What is seen to before the clock moves on to an instant. */
  onTheWay: (instant: string) => Promise<void> = () => Promise.resolve();
  private server!: ChildProcess;
  address = '';
  now = '';
  private renewOn: string | undefined;
  operatorToken = '';

  async open(): Promise<void> {
    const env = {
      ...process.env,
      DATA_DIR: this.folder,
      PORT: '0',
      DEMONSTRATION: 'yes',
      LOG_LEVEL: 'warn',
      RATE_LIMIT: '100000',
      WEBHOOKS_ALLOW_LOOPBACK: 'yes',
      NODE_OPTIONS: '',
    };
    this.server = fork(serverPath, { env, execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    const { listening, operator } = (await this.hear('listening')) as { listening: string; operator?: string };
    this.address = listening;
    this.operatorToken = operator ?? this.operatorToken;
    if (this.now) await this.setClock(this.now);
    await until(async () => (await this.client().get('/health/ready')).status === 200 || undefined, 'readiness');
  }

  /** Paris time: `2021-05-12 10:00`. */
  async at(local: string): Promise<void> {
    const [day = '', time = ''] = local.split(' ');
    while (this.renewOn && day >= this.renewOn) await this.renewOperator(this.renewOn);
    this.renewOn ??= paris.addDays(day, RENEWED_AFTER_DAYS);
    await this.moveOn(paris.instantOf(day, time));
  }

  private async moveOn(instant: string): Promise<void> {
    await this.onTheWay(instant);
    await this.setClock(instant);
  }

  /** The operator makes a new token while the old one is still good. */
  private async renewOperator(day: string): Promise<void> {
    await this.moveOn(paris.instantOf(day, '08:00'));
    const operator = this.client(this.operatorToken);
    const { id } = accepted(await operator.get<{ id: string }>('/api/me'));
    const asked = { label: 'exploitation', scopes: ['read', 'write', 'administer'], days: 366 };
    const { token } = accepted(await operator.post<{ token: string }>(`/api/people/${id}/issue-token`, asked));
    this.operatorToken = token;
    this.renewOn = paris.addDays(day, RENEWED_AFTER_DAYS);
  }

  /** UTC; never back. */
  async setClock(instant: string): Promise<void> {
    this.now = instant;
    this.server.send({ now: instant });
    await this.hear('clock');
  }

  client(token?: string): Client {
    return new Client(this.address, token);
  }

  get when(): string {
    return paris.say(this.now).replace(' (heure de Paris)', '');
  }

  /** Somebody registers, finds the code in their mail, and signs in with it. */
  async register(name: string, email: string): Promise<Actor> {
    accepted(await this.client().post('/api/registrations', { name, email }));
    return this.signIn(name, email);
  }

  async signIn(name: string, email: string): Promise<Actor> {
    const { token, person } = await this.redeem(await this.codeFor(email, 1));
    return new Actor(this, name, email, person, token);
  }

  async newToken(email: string): Promise<string> {
    const known = this.outbox.codesFor(email).length;
    accepted(await this.client().post('/api/sign-in-links', { email }));
    return (await this.redeem(await this.codeFor(email, known + 1))).token;
  }

  private async redeem(code: string): Promise<{ token: string; person: string }> {
    return accepted(await this.client().post<{ token: string; person: string }>('/api/sign-ins', { code }));
  }

  private codeFor(email: string, count: number): Promise<string> {
    return until(() => this.outbox.codesFor(email)[count - 1], `a code for ${email}`);
  }

  /** Stops the service, lets `meanwhile` do what it wants to the folder, and starts it again on a new port. */
  async restart(meanwhile: () => void): Promise<void> {
    await this.stop();
    meanwhile();
    await this.open();
  }

  async stop(): Promise<void> {
    const gone = once(this.server, 'exit');
    this.server.kill('SIGTERM');
    const [code] = (await gone) as [number | null];
    if (code !== 0) throw new Error(`The service stopped with ${code}.`);
  }

  /** All the facts there are, in the pages. */
  async caughtUp(): Promise<void> {
    await until(async () => {
      const { views, log } = accepted(await this.client().get<{ views: string; log: string }>('/health/ready'));
      return views === log ? true : undefined;
    }, 'the pages to catch up');
  }

  /** The messages stay, to be opened. */
  async close(): Promise<void> {
    await this.stop();
    for (const name of readdirSync(this.folder).filter((name) => name !== 'outbox'))
      rmSync(join(this.folder, name), { recursive: true, force: true });
  }

  private hear(what: string): Promise<unknown> {
    const { server } = this;
    return new Promise((resolve, reject) => {
      const heard = (message: object): void => (what in message ? finish(() => resolve(message)) : undefined);
      const gone = (): void => finish(() => reject(new Error('The service has stopped.')));
      const finish = (settle: () => void): void => {
        server.off('message', heard).off('exit', gone);
        settle();
      };
      server.on('message', heard).on('exit', gone);
    });
  }
}

import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import type { Readable } from 'node:stream';
import { Client } from '#client/client.js';

const programs = {
  server: new URL('../src/main.js', import.meta.url),
  worker: new URL('../../worker/src/main.js', import.meta.url),
};
export type Program = keyof typeof programs;

export interface Ended {
  readonly code: number | null;
  /** What it wrote for people. */
  readonly stderr: string;
}

/** Ends with the test, also where that fails in the middle. */
function spawn(folder: string, env: Record<string, string>, program: Program = 'server'): ChildProcess {
  const child = fork(programs[program], {
    env: {
      ...process.env,
      NODE_OPTIONS: '',
      DATA_DIR: folder,
      PORT: '0',
      LOG_LEVEL: 'silent',
      RATE_LIMIT: '0',
      EVENT_STORE_URL: '',
      ...env,
    },
    execArgv: [],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  process.once('exit', () => child.kill('SIGKILL'));
  child.unref();
  child.channel?.unref();
  return child;
}

/** The service as it is shipped, in a process of its own that a test may kill. */
export class LiveServer {
  private constructor(
    private readonly child: ChildProcess,
    readonly ended: Promise<Ended>,
    readonly url: string,
    readonly operator: string | undefined,
  ) {}

  /** On a folder marked as a demonstration `now` is the time; on another the machine's. */
  static async start(
    folder: string,
    now?: string,
    env: Record<string, string> = {},
    program: Program = 'server',
  ): Promise<LiveServer> {
    const child = spawn(folder, { ...(now && { DEMONSTRATION: 'yes' }), ...env }, program);
    const ended = endOf(child);
    const heard = (what: string): Promise<Record<string, string>> =>
      new Promise((resolve, reject) => {
        const hear = (message: Record<string, string>): void => {
          if (!(what in message)) return;
          child.off('message', hear);
          resolve(message);
        };
        child.on('message', hear);
        void ended.then(({ code, stderr }) => reject(new Error(`The service ended with ${code}: ${stderr}`)));
      });
    const { listening = '', operator } = await heard('listening');
    if (now) {
      const set = heard('clock');
      child.send({ now });
      await set;
    }
    return new LiveServer(child, ended, listening, operator);
  }

  /** A start that is expected to fail. */
  static startInVain(folder: string, env: Record<string, string> = {}): Promise<Ended> {
    return endOf(spawn(folder, env));
  }

  /** A start that is cut off after so many milliseconds, wherever it is by then. */
  static async startAndKill(folder: string, afterMs: number, env: Record<string, string> = {}): Promise<void> {
    const child = spawn(folder, { DEMONSTRATION: 'yes', ...env });
    setTimeout(() => child.kill('SIGKILL'), afterMs);
    await endOf(child);
  }

  client(token?: string): Client {
    return new Client(this.url, token);
  }

  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.ended;
  }

  /** Asks it to stop, as a supervisor does. */
  stop(): Promise<Ended> {
    this.child.kill('SIGTERM');
    return this.ended;
  }
}

async function endOf(child: ChildProcess): Promise<Ended> {
  const stderr = text(child.stderr as Readable);
  const [code] = (await once(child, 'exit')) as [number | null];
  return { code, stderr: await stderr };
}

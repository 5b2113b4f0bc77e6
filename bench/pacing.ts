import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'node:http';

export interface Paced {
  readonly port: number;
  readonly path: string;
  readonly token: string;
  readonly perSecond: number;
}

/** A reader in a process of its own that asks at fixed instants, whether or not it was answered. */
export class PacedReader {
  private constructor(private readonly child: ChildProcess) {}

  static start(paced: Paced): PacedReader {
    const child = fork(new URL('./pacing.js', import.meta.url), ['reader'], { execArgv: [] });
    child.send(paced);
    return new PacedReader(child);
  }

  /** From the instant each was to be asked to the end of its answer: milliseconds, since the last question. */
  async latencies(): Promise<number[]> {
    this.child.send('latencies');
    const [latencies] = (await once(this.child, 'message')) as [number[]];
    return latencies;
  }

  stop(): void {
    this.child.kill('SIGKILL');
  }
}

if (process.argv[2] === 'reader') {
  process.once('message', (paced: Paced) => {
    read(paced);
  });
}

function read({ port, path, token, perSecond }: Paced): void {
  const agent = new Agent({ keepAlive: true, maxSockets: 32 });
  const headers = { authorization: `Bearer ${token}` };
  let latencies: number[] = [];
  const started = performance.now();
  let asked = 0;
  const ask = (): void => {
    const due = started + (++asked * 1000) / perSecond;
    setTimeout(
      () => {
        const from = Math.max(due, performance.now());
        request({ host: '127.0.0.1', port, path, headers, agent }, (answer) => {
          if (answer.statusCode !== 200) throw new Error(`A read was answered ${answer.statusCode}.`);
          answer.resume().on('end', () => latencies.push(performance.now() - from));
        }).end();
        ask();
      },
      Math.max(0, due - performance.now()),
    );
  };
  ask();
  process.on('message', (message) => {
    if (message !== 'latencies') return;
    process.send?.(latencies);
    latencies = [];
  });
}

import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';

/** What the clients send: the same head and body each time, but for what differs from one request to the next. */
export interface Load {
  readonly port: number;
  readonly method: string;
  /** One request each, in this order, shared by all clients; from the start again where they run out and `again`. */
  readonly paths: readonly string[];
  readonly tokens: readonly string[];
  readonly body?: string;
  readonly keys: boolean;
  readonly clients: number;
  readonly seconds: number;
  readonly again: boolean;
}

export interface Measured {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly done: number;
  /** Answers other than 2xx, by status. */
  readonly others: Readonly<Record<string, number>>;
  readonly firstOther: string;
}

export const CLIENTS = 32;

/** Runs in a process of its own, so that clients and service don't share an event loop. */
export async function measure(load: Load): Promise<Measured> {
  const child: ChildProcess = fork(new URL('./load.js', import.meta.url), ['client'], { execArgv: [] });
  child.send(load);
  const [measured] = (await once(child, 'message')) as [Measured];
  child.kill();
  return measured;
}

/** Any answer but a success would make the figure a lie. */
export async function sure(load: Load): Promise<Measured> {
  const measured = await measure(load);
  if (Object.keys(measured.others).length > 0) throw new Error(`Not every request succeeded:\n${measured.firstOther}`);
  return measured;
}

if (process.argv[2] === 'client') {
  process.once('message', (load: Load) => {
    void run(load).then((measured) => process.send?.(measured));
  });
}

async function run(load: Load): Promise<Measured> {
  const latencies: number[] = [];
  const others: Record<string, number> = {};
  let firstOther = '';
  let next = 0;
  const end = performance.now() + load.seconds * 1000;
  const started = performance.now();
  const body = load.body ?? '';
  const head = (index: number): string => {
    const path = load.paths[index % load.paths.length] ?? '/';
    const token = load.tokens[index % load.tokens.length];
    return (
      `${load.method} ${path} HTTP/1.1\r\nhost: localhost\r\n` +
      (token ? `authorization: Bearer ${token}\r\n` : '') +
      (load.keys ? `idempotency-key: bench-${process.pid}-${index}\r\n` : '') +
      (body ? `content-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n` : '') +
      '\r\n'
    );
  };
  await Promise.all(
    Array.from(
      { length: load.clients },
      () =>
        new Promise<void>((resolve) => {
          const socket = connect(load.port, '127.0.0.1').setNoDelay(true);
          let sentAt = 0;
          let received = '';
          const send = (): void => {
            if (performance.now() > end || (!load.again && next >= load.paths.length)) {
              socket.destroy();
              return resolve();
            }
            sentAt = performance.now();
            socket.write(head(next++) + body);
          };
          socket.on('connect', send).on('error', () => resolve());
          socket.on('data', (chunk) => {
            received += chunk.toString('latin1');
            const headEnd = received.indexOf('\r\n\r\n');
            if (headEnd < 0) return;
            const length = Number(/content-length: (\d+)/i.exec(received)?.[1] ?? 0);
            if (received.length < headEnd + 4 + length) return;
            const status = received.slice(9, 12);
            if (!status.startsWith('2')) {
              others[status] = (others[status] ?? 0) + 1;
              firstOther ||= received;
            }
            received = '';
            latencies.push(performance.now() - sentAt);
            send();
          });
        }),
    ),
  );
  const seconds = (performance.now() - started) / 1000;
  latencies.sort((a, b) => a - b);
  const at = (share: number): number => latencies[Math.floor(latencies.length * share)] ?? 0;
  return {
    perSecond: latencies.length / seconds,
    p50: at(0.5),
    p99: at(0.99),
    done: latencies.length,
    others,
    firstOther,
  };
}

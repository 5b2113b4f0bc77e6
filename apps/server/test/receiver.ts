import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { until } from './world.js';

export interface Delivered {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly message: {
    id: string;
    type: string;
    at: string;
    call: string;
    application?: string;
    organisation?: string;
    position: string;
    data: Record<string, unknown>;
  };
}

type Reply = (answer: ServerResponse) => void;
const accept: Reply = (answer) => answer.writeHead(204).end();
/** How a receiver may fail. */
export const failing = {
  error: (answer: ServerResponse) => answer.writeHead(500).end('x'.repeat(100_000)),
  redirect: (answer: ServerResponse) => answer.writeHead(302, { location: '/elsewhere' }).end(),
  cut: (answer: ServerResponse) => answer.destroy(),
  silence: () => undefined,
} satisfies Record<string, Reply>;

/** Somebody who is told of facts, on this machine: keeps what comes, and answers as the test says. */
export class Receiver {
  readonly delivered: Delivered[] = [];
  readonly paths: string[] = [];
  reply: Reply = accept;

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async open(): Promise<Receiver> {
    const server = createServer((request, answer) => {
      void text(request).then((body) => {
        receiver.paths.push(request.url ?? '');
        const message = JSON.parse(body) as Delivered['message'];
        receiver.delivered.push({ headers: request.headers, body, message });
        receiver.reply(answer);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const receiver = new Receiver(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`);
    return receiver;
  }

  /** What came, once there is as much. */
  got(count: number): Promise<Delivered[]> {
    return until(() => (this.delivered.length >= count ? [...this.delivered] : undefined), `${count} deliveries`);
  }

  types(): string[] {
    return this.delivered.map(({ message }) => message.type);
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

/** As Standard Webhooks says it: one of the signatures is that of the secret. */
export function isSigned({ headers, body }: Delivered, secret: string): boolean {
  const [id, at, signatures] = ['id', 'timestamp', 'signature'].map((name) => headers[`webhook-${name}`] as string);
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const expected = `v1,${createHmac('sha256', key).update(`${id}.${at}.${body}`).digest('base64')}`;
  return (signatures ?? '').split(' ').includes(expected);
}

import { createHmac, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface Received {
  readonly type: string;
  readonly at: string;
  readonly data: { readonly reason?: string };
  /** Signed with the secret of the webhook. */
  readonly genuine: boolean;
}

/** The server of an institution, which is told of what happens. */
export class Receiver {
  readonly received: Received[] = [];
  secret = '';
  private readonly server = createServer((request, response) => {
    void text(request).then((body) => {
      const message = JSON.parse(body) as Omit<Received, 'genuine'>;
      this.received.push({ ...message, genuine: this.isGenuine(request.headers, body) });
      response.writeHead(204).end();
    });
  });

  async listen(): Promise<string> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/convergence`;
  }

  close(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  private isGenuine(headers: IncomingHttpHeaders, body: string): boolean {
    const key = Buffer.from(this.secret.replace(/^whsec_/, ''), 'base64');
    const signed = `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${body}`;
    const expected = createHmac('sha256', key).update(signed).digest();
    const given = Buffer.from(String(headers['webhook-signature']).replace(/^v1,/, ''), 'base64');
    return given.length === expected.length && timingSafeEqual(given, expected);
  }
}

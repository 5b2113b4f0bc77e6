/** A real mail server on loopback, for the specifications of who sends through it. */
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

export interface Received {
  readonly to: string;
  readonly eml: string;
}

/** What it answers to a recipient: nothing to accept, a code to refuse, `silence` never to answer. */
export type Answer = undefined | number | 'silence';

export class MailServer {
  readonly received: Received[] = [];
  /** Recipients it was asked about, refused ones too. */
  readonly asked: string[] = [];
  /** To a recipient, at the n-th time it is asked. */
  answer: (to: string, time: number) => Answer = () => undefined;
  /** Before it says that it has accepted a message which it has, whole. */
  holdBack: (one: Received) => Promise<unknown> | undefined = () => undefined;
  connections = 0;

  private constructor(
    private readonly server: SMTPServer,
    readonly port: number,
  ) {}

  static async start(options: SMTPServerOptions = {}, port = 0): Promise<MailServer> {
    const server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      logger: false,
      closeTimeout: 10,
      onConnect: (_session, done) => {
        running.connections += 1;
        done();
      },
      onRcptTo: ({ address }, _session, done) => {
        running.asked.push(address);
        const answer = running.answer(address, running.asked.filter((one) => one === address).length);
        if (answer === 'silence') return;
        done(answer === undefined ? null : refusal(answer, address));
      },
      onData: (stream, { envelope: { rcptTo } }, done) => {
        void text(stream).then(async (eml) => {
          const came = rcptTo.map(({ address }) => ({ to: address, eml }));
          for (const one of came) await running.holdBack(one);
          running.received.push(...came);
          done();
        });
      },
      ...options,
    });
    server.on('error', () => undefined);
    server.listen(port, '127.0.0.1');
    await once(server.server, 'listening');
    const running = new MailServer(server, (server.server.address() as { port: number }).port);
    return running;
  }

  get url(): string {
    return `smtp://127.0.0.1:${this.port}`;
  }

  async close(): Promise<void> {
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }
}

/** As servers do, with the address in its words. */
const refusal = (code: number, address: string): Error =>
  Object.assign(new Error(`<${address}> refused`), { responseCode: code });

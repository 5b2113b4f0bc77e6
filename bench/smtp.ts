import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';

/** A message that a mail server has accepted: to whom, under which Message-ID, and when (milliseconds since 1970). */
export interface Arrived {
  readonly to: string;
  readonly id: string;
  readonly at: number;
}

/** A mail server on loopback in a process of its own, that keeps nothing of a message but that it arrived. */
export class Mailbox {
  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
  ) {}

  static async start(): Promise<Mailbox> {
    const child = fork(new URL('./smtp.js', import.meta.url), ['server'], { execArgv: [] });
    process.once('exit', () => child.kill('SIGKILL'));
    const [{ port }] = (await once(child, 'message')) as [{ port: number }];
    return new Mailbox(child, `smtp://127.0.0.1:${port}`);
  }

  /** All since the start or the last question, once there are so many. */
  async arrived(count: number): Promise<Arrived[]> {
    this.child.send({ count });
    const [arrived] = (await once(this.child, 'message')) as [Arrived[]];
    return arrived;
  }

  stop(): void {
    this.child.kill('SIGKILL');
  }
}

if (process.argv[2] === 'server') {
  let arrived: Arrived[] = [];
  let wanted = Infinity;
  const answer = (): void => {
    if (arrived.length < wanted) return;
    process.send?.(arrived);
    arrived = [];
    wanted = Infinity;
  };
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    logger: false,
    onData: (stream, { envelope: { rcptTo } }, done) => {
      void text(stream).then((eml) => {
        const id = /^Message-ID: (\S+)/im.exec(eml)?.[1] ?? '';
        for (const { address } of rcptTo) arrived.push({ to: address, id, at: Date.now() });
        done();
        answer();
      });
    },
  });
  server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.server.address() as { port: number }).port }));
  process.on('message', ({ count }: { count: number }) => {
    wanted = count;
    answer();
  });
}

import { parentPort, workerData } from 'node:worker_threads';
import type { Message } from './message.js';
import { SmtpSender, type SmtpSettings } from './smtp-sender.js';
import { Bounced, NotAccepted } from './transport.js';

export interface Asked {
  readonly number: number;
  readonly message: Message;
}
/** Accepted where it says nothing else; `bounced` and `refused` are codes, `failed` is the kind of a fault of ours. */
export interface Answered {
  readonly number: number;
  readonly bounced?: number;
  readonly refused?: string;
  readonly failed?: string;
}

if (parentPort) serve(parentPort);

function serve(port: NonNullable<typeof parentPort>): void {
  const sender = new SmtpSender(workerData as SmtpSettings);
  const answers: Answered[] = [];
  const answer = (answered: Answered): void => {
    if (answers.push(answered) === 1) setImmediate(() => port.postMessage(answers.splice(0)));
  };
  port.on('message', (asked: readonly Asked[]) => {
    for (const { number, message } of asked) {
      sender.deliver(message).then(
        () => answer({ number }),
        (error: unknown) => answer({ number, ...faultOf(error) }),
      );
    }
  });
}

function faultOf(error: unknown): Omit<Answered, 'number'> {
  if (error instanceof Bounced) return { bounced: error.smtp };
  if (error instanceof NotAccepted) return { refused: error.code };
  return { failed: (error as Error).name };
}

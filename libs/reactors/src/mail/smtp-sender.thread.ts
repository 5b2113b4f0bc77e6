import { parentPort, workerData } from 'node:worker_threads';
import type { Message } from './message.js';
import { SmtpSender, type SmtpSettings } from './smtp-sender.js';
import { Bounced, type NotAccepted } from './transport.js';

export interface Asked {
  readonly number: number;
  readonly message: Message;
}
/** Accepted where it says nothing else: `bounced` is the code of the server, `refused` a kind of failure. */
export interface Answered {
  readonly number: number;
  readonly bounced?: number;
  readonly refused?: string;
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
        (error: Bounced | NotAccepted) =>
          answer(
            error instanceof Bounced ? { number, bounced: error.smtp } : { number, refused: error.code ?? 'UNKNOWN' },
          ),
      );
    }
  });
}

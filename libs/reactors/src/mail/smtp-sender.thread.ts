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
  const settings = workerData as SmtpSettings;
  const sender = new SmtpSender(settings);
  const answers: Answered[] = [];
  const codes: Asked[] = [];
  const others: Asked[] = [];
  let sending = 0;
  const answer = (answered: Answered): void => {
    sending -= 1;
    if (answers.push(answered) === 1) setImmediate(() => port.postMessage(answers.splice(0)));
    begin();
  };
  const next = (): Asked | undefined => {
    if (sending >= settings.connections) return undefined;
    return codes.shift() ?? (sending < settings.connections - settings.forCodes ? others.shift() : undefined);
  };
  /** What waits here has its connection the moment one is free. */
  const begin = (): void => {
    for (let asked = next(); asked; asked = next()) {
      const { number, message } = asked;
      sending += 1;
      sender.deliver(message).then(
        () => answer({ number }),
        (error: unknown) => answer({ number, ...faultOf(error) }),
      );
    }
  };
  port.on('message', (asked: readonly Asked[]) => {
    for (const one of asked) (one.message.kind === 'sign-in' ? codes : others).push(one);
    begin();
  });
}

function faultOf(error: unknown): Omit<Answered, 'number'> {
  if (error instanceof Bounced) return { bounced: error.smtp };
  if (error instanceof NotAccepted) return { refused: error.code };
  return { failed: (error as Error).name };
}

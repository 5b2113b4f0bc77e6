import type { Through } from '#domain/notice/notice.js';
import type { Message } from './message.js';

/** How messages leave the service. */
export interface Transport {
  readonly through: Through;
  /** Resolves once somebody else answers for the message. @throws Bounced for good; anything else may be tried again */
  deliver(message: Message): Promise<void>;
  /** Takes back what can be: a file in the outbox, nothing that a server accepted. */
  remove?(message: Pick<Message, 'id' | 'kind' | 'at'>): Promise<void>;
  close(): void;
}

/** The server of the address refuses the message for good. Its words may quote the address: only its code is kept. */
export class Bounced extends Error {
  override readonly name = 'Bounced';
  constructor(readonly smtp: number) {
    super(`The address refused the message (${smtp}).`);
  }
}

/** Not now: busy, away, greylisting. `code` is of the server (`SMTP_451`) or of the connection (`ETIMEDOUT`). */
export class NotAccepted extends Error {
  override readonly name = 'NotAccepted';
  constructor(readonly code: string) {
    super(`The mail server did not accept the message (${code}).`);
  }
}

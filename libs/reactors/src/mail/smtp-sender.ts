import { Readable } from 'node:stream';
import SMTPPool from 'nodemailer/lib/smtp-pool';
import { Composer } from './eml.js';
import type { Message, Sender } from './message.js';
import { Bounced, NotAccepted } from './transport.js';

/** How to reach a mail server: plain values, for another thread. */
export interface SmtpSettings {
  readonly host: string;
  readonly port: number;
  readonly secure: boolean;
  readonly clear: boolean;
  readonly auth?: { readonly user: string; readonly pass: string };
  readonly from: Sender;
  readonly connections: number;
  /** Of them, kept for codes to sign in. */
  readonly forCodes: number;
  readonly connectMs: number;
  readonly silenceMs: number;
}

interface SmtpError {
  readonly code?: unknown;
  readonly command?: unknown;
  readonly responseCode?: unknown;
}

/** Sends through a mail server, over connections that are kept. */
export class SmtpSender {
  private readonly pool: SMTPPool;
  private readonly composer: Composer;

  constructor({ host, port, secure, clear, auth, from, connections, connectMs, silenceMs }: SmtpSettings) {
    this.composer = new Composer(from);
    this.pool = new SMTPPool({
      host,
      port,
      secure,
      ignoreTLS: clear,
      requireTLS: !secure && !clear,
      ...(auth && { auth }),
      maxConnections: connections,
      maxMessages: Infinity,
      // A kept connection that the server closed meanwhile is no failure of the message.
      maxRequeues: 1,
      connectionTimeout: connectMs,
      greetingTimeout: connectMs,
      dnsTimeout: connectMs,
      socketTimeout: silenceMs,
    });
    // Of connections nobody waits for; what a message meets comes with its own answer.
    this.pool.on('error', () => undefined);
  }

  async deliver(message: Message): Promise<void> {
    const bytes = this.composer.eml(message);
    const envelope = this.composer.envelope(message);
    // What the pool asks of a message. It is composed already: nodemailer would pass each through a dozen streams.
    const composed = {
      data: {},
      message: {
        getEnvelope: () => envelope,
        messageId: () => message.messageId,
        getHeader: () => message.messageId,
        createReadStream: () => inOnePiece(bytes),
      },
    } as unknown as Parameters<SMTPPool['send']>[0];
    await new Promise<void>((resolve, reject) => {
      this.pool.send(composed, (error) => (error ? reject(answered(error)) : resolve()));
    });
  }

  close(): void {
    this.pool.close();
  }
}

/**
 * A refusal of the recipient or of the message itself is for good where it is 5xx; of who signs in or sends, it is a
 * fault of the configuration, which somebody will mend.
 */
function answered({ code, command, responseCode }: SmtpError): Bounced | NotAccepted {
  if (typeof responseCode !== 'number') return new NotAccepted(typeof code === 'string' ? code : 'UNKNOWN');
  const ofThisMessage = command === 'RCPT TO' || command === 'DATA';
  return responseCode >= 500 && ofThisMessage ? new Bounced(responseCode) : new NotAccepted(`SMTP_${responseCode}`);
}

const inOnePiece = (bytes: Buffer): Readable =>
  new Readable({
    read() {
      this.push(bytes);
      this.push(null);
    },
  });

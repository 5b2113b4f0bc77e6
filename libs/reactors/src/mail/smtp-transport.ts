import { createTransport } from 'nodemailer';
import { composed, type Message, type Sender } from './message.js';
import type { SmtpServer } from './smtp-server.js';
import { Bounced, NotAccepted, type Transport } from './transport.js';

export interface SmtpOptions {
  readonly server: SmtpServer;
  readonly from: Sender;
  readonly connections: number;
  /** To connect, and to be greeted. */
  readonly connectMs?: number;
  /** Without a word from the server, in the middle of a message. */
  readonly silenceMs?: number;
}

interface SmtpError {
  readonly code?: unknown;
  readonly command?: unknown;
  readonly responseCode?: unknown;
}

/** Through a mail server, over connections that are kept. */
export class SmtpTransport implements Transport {
  readonly through = 'smtp';
  private readonly pool;
  private readonly from: Sender;

  constructor({ server, from, connections, connectMs = 10_000, silenceMs = 30_000 }: SmtpOptions) {
    this.from = from;
    const { host, port, secure, clear, auth } = server;
    this.pool = createTransport({
      pool: true,
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
    try {
      await this.pool.sendMail(composed(message, this.from));
    } catch (error) {
      throw answered(error as SmtpError);
    }
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

import { Worker } from 'node:worker_threads';
import type { Message, Sender } from './message.js';
import type { Answered, Asked } from './smtp-sender.thread.js';
import type { SmtpSettings } from './smtp-sender.js';
import type { SmtpServer } from './smtp-server.js';
import { Bounced, NotAccepted, type Transport } from './transport.js';

export interface SmtpOptions {
  readonly server: SmtpServer;
  readonly from: Sender;
  readonly connections: number;
  /** Of them, kept for codes to sign in, which also go before all that waits for a connection. */
  readonly forCodes?: number;
  /** To connect, and to be greeted. */
  readonly connectMs?: number;
  /** Without a word from the server, in the middle of a message. */
  readonly silenceMs?: number;
  /** Of each thread that begins to send. */
  readonly onThread?: (thread: Worker) => void;
}

interface Waiting {
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

/** Through a mail server. Composing and sending are done by a thread of their own, beside the requests of people. */
export class SmtpTransport implements Transport {
  readonly through = 'smtp';
  private readonly settings: SmtpSettings;
  private readonly waiting = new Map<number, Waiting>();
  private thread: Worker | undefined;
  private readonly asked: Asked[] = [];
  private last = 0;
  private closed = false;
  private readonly onThread: SmtpOptions['onThread'];

  constructor(options: SmtpOptions) {
    const { server, from, connections, forCodes = 0, connectMs = 10_000, silenceMs = 30_000, onThread } = options;
    this.onThread = onThread;
    const { host, port, secure, clear, auth } = server;
    const reached = { host, port, secure, clear, ...(auth && { auth }) };
    this.settings = { ...reached, from, connections, forCodes, connectMs, silenceMs };
  }

  deliver(message: Message): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.closed) return reject(new NotAccepted('CLOSED'));
      const number = ++this.last;
      this.waiting.set(number, { resolve, reject });
      if (this.asked.push({ number, message }) === 1) setImmediate(() => this.post());
    });
  }

  close(): void {
    this.closed = true;
    void this.thread?.terminate();
    this.lost('CLOSED');
  }

  /** What came in one turn of the event loop goes to the thread together. */
  private post(): void {
    const asked = this.asked.splice(0);
    if (this.closed) return;
    this.thread ??= this.started();
    this.thread.postMessage(asked);
  }

  private started(): Worker {
    const thread = new Worker(new URL('./smtp-sender.thread.js', import.meta.url), { workerData: this.settings });
    thread.on('message', (answers: readonly Answered[]) => answers.forEach((answered) => this.hear(answered)));
    // Where it ends, what was on its way is tried again, and another thread begins with it.
    thread.on('error', () => undefined);
    thread.on('exit', () => {
      this.thread = undefined;
      this.lost('ECONNECTION');
    });
    thread.unref();
    this.onThread?.(thread);
    return thread;
  }

  private hear({ number, bounced, refused, failed }: Answered): void {
    const waiting = this.waiting.get(number);
    this.waiting.delete(number);
    if (bounced !== undefined) waiting?.reject(new Bounced(bounced));
    else if (refused !== undefined) waiting?.reject(new NotAccepted(refused));
    else if (failed !== undefined) waiting?.reject(new Error(`A message could not be composed: ${failed}`));
    else waiting?.resolve();
  }

  private lost(code: string): void {
    const all = [...this.waiting.values()];
    this.waiting.clear();
    for (const { reject } of all) reject(new NotAccepted(code));
  }
}

import { encode, wrap } from 'nodemailer/lib/qp';
import { foldLines, hasLongerLines, isPlainText } from 'nodemailer/lib/mime-funcs';
import MimeNode from 'nodemailer/lib/mime-node';
import type { Message, Sender } from './message.js';

const LONGEST_LINE = 76;
const plainAddress = /^[\w.+-]+@[a-z0-9.-]+$/i;
const MOST_KEPT = 500;

/**
 * The bytes of a message, text and HTML as alternatives, always the same for the same message. Thousands that differ by
 * a name and a link share nearly all their lines: what one was encoded to is kept for the next.
 */
export class Composer {
  private readonly node = new MimeNode();
  private readonly kept = new Map<string, string>();
  private sender: string | undefined;

  constructor(private readonly from: Sender) {}

  eml({ id, to, subject, text, html, messageId, at, unsubscribe }: Message): Buffer {
    const boundary = `--_NmP-${id}-Part_1`;
    const head = [
      'Auto-Submitted: auto-generated',
      ...(unsubscribe === undefined
        ? []
        : [this.header('List-Unsubscribe', `<${unsubscribe}>`), 'List-Unsubscribe-Post: List-Unsubscribe=One-Click']),
      this.once(`From\n${this.from.name}`, () => this.header('From', this.from)),
      this.header('To', { name: to.name, address: to.email }),
      this.once(`Subject\n${subject}`, () => this.header('Subject', subject)),
      this.header('Message-ID', messageId),
      `Date: ${new Date(at).toUTCString().replace('GMT', '+0000')}`,
      'MIME-Version: 1.0',
      `Content-Type: multipart/alternative; boundary="${boundary}"`,
      '',
    ];
    const parts = [this.part('plain', text), this.part('html', html)].map((part) => `--${boundary}\r\n${part}`);
    return Buffer.from([...head, ...parts, `--${boundary}--`, ''].join('\r\n'), 'latin1');
  }

  /** From whom and to whom the server is told it goes. */
  envelope({ to }: Pick<Message, 'to'>): { from: string; to: string[] } {
    this.sender ??= addressIn(this.from.address);
    return { from: this.sender, to: [addressIn(to.email)] };
  }

  private header(name: string, value: string | Sender): string {
    return foldLines(`${name}: ${this.node.encodeHeaderValue(name, value)}`, LONGEST_LINE);
  }

  private part(type: 'plain' | 'html', content: string): string {
    const asItIs = isPlainText(content) && !hasLongerLines(content, LONGEST_LINE);
    const lines = content.split(/\r?\n|\r/);
    const encoded = asItIs ? lines : lines.map((line) => this.once(line, () => wrap(encode(line), LONGEST_LINE)));
    return `Content-Type: text/${type}; charset=utf-8\r\nContent-Transfer-Encoding: ${asItIs ? '7bit' : 'quoted-printable'}\r\n\r\n${encoded.join('\r\n')}`;
  }

  private once(key: string, encoded: () => string): string {
    const known = this.kept.get(key);
    if (known !== undefined) return known;
    if (this.kept.size >= MOST_KEPT) this.kept.clear();
    const text = encoded();
    this.kept.set(key, text);
    return text;
  }
}

/** As it is said to a server: with the name of its domain as names are written there. */
function addressIn(address: string): string {
  if (plainAddress.test(address)) return address;
  return new MimeNode().setHeader('To', { name: '', address }).getEnvelope().to[0] ?? address;
}

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { codeIn, decoded } from '#client/mail.js';

/** One message, as its reader gets it. */
export interface Letter {
  readonly file: string;
  /** Of the notice: `reminder`, `receipt`… */
  readonly kind: string;
  readonly to: string;
  readonly address: string;
  readonly subject: string;
  /** Its header and words. */
  readonly text: string;
}

const NAME = /^\d{8}T\d{6}Z-(.+?)-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\.eml$/;

/** The folder into which the service writes its messages; each is read once. */
export class Outbox {
  private readonly read = new Map<string, Letter>();

  constructor(readonly folder: string) {}

  /** In the order of time. */
  letters(kind?: string): Letter[] {
    const files = readdirSync(this.folder)
      .filter((name) => name.endsWith('.eml'))
      .sort();
    const letters = files.map((file) => this.read.get(file) ?? this.open(file));
    return kind === undefined ? letters : letters.filter((letter) => letter.kind === kind);
  }

  /** Codes to sign in mailed to an address, the newest last. */
  codesFor(address: string): string[] {
    return this.letters('sign-in').flatMap((letter) => (letter.address === address ? (codeIn(letter.text) ?? []) : []));
  }

  private open(file: string): Letter {
    const text = decoded(readFileSync(join(this.folder, file), 'utf8'));
    const header = (name: string): string => new RegExp(`^${name}: (.*)$`, 'm').exec(text)?.[1]?.trim() ?? '';
    const [, to = '', address = ''] = /^"?(.*?)"? ?<(.+)>$/.exec(header('To')) ?? ['', header('To'), header('To')];
    const kind = NAME.exec(file)?.[1] ?? '';
    const letter = { file, kind, to: to || address, address, subject: header('Subject'), text };
    this.read.set(file, letter);
    return letter;
  }
}

/** `Adèle, Basile, Céleste…`: a few of them, each once. */
export function some(letters: readonly Letter[], most = 3): string {
  const names = [...new Set(letters.map(({ to }) => to))].sort((a, b) => a.localeCompare(b, 'fr'));
  return `${names.slice(0, most).join(', ')}${names.length > most ? '…' : ''}`;
}

import { mkdirSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import type { Instant } from '#domain/decider.js';

export interface Message {
  readonly id: string;
  /** Stable through every attempt. */
  readonly messageId: string;
  readonly kind: string;
  readonly at: Instant;
  readonly to: { readonly name: string; readonly email: string };
  readonly subject: string;
  readonly text: string;
}

/** Messages as plain .eml files, one each; the same message again is the same file. */
export class Outbox {
  private readonly composer = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });

  constructor(
    private readonly folder: string,
    private readonly from: { readonly name: string; readonly address: string },
  ) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  }

  /** Durable when it resolves. */
  async deliver(message: Message): Promise<void> {
    const { to, subject, text, messageId, at } = message;
    const { message: bytes } = await this.composer.sendMail({
      from: this.from,
      to: { name: to.name, address: to.email },
      subject,
      text,
      messageId,
      date: new Date(at),
      headers: { 'Auto-Submitted': 'auto-generated' },
    });
    const path = this.pathOf(message);
    const file = await open(`${path}.part`, 'w', 0o600);
    try {
      await file.writeFile(bytes as Buffer);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(`${path}.part`, path);
  }

  async remove(message: Pick<Message, 'id' | 'kind' | 'at'>): Promise<void> {
    const path = this.pathOf(message);
    await rm(path, { force: true });
    await rm(`${path}.part`, { force: true });
  }

  /** In the order of time when listed: `20210813T140000Z-receipt-<id>.eml`. */
  private pathOf({ id, kind, at }: Pick<Message, 'id' | 'kind' | 'at'>): string {
    return join(this.folder, `${at.replace(/[-:]/g, '')}-${kind}-${id}.eml`);
  }
}

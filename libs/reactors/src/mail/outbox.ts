import { mkdirSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { composed, type Message, type Sender } from './message.js';
import type { Transport } from './transport.js';

/** Messages as plain .eml files, one each; the same message again is the same file. */
export class FolderOutbox implements Transport {
  readonly through = 'file';
  private readonly composer = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });

  constructor(
    private readonly folder: string,
    private readonly from: Sender,
  ) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  }

  /** Durable when it resolves. */
  async deliver(message: Message): Promise<void> {
    const { message: bytes } = await this.composer.sendMail(composed(message, this.from));
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

  close(): void {
    this.composer.close();
  }

  /** In the order of time when listed: `20210813T140000Z-receipt-<id>.eml`. */
  private pathOf({ id, kind, at }: Pick<Message, 'id' | 'kind' | 'at'>): string {
    return join(this.folder, `${at.replace(/[-:]/g, '')}-${kind}-${id}.eml`);
  }
}

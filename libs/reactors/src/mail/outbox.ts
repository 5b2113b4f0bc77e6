import { mkdirSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Composer } from './eml.js';
import type { Message, Sender } from './message.js';
import type { Transport } from './transport.js';

/** Messages as plain .eml files, one each; the same message again is the same file. */
export class FolderOutbox implements Transport {
  readonly through = 'file';
  private readonly composer: Composer;

  constructor(
    private readonly folder: string,
    from: Sender,
  ) {
    this.composer = new Composer(from);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  }

  /** Durable when it resolves. */
  async deliver(message: Message): Promise<void> {
    const path = this.pathOf(message);
    const file = await open(`${path}.part`, 'w', 0o600);
    try {
      await file.writeFile(this.composer.eml(message));
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
    // Nothing is kept open.
  }

  /** In the order of time when listed: `20210813T140000Z-receipt-<id>.eml`. */
  private pathOf({ id, kind, at }: Pick<Message, 'id' | 'kind' | 'at'>): string {
    return join(this.folder, `${at.replace(/[-:]/g, '')}-${kind}-${id}.eml`);
  }
}

import { mkdir, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { DocumentMissing, type Documents, type StoredDocument } from './documents.js';
import { checkedId, Receiving } from './receiving.js';
import { verified } from './verified.js';

export interface FolderOptions {
  readonly folder: string;
  readonly mostBytes: number;
  readonly mediaTypes: readonly string[];
}

/** Documents in a folder: one folder for each file, one file for each content, named by its hash. */
export class DocumentFolder implements Documents {
  private readonly receiving: Receiving;

  constructor(private readonly options: FolderOptions) {
    this.receiving = new Receiving({ ...options, incoming: join(options.folder, 'incoming') });
  }

  sweep(): Promise<void> {
    return this.receiving.sweep();
  }

  async keep(application: string, bytes: Readable): Promise<StoredDocument> {
    const folder = this.folderOf(application);
    return this.receiving.receive(application, bytes, async (temporary, { sha256 }) => {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await rename(temporary, join(folder, sha256));
      await syncFolder(folder);
    });
  }

  async open(application: string, sha256: string): Promise<Readable> {
    const file = await open(join(this.folderOf(application), sha256), 'r').catch(() => {
      throw new DocumentMissing(`${application}/${sha256}`);
    });
    return verified(file.createReadStream(), sha256);
  }

  async forget(application: string): Promise<void> {
    const folder = this.folderOf(application);
    await this.receiving.forget(application);
    await rm(folder, { recursive: true, force: true });
  }

  close(): void {
    // Nothing stays open between two documents.
  }

  private folderOf(application: string): string {
    return join(this.options.folder, checkedId(application));
  }
}

/** A rename is durable once its folder is. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

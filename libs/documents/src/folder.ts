import { fileTypeFromFile } from 'file-type';
import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, mkdirSync } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { DocumentMissing, DocumentRefused, type Documents, type StoredDocument } from './documents.js';

export interface FolderOptions {
  readonly folder: string;
  readonly mostBytes: number;
  readonly mediaTypes: readonly string[];
}

const LONGEST_UPLOAD_MS = 3_600_000;

/** Documents in a folder: one folder for each file, one file for each content, named by its hash. */
export class DocumentFolder implements Documents {
  private readonly incoming: string;

  constructor(private readonly options: FolderOptions) {
    this.incoming = join(options.folder, 'incoming');
    mkdirSync(this.incoming, { recursive: true, mode: 0o700 });
  }

  /** What uploads that a crash cut off left behind: none takes so long. */
  async sweep(): Promise<void> {
    for (const name of await readdir(this.incoming)) {
      const path = join(this.incoming, name);
      const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Infinity }));
      if (Date.now() - mtimeMs > LONGEST_UPLOAD_MS) await rm(path, { force: true });
    }
  }

  async keep(application: string, bytes: Readable): Promise<StoredDocument> {
    const folder = this.folderOf(application);
    const temporary = join(this.incoming, `${application}.${randomUUID()}`);
    try {
      const { sha256, size } = await this.write(temporary, bytes);
      if (size === 0) throw new DocumentRefused('empty');
      const mediaType = (await fileTypeFromFile(temporary))?.mime;
      if (!mediaType || !this.options.mediaTypes.includes(mediaType)) throw new DocumentRefused('type');
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await rename(temporary, join(folder, sha256)).catch((error: unknown) => {
        throw (error as NodeJS.ErrnoException).code === 'ENOENT' ? new DocumentMissing(application) : error;
      });
      await syncFolder(folder);
      return { sha256, size, mediaType };
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    }
  }

  async open(application: string, sha256: string): Promise<Readable> {
    const path = join(this.folderOf(application), sha256);
    const file = await open(path, 'r').catch(() => {
      throw new DocumentMissing(`${application}/${sha256}`);
    });
    await file.close();
    return createReadStream(path);
  }

  async forget(application: string): Promise<void> {
    const incoming = (await readdir(this.incoming)).filter((name) => name.startsWith(`${application}.`));
    for (const name of incoming) await rm(join(this.incoming, name), { force: true });
    await rm(this.folderOf(application), { recursive: true, force: true });
  }

  /** Ids are UUIDs, checked here too: nothing else ever becomes a path. */
  private folderOf(application: string): string {
    if (!/^[0-9a-f-]{36}$/.test(application)) throw new DocumentMissing(application);
    return join(this.options.folder, application);
  }

  private async write(path: string, bytes: Readable): Promise<{ sha256: string; size: number }> {
    const hash = createHash('sha256');
    const file = await open(path, 'wx', 0o600);
    let size = 0;
    try {
      for await (const chunk of bytes as AsyncIterable<Buffer>) {
        size += chunk.length;
        if (size > this.options.mostBytes) throw new DocumentRefused('too-large');
        hash.update(chunk);
        await file.writeFile(chunk);
      }
      await file.sync();
    } catch (error) {
      const { code } = error as { code?: string };
      throw code === 'ERR_STREAM_PREMATURE_CLOSE' || code === 'ECONNRESET' ? new DocumentRefused('cut') : error;
    } finally {
      await file.close();
    }
    return { sha256: hash.digest('hex'), size };
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

import { fileTypeFromFile } from 'file-type';
import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { DocumentMissing, DocumentRefused, type StoredDocument } from './documents.js';

export interface ReceivingOptions {
  /** Where uploads under way are; made where it is missing. */
  readonly incoming: string;
  readonly mostBytes: number;
  readonly mediaTypes: readonly string[];
}

const LONGEST_UPLOAD_MS = 3_600_000;

/** What arrives goes to a temporary file, hashed on the way, and is looked at before anybody keeps it. */
export class Receiving {
  constructor(private readonly options: ReceivingOptions) {
    mkdirSync(options.incoming, { recursive: true, mode: 0o700 });
  }

  /** Nothing is left of what `keep` didn't move elsewhere. @throws DocumentRefused, and what `keep` throws */
  async receive(
    application: string,
    bytes: Readable,
    keep: (temporary: string, document: StoredDocument) => Promise<void>,
  ): Promise<StoredDocument> {
    const temporary = join(this.options.incoming, `${checkedId(application)}.${randomUUID()}`);
    try {
      const { sha256, size } = await this.write(temporary, bytes);
      if (size === 0) throw new DocumentRefused('empty');
      const mediaType = await fileTypeFromFile(temporary).then((type) => type?.mime, missing(application));
      if (!mediaType || !this.options.mediaTypes.includes(mediaType)) throw new DocumentRefused('type');
      const document = { sha256, size, mediaType };
      await keep(temporary, document).catch(missing(application));
      return document;
    } finally {
      await rm(temporary, { force: true });
    }
  }

  async forget(application: string): Promise<void> {
    const { incoming } = this.options;
    const those = (await readdir(incoming)).filter((name) => name.startsWith(`${checkedId(application)}.`));
    for (const name of those) await rm(join(incoming, name), { force: true });
  }

  /** What uploads that a crash cut off left behind: none takes so long. */
  async sweep(): Promise<void> {
    for (const name of await readdir(this.options.incoming)) {
      const path = join(this.options.incoming, name);
      const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Infinity }));
      if (Date.now() - mtimeMs > LONGEST_UPLOAD_MS) await rm(path, { force: true });
    }
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

/** The temporary file goes only where its application is forgotten. */
const missing = (application: string) => (error: unknown) => {
  throw (error as NodeJS.ErrnoException).code === 'ENOENT' ? new DocumentMissing(application) : error;
};

/** Ids are UUIDs, checked here too: nothing else ever becomes a path or a key. @throws DocumentMissing */
export function checkedId(application: string): string {
  if (!/^[0-9a-f-]{36}$/.test(application)) throw new DocumentMissing(application);
  return application;
}

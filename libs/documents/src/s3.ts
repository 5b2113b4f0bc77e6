import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { Readable } from 'node:stream';
import { DocumentMissing, type Documents, DocumentsUnavailable, type StoredDocument } from './documents.js';
import { checkedId, Receiving } from './receiving.js';
import type { S3Address } from './s3-address.js';
import { S3Bucket, type S3Object } from './s3-bucket.js';
import { goneWrong } from './s3-troubles.js';
import { verified } from './verified.js';

export interface S3DocumentsOptions {
  readonly address: S3Address;
  /** A folder of this machine for uploads under way. */
  readonly incoming: string;
  readonly mostBytes: number;
  readonly mediaTypes: readonly string[];
  /** Milliseconds without a byte of the storage, after which it counts as slow. */
  readonly patienceMs?: number;
}

const PATIENCE_MS = 20_000;
const CHECK_PATIENCE_MS = 5000;

/**
 * Documents on S3-compatible storage: `<prefix><file>/<sha256>`, as in the folder. An upload is received whole on this
 * machine first, so that nothing is sent which isn't kept, and is kept once the storage has acknowledged it.
 */
export class S3Documents implements Documents {
  private readonly receiving: Receiving;
  private readonly bucket: S3Bucket;

  constructor({ address, patienceMs = PATIENCE_MS, ...options }: S3DocumentsOptions) {
    this.receiving = new Receiving(options);
    this.bucket = new S3Bucket(address, patienceMs);
  }

  /** Asks for next to nothing, to learn whether anything can be asked. @throws DocumentsUnavailable */
  async check(): Promise<void> {
    const bucket = new S3Bucket(this.bucket.address, CHECK_PATIENCE_MS);
    try {
      await bucket.list(bucket.address.prefix, 1);
      await bucket.keepsVersions();
    } finally {
      bucket.close();
    }
  }

  sweep(): Promise<void> {
    return this.receiving.sweep();
  }

  keep(application: string, bytes: Readable): Promise<StoredDocument> {
    return this.receiving.receive(application, bytes, async (path, { sha256, size }) => {
      const name = this.nameOf(application, sha256);
      if ((await this.bucket.sizeOf(name)) === size) return;
      await this.bucket.put(name, path, { size, sha256, md5: await md5Of(path) });
    });
  }

  async open(application: string, sha256: string): Promise<Readable> {
    const answer = await this.bucket.get(this.nameOf(application, sha256));
    if (!answer) throw new DocumentMissing(`${application}/${sha256}`);
    return verified(answer, sha256, (error) => goneWrong(`GET ${application}/${sha256}`, error));
  }

  async forget(application: string): Promise<void> {
    const prefix = this.nameOf(application, '');
    await this.receiving.forget(application);
    await this.deleteAll(() => this.bucket.list(prefix));
    if (await this.bucket.keepsVersions()) await this.deleteAll(() => this.bucket.listVersions(prefix));
  }

  close(): void {
    this.bucket.close();
  }

  private async deleteAll(list: () => Promise<readonly S3Object[]>): Promise<void> {
    const deleted = new Set<string>();
    for (let left = await list(); left.length > 0; left = await list()) {
      for (const object of left) {
        const id = `${object.name}?${object.version ?? ''}`;
        if (deleted.has(id))
          throw new DocumentsUnavailable('not-understood', `DELETE ${object.name}: it is still there`);
        deleted.add(id);
        await this.bucket.delete(object);
      }
    }
  }

  private nameOf(application: string, sha256: string): string {
    return `${this.bucket.address.prefix}${checkedId(application)}/${sha256}`;
  }
}

/** What S3 checks beside SHA-256, and insists on where objects can be locked. */
async function md5Of(path: string): Promise<string> {
  const hash = createHash('md5');
  await pipeline(createReadStream(path), hash);
  return hash.digest('base64');
}

import { createHash } from 'node:crypto';
import { pipeline, type Readable, Transform, type TransformCallback } from 'node:stream';
import { DocumentAltered } from './documents.js';

/** Passes bytes on, one chunk behind: the last one goes out only once the hash of all of them is right. */
class Verifying extends Transform {
  private readonly hash = createHash('sha256');
  private held: Buffer | undefined;

  constructor(
    private readonly sha256: string,
    private readonly told: (error: Error) => Error,
  ) {
    super();
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.hash.update(chunk);
    const { held } = this;
    this.held = chunk;
    done(null, held);
  }

  override _flush(done: TransformCallback): void {
    if (this.hash.digest('hex') === this.sha256) return done(null, this.held);
    done(new DocumentAltered(`Its bytes aren't those of ${this.sha256}`));
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    done(error && !(error instanceof DocumentAltered) ? this.told(error) : error);
  }
}

/** The same bytes, up to the last chunk whatever they are, and to their end only if they have that hash. */
export function verified(bytes: Readable, sha256: string, told: (error: Error) => Error = (error) => error): Readable {
  // Errors reach whoever reads; the callback is there so that nothing stays open.
  return pipeline(bytes, new Verifying(sha256, told), () => undefined);
}

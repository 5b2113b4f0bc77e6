import type { Readable } from 'node:stream';

export interface StoredDocument {
  /** SHA-256 of the bytes, in hexadecimal. */
  readonly sha256: string;
  /** Bytes. */
  readonly size: number;
  /** Found in the bytes, never believed. */
  readonly mediaType: string;
}

/** Where the bytes of documents are. What they are called is in the content stream of their file. */
export interface Documents {
  /**
   * Durable when it resolves; the same bytes twice in one file are kept once.
   * @throws DocumentRefused, and DocumentMissing where the file is forgotten meanwhile
   */
  keep(application: string, bytes: Readable): Promise<StoredDocument>;
  /** @throws DocumentMissing */
  open(application: string, sha256: string): Promise<Readable>;
  /** Everything of one file, for good. */
  forget(application: string): Promise<void>;
}

export class DocumentRefused extends Error {
  override readonly name = 'DocumentRefused';
  constructor(readonly reason: 'too-large' | 'empty' | 'type' | 'cut') {
    super(`Document refused: ${reason}`);
  }
}

export class DocumentMissing extends Error {
  override readonly name = 'DocumentMissing';
}

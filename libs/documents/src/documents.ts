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
   * @throws DocumentRefused, DocumentsUnavailable, and DocumentMissing where the file is forgotten meanwhile
   */
  keep(application: string, bytes: Readable): Promise<StoredDocument>;
  /**
   * The stream ends only if its bytes have that hash: it fails with DocumentAltered or DocumentsUnavailable before its
   * last chunk. Whoever doesn't read it destroys it.
   * @throws DocumentMissing, DocumentsUnavailable
   */
  open(application: string, sha256: string): Promise<Readable>;
  /** Everything of one file, for good. @throws DocumentMissing where that is no id, DocumentsUnavailable */
  forget(application: string): Promise<void>;
  /** Removes what uploads that a crash cut off left behind. */
  sweep(): Promise<void>;
  close(): void;
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

/** What is kept under a hash hasn't that hash. */
export class DocumentAltered extends Error {
  override readonly name = 'DocumentAltered';
}

/**
 * `away`: nobody answers, or cuts; `slow`: nobody answered in time; `busy`: asked to come back, or failed; `refused`: not
 * authorised; `no-bucket`; `full`: its quota; `not-understood`: an answer that is none of these.
 */
export type DocumentsTrouble = 'away' | 'slow' | 'busy' | 'refused' | 'no-bucket' | 'full' | 'not-understood';

/** The storage can't do it now; nothing was recorded, and the same may be asked again. */
export class DocumentsUnavailable extends Error {
  override readonly name = 'DocumentsUnavailable';
  constructor(
    readonly reason: DocumentsTrouble,
    /** For the log of the server: what was asked and answered, without any secret. */
    detail: string,
    options?: ErrorOptions,
  ) {
    super(`Documents unavailable (${reason}): ${detail}`, options);
  }
}

import { DocumentsUnavailable, type DocumentsTrouble } from './documents.js';

const byCode: Readonly<Record<string, DocumentsTrouble>> = {
  NoSuchBucket: 'no-bucket',
  QuotaExceeded: 'full',
  InsufficientStorage: 'full',
  XMinioStorageFull: 'full',
  SlowDown: 'busy',
  RequestTimeout: 'away',
};

const byStatus: Readonly<Record<number, DocumentsTrouble>> = {
  // Of another region or endpoint than the one asked.
  301: 'refused',
  307: 'refused',
  401: 'refused',
  403: 'refused',
  404: 'no-bucket',
  408: 'away',
  429: 'busy',
  500: 'busy',
  502: 'busy',
  503: 'busy',
  504: 'busy',
  507: 'full',
};

/** The code in an answer of S3; undefined where it has none, as an answer to HEAD. */
export const codeOf = (xml: string): string | undefined => /<Code>([A-Za-z0-9]{1,60})<\/Code>/.exec(xml)?.[1];

/** What an answer that isn't the expected one means. */
export function troubleOf(what: string, status = 0, code?: string): DocumentsUnavailable {
  const reason = byCode[code ?? ''] ?? byStatus[status] ?? 'not-understood';
  return new DocumentsUnavailable(reason, `${what}: ${status}${code === undefined ? '' : ` ${code}`}`);
}

/** A connection that failed; a file of ours that can't be read is passed on as it is. */
export function goneWrong(what: string, error: Error): Error {
  if (error instanceof DocumentsUnavailable) return error;
  const { code, path } = error as NodeJS.ErrnoException;
  if (path !== undefined) return error;
  return new DocumentsUnavailable('away', `${what}: ${code ?? error.message}`, { cause: error });
}

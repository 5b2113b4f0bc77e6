import { describe } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { type S3Address, s3Address } from './s3-address.js';

/** Specifications on the storage of `DOCUMENTS_URL`, below a prefix of their own; without it they are skipped, by name. */
export function withS3(name: string, tests: (address: S3Address) => void): void {
  const address = s3Address(process.env['DOCUMENTS_URL'] ?? 's3+http://nobody:nothing@nowhere/none');
  const own = (): void => tests({ ...(address as S3Address), prefix: `${address?.prefix ?? ''}test-${randomUUID()}/` });
  if (process.env['DOCUMENTS_URL']) describe(name, own);
  else describe.skip(`${name} (DOCUMENTS_URL is not set)`, own);
}

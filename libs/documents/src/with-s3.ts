import { describe } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { type S3Address, s3Address } from './s3-address.js';

export interface RealS3 {
  readonly address: S3Address;
  /** The same, as DOCUMENTS_URL says it. */
  readonly url: string;
}

/** Specifications on the storage of `DOCUMENTS_URL`, below a prefix of their own; without it they are skipped, by name. */
export function withS3(name: string, tests: (place: RealS3) => void): void {
  const given = process.env['DOCUMENTS_URL'];
  const [place = '', region] = (given ?? 's3+http://nobody:nothing@nowhere/none').split('?');
  const url = `${place}/test-${randomUUID()}${region === undefined ? '' : `?${region}`}`;
  const address = s3Address(url);
  if (!address) throw new Error('DOCUMENTS_URL is no address of S3');
  if (given) describe(name, () => tests({ address, url }));
  else describe.skip(`${name} (DOCUMENTS_URL is not set)`, () => tests({ address, url }));
}

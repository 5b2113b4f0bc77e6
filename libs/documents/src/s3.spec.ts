import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { conformance, hashOf, type Limits, newLimits, pdf, type Place } from './conformance.js';
import { S3Documents } from './s3.js';
import type { S3Address } from './s3-address.js';
import { S3Bucket } from './s3-bucket.js';
import { S3StandIn } from './s3-stand-in.js';
import { wrongSignature } from './s3-signature.js';
import { withS3 } from './with-s3.js';

const FILE = 'b0000000-0000-4000-8000-000000000001';

async function onStandIn(limits: Limits): Promise<Place> {
  const standIn = await S3StandIn.open();
  return {
    documents: new S3Documents({ address: standIn.address, ...limits }),
    kept: async () => standIn.names,
    alter: async (application, sha256, bytes) => standIn.set(`pieces/${application}/${sha256}`, bytes),
    close: () => standIn.close(),
  };
}

conformance('S3, as a stand-in has it,', onStandIn);

describe('the stand-in', () => {
  /** https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html, its first example. */
  const key = { key: 'AKIAIOSFODNN7EXAMPLE', secret: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', region: 'us-east-1' };
  const example = {
    method: 'GET',
    url: '/test.txt',
    headers: {
      host: 'examplebucket.s3.amazonaws.com',
      range: 'bytes=0-9',
      'x-amz-content-sha256': 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
      'x-amz-date': '20130524T000000Z',
      authorization:
        'AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,SignedHeaders=host;range;x-amz-content-sha256;x-amz-date,Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
    },
  };
  const then = Date.parse('2013-05-24T00:00:00Z');

  it('takes the signature that the documentation of S3 gives as an example, and no other', () => {
    expect(wrongSignature(example, key, then)).toBeUndefined();
    expect(wrongSignature({ ...example, url: '/other.txt' }, key, then)).toBe('SignatureDoesNotMatch');
    expect(wrongSignature(example, { ...key, secret: 'another' }, then)).toBe('SignatureDoesNotMatch');
    expect(wrongSignature(example, { ...key, region: 'fr-par' }, then)).toBe('AuthorizationHeaderMalformed');
    expect(wrongSignature(example, key, then + 900_000)).toBe('RequestTimeTooSkewed');
    expect(wrongSignature({ ...example, headers: {} }, key, then)).toBe('AccessDenied');
  });
});

const open = (address: S3Address, limits: Limits) => new S3Documents({ address, ...limits });

/** What is true of S3 alone, wherever it is. */
function onS3(place: () => Promise<{ address: S3Address; asked?: string[]; close?: () => Promise<void> }>): void {
  let limits: Limits;
  let address: S3Address;
  let asked: string[] | undefined;
  let close: (() => Promise<void>) | undefined;
  let documents: S3Documents;
  beforeEach(async () => {
    ({ address, asked, close } = await place());
    limits = newLimits(3_000_000);
    documents = open(address, limits);
  });
  afterEach(async () => {
    await documents.forget(FILE);
    documents.close();
    await close?.();
    rmSync(dirname(limits.incoming), { recursive: true, force: true });
  });

  it('takes what is larger than a buffer, and forgets more than a few', async () => {
    const large = Buffer.concat([pdf(), Buffer.alloc(2_900_000, 'é')]);
    const chunks = Array.from({ length: 30 }, (_, n) => large.subarray(n * 100_000, (n + 1) * 100_000));
    expect((await documents.keep(FILE, Readable.from(chunks))).sha256).toBe(hashOf(large));
    for (const n of ['1', '2', '3', '4']) await documents.keep(FILE, Readable.from([pdf(n)]));
    const read = await (await documents.open(FILE, hashOf(large))).toArray();
    expect(hashOf(Buffer.concat(read as Buffer[]))).toBe(hashOf(large));
    await documents.forget(FILE);
    const bucket = new S3Bucket(address, 5000);
    expect(await bucket.list(`${address.prefix}${FILE}/`)).toEqual([]);
    expect(await bucket.listVersions(`${address.prefix}${FILE}/`)).toEqual([]);
    bucket.close();
  });

  it('is checked, and says what is wrong with the key, the secret and the bucket', async () => {
    await documents.check();
    const reason = async (changes: Partial<S3Address>) => {
      const other = open({ ...address, ...changes }, limits);
      const error = await other.check().catch((thrown: unknown) => thrown as { reason: string; message: string });
      other.close();
      expect(error?.message).not.toContain(changes.secret ?? address.secret);
      return error?.reason;
    };
    expect(await reason({ key: 'ANOTHERKEY' })).toBe('refused');
    expect(await reason({ secret: 'another-secret' })).toBe('refused');
    expect(await reason({ bucket: 'no-such-bucket-anywhere' })).toBe('no-bucket');
    expect(await reason({ endpoint: 'http://127.0.0.1:1' })).toBe('away');
  });

  it('is not sent again what it has', async () => {
    await documents.keep(FILE, Readable.from([pdf()]));
    await documents.keep(FILE, Readable.from([pdf()]));
    if (asked) expect(asked.filter((one) => one.startsWith('PUT'))).toHaveLength(1);
  });
}

describe('documents on the stand-in', () => {
  onS3(async () => {
    const standIn = await S3StandIn.open();
    const { address, asked } = standIn;
    return { address, asked, close: () => standIn.close() };
  });

  it('are forgotten with all their versions, where the bucket keeps any', async () => {
    const standIn = await S3StandIn.open();
    const limits = newLimits();
    const documents = open(standIn.address, limits);
    standIn.versioned = true;
    const { sha256 } = await documents.keep(FILE, Readable.from([pdf()]));
    standIn.set(`pieces/${FILE}/${sha256}`, pdf('Autre version'));
    await documents.keep(FILE, Readable.from([pdf('Budget')]));
    await documents.forget(FILE);
    expect([...standIn.objects]).toEqual([]);
    documents.close();
    await standIn.close();
    rmSync(dirname(limits.incoming), { recursive: true });
  });
});

withS3('documents on S3', ({ address }) => {
  conformance('S3', async (limits) => {
    const bucket = new S3Bucket(address, 5000);
    return {
      documents: open(address, limits),
      kept: async () => (await bucket.list(address.prefix)).map(({ name }) => name.slice(address.prefix.length)).sort(),
      alter: (application, sha256, bytes) => putAnyhow(bucket, `${address.prefix}${application}/${sha256}`, bytes),
      close: async () => bucket.close(),
    };
  });
  onS3(async () => ({ address }));
});

async function putAnyhow(bucket: S3Bucket, name: string, bytes: Buffer): Promise<void> {
  const path = join(mkdtempSync(join(tmpdir(), 'convergence-altered-')), 'bytes');
  writeFileSync(path, bytes);
  const md5 = createHash('md5').update(bytes).digest('base64');
  await bucket.put(name, path, { size: bytes.length, sha256: hashOf(bytes), md5 });
  rmSync(dirname(path), { recursive: true });
}

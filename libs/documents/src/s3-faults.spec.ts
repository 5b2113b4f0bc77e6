import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readdirSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { type DocumentsTrouble, DocumentMissing } from './documents.js';
import { hashOf, type Limits, newLimits, pdf, read } from './conformance.js';
import { S3Documents } from './s3.js';
import { type Fault, S3StandIn } from './s3-stand-in.js';

const FILE = 'b0000000-0000-4000-8000-000000000001';
const bytes = pdf('Statuts '.repeat(20_000));
const name = `${FILE}/${hashOf(bytes)}`;

let standIn: S3StandIn;
let limits: Limits;
let documents: S3Documents;
beforeEach(async () => {
  standIn = await S3StandIn.open();
  limits = newLimits(1_000_000);
  documents = new S3Documents({ address: standIn.address, patienceMs: 200, ...limits });
});
afterEach(async () => {
  documents.close();
  await standIn.close();
  rmSync(dirname(limits.incoming), { recursive: true, force: true });
});

const keep = () => documents.keep(FILE, Readable.from([bytes]));
const failing = (method: string, fault: Fault, times = Infinity): void => {
  let left = times;
  standIn.fault = (asked) => (asked.startsWith(method) && left-- > 0 ? fault : undefined);
};
const answer = (status: number, code?: string): Fault => ({
  kind: 'answer',
  status,
  ...(code !== undefined && { code }),
});
const unavailable = (reason: DocumentsTrouble) =>
  expect.objectContaining({ name: 'DocumentsUnavailable', reason }) as unknown;
const asked = (method: string): string[] => standIn.asked.filter((one) => one.startsWith(method));

const lasting: [string, Fault, DocumentsTrouble][] = [
  ['has no such bucket', answer(404, 'NoSuchBucket'), 'no-bucket'],
  ['takes the key for nobody’s', answer(403, 'InvalidAccessKeyId'), 'refused'],
  ['allows it not', answer(403, 'AccessDenied'), 'refused'],
  ['is of another region', answer(301, 'PermanentRedirect'), 'refused'],
  ['is full', answer(507, 'InsufficientStorage'), 'full'],
  ['has no quota left', answer(403, 'QuotaExceeded'), 'full'],
  ['goes on failing', answer(500, 'InternalError'), 'busy'],
  ['goes on asking for patience', answer(503, 'SlowDown'), 'busy'],
  ['answers what nobody expects', answer(418, 'Teapot'), 'not-understood'],
  ['says nothing', { kind: 'silence' }, 'slow'],
  ['cuts before it answers', { kind: 'cut-before-answer' }, 'away'],
];

describe('a document is not kept, and leaves nothing on this machine, where the storage', () => {
  it.each<[string, Fault, DocumentsTrouble]>([
    ...lasting,
    ['cuts in the middle', { kind: 'cut-upload' }, 'away'],
    ['received other bytes', { kind: 'altered-upload' }, 'not-understood'],
  ])('%s', async (_, fault, reason) => {
    failing('PUT', fault);
    await expect(keep()).rejects.toEqual(unavailable(reason));
    expect(readdirSync(limits.incoming)).toEqual([]);
    standIn.fault = () => undefined;
    expect(await keep()).toMatchObject({ sha256: hashOf(bytes) });
    expect(standIn.names).toEqual([name]);
  });

  it('is away', async () => {
    await standIn.close();
    await expect(keep()).rejects.toEqual(unavailable('away'));
    expect(readdirSync(limits.incoming)).toEqual([]);
    standIn = await S3StandIn.open();
  });

  it('is away already when it is asked what it has', async () => {
    failing('HEAD', { kind: 'silence' });
    await expect(keep()).rejects.toEqual(unavailable('slow'));
    expect(asked('PUT')).toEqual([]);
  });
});

describe('what passes by itself is seen by nobody', () => {
  it.each<[string, Fault]>([
    ['a cut connection', { kind: 'cut-upload' }],
    ['an answer that was lost', { kind: 'cut-before-answer' }],
    ['a moment of too many requests', answer(503, 'SlowDown')],
    ['an internal error', answer(500, 'InternalError')],
  ])('%s', async (_, fault) => {
    failing('PUT', fault, 2);
    await keep();
    expect(await read(documents, FILE, hashOf(bytes))).toEqual(bytes);
    expect(asked('PUT')).toHaveLength(3);
  });
});

describe('reading', () => {
  beforeEach(async () => {
    await keep();
  });

  it.each(lasting)('fails where the storage %s', async (_, fault, reason) => {
    failing('GET', fault);
    await expect(documents.open(FILE, hashOf(bytes))).rejects.toEqual(unavailable(reason));
  });

  it.each<[Fault['kind'] & ('cut-download' | 'stalled-download'), DocumentsTrouble]>([
    ['cut-download', 'away'],
    ['stalled-download', 'slow'],
  ])('never ends as if it were whole: %s', async (kind, reason) => {
    failing('GET', { kind });
    await expect(read(documents, FILE, hashOf(bytes))).rejects.toEqual(unavailable(reason));
  });

  it('says that it is missing only where the storage says so', async () => {
    await documents.forget(FILE);
    await expect(documents.open(FILE, hashOf(bytes))).rejects.toThrow(DocumentMissing);
  });
});

describe('forgetting fails, and is to be tried again,', () => {
  it.each(lasting)('where the storage %s', async (_, fault, reason) => {
    await keep();
    failing('DELETE', fault);
    await expect(documents.forget(FILE)).rejects.toEqual(unavailable(reason));
    standIn.fault = () => undefined;
    await documents.forget(FILE);
    expect(standIn.names).toEqual([]);
  });

  it('where it can’t be known whether versions are left behind', async () => {
    standIn.versioned = true;
    await keep();
    standIn.fault = (request) => (request === 'GET ?versioning' ? answer(403, 'AccessDenied') : undefined);
    await expect(documents.forget(FILE)).rejects.toEqual(unavailable('refused'));
    standIn.fault = () => undefined;
    await documents.forget(FILE);
    expect([...standIn.objects]).toEqual([]);
  });

  it('where what is deleted stays', async () => {
    await keep();
    const objects = standIn.objects;
    objects.delete = () => false;
    await expect(documents.forget(FILE)).rejects.toEqual(unavailable('not-understood'));
  });

  it('but not where the storage has no versions at all', async () => {
    await keep();
    standIn.fault = (request) => (request === 'GET ?versioning' ? answer(501, 'NotImplemented') : undefined);
    await documents.forget(FILE);
    expect(standIn.names).toEqual([]);
  });
});

it('no trouble quotes the secret', async () => {
  failing('PUT', answer(403, 'SignatureDoesNotMatch'));
  const error = await keep().catch((thrown: unknown) => thrown as Error);
  expect((error as Error).message).toBe(
    `Documents unavailable (refused): PUT pieces/${name}: 403 SignatureDoesNotMatch`,
  );
  expect(JSON.stringify(error) + String((error as Error).stack)).not.toContain(standIn.address.secret);
});

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { DocumentMissing } from './documents.js';
import { DocumentFolder } from './folder.js';

const FILE = 'b0000000-0000-4000-8000-000000000001';
const OTHER_FILE = 'b0000000-0000-4000-8000-000000000002';
const pdf = (text = 'Statuts'): Buffer => Buffer.from(`%PDF-1.7\n${text}\n%%EOF\n`);
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);
const hashOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

let folder: string;
let documents: DocumentFolder;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'convergence-documents-'));
  documents = new DocumentFolder({ folder, mostBytes: 1000, mediaTypes: ['application/pdf'] });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const stored = (): string[] => readdirSync(folder, { recursive: true }).map(String).sort();
const NOTHING = ['incoming'];

async function read(application: string, sha256: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of await documents.open(application, sha256)) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

describe('keeping a document', () => {
  it('answers with its hash, size and type, and gives the same bytes back', async () => {
    const kept = await documents.keep(FILE, Readable.from([pdf()]));
    expect(kept).toEqual({ sha256: hashOf(pdf()), size: pdf().length, mediaType: 'application/pdf' });
    expect(await read(FILE, kept.sha256)).toEqual(pdf());
  });

  it('puts chunks together as they come', async () => {
    const { sha256, size } = await documents.keep(FILE, Readable.from([...pdf()].map((byte) => Buffer.from([byte]))));
    expect([sha256, size]).toEqual([hashOf(pdf()), pdf().length]);
    expect(await read(FILE, sha256)).toEqual(pdf());
  });

  it('streams to a temporary file, which gets its name at the end only', async () => {
    const seen: string[][] = [];
    const bytes = Readable.from(
      (async function* () {
        yield pdf().subarray(0, 10);
        seen.push(stored());
        yield pdf().subarray(10);
        seen.push(stored());
      })(),
    );
    await documents.keep(FILE, bytes);
    const underWay = [
      'incoming',
      expect.stringMatching(/^incoming\/b0000000-0000-4000-8000-000000000001\.[0-9a-f-]{36}$/),
    ];
    expect(seen).toEqual([underWay, underWay]);
    expect(stored()).toEqual([FILE, join(FILE, hashOf(pdf())), 'incoming'].sort());
  });

  it('keeps the same bytes once in a file, and apart in another file', async () => {
    await documents.keep(FILE, Readable.from([pdf()]));
    await documents.keep(FILE, Readable.from([pdf()]));
    await documents.keep(OTHER_FILE, Readable.from([pdf()]));
    expect(readdirSync(join(folder, FILE))).toEqual([hashOf(pdf())]);
    expect(readdirSync(join(folder, OTHER_FILE))).toEqual([hashOf(pdf())]);
  });

  it('lets nobody but the service read it', async () => {
    const { sha256 } = await documents.keep(FILE, Readable.from([pdf()]));
    expect(statSync(join(folder, FILE, sha256)).mode & 0o777).toBe(0o600);
    expect(statSync(join(folder, FILE)).mode & 0o777).toBe(0o700);
  });
});

describe('a document is refused, and leaves nothing,', () => {
  const refused = async (bytes: Readable, reason: string) => {
    await expect(documents.keep(FILE, bytes)).rejects.toMatchObject({ name: 'DocumentRefused', reason });
    expect(stored()).toEqual(NOTHING);
  };

  it('when it is empty', () => refused(Readable.from([]), 'empty'));

  it('when its bytes are of another type, whatever it is called', () => refused(Readable.from([png]), 'type'));

  it('when its bytes are of no known type', () => refused(Readable.from([Buffer.from('statuts.pdf')]), 'type'));

  it('when it is too large by one byte', async () => {
    await documents.keep(OTHER_FILE, Readable.from([Buffer.concat([pdf(), Buffer.alloc(1000 - pdf().length)])]));
    await documents.forget(OTHER_FILE);
    await refused(Readable.from([Buffer.concat([pdf(), Buffer.alloc(1001 - pdf().length)])]), 'too-large');
  });

  it('as soon as it is too large, without reading the rest', async () => {
    let asked = 0;
    const endless = Readable.from(
      (function* () {
        for (;;) {
          asked += 1;
          yield pdf('x'.repeat(300));
        }
      })(),
      { highWaterMark: 1 },
    );
    await refused(endless, 'too-large');
    expect(asked).toBeLessThan(10);
    expect(endless.destroyed).toBe(true);
  });

  it.each(['ERR_STREAM_PREMATURE_CLOSE', 'ECONNRESET'])('when it is cut off (%s)', (code) =>
    refused(
      Readable.from(
        (function* () {
          yield pdf().subarray(0, 10);
          throw Object.assign(new Error('aborted'), { code });
        })(),
      ),
      'cut',
    ),
  );
});

it('a failure that is nobody’s fault is passed on, and leaves nothing', async () => {
  const failing = Readable.from(
    (function* () {
      yield pdf().subarray(0, 10);
      throw Object.assign(new Error('No space left'), { code: 'ENOSPC' });
    })(),
  );
  await expect(documents.keep(FILE, failing)).rejects.toMatchObject({ code: 'ENOSPC' });
  expect(stored()).toEqual(NOTHING);
});

describe('opening a document', () => {
  it('that is not there says so', async () => {
    await expect(documents.open(FILE, hashOf(pdf()))).rejects.toThrow(DocumentMissing);
  });

  it('of another file says that it is not there', async () => {
    const { sha256 } = await documents.keep(FILE, Readable.from([pdf()]));
    await expect(documents.open(OTHER_FILE, sha256)).rejects.toThrow(DocumentMissing);
  });

  it.each(['../incoming', 'incoming', '', '..'])('never leaves the folder (%s)', async (application) => {
    await expect(documents.open(application, 'x')).rejects.toThrow(DocumentMissing);
    await expect(documents.keep(application, Readable.from([pdf()]))).rejects.toThrow(DocumentMissing);
    await expect(documents.forget(application)).rejects.toThrow(DocumentMissing);
    expect(stored()).toEqual(NOTHING);
  });
});

describe('forgetting', () => {
  it('removes everything of the file, and of that file only', async () => {
    await documents.keep(FILE, Readable.from([pdf()]));
    await documents.keep(FILE, Readable.from([pdf('Budget')]));
    await documents.keep(OTHER_FILE, Readable.from([pdf()]));
    await documents.forget(FILE);
    expect(stored()).toEqual([OTHER_FILE, join(OTHER_FILE, hashOf(pdf())), 'incoming'].sort());
    expect(readFileSync(join(folder, OTHER_FILE, hashOf(pdf())))).toEqual(pdf());
  });

  it('a file without documents changes nothing', async () => {
    await documents.forget(FILE);
    await documents.forget(FILE);
    expect(stored()).toEqual(NOTHING);
  });
});

it('what uploads of an earlier process left is swept after an hour, and not those that go on', async () => {
  const [left, goingOn] = ['left', 'going-on'].map((name) => join(folder, 'incoming', name)) as [string, string];
  writeFileSync(left, 'half of it');
  writeFileSync(goingOn, 'half of it');
  const longAgo = new Date(Date.now() - 3_700_000);
  utimesSync(left, longAgo, longAgo);
  const { sha256 } = await documents.keep(FILE, Readable.from([pdf()]));
  await documents.sweep();
  expect(readdirSync(join(folder, 'incoming'))).toEqual(['going-on']);
  expect(await read(FILE, sha256)).toEqual(pdf());
});

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { DocumentAltered, DocumentMissing, type Documents } from './documents.js';

export const pdf = (text = 'Statuts'): Buffer => Buffer.from(`%PDF-1.7\n${text}\n%%EOF\n`);
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);
export const hashOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

export const read = async (documents: Documents, application: string, sha256: string): Promise<Buffer> =>
  buffer(await documents.open(application, sha256));

/** What every store is opened with. */
export interface Limits {
  /** For uploads under way; not made yet. */
  readonly incoming: string;
  readonly mostBytes: number;
  readonly mediaTypes: readonly string[];
}

export const newLimits = (mostBytes = 1000): Limits => ({
  incoming: join(mkdtempSync(join(tmpdir(), 'convergence-documents-')), 'incoming'),
  ...{ mostBytes, mediaTypes: ['application/pdf'] },
});

/** Documents, and what a test looks at behind them. */
export interface Place {
  readonly documents: Documents;
  /** What is kept, as `<file>/<sha256>`, in order. */
  kept(): Promise<string[]>;
  /** Other bytes under the same name, as a failing disk would leave them. */
  alter(application: string, sha256: string, bytes: Buffer): Promise<void>;
  close?(): Promise<void>;
}

/** What everything that keeps documents must do, in the same words for each. */
export function conformance(name: string, open: (limits: Limits) => Promise<Place>): void {
  describe(`${name} keeps the contract of documents`, () => {
    let limits: Limits;
    let place: Place;
    let documents: Documents;
    let [file, otherFile]: string[] = [];
    const FILE = () => file ?? '';
    const OTHER_FILE = () => otherFile ?? '';
    beforeEach(async () => {
      [file, otherFile] = [randomUUID(), randomUUID()].sort();
      limits = newLimits();
      place = await open(limits);
      ({ documents } = place);
    });
    afterEach(async () => {
      for (const application of [FILE(), OTHER_FILE()]) await documents.forget(application);
      documents.close();
      await place.close?.();
      rmSync(join(limits.incoming, '..'), { recursive: true, force: true });
    });
    const keep = (application: string, ...chunks: Buffer[]) => documents.keep(application, Readable.from(chunks));
    const underWay = (): string[] => readdirSync(limits.incoming);

    describe('keeping a document', () => {
      it('answers with its hash, size and type, and gives the same bytes back', async () => {
        const kept = await keep(FILE(), pdf());
        expect(kept).toEqual({ sha256: hashOf(pdf()), size: pdf().length, mediaType: 'application/pdf' });
        expect(await read(documents, FILE(), kept.sha256)).toEqual(pdf());
        expect(underWay()).toEqual([]);
      });

      it('puts chunks together as they come', async () => {
        const { sha256, size } = await keep(FILE(), ...[...pdf()].map((byte) => Buffer.from([byte])));
        expect([sha256, size]).toEqual([hashOf(pdf()), pdf().length]);
        expect(await read(documents, FILE(), sha256)).toEqual(pdf());
      });

      it('streams to a temporary file that nobody else reads; it is kept at the end only', async () => {
        const seen: unknown[] = [];
        const look = async () => {
          const names = underWay();
          const modes = [limits.incoming, ...names.map((one) => join(limits.incoming, one))];
          seen.push([names, modes.map((path) => statSync(path).mode & 0o777), await place.kept()]);
        };
        const bytes = Readable.from(
          (async function* () {
            yield pdf().subarray(0, 10);
            await look();
            yield pdf().subarray(10);
            await look();
          })(),
        );
        await documents.keep(FILE(), bytes);
        const once = [[expect.stringMatching(new RegExp(`^${FILE()}\\.[0-9a-f-]{36}$`))], [0o700, 0o600], []];
        expect(seen).toEqual([once, once]);
        expect(underWay()).toEqual([]);
        expect(await place.kept()).toEqual([`${FILE()}/${hashOf(pdf())}`]);
      });

      it('keeps the same bytes once in a file, and apart in another file', async () => {
        await keep(FILE(), pdf());
        await keep(FILE(), pdf());
        await keep(OTHER_FILE(), pdf());
        expect(await place.kept()).toEqual([`${FILE()}/${hashOf(pdf())}`, `${OTHER_FILE()}/${hashOf(pdf())}`]);
      });

      it('keeps the same bytes once where they come twice at a time', async () => {
        const both = await Promise.all([keep(FILE(), pdf()), keep(FILE(), pdf())]);
        expect(both.map(({ sha256 }) => sha256)).toEqual([hashOf(pdf()), hashOf(pdf())]);
        expect(await read(documents, FILE(), hashOf(pdf()))).toEqual(pdf());
        expect(await place.kept()).toEqual([`${FILE()}/${hashOf(pdf())}`]);
      });
    });

    describe('a document is refused, and leaves nothing,', () => {
      const refused = async (bytes: Readable, reason: string) => {
        await expect(documents.keep(FILE(), bytes)).rejects.toMatchObject({ name: 'DocumentRefused', reason });
        expect([underWay(), await place.kept()]).toEqual([[], []]);
      };

      it('when it is empty', () => refused(Readable.from([]), 'empty'));

      it('when its bytes are of another type, whatever it is called', () => refused(Readable.from([png]), 'type'));

      it('when its bytes are of no known type', () => refused(Readable.from([Buffer.from('statuts.pdf')]), 'type'));

      it('when it is too large by one byte', async () => {
        const padded = (bytes: number) => Buffer.concat([pdf(), Buffer.alloc(bytes - pdf().length)]);
        await keep(OTHER_FILE(), padded(1000));
        await documents.forget(OTHER_FILE());
        await refused(Readable.from([padded(1001)]), 'too-large');
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
        refused(cutWith(code), 'cut'),
      );
    });

    it('a failure that is nobody’s fault is passed on, and leaves nothing', async () => {
      await expect(documents.keep(FILE(), cutWith('ENOSPC'))).rejects.toMatchObject({ code: 'ENOSPC' });
      expect([underWay(), await place.kept()]).toEqual([[], []]);
    });

    describe('opening a document', () => {
      it('that is not there says so', async () => {
        await expect(documents.open(FILE(), hashOf(pdf()))).rejects.toThrow(DocumentMissing);
      });

      it('of another file says that it is not there', async () => {
        const { sha256 } = await keep(FILE(), pdf());
        await expect(documents.open(OTHER_FILE(), sha256)).rejects.toThrow(DocumentMissing);
      });

      it.each(['../incoming', 'incoming', '', '..'])('never leaves its place (%j)', async (application) => {
        await expect(documents.open(application, 'x')).rejects.toThrow(DocumentMissing);
        await expect(keep(application, pdf())).rejects.toThrow(DocumentMissing);
        await expect(documents.forget(application)).rejects.toThrow(DocumentMissing);
        expect([underWay(), await place.kept()]).toEqual([[], []]);
      });

      it('whose bytes are others than they were never gives them whole', async () => {
        const { sha256 } = await keep(FILE(), pdf());
        for (const bytes of [pdf('Statuta'), pdf('Statuts, et plus'), pdf().subarray(0, -1), Buffer.alloc(0)]) {
          await place.alter(FILE(), sha256, bytes);
          const given: Buffer[] = [];
          const reading = async () => {
            for await (const chunk of await documents.open(FILE(), sha256)) given.push(chunk as Buffer);
          };
          await expect(reading()).rejects.toThrow(DocumentAltered);
          expect(Buffer.concat(given).length).toBeLessThan(pdf().length);
        }
      });

      it('may be given up before it was read', async () => {
        const { sha256 } = await keep(FILE(), pdf());
        const bytes = await documents.open(FILE(), sha256);
        bytes.destroy();
        expect(await read(documents, FILE(), sha256)).toEqual(pdf());
      });
    });

    describe('forgetting', () => {
      it('removes everything of the file, and of that file only', async () => {
        await keep(FILE(), pdf());
        await keep(FILE(), pdf('Budget'));
        await keep(OTHER_FILE(), pdf());
        writeFileSync(join(limits.incoming, `${FILE()}.${randomUUID()}`), 'half of it');
        await documents.forget(FILE());
        expect([underWay(), await place.kept()]).toEqual([[], [`${OTHER_FILE()}/${hashOf(pdf())}`]]);
        await expect(documents.open(FILE(), hashOf(pdf()))).rejects.toThrow(DocumentMissing);
        expect(await read(documents, OTHER_FILE(), hashOf(pdf()))).toEqual(pdf());
      });

      it('a file without documents changes nothing', async () => {
        await documents.forget(FILE());
        await documents.forget(FILE());
        expect(await place.kept()).toEqual([]);
      });

      it('while a document arrives leaves nothing of it', async () => {
        const bytes = Readable.from(
          (async function* () {
            yield pdf();
            await documents.forget(FILE());
          })(),
        );
        await expect(documents.keep(FILE(), bytes)).rejects.toThrow(DocumentMissing);
        expect([underWay(), await place.kept()]).toEqual([[], []]);
      });
    });

    it('what uploads of an earlier process left is swept after an hour, and not those that go on', async () => {
      const [left, goingOn] = ['left', 'going-on'].map((one) => join(limits.incoming, one)) as [string, string];
      for (const path of [left, goingOn]) writeFileSync(path, 'half of it');
      const longAgo = new Date(Date.now() - 3_700_000);
      utimesSync(left, longAgo, longAgo);
      const { sha256 } = await keep(FILE(), pdf());
      await documents.sweep();
      expect(underWay()).toEqual(['going-on']);
      expect(existsSync(left)).toBe(false);
      expect(await read(documents, FILE(), sha256)).toEqual(pdf());
    });
  });
}

export const cutWith = (code: string): Readable =>
  Readable.from(
    (function* () {
      yield pdf().subarray(0, 10);
      throw Object.assign(new Error('It failed'), { code });
    })(),
  );

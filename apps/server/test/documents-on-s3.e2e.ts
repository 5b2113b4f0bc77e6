import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { accepted, type Client } from '#client/client.js';
import { S3Bucket } from '#documents/s3-bucket.js';
import { type Fault, S3StandIn } from '#documents/s3-stand-in.js';
import { withS3 } from '#documents/with-s3.js';
import { applicant, closedCall, pdf, ready, submit, unsealed } from './applicants.js';
import { found } from './files.js';
import { LiveServer } from './live-server.js';
import { run } from './programs.js';
import { expectRefused } from './refusals.js';
import { type Cast, castOf } from './stage.js';
import { type Person, until, World } from './world.js';

interface File {
  documents: { document: string; sha256: string }[];
}

const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const REASON = { reason: 'À la demande du porteur de projet.' };
const STATUTS = pdf('Statuts');
const UNAVAILABLE = "Le stockage des pièces n'est pas disponible : rien n'a été enregistré, réessayez dans un instant.";

let standIn: S3StandIn;
let world: World;
let cast: Cast;
let call: string;
let next = 1;
const folders: string[] = [];
const empty = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'convergence-s3-'));
  folders.push(folder);
  return folder;
};
beforeAll(async () => {
  standIn = await S3StandIn.open();
  world = await World.open('2021-05-12T08:00:00Z', { env: { DOCUMENTS_URL: standIn.url, DEMONSTRATION: 'yes' } });
  cast = await castOf(world);
  call = await closedCall(world, cast);
});
afterAll(async () => {
  await world.close();
  await standIn.close();
  folders.forEach((folder) => rmSync(folder, { recursive: true, force: true }));
});
beforeEach(() => {
  standIn.fault = () => undefined;
});

async function drafted(): Promise<{ person: Person; id: string }> {
  const { person, organisation } = await applicant(world, cast, next++);
  return { person, id: await ready(person, call, organisation) };
}
const documentsOf = async (person: Client, id: string) =>
  accepted(await person.get<File>(`/api/applications/${id}`)).documents;
const hashesOf = async (person: Client, id: string) =>
  (await documentsOf(person, id)).map(({ sha256 }) => sha256).sort();
const attach = (person: Client, id: string, bytes: Uint8Array) =>
  person.put(`/api/applications/${id}/documents?filename=budget.pdf`, bytes);
const failing = (method: string, fault: Fault): void => {
  standIn.fault = (asked) => (asked.startsWith(method) ? fault : undefined);
};

/** The whole life of a document; `names` are those of the storage. */
async function lives(place: World, people: Cast, names: () => Promise<readonly string[]>): Promise<void> {
  const window = await closedCall(place, people);
  const { person, organisation } = await applicant(place, people, next++);
  const id = await ready(person, window, organisation);
  accepted(await submit(person, id));
  const [statuts] = await documentsOf(person, id);
  const address = `/api/applications/${id}/documents/${statuts?.document ?? ''}`;
  expect(await names()).toContain(`${id}/${sha256Of(STATUTS)}`);
  expect(readdirSync(join(place.folder, 'documents'), { recursive: true })).toEqual(['incoming']);
  const { officer, admin } = people.ars;
  expectRefused(await officer.get(address), 404, 'ApplicationUnknown');
  place.clock.set('2021-07-01T14:00:01Z');
  await unsealed(admin, window);
  const seen = await officer.get(address);
  expect([seen.status, seen.text, seen.headers.get('content-type')]).toEqual([
    ...[200, Buffer.from(STATUTS).toString(), 'application/pdf'],
  ]);
  accepted(await person.post(`/api/applications/${id}/withdraw`, REASON));
  accepted(await person.post(`/api/applications/${id}/forget-contents`, REASON));
  await until(async () => !(await names()).some((name) => name.startsWith(id)) || undefined, 'the forgetting');
  expectRefused(await person.get(address), 410, 'ContentsForgotten', 'Ce contenu a été effacé.');
}

withS3('a document on S3', ({ address, url }) => {
  it('is uploaded, submitted, read by a case officer after the unsealing, and forgotten', async () => {
    const place = await World.open('2021-05-12T08:00:00Z', { env: { DOCUMENTS_URL: url } });
    const bucket = new S3Bucket(address, 5000);
    const names = async () => (await bucket.list(address.prefix)).map(({ name }) => name.slice(address.prefix.length));
    await lives(place, await castOf(place), names);
    bucket.close();
    await place.close();
  });
});

describe('a document on S3, as a stand-in has it,', () => {
  it('is uploaded, submitted, read by a case officer after the unsealing, and forgotten', async () => {
    await lives(world, cast, async () => standIn.names);
    world.clock.set('2021-06-20T08:00:00Z');
  });

  it('is forgotten as soon as the storage is back, where it was away', async () => {
    const { person, id } = await drafted();
    failing('GET ?', { kind: 'answer', status: 503 });
    accepted(await person.post(`/api/applications/${id}/forget-contents`, REASON));
    const tried = () => standIn.asked.filter((asked) => asked.startsWith('GET ?list-type')).length;
    const before = tried();
    await until(() => tried() >= before + 15 || undefined, 'more tries than an event has that is set aside');
    expect(standIn.names).toHaveLength(1);
    standIn.fault = () => undefined;
    await until(() => standIn.names.length === 0 || undefined, 'the document to be forgotten');
    expect(accepted(await world.operator.get('/api/service/set-aside'))).toMatchObject({ items: [] });
  });
});

describe('a storage that fails', () => {
  it.each<[string, Fault, string]>([
    ['is away', { kind: 'cut-before-answer' }, '5'],
    ['cuts in the middle', { kind: 'cut-upload' }, '5'],
    ['is overloaded', { kind: 'answer', status: 503, code: 'SlowDown' }, '5'],
    ['lost its bucket', { kind: 'answer', status: 404, code: 'NoSuchBucket' }, '60'],
    ['authorises no more', { kind: 'answer', status: 403, code: 'AccessDenied' }, '60'],
  ])('refuses a document with 503 and records nothing, where it %s; then takes it', async (_, fault, retryAfter) => {
    const { person, id } = await drafted();
    const budget = pdf('Budget');
    failing('PUT', fault);
    const refused = await attach(person, id, budget);
    expectRefused(refused, 503, 'DocumentsUnavailable', UNAVAILABLE);
    expect(refused.headers.get('retry-after')).toBe(retryAfter);
    expect(await hashesOf(person, id)).toEqual([sha256Of(STATUTS)]);
    expect(readdirSync(join(world.folder, 'documents', 'incoming'))).toEqual([]);
    standIn.fault = () => undefined;
    accepted(await attach(person, id, budget));
    expect(await hashesOf(person, id)).toEqual([STATUTS, budget].map(sha256Of).sort());
  });

  it('refuses to show one with 503, never shows a part of it as the whole, and goes on with the rest', async () => {
    const { person, id } = await drafted();
    const large = pdf('Budget '.repeat(100_000));
    accepted(await attach(person, id, large));
    const both = await documentsOf(person, id);
    const small = both.find(({ sha256 }) => sha256 === sha256Of(STATUTS));
    const second = both.find(({ sha256 }) => sha256 === sha256Of(large));
    const read = (document?: string) => person.get(`/api/applications/${id}/documents/${document ?? ''}`);
    for (const fault of [{ kind: 'cut-before-answer' }, { kind: 'cut-download' }] as const) {
      failing('GET', fault);
      const answer = await read(small?.document);
      expectRefused(answer, 503, 'DocumentsUnavailable', UNAVAILABLE);
      expect(answer.headers.get('retry-after')).toBe('5');
    }
    await expect(read(second?.document)).rejects.toThrow();
    accepted(await person.get(`/api/applications/${id}/contents`));
    standIn.fault = () => undefined;
    expect((await read(second?.document)).text).toBe(Buffer.from(large).toString());
    standIn.set(`pieces/${id}/${sha256Of(STATUTS)}`, Buffer.from(pdf('Statute')));
    expectRefused(
      await read(small?.document),
      500,
      'DocumentAltered',
      "Cette pièce est altérée : prévenez l'exploitant du service.",
    );
  });
});

describe('a start', () => {
  const start = (url: string) => LiveServer.startInVain(empty(), { DOCUMENTS_URL: url });

  it('is refused where the bucket is missing, the key or the secret wrong, without a word of the secret', async () => {
    expect(await start(standIn.url.replace('/documents/', '/missing/'))).toEqual({
      code: 1,
      stderr:
        "Le seau de DOCUMENTS_URL n'existe pas : créez-le, ou corrigez son nom. (Documents unavailable (no-bucket): GET ?list-type&encoding-type&prefix&max-keys: 404 NoSuchBucket)\n",
    });
    const { code, stderr } = await start(standIn.url.replace('sec%2Fret', 'SECOND-SECRET'));
    expect([code, stderr]).toEqual([
      1,
      "Le stockage des pièces refuse l'accès : vérifiez la clé, le secret, la région et les droits de DOCUMENTS_URL, et l'heure de cette machine. (Documents unavailable (refused): GET ?list-type&encoding-type&prefix&max-keys: 403 SignatureDoesNotMatch)\n",
    ]);
  });

  it('succeeds where the storage is away: everything else goes on', async () => {
    const url = 's3+http://KEY:SECRET@127.0.0.1:1/documents';
    const lines: string[] = [];
    const env = { DOCUMENTS_URL: url, LOG_LEVEL: 'error' };
    const without = await World.open('2021-05-12T08:00:00Z', { env, logTo: { write: (line) => lines.push(line) } });
    await without.ready();
    expect(lines.map((line) => JSON.parse(line) as object)).toEqual([
      expect.objectContaining({ what: 'documents', err: expect.objectContaining({ type: 'DocumentsUnavailable' }) }),
    ]);
    expect(lines.join('')).not.toContain('SECRET');
    await without.close();
  });
});

describe('a backup', () => {
  const backup = async (target: string, url = standIn.url) => {
    process.env['DOCUMENTS_URL'] = url;
    try {
      return await run('backup', world.folder, target);
    } finally {
      delete process.env['DOCUMENTS_URL'];
    }
  };

  it('has the documents too, each with its hash, so that it is started without the storage', async () => {
    const { person, id } = await drafted();
    standIn.set(`pieces/${id}/${'0'.repeat(64)}`, Buffer.from('nobody recorded it'));
    const copy = join(empty(), 'copie');
    const { code, stdout, stderr } = await backup(copy);
    // What the tests before altered.
    expect(stderr).toMatch(
      /^Pièces que le journal cite et qui manquent :\n {2}[0-9a-f-]{36}\/[0-9a-f]{64} \(altérée\)\n$/,
    );
    expect([code, stdout]).toEqual([1, expect.stringContaining('chacune vérifiée par son empreinte SHA-256')]);
    expect(readdirSync(join(copy, 'documents', id))).toEqual([sha256Of(STATUTS)]);
    expect(readFileSync(join(copy, 'documents', id, sha256Of(STATUTS)))).toEqual(Buffer.from(STATUTS));
    expect(found(copy, ['sec/ret', 'sec%2Fret'])).toEqual([]);
    const restored = await LiveServer.start(copy, '2021-06-20T08:00:00Z');
    const [document] = await documentsOf(restored.client(person.token), id);
    const read = await restored
      .client(person.token)
      .get(`/api/applications/${id}/documents/${document?.document ?? ''}`);
    expect(read.text).toBe(Buffer.from(STATUTS).toString());
    expect((await restored.stop()).code).toBe(0);
  });

  it('fails with a sentence where the storage is away', async () => {
    const { code, stderr } = await backup(join(empty(), 'copie'), 's3+http://KEY:SECRET@127.0.0.1:1/documents');
    expect([code, stderr]).toEqual([
      1,
      expect.stringMatching(
        /^Le stockage des pièces n'est pas disponible : recommencez plus tard. \(Documents unavailable \(away\): GET [0-9a-f/-]+: ECONNREFUSED\)\n$/,
      ),
    ]);
  });
});

import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import Database from 'libsql';
import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { accepted, type Answer, type Client } from '#client/client.js';
import { factsGeneration } from '#domain/facts.js';
import { SqliteEventStore } from '#event-store/sqlite.js';
import { LiveServer } from './live-server.js';
import { gaps, wholeLog } from './log-proof.js';
import { expectRefused } from './refusals.js';
import { applicant, contents, pdf, ready } from './applicants.js';
import { type Cast, castOf, preparing, publishedCall } from './stage.js';
import { until, World } from './world.js';

const NOW = '2021-06-20T08:00:00Z';
const folders: string[] = [];
afterEach(() => folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true, force: true })));
const empty = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'convergence-faults-'));
  folders.push(folder);
  return folder;
};

interface Staged {
  readonly folder: string;
  readonly cast: Cast;
  readonly prepared: string;
  readonly file: string;
  readonly applicant: Client;
}

/** People, a call in preparation and a file in a folder whose service has stopped. */
async function staged(): Promise<Staged> {
  const world = await World.open('2021-05-12T08:00:00Z', { env: { DEMONSTRATION: 'yes' } });
  folders.push(world.folder);
  const cast = await castOf(world);
  const prepared = await preparing(cast);
  const open = await publishedCall(world, cast);
  const { person, organisation } = await applicant(world, cast, 1);
  const file = await ready(person, open, organisation);
  await world.server.close();
  return { folder: world.folder, cast, prepared, file, applicant: person };
}

describe('a full disk', () => {
  const draft = (n: number) => ({ ...contents, description: `${n} ${'é'.repeat(40_000)}` });

  it('refuses what is written with 503, goes on reading, loses nothing, and writes again once there is room', async () => {
    const { folder, applicant: person, file } = await staged();
    const seen = `/api/applications/${file}`;
    const live = await LiveServer.start(folder, NOW, { MAX_LOG_MB: '1' });
    const client = live.client(person.token);
    let kept = 0;
    let refused: Answer<object> | undefined;
    for (let n = 1; !refused; n++) {
      const answer = await client.edit<object>(seen, `${seen}/save-draft`, draft(n));
      if (answer.status === 204) kept = n;
      else refused = answer;
    }
    const sentence = "Le disque du service est plein : rien n'est perdu, mais rien ne peut être enregistré.";
    expectRefused(refused, 503, 'DiskFull', sentence);
    expect(refused.headers.get('retry-after')).toBe('60');
    expect(kept).toBeGreaterThan(3);
    const read = await client.get<{ contents: { description: string } }>(`${seen}/contents`);
    expect(accepted(read).contents.description).toBe(draft(kept).description);
    expect((await live.client().get('/health/ready')).status).toBe(200);
    expect((await live.stop()).code).toBe(0);

    const roomy = await LiveServer.start(folder, NOW, { MAX_LOG_MB: '10' });
    const again = roomy.client(person.token);
    expect(accepted(await again.get<{ contents: object }>(`${seen}/contents`)).contents).toEqual(draft(kept));
    expect((await again.edit(seen, `${seen}/save-draft`, draft(kept + 1))).status).toBe(204);
    expect((await roomy.stop()).code).toBe(0);
    const { rows, integrity } = wholeLog(join(folder, 'log.db'));
    expect([integrity, gaps(rows), rows.filter(({ intact }) => !intact)]).toEqual(['ok', [], []]);
  });

  it('holds the views up only for as long as it lasts', async () => {
    const world = await World.open('2021-05-12T08:00:00Z');
    folders.push(world.folder);
    const { db } = world.server.service.projector.views;
    const [{ page_count: pages } = { page_count: 0 }] = db.prepare('PRAGMA page_count').all() as {
      page_count: number;
    }[];
    db.exec(`PRAGMA max_page_count = ${pages}`);
    const name = 'Agence '.padEnd(180, 'x');
    const code = (n: number) => `ARS-${String.fromCharCode(65 + Math.floor(n / 26), 65 + (n % 26))}`;
    for (let n = 0; n < 40; n++) {
      accepted(await world.operator.post('/api/institutions', { code: code(n), name, kind: 'ARS' }));
    }
    const behind = await world.operator.get('/api/institutions?limit=200');
    expectRefused(behind, 503, 'ViewsBehind', 'Les pages rattrapent le journal : réessayez dans un instant.');
    db.exec('PRAGMA max_page_count = 1000000');
    const { items } = await until(async () => {
      const { status, body } = await world.operator.get<{ items: object[] }>('/api/institutions?limit=200');
      return status === 200 ? body : undefined;
    }, 'the views to catch up');
    expect(items).toHaveLength(40);
    await world.server.close();
  });
});

describe('a start that can do no good', () => {
  it('is refused on a log that a newer version wrote', async () => {
    const folder = empty();
    const newer = SqliteEventStore.open({ path: join(folder, 'log.db'), generation: factsGeneration + 1 });
    await newer.append('s', 'none', [{ id: randomUUID(), type: 'Later', schema: 1, data: {}, metadata: {} }]);
    await newer.close();
    const { code, stderr } = await LiveServer.startInVain(folder);
    expect(code).toBe(1);
    expect(stderr).toBe(
      `Ce journal a été écrit par une version plus récente de Convergence : mettez le programme à jour.\n`,
    );
  });

  it('says so where the data folder is none, or nobody may write there', async () => {
    const file = join(empty(), 'fichier');
    writeFileSync(file, '');
    const sentence =
      "Le dossier des données n'est pas accessible en écriture : vérifiez DATA_DIR, ses droits et son propriétaire.";
    expect(await LiveServer.startInVain(file)).toEqual({ code: 1, stderr: `${sentence} (${file})\n` });
    const folder = empty();
    mkdirSync(join(folder, 'log.db'));
    expect(await LiveServer.startInVain(folder)).toEqual({
      code: 1,
      stderr: `${sentence} (${join(folder, 'log.db')})\n`,
    });
  });

  it('says so where another program has locked the log, or the file is no log', async () => {
    const folder = empty();
    const db = new Database(join(folder, 'log.db'));
    db.exec('CREATE TABLE t (n); BEGIN EXCLUSIVE');
    expect(await LiveServer.startInVain(folder)).toEqual({
      code: 1,
      stderr: 'Le journal est verrouillé par un autre programme : fermez-le, puis recommencez.\n',
    });
    db.close();
    const other = empty();
    writeFileSync(join(other, 'log.db'), 'Ceci est un texte, pas un journal. '.repeat(500));
    expect(await LiveServer.startInVain(other)).toEqual({
      code: 1,
      stderr: "Le fichier log.db n'est pas un journal de Convergence : vérifiez DATA_DIR, ou restaurez une copie.\n",
    });
  });
});

describe('a running service', () => {
  let world: Staged;
  let live: LiveServer;
  beforeAll(async () => {
    world = await staged();
    folders.splice(0);
  });

  it('answers no page once it meets a fact it does not know, says why, and still stops at once', async () => {
    const { folder } = world;
    live = await LiveServer.start(folder, NOW);
    const anonymous = live.client();
    expect((await anonymous.get('/api/calls')).status).toBe(200);
    const store = SqliteEventStore.open({ path: join(folder, 'log.db'), generation: factsGeneration });
    const later = { id: randomUUID(), type: 'CallSplit', schema: 1, data: {}, metadata: {} };
    await store.append('call-x', 'none', [later]);
    const answer = await until(async () => {
      const ready = await anonymous.get('/health/ready');
      return ready.status === 503 ? ready : undefined;
    }, 'the unknown fact to be met');
    expectRefused(answer, 503, 'NotReady', 'Fait inconnu de cette version : CallSplit@1.');
    const sentence = "Le service est arrêté sur un fait qu'il ne sait pas lire : prévenez son exploitant.";
    const operator = live.client(world.cast.ars.admin.token);
    for (const page of ['/api/calls', `/api/calls/${world.prepared}`, '/api/me', '/api/institutions'])
      expectRefused(await operator.get(page), 503, 'NotReady', sentence);
    expectRefused(await operator.post(`/api/calls/${world.prepared}/comment`, { text: 'Non' }), 503, 'NotReady');
    expect((await anonymous.get('/health/live')).status).toBe(200);
    expect((await live.stop()).code).toBe(0);
    await store.deleteStream('call-x');
    await store.close();
  });

  it('waits while another program holds the log, goes on reading, and refuses when that lasts', async () => {
    live = await LiveServer.start(world.folder, NOW);
    const admin = live.client(world.cast.ars.admin.token);
    const comment = (text: string) => admin.post(`/api/calls/${world.prepared}/comment`, { text });
    accepted(await comment('Avant'));
    const other = new Database(join(world.folder, 'log.db'));
    other.exec('BEGIN IMMEDIATE');
    const refused = comment('Pendant');
    accepted(await admin.get(`/api/calls/${world.prepared}`));
    expectRefused(await refused, 503, 'LogBusy', 'Le journal est très sollicité : réessayez dans un instant.');
    const waiting = comment('Enfin');
    accepted(await admin.get(`/api/calls/${world.prepared}/comments`));
    other.exec('ROLLBACK');
    other.close();
    accepted(await waiting);
    await live.stop();
  });

  it('shows what was written before a restart to whoever wrote it', async () => {
    live = await LiveServer.start(world.folder, NOW);
    const { dreets } = world.cast;
    const written = await live
      .client(dreets.admin.token)
      .post<{ id: string }>(`/api/calls/${world.prepared}/comment`, { text: 'Écrit avant le redémarrage' });
    const position = written.headers.get('convergence-position') ?? '';
    await live.kill();
    live = await LiveServer.start(world.folder, NOW);
    const admin = live.client(dreets.admin.token);
    const { items } = accepted(
      await admin.get<{ items: { id: string }[] }>(`/api/calls/${world.prepared}/comments`, { position }),
    );
    expect(items.map(({ id }) => id)).toContain(written.body.id);
    await live.kill();
  });

  it('finishes what is under way when it is asked to stop, a slow upload too, and begins nothing new', async () => {
    live = await LiveServer.start(world.folder, NOW);
    const admin = live.client(world.cast.ars.admin.token);
    const before = wholeLog(join(world.folder, 'log.db')).rows.length;
    const upload = slowUpload(live.url, world);
    await upload.begun;
    const writing = Array.from({ length: 150 }, (_, n) =>
      admin.post<{ id?: string }>(`/api/calls/${world.prepared}/comment`, { text: `Dernière remarque ${n}` }).then(
        ({ status }) => status,
        () => 'no answer' as const,
      ),
    );
    await Promise.race(writing);
    const asked = Date.now();
    const stopped = live.stop();
    upload.finish();
    expect(await upload.status).toBe(200);
    const statuses = await Promise.all(writing);
    expect((await stopped).code).toBe(0);
    expect(Date.now() - asked).toBeLessThan(10_000);
    expect(new Set(statuses.filter((status) => status !== 201 && status !== 503 && status !== 'no answer'))).toEqual(
      new Set(),
    );
    const rows = wholeLog(join(world.folder, 'log.db')).rows.slice(before);
    const comments = rows.filter(({ type }) => type === 'PreparationCommented').length;
    expect(comments).toBe(statuses.filter((status) => status === 201).length);
    expect(rows.filter(({ type }) => type === 'DocumentAttached')).toHaveLength(1);
    rmSync(world.folder, { recursive: true, force: true });
  });
});

/** A document whose last bytes come when they are asked for. */
function slowUpload(url: string, { file, applicant: person }: Staged) {
  const bytes = Buffer.from(pdf('Lentement'));
  const sending = request(`${url}/api/applications/${file}/documents?filename=lent.pdf`, {
    method: 'PUT',
    headers: {
      authorization: `Bearer ${person.token ?? ''}`,
      'content-type': 'application/octet-stream',
      'content-length': bytes.length,
    },
  });
  const status = new Promise<number>((resolve, reject) => {
    sending.on('response', (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    sending.on('error', reject);
  });
  const begun = new Promise<void>((resolve) => sending.write(bytes.subarray(0, 20), () => resolve()));
  return { status, begun, finish: () => sending.end(bytes.subarray(20)) };
}

describe('a registration', () => {
  it('asked for twice with the same key is one account and one code', async () => {
    const world = await World.open('2021-05-12T08:00:00Z');
    folders.push(world.folder);
    const details = { name: 'Nina Inscrite', email: 'nina@example.org' };
    const register = () => world.anonymous.post('/api/registrations', details, { key: 'nina-1' });
    accepted(await register());
    accepted(await register());
    const { rows } = wholeLog(join(world.folder, 'log.db'));
    const count = (type: string) => rows.filter((row) => row.type === type).length;
    // The operator has an account, too.
    expect([count('AccountOpened'), count('SignInInvited')]).toEqual([2, 2]);
    await world.server.close();
  });
});

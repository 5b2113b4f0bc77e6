import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { accepted, type Client } from '#client/client.js';
import { canonical, digest } from '#commands/canonical.js';
import { account } from '#commands/subjects.js';
import { readConfiguration } from '#server/configuration.js';
import { copyData } from '#server/copy-of-data.js';
import { openDocuments } from '#server/open-documents.js';
import { type Acknowledged, comment, draftCalls, fileApplication, openAccounts, Writer } from './crash-writers.js';
import { found } from './files.js';
import { forgottenAndKilled } from './halted.js';
import { LiveServer } from './live-server.js';
import { danglingContents, danglingDocuments, gaps, viewsKeptAndRebuilt, wholeLog } from './log-proof.js';
import { run } from './programs.js';
import { seeded } from './seeded.js';
import { applicant, contents, pdf, ready } from './applicants.js';
import { castOf, preparing, publishedCall } from './stage.js';
import { until, World } from './world.js';

const NOW = '2021-06-20T08:00:00Z';
const folders: string[] = [];
const empty = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'convergence-backup-'));
  folders.push(folder);
  return folder;
};
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

/** A file with its receipt and document, a person who was forgotten, and people who go on writing. */
async function stage() {
  const world = await World.open('2021-05-12T08:00:00Z', { env: { DEMONSTRATION: 'yes' } });
  folders.push(world.folder);
  const cast = await castOf(world);
  const shared = await preparing(cast);
  const open = await publishedCall(world, cast);
  const [first, second] = [await applicant(world, cast, 1), await applicant(world, cast, 2)];
  const file = await ready(first.person, open, first.organisation);
  const { receipt } = accepted(await first.person.post<{ receipt: string }>(`/api/applications/${file}/submit`));
  const forgotten = await world.person('Zoé Effacée');
  accepted(await forgotten.post(`/api/people/${forgotten.id}/forget`));
  const operator = (await world.operator.get<{ id: string }>('/api/me')).body.id;
  await world.server.close();
  return { folder: world.folder, cast, shared, open, first, second, file, receipt, operator, world };
}

let staged: Awaited<ReturnType<typeof stage>>;
let copy: string;
/** What was answered before the copy began. */
let before: Acknowledged[];
let report: Awaited<ReturnType<typeof run>>;

beforeAll(async () => {
  staged = await stage();
  const { folder, cast, shared, open, second, operator, world } = staged;
  copy = join(empty(), 'copie');
  const live = await LiveServer.start(folder, NOW);
  const service = { stopping: false, address: async () => live.url };
  const book = { acknowledged: [] as Acknowledged[], awards: [], abandoned: 0, instant: 0 };
  const writer = ({ id, token = '' }: { id: string; token?: string | undefined }) =>
    new Writer(service, { id, token }, book, seeded(1));
  const writing = Promise.all([
    fileApplication(writer(second.person), open, second.organisation),
    comment(writer(cast.ars.admin), shared),
    comment(writer(cast.dreets.admin), shared),
    draftCalls(writer(cast.ars.admin)),
    openAccounts(writer({ id: operator, token: world.operator.token }), 'Personne'),
  ]);
  await until(() => book.acknowledged.length > 100 || undefined, 'a hundred answers');
  before = [...book.acknowledged];
  report = await run('backup', folder, copy);
  service.stopping = true;
  await writing;
  expect((await live.stop()).code).toBe(0);
});

const secretOf = (folder: string): string => readFileSync(join(folder, 'secret.key'), 'utf8').trim();

describe('a backup made while people write', () => {
  it('says what it copied', () => {
    expect(report).toMatchObject({ code: 0, stderr: '' });
    expect(report.stdout).toMatch(/ {2}journal : \d+ faits\n {2}pièces : \d+, soit \d+ octets, chacune vérifiée/);
  });

  it('has everything that was answered before it began, whole', () => {
    const { rows, deleted, integrity } = wholeLog(join(copy, 'log.db'));
    expect(integrity).toBe('ok');
    expect(rows.filter(({ intact }) => !intact)).toEqual([]);
    expect(gaps(rows)).toEqual([]);
    expect(danglingContents(rows, deleted, secretOf(copy))).toEqual([]);
    expect(danglingDocuments(rows, copy)).toEqual([]);
    const written = new Set(rows.map(({ metadata, stream, version }) => `${metadata.command} ${stream}@${version}`));
    const lost = before.filter(({ command, stream, version }) => !written.has(`${command} ${stream}@${version}`));
    expect(lost).toEqual([]);
  });

  it('holds nothing that a person forgotten before it had written, no views and no messages', () => {
    expect(found(copy, ['Zoé Effacée', 'zoe.effac'])).toEqual([]);
    expect(readdirSync(copy).filter((name) => /^(views|outbox)/.test(name))).toEqual([]);
  });

  it('is started as any folder: documents, receipts and contents are there, and nobody is written to twice', async () => {
    const { first, file, receipt } = staged;
    const told = wholeLog(join(copy, 'log.db')).rows.filter(({ type }) => type === 'NoticeDelivered');
    const restored = await LiveServer.start(copy, NOW);
    const person = restored.client(first.person.token);
    const { documents } = accepted(
      await person.get<{ documents: { document: string; sha256: string }[] }>(`/api/applications/${file}`),
    );
    expect(documents).toHaveLength(1);
    for (const { document, sha256 } of documents) expect(await hashOfDocument(person, file, document)).toBe(sha256);
    const checked = accepted(
      await restored.client().get<{ stands: boolean; contentHash: string }>(`/api/receipts/${receipt}`),
    );
    expect(checked).toMatchObject({ stands: true, contentHash: digest(canonical(contents)) });
    await everybodyTold(copy);
    expect((await restored.stop()).code).toBe(0);
    const messages = readdirSync(join(copy, 'outbox'));
    const again = told.filter(({ stream }) => messages.some((name) => name.includes(stream.slice('notice-'.length))));
    expect(again).toEqual([]);
    const issued = wholeLog(join(copy, 'log.db')).rows.filter(({ type }) => type === 'NoticeIssued');
    const each = issued.map(({ data }) => JSON.stringify([data['about'], data['to'], data['kind']]));
    expect(new Set(each).size).toBe(each.length);
    const { kept, rebuilt } = await viewsKeptAndRebuilt(copy);
    expect(kept).toEqual(rebuilt);
  });

  it('builds its views anew where those of another log lie in the folder', async () => {
    const { first, file, folder } = staged;
    const other = await World.open('2021-05-12T08:00:00Z');
    folders.push(other.folder);
    await other.institution('ARS-XX', "Agence d'un autre journal");
    await other.server.close();
    const place = empty();
    expect((await run('backup', folder, place)).code).toBe(0);
    copyFileSync(join(other.folder, 'views-1.db'), join(place, 'views-1.db'));
    const restored = await LiveServer.start(place, NOW);
    const institutions = await restored.client().get('/api/institutions?limit=200');
    expect(institutions.text).toContain('ARS-PDL');
    expect(institutions.text).not.toContain('ARS-XX');
    accepted(await restored.client(first.person.token).get(`/api/applications/${file}`));
    await restored.kill();
  });
});

async function hashOfDocument(person: Client, file: string, document: string): Promise<string> {
  const response = await fetch(`${person.url}/api/applications/${file}/documents/${document}`, {
    headers: { authorization: `Bearer ${person.token ?? ''}` },
  });
  return createHash('sha256')
    .update(Buffer.from(await response.arrayBuffer()))
    .digest('hex');
}

/** Until every code to sign in has its message. */
const everybodyTold = (folder: string) =>
  until(() => {
    const { rows } = wholeLog(join(folder, 'log.db'));
    const count = (type: string) => rows.filter((row) => row.type === type).length;
    const facts = new Set(
      rows.filter(({ type }) => type === 'NoticeIssued').map(({ data }) => (data['about'] as { fact: string }).fact),
    );
    const invited = rows.filter(({ type, metadata }) => type === 'SignInInvited' && metadata.by !== 'system');
    const done = invited.every(({ id }) => facts.has(id)) && count('NoticeIssued') === settledNotices(rows);
    return done || new Promise<undefined>((resolve) => setTimeout(resolve, 50, undefined));
  }, 'everybody to be told');
const settledNotices = (rows: readonly { type: string }[]): number =>
  rows.filter(({ type }) => type === 'NoticeDelivered' || type === 'NoticeGivenUp').length;

describe('a backup that is not what it should be', () => {
  it('refuses a folder that holds something, and a source without a log', async () => {
    const full = empty();
    writeFileSync(join(full, 'notes.txt'), '');
    const refused = await run('backup', staged.folder, full);
    expect(refused).toEqual({
      code: 1,
      stdout: '',
      stderr: `Le dossier ${full} n'est pas vide : indiquez un dossier vide, ou qui n'existe pas encore.\n`,
    });
    expect(readdirSync(full)).toEqual(['notes.txt']);
    const nothing = empty();
    expect(await run('backup', nothing, empty())).toEqual({
      code: 1,
      stdout: '',
      stderr: `Le dossier ${nothing} ne contient pas de journal : indiquez celui du service par DATA_DIR.\n`,
    });
    expect(readdirSync(nothing)).toEqual([]);
    expect((await run('backup', staged.folder)).stderr).toBe(
      'Indiquez où copier les données : npm run backup -- /chemin/du/dossier\n',
    );
  });

  it('names each document that is missing or altered, and fails', async () => {
    const world = await World.open('2021-05-12T08:00:00Z');
    folders.push(world.folder);
    const cast = await castOf(world);
    const open = await publishedCall(world, cast);
    const { person, organisation } = await applicant(world, cast, 1);
    const file = await ready(person, open, organisation);
    const attach = async (name: string) =>
      accepted(
        await person.put<{ sha256: string }>(`/api/applications/${file}/documents?filename=${name}.pdf`, pdf(name)),
      ).sha256;
    const [gone, altered] = [await attach('un'), await attach('deux')];
    await world.server.close();
    rmSync(join(world.folder, 'documents', file, gone));
    writeFileSync(join(world.folder, 'documents', file, altered), 'autre chose');
    const { code, stdout, stderr } = await run('backup', world.folder, empty());
    expect(code).toBe(1);
    expect(stdout).toContain('pièces : 1,');
    expect(stderr).toBe(
      `Pièces que le journal cite et qui manquent :\n  ${file}/${gone} (absente)\n  ${file}/${altered} (altérée)\n`,
    );
  });

  it('leaves out what is forgotten and not yet deleted', async () => {
    const world = await World.open('2021-05-12T08:00:00Z');
    folders.push(world.folder);
    const person = await world.person('Yves Bientôteffacé');
    await world.server.close();
    const halted = world.folder;
    await forgottenAndKilled(halted, (change) => change(account, person.id, { type: 'ForgetPerson' }, person.id));
    const target = empty();
    expect(found(halted, ['Yves Bientôteffacé'])).not.toEqual([]);
    await copyData(halted, target, await openDocuments(readConfiguration({ DATA_DIR: halted })));
    expect(found(target, ['Yves Bientôteffacé', 'yves.biento.tefface'])).toEqual([]);
  });
});

describe('a new token for the operator', () => {
  const tokenIn = (text: string) =>
    /^Nouveau jeton de l'exploitant, montré une seule fois : (cv_\S+)\n$/.exec(text)?.[1];

  it('is made while the service runs, and while it does not; those made before stay good', async () => {
    const folder = empty();
    const live = await LiveServer.start(folder);
    const first = tokenIn((await run('operator-token', folder)).stdout);
    const isOperator = (token: string | undefined) =>
      until(async () => {
        const { status, text } = await live.client(token).get('/api/me');
        return status === 200 ? text.includes('"operator"') : undefined;
      }, 'the new token to be known');
    expect(await isOperator(first)).toBe(true);
    expect(await isOperator(live.operator)).toBe(true);
    expect((await live.stop()).code).toBe(0);
    const second = tokenIn((await run('operator-token', folder)).stdout);
    const again = await LiveServer.start(folder);
    for (const token of [first, second]) expect((await again.client(token).get('/api/people')).status).toBe(200);
    expect(found(folder, [first ?? '', second ?? ''])).toEqual([]);
    await again.kill();
  });

  it('is refused where there is no log', async () => {
    const nothing = join(empty(), 'rien');
    const refused = await run('operator-token', nothing);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toBe(
      `Le dossier ${nothing} ne contient pas de journal : indiquez celui du service par DATA_DIR.\n`,
    );
    expect(existsSync(nothing)).toBe(false);
  });
});

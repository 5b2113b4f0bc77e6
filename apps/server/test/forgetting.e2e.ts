import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { copyFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { accepted } from '#client/client.js';
import { application } from '#commands/application-subject.js';
import { account } from '#commands/subjects.js';
import { found } from './files.js';
import { forgottenAndKilled } from './halted.js';
import { LiveServer } from './live-server.js';
import { wholeLog } from './log-proof.js';
import { expectRefused } from './refusals.js';
import { applicant, contents, pdf } from './applicants.js';
import { type Cast, castOf, preparing, publishedCall } from './stage.js';
import { type Person, until, World } from './world.js';

const NOW = '2021-06-20T08:00:00Z';
const REASON = { reason: 'À la demande du porteur de projet.' };

interface Steps {
  steps: { fact: string; name: string | null; sentence: string }[];
}

/** Looks at every byte of the folder until none of the words is left. */
const gone = (folder: string, words: readonly string[]) =>
  until(
    () => found(folder, words).length === 0 || new Promise<undefined>((resolve) => setTimeout(resolve, 50, undefined)),
    `these words to be gone: ${words.join(', ')}`,
  ).catch((error: unknown) => {
    expect(found(folder, words)).toEqual([]);
    throw error;
  });

/** Everything a person leaves behind: names and addresses old and new, a comment, a question, messages. */
async function leavesTraces(world: World, cast: Cast, n: string, calls: { prepared: string; open: string }) {
  const { id } = await world.person(`Ursule Oubliée${n}`, ['administrator', 'institution', 'ARS-PDL']);
  const body = { label: 'test', scopes: ['read', 'write', 'administer'], days: 366 };
  const { token } = accepted(await world.operator.post<{ token: string }>(`/api/people/${id}/issue-token`, body));
  const person: Person = Object.assign(world.anonymous, { id, token });
  const words = [
    `Ursule Oubliée${n}`,
    `ursule.nouvelle${n}@example.org`,
    `Remarque tranchante${n}`,
    `Question timide${n}`,
  ];
  const details = { name: `Ursule Renommée${n}`, email: words[1], phone: `02 99 88 77 ${n}0` };
  accepted(await person.post(`/api/people/${id}/change-details`, details));
  const { id: comment } = accepted(
    await person.post<{ id: string }>(`/api/calls/${calls.prepared}/comment`, { text: words[2] }),
  );
  const { id: question } = accepted(
    await person.post<{ id: string }>(`/api/calls/${calls.open}/ask-question`, { text: words[3] }),
  );
  const answer = { question: 'Une question posée.', answer: 'La réponse de tous.' };
  accepted(await cast.ars.admin.post(`/api/questions/${question}/answer`, answer));
  await world.messages('Une question posée.');
  return { person, comment, words: [...words, details.name, details.phone] };
}

/** Everything an applicant writes, in a file that was submitted and withdrawn, with a document that is attached and one removed. */
async function writesFile(world: World, cast: Cast, n: number, call: string) {
  const { person, organisation } = await applicant(world, cast, n);
  const { id } = accepted(await person.post<{ id: string }>(`/api/calls/${call}/start-application`, { organisation }));
  const mark = `Projet-à-oublier-${n}`;
  const words = [`${mark} titre`, `${mark} texte`, `${mark} contact`, `${mark}-nom-de-piece`, `${mark} octets`];
  const attach = (name: string, code: string) =>
    person.put<{ document: string }>(
      `/api/applications/${id}/documents?filename=${encodeURIComponent(`${mark}-nom-de-piece-${name}`)}.pdf&code=${code}`,
      pdf(`${mark} octets ${name}`),
    );
  const { document } = accepted(await attach('statuts', 'statuts'));
  const removed = accepted(await attach('retirée', 'other'));
  accepted(await person.delete(`/api/applications/${id}/documents/${removed.document}`));
  const written = {
    ...contents,
    title: words[0],
    description: words[1],
    contact: { name: words[2], email: 'porteur.oublie@association.example' },
  };
  accepted(await person.edit(`/api/applications/${id}`, `/api/applications/${id}/save-draft`, written));
  const { receipt } = accepted(await person.post<{ receipt: string }>(`/api/applications/${id}/submit`));
  accepted(await person.post(`/api/applications/${id}/withdraw`, REASON));
  // As a service that was killed in the middle of an upload leaves it.
  writeFileSync(join(world.folder, 'documents', 'incoming', `${id}.${randomUUID()}`), `${mark} octets coupés`);
  return { id, person, organisation, document, receipt, attach, words: [...words, 'porteur.oublie@association'] };
}

let world: World;
let cast: Cast;
let calls: { prepared: string; open: string };
beforeAll(async () => {
  world = await World.open('2021-05-12T08:00:00Z', { env: { DEMONSTRATION: 'yes' } });
  cast = await castOf(world);
  calls = { prepared: await preparing(cast), open: await publishedCall(world, cast) };
  world.clock.set(NOW);
});
afterAll(() => world.close());

describe('a person who is forgotten', () => {
  let left: Awaited<ReturnType<typeof leavesTraces>>;
  beforeAll(async () => {
    left = await leavesTraces(world, cast, '1', calls);
    for (const word of left.words) expect(found(world.folder, [word])).not.toEqual([]);
    accepted(await left.person.post(`/api/people/${left.person.id}/forget`));
    await gone(world.folder, left.words);
  });

  it('is in no file of the service any more: log, views, ledger, documents, messages', () => {
    expect(found(world.folder, left.words)).toEqual([]);
    expect(found(world.folder, ['Alix Administratrice'])).not.toEqual([]);
  });

  it('leaves a history that reads as before, without a name', async () => {
    const { steps } = accepted(await cast.ars.admin.get<Steps>(`/api/calls/${calls.prepared}/story`));
    expect(steps.find(({ fact }) => fact === 'PreparationCommented')?.name).toBeNull();
    const comments = accepted(
      await cast.ars.admin.get<{ items: object[] }>(`/api/calls/${calls.prepared}/comments`),
    ).items;
    expect(comments).toContainEqual(
      expect.objectContaining({ id: left.comment, person: left.person.id, name: null, text: null }),
    );
    const asked = accepted(await cast.ars.admin.get<{ items: object[] }>(`/api/calls/${calls.open}/questions-asked`));
    expect(asked.items).toContainEqual(expect.objectContaining({ text: null }));
    const answers = await world.anonymous.get(`/api/calls/${calls.open}/questions`);
    expect(answers.text).toContain('La réponse de tous.');
  });

  it('is signed out, and registers again as somebody else', async () => {
    expectRefused(await left.person.get('/api/me'), 401, 'NotSignedIn');
    const before = wholeLog(join(world.folder, 'log.db')).rows;
    const email = left.words[1] ?? '';
    const { id } = accepted(await world.operator.post<{ id: string }>('/api/people', { name: 'Ursule', email }));
    expect(id).not.toBe(left.person.id);
    const { rows } = wholeLog(join(world.folder, 'log.db'));
    const last = before.at(-1)?.position ?? 0;
    expect(rows.filter(({ stream }) => stream === `account-${id}`).every(({ position }) => position > last)).toBe(true);
    accepted(await world.operator.post(`/api/people/${id}/forget`));
  });
});

describe('contents that are forgotten', () => {
  let left: Awaited<ReturnType<typeof writesFile>>;
  beforeAll(async () => {
    left = await writesFile(world, cast, 1, calls.open);
    for (const word of left.words) expect(found(world.folder, [word])).not.toEqual([]);
    accepted(await left.person.post(`/api/applications/${left.id}/forget-contents`, REASON));
    await gone(world.folder, left.words);
  });

  it('are in no file of the service any more: texts, title, names of documents and their bytes', () => {
    expect(found(world.folder, left.words)).toEqual([]);
  });

  it('leave the record: the receipt is known, the story reads, what is gone says so', async () => {
    const { id, person, document, receipt } = left;
    expect(accepted(await world.anonymous.get(`/api/receipts/${receipt}`))).toMatchObject({ receipt, stands: false });
    const { steps } = accepted(await person.get<Steps>(`/api/applications/${id}/story`));
    expect(steps.map(({ fact }) => fact)).toEqual(
      expect.arrayContaining(['ApplicationSubmitted', 'ContentsForgotten']),
    );
    const detail = 'Ce contenu a été effacé.';
    expectRefused(await person.get(`/api/applications/${id}/contents`), 410, 'ContentsForgotten', detail);
    expectRefused(await person.get(`/api/applications/${id}/documents/${document}`), 410, 'ContentsForgotten', detail);
  });

  it('are not written again: not a draft, not a document, not another file under the same id', async () => {
    const { id, person, organisation, attach, words } = left;
    const seen = `/api/applications/${id}`;
    const sentence = 'Le contenu de ce dossier a été effacé.';
    expectRefused(await attach('de plus', 'other'), 409, 'ContentsForgotten', sentence);
    expectRefused(await person.edit(seen, `${seen}/save-draft`, { title: words[0] }), 409, 'ContentsForgotten');
    expectRefused(
      await person.post(`/api/calls/${calls.open}/start-application`, { organisation }),
      409,
      'AlreadyStarted',
    );
    expect(found(world.folder, words)).toEqual([]);
  });
});

describe('a service that is killed while it forgets', () => {
  it('goes on when it is started again, with what was on its way and what others left behind', async () => {
    const place = await World.open('2021-05-12T08:00:00Z', { env: { DEMONSTRATION: 'yes' } });
    const people = await castOf(place);
    const those = { prepared: await preparing(people), open: await publishedCall(place, people) };
    place.clock.set(NOW);
    const left = await leavesTraces(place, people, '2', those);
    const file = await writesFile(place, people, 2, those.open);
    const grants = accepted(await file.person.get<{ grants: [] }>('/api/me')).grants;
    await place.server.close();
    for (const name of ['views-3.db', 'views-1.db.next'])
      copyFileSync(join(place.folder, 'views-1.db'), join(place.folder, name));
    const words = [...left.words, ...file.words, 'Encore en route'];
    await forgottenAndKilled(place.folder, async (change, store) => {
      const { id } = left.person;
      await change(account, id, { type: 'ForgetPerson' }, id);
      await change(application, file.id, { type: 'ForgetContents', ...REASON }, file.person.id, grants);
      const late = (type: string, data: object) => ({ id: randomUUID(), type, schema: 1, data, metadata: { by: id } });
      const described = { name: left.words[0], email: left.words[1] };
      await store.append(`person-${id}`, 'exists', [late('PersonDescribed', described)]);
      await store.append(`content-comment-${randomUUID()}`, 'none', [
        late('CommentWritten', { text: 'Encore en route' }),
      ]);
      await store.append(`content-question-${randomUUID()}`, 'none', [
        late('QuestionWritten', { text: 'Encore en route' }),
      ]);
    });
    expect(found(place.folder, words)).not.toEqual([]);
    const live = await LiveServer.start(place.folder, NOW);
    await gone(place.folder, words);
    accepted(await live.client(people.ars.admin.token).get(`/api/calls/${those.prepared}/story`));
    expect((await live.stop()).code).toBe(0);
    expect(found(place.folder, words)).toEqual([]);
    rmSync(place.folder, { recursive: true, force: true });
  });

  it('forgets whoever it promised to forget, wherever the kill found it', async () => {
    const place = await World.open('2021-05-12T08:00:00Z', { env: { DEMONSTRATION: 'yes' } });
    const people: Person[] = [];
    for (const name of ['Aya', 'Bilal', 'Chloé', 'Driss']) people.push(await place.person(`Oubli ${name}`));
    const { folder, operator } = place;
    await place.server.close();
    for (const [index, { id }] of people.entries()) {
      const live = await LiveServer.start(folder, NOW);
      accepted(await live.client(operator.token).post(`/api/people/${id}/forget`));
      await new Promise((resolve) => setTimeout(resolve, index * 8));
      await live.kill();
    }
    const last = await LiveServer.start(folder, NOW);
    await gone(folder, ['Oubli Aya', 'Oubli Bilal', 'Oubli Chlo', 'Oubli Driss', 'oubli.']);
    await last.kill();
    rmSync(folder, { recursive: true, force: true });
  });
});

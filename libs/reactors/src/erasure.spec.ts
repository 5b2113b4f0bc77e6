import { describe, expect, it } from '@jest/globals';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { reportId } from '#commands/ids.js';
import * as file from '#domain/application/fixtures.js';
import type { ContentEvent } from '#domain/facts.js';
import { DocumentFolder } from '#documents/folder.js';
import { type RecordedEvent, StreamDeleted } from '#event-store/event-store.js';
import {
  CALL,
  CAMILLE,
  FILE,
  given,
  type Happened,
  NOW,
  on,
  OTHER_FILE,
  reached,
  SACHA,
  tell,
} from '#read-models/fixtures.js';
import { streamsWrittenBy } from '#read-models/writings.js';
import { Erasure } from './erasure.js';
import { FolderOutbox } from './mail/outbox.js';

const content = { version: 0, hash: 'a' };
const wroteOf = (person: string, n: number): Happened[] => [
  on(`person-${person}`, { type: 'PersonDescribed', name: 'Nom', email: `${n}@asso.example` }, { by: person }),
  on(`account-${person}`, { type: 'AccountOpened', content }, { by: person }),
  on(`content-question-q${n}`, { type: 'QuestionWritten', text: 'Et les crèches ?' }, { by: person }),
  on(`question-q${n}`, { type: 'QuestionAsked', call: CALL, content }, { by: person }),
  on(`content-question-orphan${n}`, { type: 'QuestionWritten', text: 'Sans suite' }, { by: person }),
  on(`content-comment-c${n}`, { type: 'CommentWritten', text: 'À revoir.' }, { by: person }),
  on(`call-${CALL}`, { type: 'PreparationCommented', comment: `c${n}`, content }, { by: person }),
  on(`content-review-r${n}`, { type: 'ReviewWritten', contents: { scores: [], comment: 'Fragile.' } }, { by: person }),
  on(`content-minutes-m${n}`, { type: 'CommentWritten', text: 'Page 3.' }, { by: person }),
  on(`notice-n${n}`, {
    type: 'NoticeIssued',
    kind: 'sign-in',
    to: person,
    about: { fact: 'f', stream: `account-${person}` },
    messageId: `<n${n}>`,
  }),
];
const wroteIn = (id: string): Happened[] => [
  on(`application-${id}`, { ...file.started, call: CALL }),
  on(`content-application-${id}`, { type: 'ApplicationWritten', contents: { title: 'A' } }),
  on(`application-${id}`, { type: 'DraftSaved', content }),
  on(`content-agreement-${id}`, { type: 'BankAccountWritten', iban: 'FR1420041010050500013M02606', holder: 'A' }),
  on(`content-award-${id}`, { type: 'AppealWritten', text: 'Un recours.' }),
];
/** With what each text is erased: with its writer, or with the file it is part of. `tsc` fails while one is missing. */
const erasedWith: Record<ContentEvent['type'], 'person' | 'file'> = {
  PersonDescribed: 'person',
  QuestionWritten: 'person',
  CommentWritten: 'person',
  ReviewWritten: 'person',
  ApplicationWritten: 'file',
  DocumentNamed: 'file',
  AppealWritten: 'file',
  RevisedBudgetWritten: 'file',
  BankAccountWritten: 'file',
  ObservationsWritten: 'file',
  ReportWritten: 'file',
};
const personForgotten = on(`account-${CAMILLE}`, { type: 'PersonForgotten' });
const contentsForgotten = on(`application-${FILE}`, file.forgotten);

async function world(...happened: readonly Happened[]) {
  const told = await given(...happened);
  const { store, projector, folder } = told;
  const documents = new DocumentFolder({
    folder: join(folder, 'documents'),
    mostBytes: 1000,
    mediaTypes: ['application/pdf'],
  });
  const outbox = new FolderOutbox(join(folder, 'outbox'), { name: 'Convergence', address: 'convergence@localhost' });
  let swept = 0;
  const erasure = new Erasure(store, projector, documents, outbox, () => {
    swept += 1;
  });
  for (const id of [FILE, OTHER_FILE]) await documents.keep(id, Readable.from([Buffer.from('%PDF-1.7\n%%EOF\n')]));
  for (const [n, email] of [
    [1, 'camille@asso.example'],
    [2, 'sacha@asso.example'],
  ] as const) {
    const to = { name: 'Nom', email };
    await outbox.deliver({
      id: `n${n}`,
      kind: 'sign-in',
      at: NOW,
      messageId: `<n${n}>`,
      to,
      subject: 'S',
      text: 'T',
      html: '<p>T</p>',
    });
  }
  const event = (await store.readAll(undefined, 100)).at(-1) as RecordedEvent;
  const streams = async () => [...new Set((await store.readAll(undefined, 100)).map(({ stream }) => stream))].sort();
  return {
    ...told,
    erasure,
    event,
    streams,
    mails: () => readdirSync(join(folder, 'outbox')),
    files: () => readdirSync(join(folder, 'documents')).sort(),
    swept: () => swept,
  };
}
const MAIL = (n: number) => `20210701T080000Z-sign-in-n${n}.eml`;

describe('forgetting a person', () => {
  it('deletes all they wrote and were sent, and nothing of others', async () => {
    const { erasure, event, streams, mails, files, swept } = await world(
      ...wroteOf(CAMILLE, 1),
      ...wroteOf(SACHA, 2),
      ...wroteIn(FILE),
      personForgotten,
    );
    await erasure.react(event);
    expect(await streams()).toEqual(
      [
        `account-${CAMILLE}`,
        `account-${SACHA}`,
        `application-${FILE}`,
        `call-${CALL}`,
        `content-agreement-${FILE}`,
        `content-application-${FILE}`,
        `content-award-${FILE}`,
        'content-comment-c2',
        'content-minutes-m2',
        'content-question-orphan2',
        'content-question-q2',
        'content-review-r2',
        'notice-n1',
        'notice-n2',
        `person-${SACHA}`,
        'question-q1',
        'question-q2',
      ].sort(),
    );
    expect(mails()).toEqual([MAIL(2)]);
    expect(files()).toContain(FILE);
    expect(swept()).toBe(1);
  });

  it('can be resumed, and done again', async () => {
    const { erasure, event, streams, store } = await world(...wroteOf(CAMILLE, 1), personForgotten);
    await store.deleteStream('content-question-q1');
    await erasure.react(event);
    const after = await streams();
    await erasure.react(event);
    expect(await streams()).toEqual(after);
    await expect(store.readStream(`person-${CAMILLE}`)).rejects.toThrow(StreamDeleted);
  });

  it('who wrote nothing deletes their description alone', async () => {
    const { erasure, event, streams } = await world(...wroteOf(CAMILLE, 1).slice(0, 2), personForgotten);
    await erasure.react(event);
    expect(await streams()).toEqual([`account-${CAMILLE}`]);
  });
});

it('what was on its way is deleted though its writer was met before they were forgotten', async () => {
  const wrote = (n: number): Happened =>
    on(`content-question-late${n}`, { type: 'QuestionWritten', text: 'T' }, { by: CAMILLE });
  const { erasure, event, store, projector } = await world(...wroteOf(CAMILLE, 1).slice(0, 2), wrote(1));
  await erasure.react(event);
  expect(await store.readStream('content-question-late1')).toHaveLength(1);
  await tell(store, [personForgotten, wrote(2)]);
  await reached(projector, store);
  const [forgotten, late] = (await store.readAll(event.position, 2)) as [RecordedEvent, RecordedEvent];
  await erasure.react(late);
  await expect(store.readStream('content-question-late2')).rejects.toThrow(StreamDeleted);
  await erasure.react(forgotten);
  await expect(store.readStream('content-question-late1')).rejects.toThrow(StreamDeleted);
});

describe('forgetting the contents of a file', () => {
  it('deletes what was written and attached, and nothing of another file', async () => {
    const { erasure, event, streams, files, mails, swept } = await world(
      ...wroteIn(FILE),
      ...wroteIn(OTHER_FILE),
      contentsForgotten,
    );
    await erasure.react(event);
    expect(await streams()).toEqual([
      `application-${FILE}`,
      `application-${OTHER_FILE}`,
      `content-agreement-${OTHER_FILE}`,
      `content-application-${OTHER_FILE}`,
      `content-award-${OTHER_FILE}`,
    ]);
    expect(files()).toEqual([OTHER_FILE, 'incoming'].sort());
    expect(mails()).toEqual([MAIL(1), MAIL(2)]);
    expect(swept()).toBe(1);
  });

  it('deletes what was written in its reports of both kinds, and nothing of those of another file', async () => {
    const wrote = (id: string, kind: 'activity' | 'financial') =>
      on(`content-report-${reportId(id, kind)}`, { type: 'ReportWritten', contents: { text: 'Bilan.' } });
    const { erasure, event, streams } = await world(
      wrote(FILE, 'activity'),
      wrote(FILE, 'financial'),
      wrote(OTHER_FILE, 'activity'),
      ...wroteIn(FILE),
      contentsForgotten,
    );
    await erasure.react(event);
    expect(await streams()).toEqual([`application-${FILE}`, `content-report-${reportId(OTHER_FILE, 'activity')}`]);
  });

  it('can be done again', async () => {
    const { erasure, event, files } = await world(...wroteIn(FILE), contentsForgotten);
    await erasure.react(event);
    await erasure.react(event);
    expect(files()).not.toContain(FILE);
  });
});

it('every text of a person is known by who wrote it, and deleted where it comes late', async () => {
  const ofPeople = Object.entries(erasedWith).flatMap(([type, by]) => (by === 'person' ? [type] : []));
  const { projector } = await given(...wroteOf(CAMILLE, 1));
  const kept = streamsWrittenBy(projector.views, CAMILLE).map((stream) => stream.replace(/1$/, ''));
  expect(kept).toEqual([
    'content-comment-c',
    'content-minutes-m',
    'content-question-orphan',
    'content-question-q',
    'content-review-r',
  ]);
  const { erasure } = await world(...wroteIn(FILE));
  // Who they are is in a stream that bears their own id.
  expect(
    [...ofPeople, 'ContentsForgotten', 'PersonForgotten'].filter((type) => type !== 'PersonDescribed').sort(),
  ).toEqual([...erasure.types].sort());
});

it('what cannot be deleted makes it fail, to be tried again', async () => {
  const { erasure, event, store } = await world(...wroteIn(FILE), contentsForgotten);
  store.deleteStream = async () => {
    throw new Error('disk full');
  };
  await expect(erasure.react(event)).rejects.toThrow('disk full');
});

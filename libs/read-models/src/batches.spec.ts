import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import * as file from '#domain/application/fixtures.js';
import type { ApplicationEvent } from '#domain/application/application-facts.js';
import * as told from '#domain/call/fixtures.js';
import type { RecordedEvent } from '#event-store/event-store.js';
import {
  afterwards,
  CALL,
  CAMILLE,
  type Happened,
  logOf,
  newFolder,
  on,
  onStream,
  recorded,
  tablesOf,
} from './fixtures.js';
import { models } from './models.js';
import { Views } from './views.js';

const content = (version: number) => ({ version, hash: `hash-${version}` });
/** One file from its start to its end, with what a crash and two people at once may leave. */
function fileStory(id: string, ending: ApplicationEvent): Happened[] {
  const happened = (fact: ApplicationEvent) => on(`application-${id}`, fact);
  const wrote = (title?: string) =>
    on(`content-application-${id}`, { type: 'ApplicationWritten', contents: title === undefined ? {} : { title } });
  const submission = (submission: number, version: number) => ({
    ...file.submission,
    submission,
    receipt: `AR-${id}-${submission}`,
    content: content(version),
  });
  return [
    happened({ ...file.started, call: CALL }),
    wrote('A'),
    happened({ type: 'DraftSaved', content: content(0) }),
    wrote('B'),
    wrote('C'),
    happened({ type: 'DraftSaved', content: content(1) }),
    on(`content-application-${id}`, { type: 'DocumentNamed', document: `doc-${id}`, filename: 'statuts.pdf' }),
    happened({ ...file.attached, document: `doc-${id}` }),
    happened({ type: 'ApplicationSubmitted', ...submission(1, 1) }),
    happened({ type: 'DraftSaved', content: content(2) }),
    wrote(),
    happened({ type: 'DocumentRemoved', document: `doc-${id}` }),
    wrote('E'),
    happened({ type: 'SubmissionReplaced', replaces: `AR-${id}-1`, ...submission(2, 5) }),
    happened(file.shared),
    on(`reading-${id}`, { type: 'ContentsRead', person: CAMILLE, what: 'contents:5', day: '2021-08-14' }),
    wrote('F'),
    happened(ending),
    wrote('G'),
    on(`content-application-${id}`, { type: 'DocumentNamed', document: `late-${id}`, filename: 'tard.pdf' }),
  ];
}
const call = [...told.open, told.unsealed, told.cancelled];
const stories: Happened[][] = [
  fileStory('f-1', file.forgotten),
  fileStory('f-2', file.withdrawn),
  onStream(`call-${CALL}`, ...call),
  [
    on(`person-${CAMILLE}`, { type: 'PersonDescribed', name: 'Camille', email: 'c@asso.example' }),
    on(`account-${CAMILLE}`, { type: 'AccountOpened', content: content(0) }),
    on('content-question-q1', { type: 'QuestionWritten', text: 'Et les crèches ?' }),
    on('question-q1', { type: 'QuestionAsked', call: CALL, content: content(0) }),
    on('content-comment-c1', { type: 'CommentWritten', text: 'À revoir.' }),
    on('organisation-W1', { type: 'ClaimConfirmed', person: CAMILLE, power: 'submit' }),
    on(`account-${CAMILLE}`, { type: 'PersonForgotten' }),
    on(`person-${CAMILLE}`, { type: 'PersonDescribed', name: 'Trop tard', email: 't@asso.example' }),
  ],
];

/** The stories at the same time, each in its own order. */
const interleaved = fc.array(fc.nat(stories.length - 1), { minLength: 80, maxLength: 80 }).map((picks) => {
  const left = stories.map((story) => [...story]);
  const log = picks.flatMap((pick) => left[pick]?.shift() ?? []);
  return [...log, ...left.flat()];
});
const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 80, maxLength: 80 });

function tablesAfter(batches: readonly (readonly RecordedEvent[])[]): Record<string, unknown[]> {
  const views = Views.fresh(`${newFolder()}/views-1.db`, { logId: 'memory' }, models);
  afterwards(() => views.close());
  for (const batch of batches) views.apply(batch);
  return tablesOf(views);
}

it('the same log makes the same rows, however it is cut into batches', async () => {
  await fc.assert(
    fc.asyncProperty(interleaved, sizes, async (log, cuts) => {
      const left = [...(await recorded(await logOf(log)))];
      const events = [...left];
      const batches = cuts.map((size) => left.splice(0, size));
      const whole = tablesAfter([events]);
      expect(whole['applications']).toHaveLength(2);
      expect(tablesAfter([...batches, left])).toEqual(whole);
    }),
    { numRuns: 25 },
  );
});

it('the same log makes the same rows, one fact at a time', async () => {
  const events = await recorded(await logOf(stories.flat()));
  expect(tablesAfter(events.map((event) => [event]))).toEqual(tablesAfter([events]));
});

import { describe, expect, it } from '@jest/globals';
import * as file from '#domain/application/fixtures.js';
import type { ApplicationEvent } from '#domain/application/application-facts.js';
import {
  applicationList,
  applicationOf,
  applicationsSeenBy,
  applicationWithReceipt,
  atStage,
} from './application-queries.js';
import type { Stage } from './application-queries.js';
import { notExamined, stageCountsOf } from './examinations.js';
import { CALL, FILE, given, NOW, on, OTHER_CALL, OTHER_FILE, SACHA, tablesOf } from './fixtures.js';
import { page } from './listing.js';
import type { Views } from './views.js';

const DECIDED = '2021-09-20T08:00:00Z';
const happened = (fact: ApplicationEvent, at = DECIDED, id = FILE) => on(`application-${id}`, fact, { at });
const started = (id = FILE, call = CALL) => happened({ ...file.started, call }, NOW, id);
const wrote = (title: string) => on(`content-application-${FILE}`, { type: 'ApplicationWritten', contents: { title } });
const filed = [started(), wrote('Café des parents'), happened(file.submitted, NOW)];
const requested = happened(file.requested, file.ASKED);
const completed = happened(file.completed, file.completion.submittedAt);
const shown = (views: Views) => applicationOf(views, FILE, false);
const examined = { completions: 1, stoppedMs: 0, decided: null };

describe('the examination of a file', () => {
  it('has not begun when it is filed', async () => {
    const { views } = await given(...filed);
    expect(shown(views)).toMatchObject({ stage: 'submitted', examination: notExamined });
    expect(views.all('SELECT * FROM examinations')).toEqual([]);
  });

  it('shows what is asked for, and from when the clock stands still', async () => {
    const { views } = await given(...filed, requested);
    const { type: _, institution: __, ...request } = file.requested;
    expect(shown(views)).toMatchObject({ status: 'submitted', stage: 'completing', changedAt: file.ASKED, version: 2 });
    expect(shown(views)?.examination).toEqual({
      ...examined,
      completion: { ...request, stoppedSince: file.ASKED },
    });
  });

  it('shows more time', async () => {
    const { views } = await given(
      ...filed,
      requested,
      happened({
        type: 'CompletionExtended',
        request: 1,
        dueAt: '2021-09-22T16:00:00Z',
        extendedAt: '2021-09-14T08:00:00Z',
        reason: 'Assemblée générale.',
      }),
    );
    expect(shown(views)?.examination.completion).toMatchObject({
      dueAt: '2021-09-22T16:00:00Z',
      stoppedSince: file.ASKED,
    });
  });

  it('goes on with the answer: a new version with its receipt, the date of filing as it was', async () => {
    const { views } = await given(...filed, requested, wrote('Café des familles'), completed);
    expect(shown(views)).toMatchObject({
      status: 'submitted',
      stage: 'submitted',
      title: 'Café des familles',
      submission: 2,
      receipt: file.completion.receipt,
      submittedAt: file.submission.submittedAt,
      draft: file.completion.content,
      version: 3,
      changedAt: file.completion.submittedAt,
      examination: {
        ...examined,
        completed: 2,
        stoppedMs: Date.parse(file.completion.submittedAt) - Date.parse(file.ASKED),
      },
      receipts: [
        { receipt: file.submission.receipt, replacedBy: file.completion.receipt },
        { receipt: file.completion.receipt, at: file.completion.submittedAt, deadline: file.DUE, replacedBy: null },
      ],
    });
    expect(applicationWithReceipt(views, file.completion.receipt)).toBe(FILE);
  });

  it('keeps the title that was submitted where only documents were asked for, whatever was drafted', async () => {
    const { views } = await given(
      ...filed,
      wrote('Jamais déposé'),
      happened({ type: 'DraftSaved', content: file.revisedContent }),
      requested,
      happened({ ...file.completed, content: file.content }),
    );
    expect(shown(views)?.title).toBe('Café des parents');
    expect(applicationOf(views, FILE, true)?.title).toBe('Café des parents');
  });

  it('shows others the documents that were submitted, the applicant those of the draft', async () => {
    const named = (document: string) =>
      on(`content-application-${FILE}`, { type: 'DocumentNamed', document, filename: `${document}.pdf` });
    const second = { ...file.attached, document: 'doc-2' };
    const world = await given(
      started(),
      named('doc-1'),
      happened(file.attached),
      happened(file.submitted),
      requested,
      happened({ type: 'DocumentRemoved', document: 'doc-1' }),
      named('doc-2'),
      happened(second),
    );
    const documents = (own: boolean) =>
      applicationOf(world.views, FILE, own)?.documents.map(({ document, filename }) => [document, filename]);
    expect(documents(true)).toEqual([['doc-2', 'doc-2.pdf']]);
    expect(documents(false)).toEqual([['doc-1', 'doc-1.pdf']]);
    await world.andThen(happened({ ...file.completed, documents: [{ ...file.document, document: 'doc-2' }] }));
    expect(documents(false)).toEqual([['doc-2', 'doc-2.pdf']]);
  });

  it('says what was decided, when and by which lead', async () => {
    const world = await given(...filed, happened(file.admissible));
    const { institution, grounds, reasons } = file.refused;
    expect(shown(world.views)).toMatchObject({
      stage: 'admissible',
      examination: { admissibility: { verdict: 'admissible' }, decided: { at: DECIDED, institution } },
      version: 2,
    });
    const now = { verdict: 'refused', grounds, reasons } as const;
    const reason = 'Lu trop vite.';
    await world.andThen(happened({ type: 'AdmissibilityCorrected', now, reason, institution: 'DREETS-PDL' }));
    expect(shown(world.views)).toMatchObject({
      stage: 'refused-beforehand',
      examination: {
        admissibility: now,
        decided: { at: DECIDED, institution: 'DREETS-PDL', correction: reason },
      },
    });
  });

  it('says why a file was refused beforehand', async () => {
    const { views } = await given(...filed, happened(file.refused));
    const { grounds, reasons, institution } = file.refused;
    expect(shown(views)).toMatchObject({
      stage: 'refused-beforehand',
      examination: { admissibility: { verdict: 'refused', grounds, reasons }, decided: { at: DECIDED, institution } },
    });
  });

  it('has an officer, once it was handed over', async () => {
    const { views } = await given(...filed, happened({ type: 'FileHandedOver', to: SACHA, reason: 'Congé.' }));
    expect(shown(views)).toMatchObject({ stage: 'submitted', examination: { officer: SACHA }, version: 2 });
  });

  it.each<[string, ApplicationEvent, Stage]>([
    ['replaced', { type: 'SubmissionReplaced', replaces: 'AR-1', ...file.completion }, 'submitted'],
    ['withdrawn', file.withdrawn, 'withdrawn'],
  ])('begins afresh when the file is %s', async (_, fact, stage) => {
    for (const before of [file.requested, file.admissible, file.refused]) {
      const { views } = await given(
        ...filed,
        happened({ type: 'FileHandedOver', to: SACHA, reason: 'Congé.' }),
        happened(before),
        happened(fact),
      );
      const { examination, ...rest } = shown(views) ?? {};
      expect(rest).toMatchObject({ stage });
      expect(examination).toMatchObject({ officer: SACHA, stoppedMs: 0, decided: null });
      expect(examination).not.toHaveProperty('completion');
      expect(examination).not.toHaveProperty('admissibility');
    }
  });
});

describe('stages', () => {
  const others = [
    started(OTHER_FILE),
    happened(file.submitted, NOW, OTHER_FILE),
    started('f-3', OTHER_CALL),
    happened({ ...file.submitted, receipt: 'AR-3' }, NOW, 'f-3'),
    happened(file.admissible, DECIDED, 'f-3'),
  ].map((each, index) => (index === 1 ? on(each.stream, { ...file.submitted, receipt: 'AR-2' }) : each));

  it('narrow a list', async () => {
    const { views } = await given(...filed, ...others, requested);
    const own = [{ role: 'submitter', scope: { kind: 'organisation', id: file.APPLICANT } }] as const;
    const listed = (stage: Stage) =>
      page<{ id: string; stage: string }>(views, applicationList, {
        where: [atStage(stage)],
        ways: applicationsSeenBy({ person: SACHA, grants: own }),
        sort: 'startedAt',
        descending: false,
        limit: 10,
      }).items.map(({ id, stage }) => [id, stage]);
    expect(listed('completing')).toEqual([[FILE, 'completing']]);
    expect(listed('submitted')).toEqual([[OTHER_FILE, 'submitted']]);
    expect(listed('admissible')).toEqual([['f-3', 'admissible']]);
    expect(listed('draft')).toEqual([]);
  });

  const nobody = { grants: [] };
  it('are counted for each call', async () => {
    const world = await given(...filed, ...others, requested);
    expect(stageCountsOf(world.views, CALL, nobody)).toEqual({ completing: 1, admissible: 0, refusedBeforehand: 0 });
    await world.andThen(completed, happened(file.admissible), happened(file.refused, DECIDED, OTHER_FILE));
    expect(stageCountsOf(world.views, CALL, nobody)).toEqual({ completing: 0, admissible: 1, refusedBeforehand: 1 });
    await world.andThen(happened(file.withdrawn));
    expect(stageCountsOf(world.views, CALL, nobody)).toEqual({ completing: 0, admissible: 0, refusedBeforehand: 1 });
    expect(stageCountsOf(world.views, OTHER_CALL, nobody)).toEqual({
      completing: 0,
      admissible: 1,
      refusedBeforehand: 0,
    });
  });
});

it('the examination keeps nothing that an applicant wrote', async () => {
  const { views } = await given(...filed, requested, wrote('Café des familles'), completed);
  expect(JSON.stringify(tablesOf(views)['examinations'])).not.toMatch(/Café/);
});

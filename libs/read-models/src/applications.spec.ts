import { describe, expect, it } from '@jest/globals';
import * as file from '#domain/application/fixtures.js';
import type { ApplicationEvent, Submission } from '#domain/application/application-facts.js';
import type { Fact } from '#domain/facts.js';
import { applicationOf, applicationWithReceipt, documentOf, readingsOf } from './application-queries.js';
import { notExamined } from './examinations.js';
import { CALL, CAMILLE, FILE, given, type Happened, NOW, on, OTHER_FILE, SACHA } from './fixtures.js';

const LATER = '2021-07-02T08:00:00Z';
const applicant = on(`organisation-${file.APPLICANT}`, {
  type: 'OrganisationRegistered',
  name: 'Les Petits Pas',
  legalForm: 'association',
  siret: file.APPLICANT,
});
const started = on(`application-${FILE}`, { ...file.started, call: CALL });
const happened = (fact: ApplicationEvent, at = NOW) => on(`application-${FILE}`, fact, { at });
const wrote = (title?: string) =>
  on(`content-application-${FILE}`, { type: 'ApplicationWritten', contents: title === undefined ? {} : { title } });
const named = (document: string, filename: string) =>
  on(`content-application-${FILE}`, { type: 'DocumentNamed', document, filename });
const saved = (version: number, at = NOW) =>
  happened({ type: 'DraftSaved', content: { version, hash: `hash-${version}` } }, at);
const submission = (version: number, changes: Partial<Submission> = {}): Submission => ({
  ...file.submission,
  content: { version, hash: `hash-${version}` },
  ...changes,
});
const submitted = (version: number) => happened({ type: 'ApplicationSubmitted', ...submission(version) });
const second = { submission: 2, receipt: 'AR-2', submittedAt: LATER };
const replaced = (version: number) =>
  happened({ type: 'SubmissionReplaced', replaces: 'AR-1', ...submission(version, second) }, LATER);
const forgotten = happened(file.forgotten, LATER);

const draft = {
  id: FILE,
  call: CALL,
  organisation: file.APPLICANT,
  organisationName: 'Les Petits Pas',
  number: 1,
  status: 'draft',
  stage: 'draft',
  title: null,
  submission: 0,
  receipt: null,
  submittedAt: null,
  requestedCents: null,
  totalCents: null,
  medium: 'electronic',
  late: false,
  startedAt: NOW,
  changedAt: NOW,
  version: 0,
  draft: null,
  forgotten: false,
  sharedWith: [],
  documents: [],
  receipts: [],
  datesAsked: null,
  startsOn: null,
  endsOn: null,
  examination: notExamined,
};

describe('the dates of a project that a shift makes impossible', () => {
  const of = async (...facts: ApplicationEvent[]) => {
    const { views } = await given(applicant, started, ...facts.map((fact) => happened(fact)));
    const { datesAsked, startsOn, endsOn } = applicationOf(views, FILE, false) ?? {};
    return { datesAsked, startsOn, endsOn };
  };
  const asked: ApplicationEvent = { type: 'DatesAsked', earliest: '2021-11-15' };
  const confirmed: ApplicationEvent = { type: 'DatesConfirmed', startsOn: '2021-12-01', endsOn: '2022-11-30' };

  it('are asked for, then confirmed, and fall with the file', async () => {
    expect(await of(asked)).toEqual({ datesAsked: '2021-11-15', startsOn: null, endsOn: null });
    expect(await of(asked, confirmed)).toEqual({ datesAsked: null, startsOn: '2021-12-01', endsOn: '2022-11-30' });
    expect(await of(asked, confirmed, { type: 'ApplicationWithdrawn', reason: 'Abandon.' })).toEqual({
      datesAsked: null,
      startsOn: null,
      endsOn: null,
    });
  });
});

describe('a file', () => {
  it('starts as an empty draft', async () => {
    const { views } = await given(applicant, started);
    expect(applicationOf(views, FILE, true)).toEqual(draft);
    expect(applicationOf(views, OTHER_FILE, true)).toBeUndefined();
  });

  it('has no name for an organisation that the views do not know', async () => {
    const { views } = await given(started);
    expect(applicationOf(views, FILE, true)).toEqual({ ...draft, organisationName: null });
  });

  it('shows the draft as saved, its title to the applicant alone', async () => {
    const { views } = await given(applicant, started, wrote('Café des parents'), saved(0, LATER));
    const shown = { ...draft, changedAt: LATER, version: 1, draft: { version: 0, hash: 'hash-0' } };
    expect(applicationOf(views, FILE, true)).toEqual({ ...shown, title: 'Café des parents' });
    expect(applicationOf(views, FILE, false)).toEqual(shown);
  });

  it('shows what was submitted and its receipt', async () => {
    const { views } = await given(applicant, started, wrote('Café des parents'), saved(0), submitted(0));
    const { content, totals, deadline, documents, receipt, submittedAt } = submission(0);
    expect(applicationOf(views, FILE, false)).toEqual({
      ...draft,
      status: 'submitted',
      stage: 'submitted',
      title: 'Café des parents',
      submission: 1,
      receipt,
      submittedAt,
      requestedCents: 2_000_000,
      totalCents: 2_500_000,
      version: 2,
      draft: content,
      receipts: [{ receipt, submission: 1, at: submittedAt, content, totals, deadline, documents, replacedBy: null }],
    });
  });

  it('names on each receipt the one that replaced it', async () => {
    const { views } = await given(started, wrote('A'), submitted(0), wrote('B'), replaced(1));
    const shown = applicationOf(views, FILE, false);
    expect(shown).toMatchObject({ ...second, title: 'B', status: 'submitted', changedAt: LATER });
    expect(shown?.receipts).toMatchObject([
      { receipt: file.submission.receipt, submission: 1, content: { version: 0 }, replacedBy: 'AR-2' },
      { receipt: 'AR-2', submission: 2, content: { version: 1 }, replacedBy: null },
    ]);
  });

  it('keeps showing others what was submitted while the applicant writes on', async () => {
    const { views } = await given(started, wrote('A'), submitted(0), wrote('B'), saved(1));
    expect(applicationOf(views, FILE, false)?.title).toBe('A');
    expect(applicationOf(views, FILE, true)?.title).toBe('B');
  });

  it('arrives on paper too', async () => {
    const filing = {
      arrivedAt: LATER,
      medium: 'paper',
      reference: 'REG-1',
      pieces: 3,
      receipt: 'AP-1',
      late: true,
    } as const;
    const { views } = await given(applicant, started, happened({ type: 'PaperFilingRegistered', ...filing }));
    const { arrivedAt: at, ...entry } = filing;
    expect(applicationOf(views, FILE, false)).toEqual({
      ...draft,
      status: 'submitted',
      stage: 'submitted',
      medium: 'paper',
      late: true,
      receipt: 'AP-1',
      submittedAt: LATER,
      version: 1,
      receipts: [{ ...entry, submission: 0, at, replacedBy: null }],
    });
    expect(applicationWithReceipt(views, 'AP-1')).toBe(FILE);
  });

  it('is withdrawn with its receipts', async () => {
    const { views } = await given(started, submitted(0), happened(file.withdrawn, LATER));
    expect(applicationOf(views, FILE, false)).toMatchObject({
      status: 'withdrawn',
      changedAt: LATER,
      version: 2,
      receipts: [{ receipt: file.submission.receipt }],
    });
  });

  it('is found by any of its receipts', async () => {
    const { views } = await given(started, submitted(0), replaced(1));
    expect(applicationWithReceipt(views, file.submission.receipt)).toBe(FILE);
    expect(applicationWithReceipt(views, 'AR-2')).toBe(FILE);
    expect(applicationWithReceipt(views, 'AR-3')).toBeUndefined();
  });

  it('is shared, and no longer', async () => {
    const share = (type: 'FileShared' | 'FileUnshared', organisation: string) =>
      happened({ type, organisation }, LATER);
    const world = await given(started, share('FileShared', 'W2'), share('FileShared', 'W1'));
    expect(applicationOf(world.views, FILE, true)).toMatchObject({
      sharedWith: ['W1', 'W2'],
      changedAt: LATER,
      version: 2,
    });
    await world.andThen(share('FileUnshared', 'W2'));
    expect(applicationOf(world.views, FILE, true)).toMatchObject({ sharedWith: ['W1'], version: 3 });
  });
});

describe('titles', () => {
  const titleAfter = async (...happened: readonly Happened[]) =>
    applicationOf((await given(started, ...happened)).views, FILE, true)?.title;

  it('of a version that no fact refers to are not shown', async () => {
    expect(await titleAfter(wrote('A'), saved(0), wrote('B'))).toBe('A');
    expect(await titleAfter(wrote('A'), wrote('B'), saved(1))).toBe('B');
  });

  it('belong to their version where others were written in between', async () => {
    expect(await titleAfter(wrote('A'), wrote('B'), saved(0))).toBe('A');
    expect(await titleAfter(wrote('A'), wrote('B'), saved(0), saved(1))).toBe('B');
  });

  it('are gone where the newest version has none', async () => {
    expect(await titleAfter(wrote('A'), saved(0), wrote(), saved(1))).toBeNull();
  });

  it('wait for the fact that comes in another batch', async () => {
    const world = await given(started, wrote('A'));
    await world.andThen(wrote('B'));
    await world.andThen(saved(0));
    expect(applicationOf(world.views, FILE, true)?.title).toBe('A');
    await world.andThen(submitted(1));
    expect(applicationOf(world.views, FILE, false)?.title).toBe('B');
  });
});

describe('documents', () => {
  const attached = happened({ ...file.attached }, LATER);
  const shown = { ...file.document, filename: 'statuts.pdf', attachedAt: LATER };

  it('are shown once attached, with their name', async () => {
    const { views } = await given(started, named('doc-1', 'statuts.pdf'), attached);
    expect(applicationOf(views, FILE, true)).toMatchObject({ documents: [shown], changedAt: LATER, version: 1 });
    expect(documentOf(views, FILE, 'doc-1')).toEqual({ ...file.document, filename: 'statuts.pdf', removedAt: null });
  });

  it('are not there while only their name is', async () => {
    const { views } = await given(started, named('doc-1', 'statuts.pdf'));
    expect(applicationOf(views, FILE, true)?.documents).toEqual([]);
    expect(documentOf(views, FILE, 'doc-1')).toBeUndefined();
  });

  it('leave the draft when removed, and can still be read where they were submitted', async () => {
    const { views } = await given(
      started,
      named('doc-1', 'statuts.pdf'),
      attached,
      happened({ type: 'DocumentRemoved', document: 'doc-1' }, LATER),
    );
    expect(applicationOf(views, FILE, true)).toMatchObject({ documents: [], version: 2 });
    expect(documentOf(views, FILE, 'doc-1')).toMatchObject({ filename: 'statuts.pdf', removedAt: LATER });
  });
});

describe('forgetting the contents of a file', () => {
  it('leaves its record, without titles and names of documents', async () => {
    const { views } = await given(
      started,
      wrote('A'),
      named('doc-1', 'statuts.pdf'),
      happened(file.attached),
      submitted(0),
      wrote('B'),
      forgotten,
    );
    for (const own of [true, false]) {
      expect(applicationOf(views, FILE, own)).toMatchObject({
        title: null,
        forgotten: true,
        status: 'submitted',
        changedAt: LATER,
        documents: [{ document: 'doc-1', filename: null }],
        receipts: [{ receipt: file.submission.receipt }],
      });
    }
  });

  it('holds for what is written after it', async () => {
    const world = await given(
      started,
      wrote('A'),
      saved(0),
      forgotten,
      wrote('Trop tard'),
      named('doc-2', 'secret.pdf'),
    );
    await world.andThen(wrote('Bien trop tard'));
    expect(JSON.stringify(world.views.all('SELECT * FROM applications'))).not.toMatch(/trop tard/i);
    expect(world.views.all('SELECT filename FROM documents')).toEqual([]);
  });
});

describe('readings', () => {
  it('are traced with who, what, when, in which role', async () => {
    const read = (what: string, by: string): Fact => ({ type: 'ContentsRead', person: by, what, day: '2021-08-14' });
    const officer = { by: SACHA, role: 'case-officer', behalf: 'institution:ARS-PDL', at: '2021-08-14T08:00:00Z' };
    const { views } = await given(
      on(`person-${SACHA}`, { type: 'PersonDescribed', name: 'Sacha', email: 's@ars.example' }),
      on(`reading-${FILE}`, read('document:doc-1', SACHA), officer),
      on(`reading-${FILE}`, read('contents:0', CAMILLE), { by: CAMILLE, role: 'auditor', at: '2021-08-14T07:00:00Z' }),
    );
    expect(readingsOf(views, FILE)).toEqual([
      {
        person: CAMILLE,
        name: null,
        what: 'contents:0',
        day: '2021-08-14',
        at: '2021-08-14T07:00:00Z',
        role: 'auditor',
        behalf: null,
      },
      {
        person: SACHA,
        name: 'Sacha',
        what: 'document:doc-1',
        day: '2021-08-14',
        at: '2021-08-14T08:00:00Z',
        role: 'case-officer',
        behalf: 'institution:ARS-PDL',
      },
    ]);
    expect(readingsOf(views, OTHER_FILE)).toEqual([]);
  });
});

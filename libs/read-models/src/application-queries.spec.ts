import { describe, expect, it } from '@jest/globals';
import Database from 'libsql';
import * as file from '#domain/application/fixtures.js';
import type { CallEvent } from '#domain/call/call-facts.js';
import * as told from '#domain/call/fixtures.js';
import type { Grant, Role } from '#domain/roles.js';
import {
  type ApplicationListRow,
  applicationList,
  applicationsSeenBy,
  countsOf,
  ownOrganisations,
} from './application-queries.js';
import { CALL, given, type Happened, NOW, on, onStream, OTHER_CALL, SACHA } from './fixtures.js';
import { organisationsIn } from './files-of-call.js';
import { type Asked, page } from './listing.js';
import { models } from './models.js';
import type { Views } from './views.js';

const MINE = file.APPLICANT;
const ofOrganisation = (id: string, role: Role = 'submitter'): Grant => ({ role, scope: { kind: 'organisation', id } });
const ofInstitution = (role: Role, id: string): Grant => ({ role, scope: { kind: 'institution', id } });
const administrator = ofInstitution('administrator', told.ARS);
const anybody = { grants: [] };
const auditor: Grant = { role: 'auditor', scope: { kind: 'everywhere' } };

const started = (id: string, organisation: string, call = CALL, at = NOW): Happened =>
  on(`application-${id}`, { ...file.started, call, organisation }, { at });
const submitted = (id: string, requestedCents = 100, submittedAt = NOW): Happened =>
  on(
    `application-${id}`,
    {
      type: 'ApplicationSubmitted',
      ...file.submission,
      receipt: `AR-${id}`,
      submittedAt,
      totals: { ...file.submission.totals, requestedCents },
    },
    { at: submittedAt },
  );
const submittedAgain = (id: string): Happened =>
  on(`application-${id}`, { type: 'SubmissionReplaced', replaces: 'AR', ...file.submission, receipt: `AR2-${id}` });
const withdrawn = (id: string) => on(`application-${id}`, file.withdrawn);
const call = (id: string, ...facts: readonly CallEvent[]) => onStream(`call-${id}`, ...facts);

type Narrowed = Parameters<typeof applicationsSeenBy>[1];
const listed = (views: Views, grants: readonly Grant[], asked: Partial<Asked> = {}, narrowed: Narrowed = {}) =>
  page<ApplicationListRow>(views, applicationList, {
    where: [],
    ways: applicationsSeenBy({ person: SACHA, grants }, narrowed),
    sort: 'startedAt',
    descending: false,
    limit: 10,
    ...asked,
  }).items;
const seen = (views: Views, ...grants: readonly Grant[]) => listed(views, grants).map(({ id }) => id);

describe('the list of files', () => {
  const others = [started('f-1', MINE), started('f-2', 'W2'), submitted('f-2'), started('f-3', 'W3'), submitted('f-3')];

  it("shows a row whole, titles apart: the draft is the applicant's", async () => {
    const { views } = await given(
      on(`organisation-${MINE}`, { type: 'OrganisationRegistered', name: 'Les Petits Pas', legalForm: 'association' }),
      started('f-1', MINE),
      on('content-application-f-1', { type: 'ApplicationWritten', contents: { title: 'A' } }),
      submitted('f-1'),
      on('content-application-f-1', { type: 'ApplicationWritten', contents: { title: 'B' } }),
      on('application-f-1', { type: 'DraftSaved', content: { version: 1, hash: 'b' } }),
      on('application-f-1', { type: 'FileShared', organisation: 'W2' }),
    );
    expect(listed(views, [ofOrganisation(MINE)])).toEqual([
      {
        id: 'f-1',
        call: CALL,
        organisation: MINE,
        organisationName: 'Les Petits Pas',
        number: 1,
        status: 'submitted',
        stage: 'submitted',
        title: 'A',
        draftTitle: 'B',
        submission: 1,
        receipt: 'AR-f-1',
        submittedAt: NOW,
        requestedCents: 100,
        totalCents: 2_500_000,
        medium: 'electronic',
        late: 0,
        startedAt: NOW,
        changedAt: NOW,
        sharedWith: '["W2"]',
      },
    ]);
  });

  it("shows applicants their own files, drafts too, and nobody else's", async () => {
    const { views } = await given(...call(CALL, ...told.open), ...others);
    expect(seen(views, ofOrganisation(MINE))).toEqual(['f-1']);
    expect(seen(views, ofOrganisation('W2', 'preparer'), ofOrganisation('W3'))).toEqual(['f-2', 'f-3']);
    expect(seen(views)).toEqual([]);
  });

  it('shows a file once to who reaches it in several ways', async () => {
    const { views } = await given(
      ...call(CALL, ...told.open, told.unsealed),
      started('f-1', MINE),
      submitted('f-1'),
      on('application-f-1', { type: 'FileShared', organisation: 'W2' }),
    );
    expect(seen(views, ofOrganisation(MINE), ofOrganisation('W2'), auditor, administrator)).toEqual(['f-1']);
  });

  it("hides a file from who has a conflict on it, whatever their roles, but for the applicant's own people", async () => {
    const { views } = await given(...call(CALL, ...told.open, told.unsealed), ...others);
    const conflicted = (grants: readonly Grant[], narrowed: Narrowed = {}) =>
      page<ApplicationListRow>(views, applicationList, {
        where: [],
        ways: applicationsSeenBy({ person: SACHA, grants, conflicts: ['f-2'] }, narrowed),
        sort: 'startedAt',
        descending: false,
        limit: 10,
      }).items.map(({ id }) => id);
    expect(conflicted([administrator, auditor])).toEqual(['f-3']);
    expect(conflicted([administrator], { organisation: 'W2' })).toEqual([]);
    expect(conflicted([administrator, ofOrganisation('W2')])).toEqual(['f-2', 'f-3']);
    expect(countsOf(views, CALL, { grants: [auditor], conflicts: ['f-2'] })).toEqual({
      started: 2,
      submitted: 1,
      withdrawn: 0,
    });
    const own = { grants: [ofOrganisation('W2')], conflicts: ['f-2'] };
    expect(countsOf(views, CALL, own)).toEqual({ started: 3, submitted: 2, withdrawn: 0 });
  });

  it('shows a reviewer what is assigned to them, once they declared and it is unsealed', async () => {
    const of = { call: CALL, person: SACHA };
    const inCall: Grant = { role: 'reviewer', scope: { kind: 'call', id: CALL } };
    const world = await given(
      ...call(CALL, ...told.open),
      ...others,
      ...onStream(
        'reviewer-1',
        { type: 'ReviewerAppointed', ...of, expertise: [] },
        { type: 'ReviewAssigned', ...of, application: 'f-2' },
        { type: 'ReviewAssigned', ...of, application: 'f-1' },
        { type: 'InterestsDeclared', ...of, conflicts: [] },
      ),
    );
    expect(seen(world.views, inCall)).toEqual([]);
    await world.andThen(...call(CALL, told.unsealed));
    expect(seen(world.views, inCall)).toEqual(['f-2']);
    expect(seen(world.views, inCall, administrator)).toEqual(['f-2', 'f-3']);
    expect(seen(world.views)).toEqual([]);
  });

  it('shows a shared file to the partner, until it is unshared', async () => {
    const shared = on('application-f-1', { type: 'FileShared', organisation: 'W2' });
    const world = await given(started('f-1', MINE), shared);
    expect(seen(world.views, ofOrganisation('W2'))).toEqual(['f-1']);
    await world.andThen(on('application-f-1', { type: 'FileUnshared', organisation: 'W2' }));
    expect(seen(world.views, ofOrganisation('W2'))).toEqual([]);
  });

  it('shows leads and auditors what was submitted or withdrawn, once unsealed and while it stays so', async () => {
    const world = await given(...call(CALL, ...told.open), ...others, withdrawn('f-3'));
    const expected = (ids: readonly string[]) => {
      expect(seen(world.views, administrator)).toEqual(ids);
      expect(seen(world.views, ofInstitution('case-officer', told.DREETS))).toEqual(ids);
      expect(seen(world.views, auditor)).toEqual(ids);
    };
    expected([]);
    await world.andThen(...call(CALL, told.unsealed));
    expected(['f-2', 'f-3']);
    expect(seen(world.views, ofInstitution('administrator', 'CAF-44'))).toEqual([]);
    expect(seen(world.views, ofInstitution('partner', told.ARS))).toEqual([]);
    await world.andThen(...call(CALL, { type: 'ContentsResealed', windowEnd: file.DEADLINE }));
    expected([]);
  });

  it('shows the officers of the leads what is filed where the call is open to them', async () => {
    const specifications = { ...told.specifications, sealing: 'open-to-officers' } as const;
    const openToOfficers = told.open.map((fact) =>
      fact.type === 'SpecificationsSet' ? { ...fact, specifications } : fact,
    );
    const { views } = await given(...call(CALL, ...openToOfficers), ...others);
    expect(seen(views, ofInstitution('case-officer', told.ARS))).toEqual(['f-2', 'f-3']);
    expect(seen(views, ofInstitution('case-officer', 'CAF-44'))).toEqual([]);
    expect(seen(views, administrator)).toEqual([]);
    expect(seen(views, auditor)).toEqual([]);
  });

  it.each([
    ['startedAt', ['f-2', 'f-3', 'f-1']],
    ['changedAt', ['f-2', 'f-1', 'f-3']],
    ['submittedAt', ['f-2', 'f-1', 'f-3']],
    ['organisation', ['f-3', 'f-2', 'f-1']],
    ['requestedCents', ['f-2', 'f-3', 'f-1']],
  ])('is sorted by %s', async (sort, ids) => {
    const { views } = await given(
      started('f-1', 'W3', CALL, '2021-07-03T08:00:00Z'),
      started('f-2', 'W2', CALL, '2021-07-01T08:00:00Z'),
      started('f-3', 'W1', CALL, '2021-07-02T08:00:00Z'),
      submitted('f-1', 300, '2021-07-04T08:00:00Z'),
      submitted('f-3', 200, '2021-07-05T08:00:00Z'),
    );
    const grants = ['W1', 'W2', 'W3'].map((id) => ofOrganisation(id));
    const sorted = (descending: boolean) => listed(views, grants, { sort, descending }).map(({ id }) => id);
    expect(sorted(false)).toEqual(ids);
    expect(sorted(true)).toEqual([...ids].reverse());
  });

  it('turns its pages over all calls together', async () => {
    const files = [1, 2, 3, 4, 5, 6].map((n) => `f-${n}`);
    const { views } = await given(
      ...call(CALL, ...told.open, told.unsealed),
      ...call(OTHER_CALL, ...told.open, told.unsealed),
      ...files.flatMap((id, n) => [
        started(id, n === 2 ? MINE : 'W2', n % 2 ? CALL : OTHER_CALL, `2021-07-0${n + 1}T08:00:00Z`),
        submitted(id),
      ]),
    );
    const pages: string[][] = [];
    let cursor: string | undefined;
    do {
      const { items, next } = page<{ id: string }>(views, applicationList, {
        where: [],
        ways: applicationsSeenBy({ person: SACHA, grants: [administrator, ofOrganisation(MINE)] }),
        sort: 'startedAt',
        descending: true,
        limit: 4,
        ...(cursor !== undefined && { cursor }),
      });
      pages.push(items.map(({ id }) => id));
      cursor = next;
    } while (cursor !== undefined);
    expect(pages).toEqual([
      ['f-6', 'f-5', 'f-4', 'f-3'],
      ['f-2', 'f-1'],
    ]);
  });

  it('is narrowed to a call, an organisation, or both', async () => {
    const { views } = await given(
      ...call(CALL, ...told.open, told.unsealed),
      ...call(OTHER_CALL, ...told.open, told.unsealed),
      ...[started('f-1', MINE), started('f-2', 'W2'), started('f-3', MINE, OTHER_CALL)],
      ...[submitted('f-1'), submitted('f-2'), submitted('f-3')],
    );
    const narrowed = (by: Narrowed, ...grants: readonly Grant[]) => listed(views, grants, {}, by).map(({ id }) => id);
    for (const grants of [[administrator], [ofOrganisation(MINE), ofOrganisation('W2')]]) {
      expect(narrowed({ call: CALL }, ...grants)).toEqual(['f-1', 'f-2']);
      expect(narrowed({ organisation: MINE }, ...grants)).toEqual(['f-1', 'f-3']);
      expect(narrowed({ call: OTHER_CALL, organisation: MINE }, ...grants)).toEqual(['f-3']);
      expect(narrowed({ call: OTHER_CALL, organisation: 'W2' }, ...grants)).toEqual([]);
    }
    expect(narrowed({ organisation: 'W2' }, ofOrganisation(MINE))).toEqual([]);
  });
});

describe('what the list costs', () => {
  /** The plan of a query on tables of the same shape. */
  function planOf(grants: readonly Grant[], narrowed: Narrowed): { parent: number; detail: string }[] {
    const db = new Database(':memory:');
    for (const { tables } of models) db.exec(tables);
    let plan: { parent: number; detail: string }[] = [];
    const explaining = {
      rows: (sql: string, ...values: readonly unknown[]) => {
        plan = db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...values) as typeof plan;
        return { columns: [], rows: [] };
      },
    } as unknown as Views;
    listed(explaining, grants, {}, narrowed);
    return plan;
  }

  it.each<[string, NonNullable<Narrowed>]>([
    ['over all calls', {}],
    ['in one call', { call: CALL }],
    ['of one organisation', { organisation: MINE }],
  ])('does not grow with all the files, %s', (_, narrowed) => {
    const plan = planOf([administrator], narrowed).map(({ detail }) => detail);
    expect(plan.filter((step) => /^SCAN (applications|organisations|shares)/.test(step))).toEqual([]);
    expect(plan).toContain('SEARCH applications USING INDEX applications_organisation (organisation=?)');
  });

  it.each<NonNullable<Narrowed>>([{}, { call: CALL }])(
    'reads a call in the order of its index, not sorting it (%j)',
    (narrowed) => {
      const plan = planOf([administrator], narrowed);
      const walk = plan.find(({ detail }) => detail.includes('INDEX applications_call (call_id=?)'));
      expect(walk).toBeDefined();
      expect(plan.filter(({ parent }) => parent === walk?.parent).map(({ detail }) => detail)).not.toContain(
        'USE TEMP B-TREE FOR ORDER BY',
      );
    },
  );
});

describe('counts of a call', () => {
  it('follow every file from draft to submission and withdrawal', async () => {
    const world = await given(started('f-1', MINE), started('f-2', 'W2'), started('f-3', 'W3', OTHER_CALL));
    expect(countsOf(world.views, CALL, anybody)).toEqual({ started: 2, submitted: 0, withdrawn: 0 });
    await world.andThen(submitted('f-1'), submitted('f-2'));
    expect(countsOf(world.views, CALL, anybody)).toEqual({ started: 2, submitted: 2, withdrawn: 0 });
    await world.andThen(withdrawn('f-1'));
    expect(countsOf(world.views, CALL, anybody)).toEqual({ started: 2, submitted: 1, withdrawn: 1 });
    await world.andThen(submittedAgain('f-1'));
    expect(countsOf(world.views, CALL, anybody)).toEqual({ started: 2, submitted: 2, withdrawn: 0 });
    expect(countsOf(world.views, OTHER_CALL, anybody)).toEqual({ started: 1, submitted: 0, withdrawn: 0 });
  });

  it('are nothing for a call without files', async () => {
    const { views } = await given();
    expect(countsOf(views, CALL, anybody)).toEqual({ started: 0, submitted: 0, withdrawn: 0 });
  });
});

describe('organisations in a call', () => {
  it('are those with a file that is not withdrawn, or with whom one is shared, once each', async () => {
    const shared = (id: string, organisation: string) => on(`application-${id}`, { type: 'FileShared', organisation });
    const { views } = await given(
      started('f-1', 'W2'),
      started('f-2', MINE),
      started('f-3', 'W2'),
      started('f-4', 'W4', OTHER_CALL),
      started('f-5', 'W5'),
      shared('f-5', 'W6'),
      withdrawn('f-5'),
      shared('f-1', 'W7'),
      shared('f-1', MINE),
      shared('f-4', 'W8'),
    );
    expect(organisationsIn(views, CALL)).toEqual([MINE, 'W2', 'W7']);
  });
});

it('the organisations of somebody are those their grants lie on', () => {
  expect(ownOrganisations([ofOrganisation(MINE), administrator, auditor, ofOrganisation('W2')])).toEqual([MINE, 'W2']);
});

import { describe, expect, it } from '@jest/globals';
import * as file from '#domain/application/fixtures.js';
import {
  accepted,
  ACTIVITY,
  activityExpected,
  activitySubmitted,
  FINANCIAL,
  financialExpected,
  financialSubmitted,
  returned,
  waived,
} from '#domain/report/fixtures.js';
import type { ReportEvent } from '#domain/report/report-facts.js';
import type { Grant } from '#domain/roles.js';
import { CALL, FILE, given, type Happened, NOW, on, OTHER_CALL, OTHER_FILE } from './fixtures.js';
import { page } from './listing.js';
import { overdueOn, reportList, reportOf, type ReportRow, reportsOwedBy, reportsSeenBy } from './reports.js';
import type { Views } from './views.js';

const SIRET = '52499120500013';
const OTHER_SIRET = '38033590100027';
const LATER = '2022-12-20T09:00:00Z';
const of = (event: ReportEvent, metadata = {}): Happened => on(`reports-${SIRET}`, event, metadata);
const registered = on(`organisation-${SIRET}`, {
  type: 'OrganisationRegistered',
  name: 'Café des parents',
  legalForm: 'association',
  siret: SIRET,
});
const expected = of({ ...activityExpected, call: CALL, application: FILE });
const financial = of({ ...financialExpected, call: CALL, application: FILE });
const ofOther = on(`reports-${OTHER_SIRET}`, {
  ...financialExpected,
  report: 'report-other',
  call: OTHER_CALL,
  application: OTHER_FILE,
  leads: ['DREETS-PDL'],
});
const row = {
  id: ACTIVITY,
  kind: 'activity',
  call: CALL,
  application: FILE,
  organisation: SIRET,
  organisationName: 'Café des parents',
  status: 'expected',
  dueOn: '2022-12-15',
  versions: 0,
  submittedAt: null,
  changedAt: NOW,
  budgetCents: null,
  actualCents: null,
  gapCents: null,
  gapHundredths: null,
};
const details = {
  ...row,
  leads: ['ARS-PDL', 'DREETS-PDL'],
  expectedAt: NOW,
  contentVersion: null,
  figures: {},
  comments: null,
  reason: null,
  forgotten: false,
};

describe('a report', () => {
  it('is owed with the day it is due', async () => {
    const { views } = await given(registered, expected);
    expect(reportOf(views, ACTIVITY)).toEqual(details);
    expect(reportOf(views, FINANCIAL)).toBeUndefined();
  });
  it('is due later once extended, with the reason', async () => {
    const extended = of({ type: 'ReportExtended', report: ACTIVITY, dueOn: '2023-01-31', reason: 'Congés.' });
    const { views } = await given(registered, expected, extended);
    expect(reportOf(views, ACTIVITY)).toEqual({ ...details, dueOn: '2023-01-31', reason: 'Congés.' });
  });
  it('has the targets and actuals it was handed in with', async () => {
    const { views } = await given(registered, expected, of(activitySubmitted, { at: LATER }));
    expect(reportOf(views, ACTIVITY)).toEqual({
      ...details,
      status: 'submitted',
      versions: 1,
      submittedAt: LATER,
      changedAt: LATER,
      contentVersion: 0,
      figures: { indicators: [{ target: 2000, actual: 1500 }] },
    });
  });
  it('has its accounts, and the gap of its charges in the list', async () => {
    const { charges, products, gap } = financialSubmitted;
    const { views } = await given(registered, financial, of(financialSubmitted, { at: LATER }));
    expect(reportOf(views, FINANCIAL)).toMatchObject({
      figures: { charges, products, gap },
      budgetCents: 2_500_000,
      actualCents: 2_400_000,
      gapCents: -100_000,
      gapHundredths: -400,
    });
  });
  it('has the comments it was returned with, and its new day', async () => {
    const { views } = await given(registered, expected, of(activitySubmitted), of(returned, { at: LATER }));
    expect(reportOf(views, ACTIVITY)).toMatchObject({
      status: 'returned',
      comments: returned.comments,
      dueOn: '2023-02-28',
      changedAt: LATER,
      submittedAt: NOW,
    });
  });
  it('is accepted', async () => {
    const { views } = await given(registered, expected, of(activitySubmitted), of(accepted, { at: LATER }));
    expect(reportOf(views, ACTIVITY)).toMatchObject({ status: 'accepted', changedAt: LATER });
  });
  it('is owed no more once waived, with the reason', async () => {
    const { views } = await given(registered, expected, of(waived));
    expect(reportOf(views, ACTIVITY)).toEqual({ ...details, status: 'waived', reason: waived.reason });
  });
  it('says that its contents are gone, those of its file alone', async () => {
    const started = on(`application-${FILE}`, { ...file.started, call: CALL });
    const { views, andThen } = await given(registered, started, expected, ofOther);
    expect(reportOf(views, ACTIVITY)?.forgotten).toBe(false);
    await andThen(on(`application-${FILE}`, file.forgotten));
    expect(reportOf(views, ACTIVITY)?.forgotten).toBe(true);
    expect(reportOf(views, 'report-other')?.forgotten).toBe(false);
    await andThen(financial);
    expect(reportOf(views, FINANCIAL)?.forgotten).toBe(true);
  });
});

describe('the reports somebody sees', () => {
  const ids = (views: Views, grants: readonly Grant[], ...where: Parameters<typeof overdueOn>[]) =>
    page<ReportRow>(views, reportList, {
      where: [reportsSeenBy(grants), ...where.map((asked) => overdueOn(...asked))],
      sort: 'dueOn',
      descending: false,
      limit: 50,
    }).items.map(({ id }) => id);
  const at = (role: Grant['role'], kind: 'institution' | 'organisation', id: string): Grant => ({
    role,
    scope: { kind, id },
  });
  const operator: Grant = { role: 'operator', scope: { kind: 'everywhere' } };
  const auditor: Grant = { role: 'auditor', scope: { kind: 'everywhere' } };

  it.each([
    ['their own, to who prepares', at('preparer', 'organisation', SIRET), [ACTIVITY, FINANCIAL]],
    ['their own, to who submits', at('submitter', 'organisation', OTHER_SIRET), ['report-other']],
    ['those of its calls, to a lead', at('case-officer', 'institution', 'ARS-PDL'), [ACTIVITY, FINANCIAL]],
    [
      'those of all its calls',
      at('finance-officer', 'institution', 'DREETS-PDL'),
      [ACTIVITY, FINANCIAL, 'report-other'],
    ],
    ['none, to another institution', at('administrator', 'institution', 'CD-44'), []],
    ['none, to a partner', at('partner', 'institution', 'ARS-PDL'), []],
    ['all, to an auditor', auditor, [ACTIVITY, FINANCIAL, 'report-other']],
    ['none, to an operator', operator, []],
  ])('are %s', async (_, grant, shown) => {
    const { views } = await given(registered, expected, financial, ofOther);
    expect(ids(views, [grant])).toEqual(shown);
  });

  it('are overdue from the day after they were due, until they are handed in', async () => {
    const told = await given(registered, expected, financial);
    const overdue = (today: string, is = true) => ids(told.views, [auditor], [today, is]);
    expect(overdue('2022-12-15')).toEqual([]);
    expect(overdue('2022-12-16')).toEqual([ACTIVITY]);
    expect(overdue('2022-12-16', false)).toEqual([FINANCIAL]);
    await told.andThen(of(activitySubmitted));
    expect(overdue('2022-12-16')).toEqual([]);
    await told.andThen(of(returned));
    expect(overdue('2023-03-01')).toEqual([ACTIVITY]);
  });
});

describe('what a beneficiary owes', () => {
  it('is as the rules know it', async () => {
    const { views } = await given(registered, expected, ofOther, of(activitySubmitted), of(returned));
    expect(reportsOwedBy(views, SIRET)).toEqual({
      reports: {
        [ACTIVITY]: {
          report: ACTIVITY,
          kind: 'activity',
          application: FILE,
          call: CALL,
          leads: ['ARS-PDL', 'DREETS-PDL'],
          dueOn: '2023-02-28',
          status: 'returned',
          versions: 1,
        },
      },
    });
    expect(reportsOwedBy(views, 'nobody')).toEqual({ reports: {} });
  });
});

import { describe, it } from '@jest/globals';
import { noReports } from '../report/evolve.js';
import type { Reports } from '../report/report-facts.js';
import { content, contents, filed, given, ready, revisedContent, submitted } from './fixtures.js';

const owing = (dueOn: string, status: 'expected' | 'submitted' | 'returned' = 'expected'): Reports => ({
  reports: {
    r1: {
      report: 'r1',
      kind: 'financial',
      application: 'file-0',
      call: 'call-0',
      leads: ['ARS-PDL'],
      dueOn,
      status,
      versions: 0,
    },
  },
});
const OVERDUE = 'Un bilan est en retard : le compte rendu financier dû le 30 juin 2021. Remettez-le avant de déposer.';
const receipt = 'AR-CQ92-7Q04-HE17-V2QH';

describe('submitting with a report overdue', () => {
  const submit = { type: 'SubmitApplication' } as const;

  it('is refused, saying which and since when', () =>
    given(...ready)
      .when(submit, {}, { reports: owing('2021-06-30') })
      .thenRefused('ReportOverdue', OVERDUE));
  it('is refused where the report was returned and not handed in again', () =>
    given(...ready)
      .when(submit, {}, { reports: owing('2021-06-30', 'returned') })
      .thenRefused('ReportOverdue', OVERDUE));
  it('is refused before anything else is said of the file', () =>
    given(...ready)
      .when(submit, {}, { reports: owing('2021-06-30'), draft: {} })
      .thenRefused('ReportOverdue', OVERDUE));
  it.each([
    ['a report is due on that very day', owing('2021-07-01')],
    ['the report was handed in late', owing('2021-06-30', 'submitted')],
    ['nothing is owed', noReports],
  ])('is possible where %s', (_, reports) =>
    given(...ready)
      .when(submit, {}, { reports })
      .then({ ...submitted, receipt }),
  );
});

describe('replacing a submission with a report overdue', () => {
  const replace = {
    type: 'ReplaceSubmission',
    contents: { ...contents, title: 'Autre' },
    content: revisedContent,
  } as const;

  it('is refused, and what was submitted stands', () =>
    given(...filed)
      .when(replace, {}, { reports: owing('2021-06-30') })
      .thenRefused('ReportOverdue', OVERDUE));
  it('is possible once the report is handed in', () =>
    given(...filed)
      .when({ ...replace, content }, {}, { reports: owing('2021-06-30', 'submitted') })
      .thenRefused('NothingChanged', "Rien n'a changé depuis le dernier dépôt, qui reste valable."));
});

import { describe, expect, it } from '@jest/globals';
import type { Fact } from '#domain/facts.js';
import type { NoticeKind } from '#domain/notice/notice.js';
import { noticeOf, sent, TITLE } from './fixtures.js';
import { letter } from './letter.js';
import { reportTemplates } from './templates/reports.js';

const PAGE = 'Dossier : https://convergence.example/api/applications/file-1';
const content = { version: 0, hash: 'a' };
const report = 'report-1';
const expected: Fact = {
  type: 'ReportExpected',
  report,
  kind: 'financial',
  application: 'file-1',
  call: 'call-1',
  leads: ['ARS-PDL'],
  dueOn: '2023-06-30',
};

const cases: [what: string, kind: NoticeKind, history: readonly Fact[], subject: string, ...lines: string[]][] = [
  [
    'a report to write',
    'report-expected',
    [expected],
    `Compte rendu financier attendu — ${TITLE}`,
    'À remettre par Les Petits Pas le 30 juin 2023 au plus tard.',
    'En retard, il bloque les dépôts, les demandes de versement et les versements.',
    PAGE,
  ],
  [
    'a report that may come later',
    'report-extended',
    [expected, { type: 'ReportExtended', report, dueOn: '2023-07-31', reason: 'Comptes en retard.' }],
    `Compte rendu financier : délai prolongé — ${TITLE}`,
    "Les Petits Pas peut le remettre jusqu'au 31 juillet 2023 inclus. Motif : Comptes en retard.",
    PAGE,
  ],
  [
    'a report to read',
    'report-submitted',
    [expected, { type: 'ReportSubmitted', report, version: 2, content }],
    `Compte rendu financier remis — ${TITLE}`,
    'Remis par Les Petits Pas (version 2) : il est à lire.',
    PAGE,
  ],
  [
    'a report to write again',
    'report-returned',
    [expected, { type: 'ReportReturned', report, comments: 'Il manque le compte 64.', dueOn: '2023-07-15' }],
    `Compte rendu financier à reprendre — ${TITLE}`,
    'Observations : Il manque le compte 64.',
    'À remettre de nouveau par Les Petits Pas le 15 juillet 2023 au plus tard.',
    PAGE,
  ],
  [
    'a report that is accepted',
    'report-accepted',
    [expected, { type: 'ReportAccepted', report }],
    `Compte rendu financier accepté — ${TITLE}`,
    "Ce qu'a remis Les Petits Pas est accepté.",
    PAGE,
  ],
];

const lastIn = (history: readonly Fact[]): Fact => history.at(-1) as Fact;

describe('a letter of the reports', () => {
  it.each(cases)('tells of %s', (_, kind, history, subject, ...lines) =>
    expect(letter(noticeOf(kind, lastIn(history), { file: 'file-1', history }))).toMatchObject({
      subject,
      text: sent(...lines),
    }),
  );

  it('is specified for every template', () =>
    expect(new Set<string>(cases.map(([, , history]) => lastIn(history).type))).toEqual(
      new Set(Object.keys(reportTemplates)),
    ));
});

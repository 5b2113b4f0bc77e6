import { beforeEach, describe, expect, it } from '@jest/globals';
import { paris } from '#calendar/paris.js';
import {
  ACTIVITY,
  activityContents,
  activityExpected,
  FINANCIAL,
  financialContents,
  financialExpected,
} from '#domain/report/fixtures.js';
import type { ReportCommand } from '#domain/report/report-facts.js';
import type { Grant } from '#domain/roles.js';
import { MemoryEventStore } from '#event-store/memory.js';
import { type Asking, system } from './asking.js';
import { digest } from './canonical.js';
import { Handler, Refused } from './handler.js';
import { reports } from './report-subjects.js';
import type { Incoming } from './subject.js';

const SIRET = '52499120500013';
const OTHER = '38033590100027';
const AT = '2022-12-01T09:00:00Z';

let store: MemoryEventStore;
let handler: Handler;
beforeEach(async () => {
  store = new MemoryEventStore();
  handler = new Handler(store, { calendar: paris, digest }, { secret: 'secret' });
  for (const { type: _, ...expected } of [activityExpected, financialExpected]) {
    const command = { type: 'ExpectReport' as const, ...expected };
    await handler.change(reports, SIRET, command, system(AT, expected.report, 'agreement'));
  }
});

const holding = (role: Grant['role'], kind: 'institution' | 'organisation', id: string): Asking => ({
  person: 'c0000000-0000-4000-8000-000000000001',
  grants: [{ role, scope: { kind, id } }],
  at: AT,
  correlation: 'correlation',
});
const submitter = holding('submitter', 'organisation', SIRET);
const submission = { type: 'SubmitReport', report: ACTIVITY, contents: activityContents } as const;
const codeOf = (asking: Asking, command: Incoming<ReportCommand>) =>
  handler.change(reports, SIRET, command, asking).then(
    () => 'done',
    (error: unknown) => (error instanceof Refused ? error.refusal.code : error),
  );

describe('the report of a beneficiary', () => {
  it('is handed in by who may submit for it, its words in a content stream of their own', async () => {
    const { events } = await handler.change(reports, SIRET, submission, submitter);
    expect(events).toMatchObject([{ type: 'ReportSubmitted', content: { version: 0 } }]);
    const written = await store.readStream(`content-report-${ACTIVITY}`);
    expect(written.map(({ type, data }) => [type, data])).toEqual([['ReportWritten', { contents: activityContents }]]);
    const record = JSON.stringify(await store.readStream(`reports-${SIRET}`));
    expect(record).not.toContain('Familles accueillies');
    expect(record).not.toContain(activityContents.text);
  });

  it('has contents of its own beside those of another, and after its return a later version', async () => {
    await handler.change(reports, SIRET, submission, submitter);
    const financial = { type: 'SubmitReport', report: FINANCIAL, contents: financialContents } as const;
    const other = await handler.change(reports, SIRET, financial, submitter);
    expect(other.events).toMatchObject([{ report: FINANCIAL, version: 1, content: { version: 0 } }]);
    const giveBack = { type: 'ReturnReport', report: ACTIVITY, comments: 'À préciser.', dueOn: '2023-01-31' } as const;
    await handler.change(reports, SIRET, giveBack, holding('case-officer', 'institution', 'ARS-PDL'));
    const again = await handler.change(reports, SIRET, submission, submitter);
    expect(again.events).toMatchObject([{ report: ACTIVITY, version: 2, content: { version: 1 } }]);
  });

  it('is answered again to a repeat with its key', async () => {
    const keyed = { ...submitter, key: 'one' };
    const first = await handler.change(reports, SIRET, submission, keyed);
    expect(await handler.change(reports, SIRET, submission, keyed)).toEqual({ ...first, repeated: true });
  });

  const accept = { type: 'AcceptReport', report: ACTIVITY } as const;
  it.each([
    ['who prepares for it', submission, holding('preparer', 'organisation', SIRET), 'NotAllowed'],
    ['a signatory of a lead', accept, holding('signatory', 'institution', 'ARS-PDL'), 'NotAllowed'],
    ['the beneficiary', accept, submitter, 'NotAllowed'],
    ['a lead that hands it in', submission, holding('administrator', 'institution', 'ARS-PDL'), 'NotAllowed'],
    ['another beneficiary', submission, holding('submitter', 'organisation', OTHER), 'ReportUnknown'],
    ['another institution', accept, holding('administrator', 'institution', 'CD-44'), 'ReportUnknown'],
    ['a partner of the call', accept, holding('partner', 'institution', 'ARS-PDL'), 'ReportUnknown'],
    [
      'a lead, of a report that nobody owes',
      { ...accept, report: 'constructor' },
      holding('administrator', 'institution', 'ARS-PDL'),
      'ReportUnknown',
    ],
  ] as const)('is refused to %s', async (_, command, asking, code) => expect(await codeOf(asking, command)).toBe(code));

  it('is expected by the service alone', async () => {
    const { type: _, ...expected } = { ...activityExpected, report: 'another' };
    const administrator = holding('administrator', 'institution', 'ARS-PDL');
    expect(await codeOf(administrator, { type: 'ExpectReport', ...expected })).toBe('ReportUnknown');
  });
});

import { describe, expect, it } from '@jest/globals';
import { paris } from '#calendar/paris.js';
import * as call from '#domain/call/fixtures.js';
import type { Audience } from '#domain/reminder/policy.js';
import type { Fact } from '#domain/facts.js';
import { CALL, eventOf, FILE, given, type Happened, on } from '#read-models/fixtures.js';
import { Composing } from './composing.js';
import { member, SECRET, told, world } from './fixtures.js';

const ROUND = 'd0000000-0000-4000-8000-000000000002';
const OTHER = 'file-2';
const DUE = '2022-06-30T21:59:59Z';
const expected = (report: string, application: string, organisation: string): Happened =>
  on(`reports-${organisation}`, {
    type: 'ReportExpected',
    ...{ report, kind: 'financial', application, call: CALL, dueOn: '2022-06-30' },
    leads: [call.ARS, call.DREETS],
  });
const late: Happened[] = [expected('report-1', FILE, 'W1'), expected('report-2', OTHER, 'W2')];
const round = (to: Audience): Extract<Fact, { type: 'ReminderRoundOpened' }> => ({
  type: 'ReminderRoundOpened',
  round: `reports:report-1|J+8|${to}|${DUE}`,
  deadline: 'reports:report-1',
  kind: 'reports',
  call: CALL,
  about: 'report-1',
  step: { days: 8, to, channel: 'mail' },
  merges: [],
  dueAt: DUE,
  plannedFor: '2022-07-08T07:00:00Z',
});
const conflicted = (person: string, application: string): Happened =>
  on(`reviewer-${CALL}-${person}`, {
    type: 'ConflictConfirmed',
    ...{ person, call: CALL },
    conflict: { application, nature: 'family' },
    because: 'Oui.',
  });

/** The files that the message to this person names. */
async function filesNamed(person: string, of: Audience | Fact, ...happened: Happened[]): Promise<string[]> {
  const { store, projector } = await given(
    ...world,
    on(`person-${person}`, { type: 'PersonDescribed', name: 'Camille Élie', email: 'camille@asso.example' }),
    on(`account-${person}`, { type: 'AccountOpened', content: { version: 0, hash: 'a' } }),
    ...late,
    ...happened,
  );
  const opened = typeof of === 'string' ? round(of) : of;
  await store.append('round-1', 'none', [{ ...eventOf(on('round-1', opened)), id: ROUND }]);
  const composing = new Composing({ store, projector, calendar: paris, secret: SECRET, url: 'https://c.example' });
  const row = { messageId: '<n1@convergence>', issuedAt: '2022-07-08T07:00:00Z', deliveredAt: null };
  const message = await composing.message({
    ...{ ...row, id: 'n1', kind: 'reminder', to: person, fact: ROUND, stream: 'round-1', bounced: null, givenUp: null },
  });
  expect(message?.to).toEqual({ name: 'Camille Élie', email: 'camille@asso.example' });
  return [...(message?.text.matchAll(/^Dossier : .*\/(.*)$/gm) ?? [])].map(([, file = '']) => file);
}

describe('a reminder of what others have not done', () => {
  it('names the files that are late, all of them', async () =>
    expect(await filesNamed('ars-officer', 'case-officers')).toEqual([FILE, OTHER]));

  it('names none that was handed in meanwhile', async () => {
    const content = { version: 0, hash: 'a' };
    const submitted = on('reports-W2', { type: 'ReportSubmitted', report: 'report-2', version: 1, content });
    expect(await filesNamed('ars-officer', 'case-officers', submitted)).toEqual([FILE]);
  });

  it('names no file to who has a conflict on it, nor writes to them of it', async () => {
    const conflict = conflicted('ars-officer', FILE);
    expect(await filesNamed('ars-officer', 'case-officers', conflict)).toEqual([OTHER]);
    const to = async (...before: Happened[]) =>
      (await told('round-1', round('case-officers'), 'system', ...late, ...before))?.to;
    expect(await to()).toContain('ars-officer');
    expect(await to(conflict)).not.toContain('ars-officer');
  });
});

it('names to who has to do it what is theirs', async () => {
  expect(await filesNamed('submitter', 'responsible')).toEqual([FILE]);
});

it('names a draft to a partner with whom it is shared, whatever conflict they declared elsewhere', async () => {
  const submission: Fact = {
    ...round('responsible'),
    round: `submission:${CALL}|J-7|responsible|2021-08-13T14:00:00Z`,
    deadline: `submission:${CALL}`,
    kind: 'submission',
    dueAt: '2021-08-13T14:00:00Z',
    step: { days: -7, to: 'responsible', channel: 'mail' },
  };
  delete (submission as { about?: string }).about;
  const shared = [member('partner', 'W9'), on(`application-${FILE}`, { type: 'FileShared', organisation: 'W9' })];
  expect(await filesNamed('partner', submission, ...shared)).toEqual([FILE]);
  expect(await filesNamed('partner', submission, ...shared, conflicted('partner', FILE))).toEqual([FILE]);
});

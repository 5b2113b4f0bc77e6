import { describe, expect, it } from '@jest/globals';
import { paris } from '#calendar/paris.js';
import * as file from '#domain/application/fixtures.js';
import * as award from '#domain/award/fixtures.js';
import * as call from '#domain/call/fixtures.js';
import type { Grant } from '#domain/roles.js';
import { rulesFor } from '#domain/rules.js';
import { CALL, given, type Happened, on, onStream, seat } from './fixtures.js';
import { concernedIn, silencedBefore } from './shift-impact.js';

const institution = (role: 'administrator' | 'case-officer'): Grant => ({
  role,
  scope: { kind: 'institution', id: call.ARS },
});
const administrator = { person: 'ars-administrator', grants: [institution('administrator')] };
const DEADLINE = '2021-08-13T14:00:00Z';

/** A file of W<name>, submitted at that instant, and what came after. */
function submitted(name: string, at: string, ...after: readonly Happened['fact'][]): Happened[] {
  return onStream(
    `application-${name}`,
    { ...file.started, call: CALL, organisation: `W${name}` },
    { type: 'ApplicationSubmitted', ...file.submission, receipt: `AR-${name}`, submittedAt: at },
    ...after,
  );
}

const world: Happened[] = [
  ...onStream(`call-${CALL}`, ...call.open),
  ...submitted('july', '2021-07-01T08:00:00Z'),
  ...submitted('august', '2021-08-12T22:30:00Z'),
  // The clock stands still from 1 to 15 September.
  ...submitted('completing', '2021-07-01T09:00:00Z', file.requested),
  ...submitted('decided', '2021-07-01T10:00:00Z'),
  on('award-decided', { ...award.arsDecided, call: CALL }),
  on('award-decided', { type: 'AwardSettled', call: CALL, outcome: 'refused', reasons: 'Hors sujet.' }),
  ...submitted('refused', '2021-07-01T10:00:00Z', file.refused),
  ...submitted('withdrawn', '2021-07-01T10:00:00Z', file.withdrawn),
  ...onStream('application-draft', { ...file.started, call: CALL, organisation: 'Wdraft' }),
];

async function silenced(
  decision: string,
  asked: { looking?: typeof administrator & { conflicts?: string[] }; unsealed?: boolean; authorisation?: true } = {},
) {
  const { looking = administrator, unsealed = true, authorisation } = asked;
  const { views } = await given(...world, ...(unsealed ? [on(`call-${CALL}`, call.unsealed)] : []));
  const rules = rulesFor(authorisation ? 'AUTHORISATION' : 'SUBVENTION');
  const { count, files } = silencedBefore(
    views,
    CALL,
    { decision, deadline: DEADLINE, at: '2021-09-02T08:00:00Z', rules },
    looking,
    paris,
  );
  return { count, files: files.map(({ application, until }) => [application, until]) };
}
const july = ['july', '2021-09-01T21:59:59Z'];
const august = ['august', '2021-10-13T21:59:59Z'];
const completing = ['completing', '2021-09-15T21:59:59Z'];

describe('the files that silence rejects before a new date', () => {
  it('are those without a decision, two months after each was received, the clock stopped while it is completed', async () => {
    const { count, files } = await silenced('2022-01-01T08:00:00Z');
    expect(count).toBe(3);
    expect(files.map(([name]) => name)).toEqual(['july', 'completing', 'august']);
    expect(files[0]).toEqual(july);
    expect(files[2]).toEqual(august);
    // 14 days and 8 hours more.
    expect(files[1]?.[1]?.slice(0, 10)).toBe(completing[1]?.slice(0, 10).replace('15', '16'));
  });
  it('are none up to the last instant of the delay', async () => {
    expect(await silenced('2021-09-01T21:59:59Z')).toEqual({ count: 0, files: [] });
    expect(await silenced('2021-09-01T22:00:00Z')).toEqual({ count: 1, files: [july] });
  });
  it('are counted, and not named, while contents are sealed', async () =>
    expect(await silenced('2021-09-02T08:00:00Z', { unsealed: false })).toEqual({ count: 1, files: [] }));
  it('are neither named nor counted for whom has a conflict on them', async () =>
    expect(await silenced('2021-09-02T08:00:00Z', { looking: { ...administrator, conflicts: ['july'] } })).toEqual({
      count: 0,
      files: [],
    }));
  it('are all of them six months after the deadline of an authorisation', async () => {
    expect(await silenced('2022-02-13T22:59:59Z', { authorisation: true })).toEqual({ count: 0, files: [] });
    const { count, files } = await silenced('2022-02-13T23:00:00Z', { authorisation: true });
    expect([count, ...files.map(([, until]) => until)]).toEqual([
      3,
      '2022-02-13T22:59:59Z',
      '2022-02-13T22:59:59Z',
      '2022-02-13T22:59:59Z',
    ]);
  });
});

describe('whom a shift concerns', () => {
  it('is counted by kind, those who left not', async () => {
    const granted = (person: string, role: 'administrator' | 'case-officer' | 'auditor', id: string) =>
      on(`account-${person}`, { type: 'RoleGranted', role, scope: { kind: 'institution', id } });
    const { views } = await given(
      ...world,
      seat('one'),
      seat('two'),
      on(`commission-${CALL}`, { type: 'CommissionMemberRemoved', person: 'two', reason: 'Départ' }),
      on('reviewer-1', { type: 'ReviewerAppointed', call: CALL, person: 'three', expertise: [] }),
      granted('four', 'administrator', call.ARS),
      granted('five', 'case-officer', call.DREETS),
      granted('five', 'administrator', call.DREETS),
      granted('six', 'administrator', 'CAF-44'),
    );
    const counts = { started: 7, submitted: 5, withdrawn: 1 };
    expect(concernedIn(views, CALL, [call.ARS, call.DREETS], counts)).toEqual({
      drafts: 1,
      submitted: 5,
      reviewers: 1,
      members: 1,
      staff: 2,
    });
  });
});

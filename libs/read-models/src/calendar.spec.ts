import { describe, expect, it } from '@jest/globals';
import * as file from '#domain/application/fixtures.js';
import * as calls from '#domain/call/fixtures.js';
import type { Fact } from '#domain/facts.js';
import { entriesOf } from './calendar.js';
import { CALL, CAMILLE, FILE, given, type Happened, on, onStream } from './fixtures.js';
import { conflictsOf, grantsOf } from './identity.js';

const at = (when: string) => ({ at: when });
const opened = onStream(`call-${CALL}`, ...calls.open);
const expected: Fact = {
  type: 'ReportExpected',
  ...{ report: 'report-1', kind: 'financial', application: FILE, call: CALL, leads: ['ARS-PDL'], dueOn: '2022-06-30' },
};
const extended: Fact = { type: 'ReportExtended', report: 'report-1', dueOn: '2022-09-30', reason: 'Congé.' };
const submitted: Fact = {
  type: 'ReportSubmitted',
  ...{ report: 'report-1', version: 1, content: { version: 0, hash: 'a' } },
};
const ofOwner = [
  on('organisation-W1', { type: 'ColleagueJoined', person: CAMILLE, power: 'submit' }),
  on(`application-${FILE}`, { ...file.started, call: CALL, organisation: 'W1' }),
  on('reports-W1', expected, at('2021-12-01T08:00:00Z')),
];
const reviewer = [
  on(`call-${CALL}`, {
    ...calls.scheduleShifted,
    after: { milestones: [...calls.schedule.milestones, { kind: 'reviewsDue', at: '2021-09-10T16:00:00Z' }] },
  }),
  on(`application-${FILE}`, { ...file.started, call: CALL, organisation: 'W2' }),
  on('reviewer-r1', { type: 'ReviewerAppointed', call: CALL, person: CAMILLE, expertise: [] }),
];
const title = 'Appel à projets commun ARS/DREETS – 1000 premiers jours';

/** What she has to do, of her calendar. */
async function duties(...happened: readonly Happened[]) {
  const { views } = await given(...opened, ...happened);
  const owner = { person: CAMILLE, grants: grantsOf(views, CAMILLE), conflicts: conflictsOf(views, CAMILLE) };
  return entriesOf(views, owner).filter(({ uid }) => uid.includes(':'));
}

describe('the calendar of a person', () => {
  it('has what they owe by a date of its own, as an entry of one name for ever', async () =>
    expect(await duties(...ofOwner)).toEqual([
      {
        uid: 'reports:report-1',
        title: 'Bilans à remettre : dossier de W1',
        call: CALL,
        at: '2022-06-30T21:59:59Z',
        sequence: 0,
        changedAt: '2021-12-01T08:00:00Z',
        previous: null,
        reason: null,
        cancelled: false,
      },
    ]));

  it('moves it with its date', async () =>
    expect(await duties(...ofOwner, on('reports-W1', extended, at('2022-05-01T08:00:00Z')))).toMatchObject([
      {
        uid: 'reports:report-1',
        at: '2022-09-30T21:59:59Z',
        sequence: 1,
        changedAt: '2022-05-01T08:00:00Z',
        previous: '2022-06-30T21:59:59Z',
      },
    ]));

  it('has it no more once it is done', async () =>
    expect(await duties(...ofOwner, on('reports-W1', submitted))).toEqual([]));

  it('has interests to declare, then reviews of the files that were assigned, until they are submitted', async () => {
    expect(await duties(...reviewer)).toMatchObject([
      { uid: `interests:${CALL}`, title: `Déclaration d'intérêts : ${title}`, at: '2021-09-10T16:00:00Z' },
    ]);
    const declared = on('reviewer-r1', { type: 'InterestsDeclared', call: CALL, person: CAMILLE, conflicts: [] });
    const assigned = on('reviewer-r1', { type: 'ReviewAssigned', call: CALL, person: CAMILLE, application: FILE });
    expect(await duties(...reviewer, declared)).toEqual([]);
    expect(await duties(...reviewer, declared, assigned)).toMatchObject([
      { uid: `reviews:${CALL}`, title: `Évaluations à remettre : ${title}` },
    ]);
  });

  it('has nothing of a file with a conflict, but on the side of the applicant', async () => {
    const conflict = on('reviewer-r1', {
      type: 'InterestsDeclared',
      ...{ call: CALL, person: CAMILLE, conflicts: [{ application: FILE, nature: 'other' as const }] },
    });
    const assigned = on('reviewer-r1', { type: 'ReviewAssigned', call: CALL, person: CAMILLE, application: FILE });
    expect(await duties(...reviewer, assigned, conflict)).toEqual([]);
    expect(await duties(...ofOwner, reviewer[2] as Happened, conflict)).toMatchObject([{ uid: 'reports:report-1' }]);
  });
});

import { describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { accepted, type Client } from '#client/client.js';
import { applicationId, reportId } from '#commands/ids.js';
import { onceReminded, siret } from './applicants.js';
import { happened } from './happened.js';
import { run } from './programs.js';
import { until, World } from './world.js';

interface Reminder {
  readonly name: string;
  readonly kind: string;
  readonly status: string;
  readonly delivered: number;
}

const remindersOf = async (call: string, who: Client): Promise<Reminder[]> =>
  accepted(await who.get<{ items: Reminder[] }>(`/api/calls/${call}/reminders`)).items;

/** By December, so that by the spring after it would have been recalled long ago, and escalated. */
async function expectReport(world: World, call: string): Promise<void> {
  const file = applicationId(call, siret(1), 1);
  await happened(world, `reports-${siret(1)}`, {
    type: 'ReportExpected',
    ...{ report: reportId(file, 'financial'), kind: 'financial', application: file, call },
    ...{ dueOn: '2021-12-15', leads: ['ARS-PDL', 'DREETS-PDL'] },
  });
}

/** A year after the first reminder of a call, on what is left of its service by then. */
async function remindsNobodyOfLastYear(leave: (gone: World, at: string) => Promise<World>): Promise<void> {
  const gone = await World.open('2021-05-12T08:00:00Z');
  let later = gone;
  try {
    const { people, id } = await onceReminded(gone);
    const { officer } = people.ars;
    await expectReport(gone, id);
    await until(
      async () => (await remindersOf(id, officer)).some(({ delivered }) => delivered > 0) || undefined,
      'its delivery',
    );
    later = await leave(gone, '2022-05-02T08:00:00Z');
    await later.ready();
    const there = later.as(officer);
    await until(async () => {
      const shown = await remindersOf(id, there);
      return shown.every(({ status }) => status !== 'planned') || undefined;
    }, 'the rounds of last year to lapse');
    // Those of last year lapsed, or ended with the window: none but the one of before the backup ever went out.
    const opened = (await remindersOf(id, there)).filter(({ status }) => status === 'opened');
    expect(opened.map(({ kind, name }) => `${kind} ${name}`)).toEqual(['submission J-15']);
    // What is decided later is delivered later: whatever the service had to say it has said by then.
    for (const [who, institution] of [
      [people.ars.signatory, 'ARS-PDL'],
      [people.dreets.signatory, 'DREETS-PDL'],
    ] as const)
      accepted(await later.as(who).post(`/api/calls/${id}/cancel`, { institution, reason: 'Les crédits sont gelés.' }));
    await later.messages('Subject: Appel annulé');
    // Messages aren't in a backup: what is in the outbox of another folder was sent there.
    expect(await later.messages('Subject: Rappel : ', 0)).toHaveLength(later === gone ? 1 : 0);
    expect(await later.messages('Subject: En retard : ', 0)).toEqual([]);
  } finally {
    await gone.close();
    if (later !== gone) await later.close();
  }
}

/** `npm run backup` while the service runs, opened in another folder. */
async function restored(gone: World, at: string, lose: readonly string[] = []): Promise<World> {
  const copy = mkdtempSync(join(tmpdir(), 'convergence-restored-'));
  expect(await run('backup', gone.folder, copy)).toMatchObject({ code: 0, stderr: '' });
  for (const name of lose) rmSync(join(copy, name), { force: true });
  return World.on(copy, at);
}

describe('a backup that is restored the year after', () => {
  it('reminds nobody of last year', () => remindsNobodyOfLastYear(restored));
  it('nor does the log alone, without what the reactors kept', () =>
    remindsNobodyOfLastYear((gone, at) => restored(gone, at, ['reactors.db'])));
  it('nor does the same folder, started again', () =>
    remindsNobodyOfLastYear(async (gone, at) => {
      await gone.restart(() => Promise.resolve(gone.clock.set(at)));
      return gone;
    }));
});

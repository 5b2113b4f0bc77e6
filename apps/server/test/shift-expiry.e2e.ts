import { describe, expect, it } from '@jest/globals';
import { accepted } from '#client/client.js';
import { applicant, contents, ready, type Receipt, submit } from './applicants.js';
import { cast, show, world } from './first-day.js';
import { expectRefused } from './refusals.js';
import { publishedCall } from './stage.js';
import { until } from './world.js';

const reason = 'Les associations sont en congés.';
const deadlineAt = (at: string) => [{ kind: 'submissionDeadline', at }];
const propose = (id: string, changes: object[]) =>
  cast.ars.admin.post(`/api/calls/${id}/propose-shift`, { institution: 'ARS-PDL', changes, reason });
const agree = (id: string, proposal = 1) =>
  cast.dreets.signatory.post(`/api/calls/${id}/agree-to-shift`, { institution: 'DREETS-PDL', proposal });
const deadlineOf = async (id: string) =>
  (await show(id)).schedule?.milestones.find(({ kind }) => kind === 'submissionDeadline')?.at;

describe('the old deadline that arrives while a shift is proposed', () => {
  it('holds: the proposal has expired before it, those who could agree were told in time, and after', async () => {
    const id = await publishedCall(world, cast);
    accepted(await propose(id, deadlineAt('2021-08-27T16:00:00+02:00')));
    expect(await show(id)).toMatchObject({
      preparation: {
        pending: { proposal: 1, proposedAt: '2021-06-14T07:00:00Z', expiresAt: '2021-08-13T14:00:00Z' },
      },
    });
    const [told = ''] = await world.messages(
      'Sans cet accord, la proposition expire le 13 août 2021 à 16 h 00 (heure de Paris).',
    );
    expect(told).toContain('Subject: Décalage proposé');
    world.clock.set('2021-08-13T14:00:00Z');
    expectRefused(await agree(id), 409, 'ProposalExpired');
    expect(await deadlineOf(id)).toBe('2021-08-13T14:00:00Z');
    await until(async () => (await show(id)).preparation?.pending === undefined || undefined, 'the expiry');
    expectRefused(await agree(id), 409, 'ProposalExpired');
    const messages = await world.messages('Subject: Décalage expiré', 4);
    expect(messages.map((text) => /^To: (.*?) </m.exec(text)?.[1]).sort()).toEqual([
      'Alix Administratrice',
      'Denis Administrateur',
      'Dora Signataire',
      'Sacha Signataire',
    ]);
    expect(messages[0]).toContain(
      "L'ancienne date de « date limite de dépôt » est arrivée : 13 août 2021 à 16 h 00 (heure de Paris).",
    );
    expect((await show(id)).notices).toHaveLength(1);
  });
});

describe('a file submitted before its deadline moved', () => {
  it('stands, may be replaced until the new date, and keeps both receipts', async () => {
    const id = await publishedCall(world, cast);
    world.clock.set('2021-06-20T08:00:00Z');
    const { person, organisation } = await applicant(world, cast, 1);
    const file = await ready(person, id, organisation);
    const first = accepted(await submit(person, file));
    world.clock.set('2021-08-12T08:00:00Z');
    const preview = accepted(
      await cast.ars.admin.post<{ warnings: string[]; people: object; milestones: object[] }>(
        `/api/calls/${id}/preview-shift`,
        { changes: deadlineAt('2021-08-27T16:00:00+02:00') },
      ),
    );
    expect(preview).toMatchObject({
      people: { drafts: 0, submitted: 1, reviewers: 0, members: 0, staff: 5 },
      reminders: [
        { step: 'H-4', deadline: 'dépôt du dossier', from: '2021-08-13T10:00:00Z', to: '2021-08-27T10:00:00Z' },
        { step: 'J-7', from: null, to: '2021-08-20T07:00:00Z' },
        { step: 'J-2', from: null, to: '2021-08-25T07:00:00Z' },
      ],
      milestones: [
        { kind: 'publication', before: '2021-06-14T07:00:00Z', after: '2021-06-14T07:00:00Z', moves: false },
        { kind: 'submissionDeadline', before: '2021-08-13T14:00:00Z', after: '2021-08-27T14:00:00Z', moves: true },
        { kind: 'convocationSent', moves: false },
        { kind: 'commission', moves: false },
      ],
    });
    expect(preview.warnings).toContain("Un dossier déposé peut être remplacé jusqu'à la nouvelle date (1 dossier).");
    accepted(await propose(id, deadlineAt('2021-08-27T16:00:00+02:00')));
    accepted(await agree(id));
    const [told = ''] = await world.messages(
      "vous pouvez remplacer ce dépôt jusqu'au 27 août 2021 à 16 h 00 (heure de Paris).",
    );
    expect(told).toContain('Subject: Calendrier décalé');
    expect(accepted(await person.get(`/api/applications/${file}`))).toMatchObject({
      status: 'submitted',
      submission: 1,
    });
    world.clock.set('2021-08-20T08:00:00Z');
    const second = accepted(
      await person.post<Receipt>(`/api/applications/${file}/replace`, {
        contents: { ...contents, title: 'Les mille jours, second souffle' },
      }),
    );
    expect([first.submission, second.submission]).toEqual([1, 2]);
    for (const { receipt } of [first, second]) {
      expect(accepted(await world.anonymous.get(`/api/receipts/${receipt}`))).toMatchObject({ receipt });
    }
    expect(accepted(await person.get(`/api/applications/${file}`))).toMatchObject({
      status: 'submitted',
      submission: 2,
      receipts: [
        { receipt: first.receipt, replacedBy: second.receipt },
        { receipt: second.receipt, replacedBy: null },
      ],
    });
  });
});

describe('the schedule', () => {
  it('can be read as of any past instant, with every change, and shows to everybody that it was published again', async () => {
    const id = await publishedCall(world, cast);
    world.clock.set('2021-07-01T08:00:00Z');
    accepted(await propose(id, deadlineAt('2021-08-27T16:00:00+02:00')));
    world.clock.set('2021-07-02T08:00:00Z');
    accepted(await agree(id));
    const asOf = (at: string, who = world.anonymous) =>
      who.get<{ milestones: { kind: string; at: string }[] }>(`/api/calls/${id}/schedule?at=${encodeURIComponent(at)}`);
    const deadline = async (at: string) =>
      accepted(await asOf(at)).milestones.find(({ kind }) => kind === 'submissionDeadline')?.at;
    expect(await deadline('2021-07-02T07:59:59Z')).toBe('2021-08-13T14:00:00Z');
    expect(await deadline('2021-07-02T08:00:00Z')).toBe('2021-08-27T14:00:00Z');
    expect(await deadline('2031-01-01T00:00:00Z')).toBe('2021-08-27T14:00:00Z');
    expectRefused(await asOf('2021-06-01T08:00:00Z'), 404, 'ScheduleUnknown');
    expect(accepted(await asOf('2021-06-01T08:00:00Z', cast.ars.admin))).toMatchObject({ status: 'preparation' });

    const history = (who = world.anonymous) => who.get<{ items: object[] }>(`/api/calls/${id}/schedule/history`);
    expect(accepted(await history()).items).toMatchObject([
      { fact: 'CallPublished', at: '2021-06-14T07:00:00Z', moved: expect.any(Array) },
      {
        fact: 'ScheduleShifted',
        at: '2021-07-02T08:00:00Z',
        name: 'Dora Signataire',
        proposal: 1,
        agreed: ['ARS-PDL', 'DREETS-PDL'],
        reason,
        moved: [{ kind: 'submissionDeadline', from: '2021-08-13T14:00:00Z', to: '2021-08-27T14:00:00Z' }],
      },
    ]);
    expect(accepted(await history(cast.ars.admin)).items).toMatchObject([
      { fact: 'ScheduleSet' },
      { fact: 'CallPublished', moved: [] },
      { fact: 'ScheduleShifted' },
    ]);
    const { notices } = accepted(await world.anonymous.get<{ notices: string[] }>(`/api/calls/${id}`));
    expect(notices[1]).toContain(
      '- date limite de dépôt : 13 août 2021 à 16 h 00 (heure de Paris) → 27 août 2021 à 16 h 00 (heure de Paris)',
    );
  });

  it('counts working days where its rules say so, and keeps them in a shift', async () => {
    const id = await publishedCall(world, cast, {
      schedule: {
        milestones: [
          { kind: 'publication', at: '2021-06-14T09:00:00+02:00' },
          { kind: 'submissionDeadline', at: '2021-08-13T16:00:00+02:00' },
          { kind: 'commission', at: '2021-09-30T09:30:00+02:00' },
          { kind: 'convocationSent', rule: { relativeTo: 'commission', days: -15, in: 'working' } },
        ],
      },
    });
    const convocation = async () =>
      (await show(id)).schedule?.milestones.find(({ kind }) => kind === 'convocationSent')?.at;
    expect(await convocation()).toBe('2021-09-09T07:30:00Z');
    accepted(await propose(id, [{ kind: 'commission', at: '2021-10-05T09:30:00+02:00' }]));
    accepted(await agree(id));
    expect(await convocation()).toBe('2021-09-14T07:30:00Z');
  });
});

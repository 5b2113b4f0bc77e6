import { beforeAll, describe, expect, it } from '@jest/globals';
import { accepted } from '#client/client.js';
import {
  caf,
  cafSubstitute,
  cast,
  chairs,
  commissioned,
  planned,
  present,
  qualified,
  type Sitting,
  START,
  world,
} from './commission-stage.js';
import { expectRefused } from './refusals.js';
import { heading, publishedCall } from './stage.js';

let call: string;
let files: string[];

describe('a session without quorum', () => {
  let first: Sitting;
  beforeAll(async () => {
    [call, files] = await commissioned();
    first = await planned(call);
  });

  it('is convened with admissible files, in time', async () => {
    expectRefused(await first.post(cast.ars.officer, 'convene', { agenda: [] }), 409, 'AgendaEmpty');
    expectRefused(
      await first.post(cast.ars.officer, 'convene', { agenda: [files[0], 'unknown'] }),
      409,
      'ApplicationNotAdmissible',
    );
    world.clock.set('2021-09-26T08:00:00Z');
    expectRefused(
      await first.post(cast.ars.officer, 'convene', { agenda: files }),
      409,
      'ConvenedTooLate',
      'La convocation part au moins 5 jours avant la séance, sauf urgence motivée (CRPA R133-8) : il en reste 4.',
    );
    world.clock.set('2021-09-15T08:00:00Z');
    expectRefused(
      await first.post(cast.ars.officer, 'convene', { agenda: files, noQuorumRequired: true }),
      409,
      'NoQuorumNotAllowed',
    );
    expectRefused(await first.post(caf, 'convene', { agenda: files }), 403, 'NotAllowed');
    accepted(await first.post(cast.ars.officer, 'convene', { agenda: files }));
  });

  it('does not open before its hour, nor with too few, and is adjourned by a chair', async () => {
    accepted(await first.post(cast.ars.officer, 'record-attendance', { attendance: present(qualified) }));
    expectRefused(await first.post(chairs.ars, 'open'), 409, 'SessionNotDue');
    world.clock.set('2021-09-30T07:30:00Z');
    expectRefused(await first.post(caf, 'open'), 403, 'NotAllowed');
    expectRefused(
      await first.post(chairs.ars, 'open'),
      409,
      'QuorumNotMet',
      "Le quorum n'est pas atteint : 1 voix présente ou représentée sur 4, il en faut 2 (CRPA R133-10).",
    );
    accepted(await first.post(chairs.ars, 'adjourn'));
    expectRefused(await first.post(chairs.ars, 'open'), 409, 'SessionOver');
  });

  it('is taken up again on the same agenda, which then needs no quorum', async () => {
    const second = await planned(call, '2021-10-10T09:30:00+02:00', { reconvenes: first.session });
    expectRefused(
      await second.post(cast.ars.admin, 'convene', { agenda: files.slice(1), noQuorumRequired: true }),
      409,
      'AgendaDiffers',
    );
    accepted(await second.post(cast.ars.admin, 'convene', { agenda: files, noQuorumRequired: true }));
    accepted(await second.post(cast.ars.admin, 'record-attendance', { attendance: present(chairs.ars) }));
    world.clock.set('2021-10-10T07:30:00Z');
    accepted(await second.post(chairs.ars, 'open'));
    const totals = { for: 0, against: 1, abstain: 0 };
    for (const application of files) accepted(await second.post(chairs.ars, 'record-vote', { application, totals }));
    accepted(await second.post(chairs.ars, 'adopt-ranking', { ranking: [] }));
    const shown = accepted(
      await cast.dreets.admin.get<{ members: object[]; sessions: object[] }>(`/api/calls/${call}/commission`),
    );
    expect(shown.sessions).toMatchObject([
      { id: first.session, status: 'adjourned', quorum: { members: 4, present: 1, needed: 2, required: true } },
      {
        id: second.session,
        status: 'ranked',
        reconvenes: first.session,
        noQuorumRequired: true,
        files: 3,
        quorum: { present: 1, required: false },
        attendance: [{ member: chairs.ars.id, name: 'Paule Présidente', as: 'present', by: null }],
      },
    ]);
    expect(shown.members).toHaveLength(5);
    expect(shown.members).toContainEqual(
      expect.objectContaining({ name: 'Maud Membre', sitsFor: 'CAF 44', substituteName: 'Sam Suppléant' }),
    );
  });
});

describe('co-chairs who disagree on a tie', () => {
  it('leave the call without a ranking, and its minutes say so', async () => {
    [call, files] = await commissioned();
    const session = await planned(call);
    accepted(await session.post(chairs.ars, 'convene', { agenda: files.slice(0, 1) }));
    world.clock.set('2021-09-30T07:30:00Z');
    const attendance = present(chairs.ars, chairs.dreets);
    accepted(await session.post(cast.dreets.admin, 'record-attendance', { attendance }));
    accepted(await session.post(chairs.dreets, 'open'));
    const application = files[0] ?? '';
    const totals = { for: 1, against: 1, abstain: 0 };
    accepted(await session.post(chairs.ars, 'record-vote', { application, totals }));
    accepted(await session.post(chairs.ars, 'give-casting-vote', { application, favourable: true }));
    accepted(await session.post(chairs.dreets, 'give-casting-vote', { application, favourable: false }));
    expectRefused(await session.post(chairs.ars, 'adopt-ranking', { ranking: [] }), 409, 'ChairsDisagree');
    accepted(await session.post(cast.ars.officer, 'draft-minutes'));
    const { text } = accepted(await session.read<{ text: string }>(chairs.dreets, '/minutes'));
    expect(text).toContain('les coprésidents ne se sont pas accordés');
    expect(text).toContain("Aucun classement n'est établi.");
    expect(accepted(await cast.ars.admin.get(`/api/calls/${call}/ranking`))).toEqual({ items: [] });
  });
});

describe('a commission', () => {
  it('waits until the contents are unsealed', async () => {
    world.clock.set('2021-05-12T08:00:00Z');
    const sealed = await publishedCall(world, cast);
    const plan = { startsAt: START, place: 'Nantes' };
    expectRefused(await cast.ars.admin.post(`/api/calls/${sealed}/plan-session`, plan), 409, 'ContentsSealed');
    expectRefused(await cast.caf.post(`/api/calls/${sealed}/plan-session`, plan), 403, 'NotAllowed');
  });

  it('under the regime of authorisations is not in the service yet', async () => {
    const drafted = { ...heading, regime: 'AUTHORISATION' };
    const { id } = accepted(await cast.ars.admin.post<{ id: string }>('/api/calls', drafted));
    expectRefused(
      await cast.ars.admin.post(`/api/calls/${id}/plan-session`, { startsAt: START, place: 'Nantes' }),
      409,
      'NotYetSupported',
      "Les règles de la commission de ce régime ne sont pas encore dans le service : sa séance s'y prépare hors ligne.",
    );
  });

  it('is unknown with its call to who may not see it', async () => {
    const { id } = accepted(await cast.ars.admin.post<{ id: string }>('/api/calls', heading));
    expectRefused(await cafSubstitute.get(`/api/calls/${id}/commission`), 404, 'CallUnknown');
    expectRefused(await chairs.ars.post(`/api/calls/${id}/sessions/none/open`), 404, 'CallUnknown');
    expectRefused(await cast.ars.admin.get(`/api/calls/${id}/sessions/none`), 404, 'SessionUnknown');
  });
});

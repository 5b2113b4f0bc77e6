import { beforeAll, describe, expect, it } from '@jest/globals';
import { accepted } from '#client/client.js';
import { caf, cast, chairs, commissioned, planned, present, type Sitting, START, world } from './commission-stage.js';
import { expectRefused } from './refusals.js';
import { until } from './world.js';

interface SessionShown {
  status: string;
  startsAt: string;
  convenedAt: string | null;
  files: number;
  attendance: object[];
  moves: object[];
}

const OLD = '2021-09-30T07:30:00Z';
const NEW = '2021-10-14T07:30:00Z';
const reason = "La salle de la commission n'est plus disponible à la date prévue.";
const moved = 'Subject: Séance déplacée, convocation annulée';

let call: string;
let files: string[];
let session: Sitting;
let elsewhere: Sitting;

const shown = async (of: Sitting): Promise<SessionShown> => accepted(await of.read<SessionShown>(cast.ars.admin));

describe('the commission moves after its convocation', () => {
  beforeAll(async () => {
    [call, files] = await commissioned();
    session = await planned(call);
    elsewhere = await planned(call, '2021-10-01T09:30:00+02:00');
    world.clock.set('2021-09-15T08:00:00Z');
    accepted(await session.post(cast.ars.officer, 'convene', { agenda: files, documents: ['Rapport'] }));
    const mandate = [...present(chairs.ars, caf), { member: chairs.dreets.id, as: 'represented', by: chairs.ars.id }];
    accepted(await session.post(cast.ars.officer, 'record-attendance', { attendance: mandate }));
  });

  it('with the milestone: once every lead agrees, the session goes along and its convocation falls', async () => {
    const changes = [{ kind: 'commission', at: '2021-10-14T09:30:00+02:00' }];
    const proposal = { institution: 'ARS-PDL', changes, reason };
    accepted(await cast.ars.admin.post(`/api/calls/${call}/propose-shift`, proposal));
    expect(await shown(session)).toMatchObject({ status: 'convened', startsAt: OLD });
    const agreed = { institution: 'DREETS-PDL', proposal: 1 };
    accepted(await cast.dreets.signatory.post(`/api/calls/${call}/agree-to-shift`, agreed));
    const after = await until(async () => {
      const found = await shown(session);
      return found.startsAt === NEW ? found : undefined;
    }, 'the session to move');
    const at = '2021-09-15T08:00:00Z';
    expect(after).toMatchObject({
      status: 'planned',
      convenedAt: null,
      files: 3,
      attendance: [],
      moves: [{ from: OLD, to: NEW, convenedAt: at, reason, movedAt: at }],
    });
  });

  it('leaves a session that was planned for another instant', async () =>
    expect(await shown(elsewhere)).toMatchObject({ startsAt: '2021-10-01T07:30:00Z', moves: [] }));

  it('tells everybody who was convened: both dates and the reason', async () => {
    const letters = await world.messages(moved, 6);
    expect(letters.map((text) => /^To: (.*) </m.exec(text)?.[1]).sort()).toEqual([
      'Ada Conseillère',
      'Maud Membre',
      'Paule Présidente',
      'Pierre Président',
      'Quentin Qualifié',
      'Sam Suppléant',
    ]);
    expect(letters[0]).toContain('ne se tient pas le 30 septembre 2021 à 9 h 30 (heure de Paris)');
    expect(letters[0]).toContain(`Nouvelle date : le 14 octobre 2021 à 9 h 30 (heure de Paris). Motif : ${reason}`);
  });

  it('is convened again with the whole delay, and nothing that was given for the old date holds', async () => {
    world.clock.set('2021-10-10T08:00:00Z');
    expectRefused(
      await session.post(cast.ars.officer, 'record-attendance', { attendance: present(caf) }),
      409,
      'NotConvened',
    );
    expectRefused(
      await session.post(cast.ars.officer, 'convene', { agenda: files }),
      409,
      'ConvenedTooLate',
      'La convocation part au moins 5 jours avant la séance, sauf urgence motivée (CRPA R133-8) : il en reste 4.',
    );
    world.clock.set('2021-10-01T08:00:00Z');
    accepted(await session.post(cast.ars.officer, 'convene', { agenda: files }));
    world.clock.set(NEW);
    expectRefused(await session.post(chairs.ars, 'open'), 409, 'QuorumNotMet');
    accepted(await session.post(cast.ars.officer, 'record-attendance', { attendance: present(chairs.ars, caf) }));
    accepted(await session.post(chairs.ars, 'open'));
  });
});

describe('a session alone', () => {
  const later = { startsAt: '2021-10-20T09:30:00+02:00', reason };

  it('is moved by who plans sessions, until it is held', async () => {
    [call, files] = await commissioned();
    session = await planned(call);
    expectRefused(await session.post(cast.ars.officer, 'move', later), 403, 'NotAllowed');
    expectRefused(await session.post(caf, 'move', later), 403, 'NotAllowed');
    expectRefused(await session.post(cast.dreets.admin, 'move', { ...later, startsAt: START }), 409, 'NothingMoves');
    expectRefused(
      await session.post(cast.dreets.admin, 'move', { ...later, startsAt: '2021-08-30T09:30:00+02:00' }),
      409,
      'DateInPast',
    );
    accepted(await session.post(cast.dreets.admin, 'move', later));
    expect(await shown(session)).toMatchObject({ status: 'planned', startsAt: '2021-10-20T07:30:00Z' });
    accepted(await session.post(cast.ars.officer, 'convene', { agenda: files }));
    world.clock.set('2021-10-20T07:30:00Z');
    accepted(await session.post(cast.ars.officer, 'record-attendance', { attendance: present(chairs.ars, caf) }));
    const again = { ...later, startsAt: '2021-11-03T09:30:00+01:00' };
    expectRefused(
      await session.post(cast.ars.admin, 'move', again),
      409,
      'AttendanceTaken',
      "L'heure de la séance est venue et des présences y sont relevées : elle s'ouvre ou s'ajourne, elle ne se déplace plus.",
    );
    accepted(await session.post(chairs.ars, 'open'));
    expectRefused(await session.post(cast.ars.admin, 'move', again), 409, 'AlreadyOpen');
  });
});

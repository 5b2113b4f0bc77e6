import { describe, expect, it } from '@jest/globals';
import { callCancelled } from '../application/fixtures.js';
import { absent } from '../decider.js';
import type { CommissionCommand } from './commission-facts.js';
import {
  adjourned,
  ADJOURNED,
  ARS_CHAIR,
  attended,
  came,
  convened,
  convoked,
  DREETS_CHAIR,
  everybody,
  type FactOf,
  FILES,
  given,
  inSession,
  members,
  planned,
  ranked,
  RANKED,
  SESSION,
  SESSION_UNKNOWN,
  sitting,
  STARTS,
} from './fixtures.js';

const LATER = '2021-10-14T07:30:00Z';
const move = { type: 'MoveSession', session: SESSION, startsAt: LATER, reason: 'La salle est fermée.' } as const;
const moved: FactOf<'SessionMoved'> = {
  type: 'SessionMoved',
  session: SESSION,
  from: STARTS,
  to: LATER,
  reason: 'La salle est fermée.',
};
const mandate = attended(came(ARS_CHAIR), came(DREETS_CHAIR, 'represented', { by: ARS_CHAIR }));

describe('moving a session', () => {
  it('says both dates and the reason', () =>
    given(...convoked)
      .when(move)
      .then(moved));
  it('may come before anybody is convened', () =>
    given(...members, planned)
      .when(move)
      .then(moved));
  it('may bring it forward', () =>
    given(...convoked)
      .when({ ...move, startsAt: '2021-09-24T07:30:00Z' })
      .then({ ...moved, to: '2021-09-24T07:30:00Z' }));
  it('takes it back to its plan: agenda kept, convocation, mandates and answers void', () =>
    expect(
      given(...convoked, { ...convened, urgency: 'Crédits à engager.', documents: ['Rapport'] }, mandate, moved).state
        .sessions[SESSION],
    ).toEqual({
      session: SESSION,
      status: 'planned',
      startsAt: LATER,
      place: 'Nantes, salle Erdre',
      noQuorumRequired: false,
      agenda: [...FILES],
      documents: ['Rapport'],
      attendance: {},
      items: FILES.map((application) => ({
        application,
        heard: false,
        recused: {},
        ballots: {},
        casting: {},
        result: 'undecided',
      })),
      places: { 'file-1': 0, 'file-2': 1, 'file-3': 2 },
      comments: [],
    }));
  it('is refused for a session that nobody knows, as not found', () =>
    expect(given().when(move).result).toEqual(absent('SessionUnknown', SESSION_UNKNOWN)));
  it('is refused to a date that has passed', () =>
    given(...convoked)
      .when({ ...move, startsAt: '2021-09-15T08:00:00Z' })
      .thenRefused(
        'DateInPast',
        "La séance ne peut pas être prévue le 15 septembre 2021 à 10 h 00 (heure de Paris) : c'est déjà passé.",
      ));
  it('is refused to the date that it has: the repeat of a move does nothing', () =>
    given(...convoked, moved)
      .when(move)
      .thenRefused('NothingMoves', 'La séance est déjà prévue le 14 octobre 2021 à 9 h 30 (heure de Paris).'));
  it('is possible once its hour has passed and nobody came', () =>
    given(...convoked)
      .when(move, inSession)
      .then(moved));
  it('is refused from its hour on, once it is recorded who came', () =>
    given(...convoked, attended(...everybody))
      .when(move, { ...inSession, at: STARTS })
      .thenRefused(
        'AttendanceTaken',
        "L'heure de la séance est venue et des présences y sont relevées : elle s'ouvre ou s'ajourne, elle ne se déplace plus.",
      ));
  it('is possible until the second before, whatever was answered', () =>
    given(...convoked, attended(...everybody))
      .when(move, { at: '2021-09-30T07:29:59Z' })
      .then(moved));
  it.each([
    ['sits', sitting, 'AlreadyOpen', 'Cette séance est déjà ouverte.'],
    ['was adjourned', [...convoked, adjourned], 'SessionOver', ADJOURNED],
    ['has adopted its ranking', ranked, 'SessionOver', RANKED],
  ])('is refused for a session that %s', (_, so, code, sentence) =>
    given(...so)
      .when(move)
      .thenRefused(code, sentence),
  );
  it('is refused once the call has ended', () =>
    given(...convoked)
      .when(move, {}, { call: callCancelled })
      .thenRefused('CallEnded', 'Cet appel a été annulé.'));
});

describe('a session that was moved', () => {
  const convene = {
    type: 'ConveneSession',
    session: SESSION,
    agenda: [...FILES],
    documents: [],
  } satisfies CommissionCommand;
  const after = [...convoked, mandate, moved];

  it('is convened again with the whole delay before its new date', () =>
    given(...after)
      .when(convene, { at: '2021-10-09T21:59:59Z' })
      .then({ ...convened, convenedAt: '2021-10-09T21:59:59Z' }));
  it('is not convened again later, though the first convocation was in time', () =>
    given(...after)
      .when(convene, { at: '2021-10-09T22:00:00Z' })
      .thenRefused(
        'ConvenedTooLate',
        'La convocation part au moins 5 jours avant la séance, sauf urgence motivée (CRPA R133-8) : il en reste 4.',
      ));
  it('does not open under its old convocation, nor take attendance', () => {
    const sentence = "Cette séance n'est pas encore convoquée : convoquez-la avec son ordre du jour.";
    const open = { type: 'OpenSession', session: SESSION } as const;
    given(...after)
      .when(open, { ...inSession, at: LATER })
      .thenRefused('NotConvened', sentence);
    given(...after)
      .when({ type: 'RecordAttendance', session: SESSION, attendance: [came(ARS_CHAIR)] })
      .thenRefused('NotConvened', sentence);
  });
  it('counts nobody who answered for the old date', () =>
    given(...after, convened)
      .when({ type: 'OpenSession', session: SESSION }, { ...inSession, at: LATER })
      .thenRefused(
        'QuorumNotMet',
        "Le quorum n'est pas atteint : 0 voix présente ou représentée sur 4, il en faut 2 (CRPA R133-10).",
      ));
});

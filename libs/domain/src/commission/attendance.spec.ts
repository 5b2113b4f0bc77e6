import { describe, expect, it } from '@jest/globals';
import type { Attendance, CommissionEvent } from './commission-facts.js';
import {
  adjourned,
  ADJOURNED,
  ADVISER,
  ARS_CHAIR,
  attended,
  CAF,
  came,
  convoked,
  DREETS_CHAIR,
  given,
  inSession,
  NOT_MEMBER,
  planned,
  QUALIFIED,
  ranked,
  RANKED,
  SESSION,
  sitting,
  STRANGER,
  voted,
} from './fixtures.js';

const record = (...attendance: Attendance[]) => ({ type: 'RecordAttendance', session: SESSION, attendance }) as const;
const CONTRADICTORY = 'Un suppléant qui siège est présent ou à distance, à la place du membre ou avec lui.';

describe('recording who attends', () => {
  it('knows who is there, remote, represented, substituted or absent', () => {
    const entries = [
      came(ARS_CHAIR),
      came(DREETS_CHAIR, 'represented', { by: ARS_CHAIR }),
      came(CAF, 'remote', { substituted: true }),
      came(QUALIFIED, 'absent'),
      came(ADVISER, 'remote'),
    ];
    given(...convoked)
      .when(record(...entries))
      .then(attended(...entries));
  });
  it('leaves out what says nothing', () =>
    given(...convoked)
      .when(record({ member: CAF, as: 'present', substituted: false, withSubstitute: false }))
      .then(attended(came(CAF))));
  it('supersedes what was recorded of the same member', () =>
    expect(
      given(...convoked, attended(came(CAF)), attended(came(CAF, 'absent'))).state.sessions[SESSION],
    ).toMatchObject({ attendance: { [CAF]: came(CAF, 'absent') } }));
  it('goes on while the session sits, for who comes late', () =>
    given(...sitting)
      .when(record(came(CAF, 'remote')), inSession)
      .then(attended(came(CAF, 'remote'))));
  it('judges no vote again', () => {
    const item = (...history: CommissionEvent[]) => given(...history).state.sessions[SESSION]?.items[0];
    const before = [...sitting, voted('file-1', 'favourable')];
    expect(item(...before, attended(came(CAF, 'absent')))).toEqual(item(...before));
  });
  it('is refused for who is no member', () =>
    given(...convoked)
      .when(record(came(STRANGER)))
      .thenRefused('NotMember', NOT_MEMBER));
  it('is refused with a member twice', () =>
    given(...convoked)
      .when(record(came(CAF), came(CAF, 'absent')))
      .thenRefused('AttendanceTwice', 'Un membre figure deux fois dans ce relevé de présence.'));
  it.each(['substituted', 'withSubstitute'] as const)('is refused with a substitute whom nobody named: %s', (how) =>
    given(...convoked)
      .when(record(came(QUALIFIED, 'present', { [how]: true })))
      .thenRefused('NoSubstitute', "Ce membre n'a pas de suppléant."),
  );
  it.each<[string, Attendance]>([
    ['for an absent member', came(CAF, 'absent', { substituted: true })],
    ['for one who gave a mandate', came(CAF, 'represented', { by: ARS_CHAIR, substituted: true })],
    ['both in their place and with them', came(CAF, 'present', { substituted: true, withSubstitute: true })],
  ])('is refused with a substitute %s', (_, entry) =>
    given(...convoked)
      .when(record(came(ARS_CHAIR), entry))
      .thenRefused('AttendanceContradictory', CONTRADICTORY),
  );
  it.each([
    [
      'nobody has convened',
      [planned],
      'NotConvened',
      "Cette séance n'est pas encore convoquée : convoquez-la avec son ordre du jour.",
    ],
    ['was adjourned', [...convoked, adjourned], 'SessionOver', ADJOURNED],
    ['has adopted its ranking', ranked, 'SessionOver', RANKED],
  ])('is refused for a session that %s', (_, history, code, sentence) =>
    given(...history)
      .when(record(came(CAF)))
      .thenRefused(code, sentence),
  );
});

describe('a mandate', () => {
  const HOLDER = "Qui détient un mandat siège en personne, présent ou à distance : ce n'est pas le cas.";
  const represented = (member: string, by?: string) => came(member, 'represented', by === undefined ? {} : { by });

  it('may be held by who attends remotely', () => {
    const entries = [came(ARS_CHAIR, 'remote'), represented(CAF, ARS_CHAIR)];
    given(...convoked)
      .when(record(...entries))
      .then(attended(...entries));
  });
  it('is refused as a second one of the same holder', () =>
    given(...convoked, attended(came(ARS_CHAIR), represented(CAF, ARS_CHAIR)))
      .when(record(represented(QUALIFIED, ARS_CHAIR)))
      .thenRefused('SecondMandate', "Nul ne détient plus d'un mandat (CRPA R133-9)."));
  it('is refused without its holder', () =>
    given(...convoked)
      .when(record(represented(CAF)))
      .thenRefused('HolderMissing', 'Dites à qui le membre représenté a donné mandat.'));
  it('is refused for a member who came themself', () =>
    given(...convoked)
      .when(record(came(ARS_CHAIR), came(CAF, 'present', { by: ARS_CHAIR })))
      .thenRefused('AttendanceContradictory', 'Seul un membre représenté a donné mandat à quelqu’un.'));
  it('is refused from a consultative member', () =>
    given(...convoked)
      .when(record(came(ARS_CHAIR), represented(ADVISER, ARS_CHAIR)))
      .thenRefused('ConsultativeVoice', 'Un membre à voix consultative ne donne pas de mandat : il ne vote pas.'));
  it.each([
    ['a consultative member', ADVISER],
    ['who is no member', STRANGER],
    ['oneself', CAF],
  ])('is refused to %s', (_, holder) =>
    given(...convoked)
      .when(record(came(ADVISER), represented(CAF, holder)))
      .thenRefused('HolderNotVoting', 'Un mandat se donne à un autre membre, à voix délibérative (CRPA R133-9).'),
  );
  it.each<[string, Attendance[]]>([
    ['of whom nothing is recorded', []],
    ['who is absent', [came(ARS_CHAIR, 'absent')]],
    ['who is represented too', [came(DREETS_CHAIR), came(ARS_CHAIR, 'represented', { by: DREETS_CHAIR })]],
  ])('is refused to a member %s', (_, entries) =>
    given(...convoked)
      .when(record(...entries, represented(QUALIFIED, ARS_CHAIR)))
      .thenRefused('HolderAbsent', HOLDER),
  );
  it('is refused to a member whose substitute sits', () =>
    given(...convoked)
      .when(record(came(CAF, 'present', { substituted: true }), represented(QUALIFIED, CAF)))
      .thenRefused('HolderAbsent', HOLDER));
  it('keeps its holder there, until it is given to another', () =>
    given(...convoked, attended(came(ARS_CHAIR), represented(CAF, ARS_CHAIR)))
      .when(record(came(ARS_CHAIR, 'absent')))
      .thenRefused('HolderAbsent', HOLDER));
});

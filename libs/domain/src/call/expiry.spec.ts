import { describe, expect, it } from '@jest/globals';
import type { CallEvent } from './call-facts.js';
import { expiryOf } from './expiry.js';
import {
  agreeToShift,
  ARS,
  cancelled,
  closing,
  commissionLater,
  deadlineProposed,
  DREETS,
  endedOrUnknown,
  type FactOf,
  given,
  known,
  laterSchedule,
  open,
  prepared,
  proposeShift,
  schedule,
  shiftProposed,
} from './fixtures.js';

const IN_JULY = '2021-07-01T08:00:00Z';
const OLD = '2021-08-13T14:00:00Z';
const NEW = '2021-08-27T14:00:00Z';
const proposed = deadlineProposed(NEW, IN_JULY);
const pending: CallEvent[] = [...open, proposed];
const OLD_CAME = "L'ancienne date de « date limite de dépôt » est arrivée : 13 août 2021 à 16 h 00 (heure de Paris).";
const EXPIRED = `Cette proposition de décalage a expiré, les dates d'avant valent. ${OLD_CAME}`;
const expired: FactOf<'ShiftExpired'> = { type: 'ShiftExpired', proposal: 1, expiredAt: OLD, because: OLD_CAME };
const outage: CallEvent = {
  type: 'OutageExtensionGranted',
  number: 1,
  institution: DREETS,
  capacity: { kind: 'office' },
  outage: { from: '2021-08-13T12:00:00Z', until: '2021-08-13T13:00:00Z', description: 'Panne.' },
  before: schedule,
  after: closing('2021-08-16T14:00:00Z'),
};

describe('a proposal expires', () => {
  it.each<[string, CallEvent[], string | undefined]>([
    ['with the old date that it would move', pending, OLD],
    [
      'with the first of several, what comes along included',
      [...open, { ...shiftProposed, proposedAt: IN_JULY }],
      '2021-09-15T07:30:00Z',
    ],
    [
      'with the next one, where the first had already come',
      [...open, { ...shiftProposed, proposedAt: '2021-09-16T08:00:00Z' }],
      '2021-09-30T07:30:00Z',
    ],
    [
      'with the new date, where that is earlier',
      [...open, deadlineProposed('2021-08-06T14:00:00Z', IN_JULY)],
      '2021-08-06T14:00:00Z',
    ],
    ['with the new date, where the old one was past', [...open, deadlineProposed(NEW, OLD)], NEW],
    ['with the date that holds since an outage moved it', [...pending, outage], '2021-08-16T14:00:00Z'],
    ['with the new date before publication, when no date holds yet', [...prepared, proposed], NEW],
    [
      'with the new date, where it was proposed before expiry was known',
      [...open, { ...proposed, proposedAt: undefined }],
      NEW,
    ],
    ['never, where there is none', open, undefined],
    ['never, once it was settled', [...pending, { ...expired }], undefined],
    ['never, once the call ended', [...pending, cancelled], undefined],
  ])('%s', (_, history, at) => expect(expiryOf(known(...history))).toBe(at));
});

describe('at its expiry, a proposal', () => {
  it('can still be agreed to in the second before', () =>
    expect(given(...pending).when(agreeToShift, { at: '2021-08-13T13:59:59Z' }).result).toMatchObject([
      { type: 'ShiftAgreed' },
      { type: 'ScheduleShifted' },
      { type: 'RectifyingNoticePublished' },
    ]));
  it.each([
    ['agreed to', agreeToShift],
    ['refused', { type: 'RefuseShift', institution: DREETS, proposal: 1, reason: 'Trop tard.' }],
    ['withdrawn', { type: 'WithdrawShift', institution: ARS, proposal: 1, reason: 'Sans objet.' }],
  ] as const)('cannot be %s, be the expiry recorded or not', (_, command) => {
    given(...pending)
      .when(command, { at: OLD })
      .thenRefused('ProposalExpired', EXPIRED);
    given(...pending, expired)
      .when(command, { at: '2021-08-13T14:00:01Z' })
      .thenRefused('ProposalExpired', EXPIRED);
  });
  it('leaves the old dates, and nothing pending', () => {
    const { schedule: held, pending: left, expired: known1 } = known(...pending, expired);
    expect({ held, left, known1 }).toEqual({
      held: schedule,
      left: undefined,
      known1: { proposal: 1, because: OLD_CAME },
    });
  });
  it('gives way to the next one, and is recorded with it where nobody had', () => {
    const { because, ...next } = { because: OLD_CAME, ...shiftProposed, proposal: 2 };
    given(...pending)
      .when(proposeShift(...commissionLater), { at: '2021-08-14T08:00:00Z' })
      .then(
        { ...expired, because },
        { ...next, proposedAt: '2021-08-14T08:00:00Z', before: schedule, after: laterSchedule },
      );
  });
});

describe('recording that a proposal expired', () => {
  const expire = { type: 'ExpireShift', proposal: 1 } as const;

  it('says which date came', () =>
    given(...pending)
      .when(expire, { at: OLD })
      .then(expired));
  it('says so of a new date', () =>
    given(...prepared, proposed)
      .when(expire, { at: NEW })
      .then({
        ...expired,
        expiredAt: NEW,
        because: 'La nouvelle date de « date limite de dépôt » est arrivée : 27 août 2021 à 16 h 00 (heure de Paris).',
      }));
  it('is refused before', () =>
    given(...pending)
      .when(expire, { at: '2021-08-13T13:59:59Z' })
      .thenRefused('ProposalNotExpired', "Cette proposition de décalage n'a pas encore expiré."));
  it.each<[string, CallEvent[]]>([
    ['nothing is proposed', open],
    ['it was recorded', [...pending, expired]],
    ['another is proposed', [...open, { ...proposed, proposal: 2 }]],
  ])('is refused when %s', (_, history) =>
    given(...history)
      .when(expire, { at: OLD })
      .thenRefused('ProposalUnknown', "Cette proposition de décalage n'est pas en cours."),
  );
  it.each(endedOrUnknown)('is refused %s', (_, history, code, sentence) =>
    given(...history)
      .when(expire, { at: OLD })
      .thenRefused(code, sentence),
  );
});

import { describe, expect, it } from '@jest/globals';
import type { CallEvent, Schedule } from './call-facts.js';
import {
  type FactOf,
  ARS,
  authorisationSchedule,
  authorising,
  byHolder,
  closing,
  delegating,
  given,
  known,
  open,
  outsidePublication,
  preparing,
  published,
  schedule,
  specifications,
  specified,
  underD1,
  unfitSignatures,
  unsealed,
} from './fixtures.js';

/** The service failed from 14 h to 15 h 30 on the last day; the deadline was 16 h. */
const outage = {
  from: '2021-08-13T12:00:00Z',
  until: '2021-08-13T13:30:00Z',
  description: 'Le dépôt ne répondait plus.',
};
const granted: FactOf<'OutageExtensionGranted'> = {
  type: 'OutageExtensionGranted',
  number: 1,
  institution: ARS,
  capacity: { kind: 'office' },
  outage,
  ratifyBy: '2021-08-14T13:35:00Z',
  before: schedule,
  after: closing('2021-08-16T14:00:00Z'),
};
const rectifying: CallEvent = {
  type: 'RectifyingNoticePublished',
  number: 1,
  notice: [
    'Avis rectificatif n° 1 : Appel à projets commun ARS/DREETS – 1000 premiers jours',
    'Motif : Panne du service : Le dépôt ne répondait plus.',
    '- date limite de dépôt : 13 août 2021 à 16 h 00 (heure de Paris) → 16 août 2021 à 16 h 00 (heure de Paris)',
  ].join('\n'),
};
const OUTSIDE = 'La panne doit avoir commencé, et touché la période de dépôt.';

describe('recording an outage', () => {
  const record = { type: 'RecordOutage', institution: ARS, outage, until: '2021-08-16T14:00:00Z' } as const;
  const lastDay = { at: '2021-08-13T13:35:00Z' };

  it('gives everybody a later deadline at once, with a rectifying notice', () =>
    given(...open)
      .when(record, lastDay)
      .then(granted, rectifying));
  it('is possible after the deadline, while contents are sealed', () =>
    given(...open)
      .when(record, { at: '2021-08-14T08:00:00Z' })
      .then({ ...granted, ratifyBy: '2021-08-15T08:00:00Z' }, rectifying));
  it('records under which delegation', () =>
    expect(
      given(...open).when(
        { ...record, under: 'd-1' },
        { ...byHolder, ...lastDay },
        delegating({ acts: ['outage-extension'] }),
      ).result,
    ).toEqual([{ ...granted, capacity: underD1 }, rectifying]));
  it.each(unfitSignatures('outage-extension', 'de prolonger le dépôt après une panne'))(
    'is refused %s',
    (_, { under, asked, seen, code, sentence }) =>
      given(...open)
        .when({ ...record, ...(under && { under }) }, { ...asked, ...lastDay }, seen)
        .thenRefused(code, sentence),
  );
  it('moves the deadline, and waits for the other leads to ratify', () => {
    const { schedule: now, outages } = publishedCall(...open, granted, rectifying);
    expect({ now, outages }).toEqual({
      now: closing('2021-08-16T14:00:00Z'),
      outages: [{ ...outage, ratified: [ARS], ratifyBy: '2021-08-14T13:35:00Z' }],
    });
  });
  it('moves what follows the deadline', () => {
    const decision = { kind: 'decision', rule: { relativeTo: 'submissionDeadline', days: 60 } } as const;
    const following: Schedule = {
      milestones: [...schedule.milestones, { ...decision, at: '2021-10-12T14:00:00Z' }],
    };
    expect(given(...open, shiftedTo(following)).when(record, lastDay).result).toMatchObject([
      { after: { milestones: [{}, {}, {}, {}, { ...decision, at: '2021-10-15T14:00:00Z' }] } },
      { notice: expect.stringContaining('- décision : 12 octobre 2021 à 16 h 00 (heure de Paris) → 15 octobre') },
    ]);
  });
  it('may start this very second, and go on', () =>
    expect(
      given(...open).when(
        { ...record, outage: { ...outage, until: '2021-08-13T15:00:00Z' } },
        { at: '2021-08-13T12:00:00Z' },
      ).result,
    ).toMatchObject([{ type: 'OutageExtensionGranted' }, { type: 'RectifyingNoticePublished' }]));
  it.each(['2021-08-13T11:59:59Z', '2021-08-13T12:00:00Z'])(
    'is refused where it ends at %s, no later than it starts',
    (until) =>
      given(...open)
        .when({ ...record, outage: { ...outage, until } }, lastDay)
        .thenRefused('PeriodReversed', 'La fin de la panne précède son début.'),
  );
  it.each([
    ['has not started', { from: '2021-08-13T13:35:01Z', until: '2021-08-13T13:40:00Z' }, lastDay.at],
    [
      'starts with the deadline',
      { from: '2021-08-13T14:00:00Z', until: '2021-08-13T15:00:00Z' },
      '2021-08-13T15:00:00Z',
    ],
    ['ends as the call is published', { from: '2021-06-14T06:00:00Z', until: '2021-06-14T07:00:00Z' }, lastDay.at],
  ])('is refused where it %s', (_, period, at) =>
    given(...open)
      .when({ ...record, outage: { ...outage, ...period } }, { at })
      .thenRefused('OutageOutsideWindow', OUTSIDE),
  );
  it('is refused without a later deadline', () =>
    given(...open)
      .when({ ...record, until: '2021-08-13T14:00:00Z' }, lastDay)
      .thenRefused(
        'NotLater',
        'La prolongation doit dépasser la date limite actuelle : 13 août 2021 à 16 h 00 (heure de Paris).',
      ));
  it('is refused twice', () =>
    given(...open, granted, rectifying)
      .when(record, lastDay)
      .thenRefused(
        'NotLater',
        'La prolongation doit dépasser la date limite actuelle : 16 août 2021 à 16 h 00 (heure de Paris).',
      ));
  it('is numbered after the earlier ones, like its notice', () =>
    expect(
      given(...open, granted, rectifying).when({ ...record, until: '2021-08-17T14:00:00Z' }, lastDay).result,
    ).toMatchObject([
      { number: 2, before: closing('2021-08-16T14:00:00Z'), after: closing('2021-08-17T14:00:00Z') },
      { number: 2 },
    ]));
  it('is refused with a deadline already past', () =>
    given(...open)
      .when(record, { at: '2021-08-16T14:00:00Z' })
      .thenRefused(
        'DateInPast',
        'La nouvelle date de « date limite de dépôt » est déjà passée : 16 août 2021 à 16 h 00 (heure de Paris).',
      ));
  it('is refused with a deadline after the commission', () =>
    given(...open)
      .when({ ...record, until: '2021-09-30T07:30:01Z' }, lastDay)
      .thenRefused(
        'MilestonesOutOfOrder',
        '« commission de sélection » (30 septembre 2021 à 9 h 30 (heure de Paris)) ne peut pas précéder ' +
          '« date limite de dépôt » (30 septembre 2021 à 9 h 30 min 01 s (heure de Paris)).',
      ));
  it('is refused out of the bounds of the regime', () =>
    given(...authorising, specified, { ...published, schedule: authorisationSchedule })
      .when({ ...record, until: '2021-10-13T14:00:00Z' }, lastDay)
      .thenRefused(
        'WindowOutOfBounds',
        'Le dépôt dure 121 jours ; il doit durer de 60 à 120 jours à compter de la publication (CASF R313-4-1 ; décret 2019-854).',
      ));
  it('is refused once contents were unsealed', () =>
    given(...open, unsealed)
      .when(record, { at: '2021-08-14T08:00:00Z' })
      .thenRefused(
        'ContentsUnsealed',
        'Les dossiers ont été descellés : le dépôt ne rouvre pas, le cahier des charges ne le prévoit pas.',
      ));
  it('seals again what comes, where the specifications let the window reopen', () =>
    given(
      ...preparing,
      { type: 'SpecificationsSet', specifications: { ...specifications, reopenAfterUnsealing: true } },
      published,
      unsealed,
    )
      .when(record, { at: '2021-08-14T08:00:00Z' })
      .then({ ...granted, ratifyBy: '2021-08-15T08:00:00Z' }, rectifying, {
        type: 'ContentsResealed',
        windowEnd: '2021-08-16T14:00:00Z',
      }));
  it.each(outsidePublication)('is refused %s', (_, history, code, sentence) =>
    given(...history)
      .when(record, lastDay)
      .thenRefused(code, sentence),
  );
});

function publishedCall(...history: CallEvent[]) {
  const call = known(...history);
  if (call.status !== 'published') throw new Error('Only a published call has outages.');
  return call;
}

function shiftedTo(after: Schedule): CallEvent {
  return { type: 'ScheduleShifted', proposal: 1, reason: 'La décision est datée.', before: schedule, after };
}

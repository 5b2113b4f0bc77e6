import { describe, expect, it } from '@jest/globals';
import type { CallEvent } from './call-facts.js';
import {
  ARS,
  byHolder,
  closing,
  delegating,
  DREETS,
  type FactOf,
  given,
  known,
  leadingAlone,
  open,
  outsidePublication,
  published,
  schedule,
  underD1,
  unfitSignatures,
} from './fixtures.js';

const outage = {
  from: '2021-08-13T12:00:00Z',
  until: '2021-08-13T13:30:00Z',
  description: 'Le dépôt ne répondait plus.',
  incident: { reference: 'INC-2021-0813', sha256: 'a'.repeat(64) },
};
const RATIFY_BY = '2021-08-14T13:35:00Z';
const granted: FactOf<'OutageExtensionGranted'> = {
  type: 'OutageExtensionGranted',
  number: 1,
  institution: ARS,
  capacity: { kind: 'office' },
  outage,
  ratifyBy: RATIFY_BY,
  before: schedule,
  after: closing('2021-08-16T14:00:00Z'),
};
const rectifying: CallEvent = { type: 'RectifyingNoticePublished', number: 1, notice: 'Avis rectificatif n° 1' };
const extended = [...open, granted, rectifying];
const left: CallEvent = { type: 'OutageLeftUnratified', number: 1, institutions: [DREETS], ratifyBy: RATIFY_BY };
const ratified: CallEvent = {
  type: 'OutageExtensionRatified',
  number: 1,
  institution: DREETS,
  capacity: { kind: 'office' },
};
const dayAfter = { at: '2021-08-14T13:35:01Z' };
const outagesOf = (...history: CallEvent[]) => {
  const call = known(...history);
  return call.status === 'published' ? call.outages : [];
};

describe('ratifying the extension of an outage', () => {
  const ratify = { type: 'RatifyOutage', institution: DREETS, number: 1 } as const;

  it('is recorded once for each other lead', () =>
    given(...extended)
      .when(ratify)
      .then(ratified));
  it('records under which delegation', () =>
    given(...extended)
      .when({ ...ratify, under: 'd-1' }, byHolder, delegating({ acts: ['agree-to-shift'] }))
      .then({ type: 'OutageExtensionRatified', number: 1, institution: DREETS, capacity: underD1 }));
  it('is kept with the extension it ratifies, and no other', () =>
    expect(outagesOf(...extended, { ...granted, number: 2 }, ratified)).toEqual([
      { ...outage, ratified: [ARS, DREETS], ratifyBy: '2021-08-14T13:35:00Z' },
      { ...outage, ratified: [ARS], ratifyBy: '2021-08-14T13:35:00Z' },
    ]));
  it.each([
    ['to the lead that gave it', ARS, extended],
    ['twice', DREETS, [...extended, ratified]],
  ])('is refused %s', (_, institution, history) =>
    given(...history)
      .when({ ...ratify, institution })
      .thenRefused('AlreadyRatified', "Votre institution a déjà ratifié cette prolongation, ou en est à l'origine."),
  );
  it.each([0, 2])('is refused for extension number %d, which nobody gave', (number) =>
    given(...extended)
      .when({ ...ratify, number })
      .thenRefused('OutageUnknown', 'Aucune prolongation ne porte ce numéro.'),
  );
  it.each(unfitSignatures('agree-to-shift', "d'accepter un décalage du calendrier"))(
    'is refused %s',
    (_, { under, asked, seen, code, sentence }) =>
      given(...extended)
        .when({ ...ratify, ...(under && { under }) }, asked, seen)
        .thenRefused(code, sentence),
  );
  it.each(outsidePublication)('is refused %s', (_, history, code, sentence) =>
    given(...history)
      .when(ratify)
      .thenRefused(code, sentence),
  );
});

describe('an extension that nobody ratified within 24 hours', () => {
  const flag = { type: 'FlagUnratifiedOutage', number: 1 } as const;

  it('is flagged, with the leads that had not', () =>
    given(...extended)
      .when(flag, dayAfter)
      .then(left));
  it('stays in the state of the call, and may still be ratified', () => {
    expect(outagesOf(...extended, left, ratified)).toEqual([
      { ...outage, ratified: [ARS, DREETS], ratifyBy: RATIFY_BY, missed: [DREETS] },
    ]);
    given(...extended, left)
      .when({ type: 'RatifyOutage', institution: DREETS, number: 1 }, dayAfter)
      .then(ratified);
  });
  it('is flagged by a late ratification, where nobody had yet', () =>
    given(...extended)
      .when({ type: 'RatifyOutage', institution: DREETS, number: 1 }, dayAfter)
      .then(left, ratified));
  it('is not flagged by a ratification in the last second', () =>
    given(...extended)
      .when({ type: 'RatifyOutage', institution: DREETS, number: 1 }, { at: RATIFY_BY })
      .then(ratified));
  it.each([
    ['in the last second', extended, { at: RATIFY_BY }],
    ['once every lead ratified it', [...extended, ratified], dayAfter],
    ['twice', [...extended, left], dayAfter],
    ['where it was granted before it was asked', [...open, { ...granted, ratifyBy: undefined }], dayAfter],
  ])('is not flagged %s', (_, history, asked) =>
    given(...history)
      .when(flag, asked)
      .thenRefused(
        'NothingToFlag',
        'Cette prolongation est ratifiée, déjà signalée, ou peut encore être ratifiée à temps.',
      ),
  );
  it('is not flagged where there is none', () =>
    given(...extended)
      .when({ ...flag, number: 2 }, dayAfter)
      .thenRefused('OutageUnknown', 'Aucune prolongation ne porte ce numéro.'));
  it.each(outsidePublication)('is not flagged %s', (_, history, code, sentence) =>
    given(...history)
      .when(flag, dayAfter)
      .thenRefused(code, sentence),
  );
});

describe('another extension after an outage', () => {
  const again = {
    type: 'RecordOutage',
    institution: ARS,
    outage: { ...outage, from: '2021-08-16T10:00:00Z', until: '2021-08-16T11:00:00Z' },
    until: '2021-08-17T14:00:00Z',
  } as const;
  const UNRATIFIED =
    "Une prolongation précédente n'a pas été ratifiée à temps : faites-la ratifier, ou proposez un décalage.";

  it('is possible while the first may still be ratified in time', () =>
    expect(
      given(...extended).when({ ...again, outage: { ...outage, until: '2021-08-14T13:00:00Z' } }, { at: RATIFY_BY })
        .result,
    ).toMatchObject([{ type: 'OutageExtensionGranted', number: 2, ratifyBy: '2021-08-15T13:35:00Z' }, {}]));
  it.each([
    ['nobody flagged', extended],
    ['was flagged', [...extended, left]],
  ])('is refused after one that was not ratified in time, which %s', (_, history) =>
    given(...history)
      .when(again, { at: '2021-08-16T11:00:00Z' })
      .thenRefused('OutageUnratified', UNRATIFIED),
  );
  it('is possible again once it was ratified, late', () =>
    expect(given(...extended, left, ratified).when(again, { at: '2021-08-16T11:00:00Z' }).result).toMatchObject([
      { type: 'OutageExtensionGranted', number: 2 },
      {},
    ]));
});

describe('a lead that is alone', () => {
  it('has nobody to ratify its extension', () =>
    expect(
      given(...leadingAlone, published).when(
        { type: 'RecordOutage', institution: ARS, outage, until: '2021-08-16T14:00:00Z' },
        { at: '2021-08-13T13:35:00Z' },
      ).result,
    ).toEqual([expect.not.objectContaining({ ratifyBy: expect.anything() }), expect.anything()]));
});

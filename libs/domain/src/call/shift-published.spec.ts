import { describe, expect, it } from '@jest/globals';
import type { CallEvent } from './call-facts.js';
import {
  agreeToShift,
  approved,
  commissionLater,
  given,
  known,
  leadingAlone,
  open,
  proposeShift,
  published,
  rectified,
  schedule,
  scheduleShifted,
  shiftAgreed,
  shiftProposed,
} from './fixtures.js';

const inJuly = { at: '2021-07-01T08:00:00Z' };
const proposedInJuly = { ...shiftProposed, proposedAt: inJuly.at };
const deadlineAt = (at: string) => proposeShift({ kind: 'submissionDeadline', at });

describe('shifting the schedule of a published call', () => {
  it('is proposed like before publication', () =>
    given(...open)
      .when(proposeShift({ kind: 'commission', at: '2021-10-05T07:30:00Z' }), inJuly)
      .then(proposedInJuly));
  it('publishes a rectifying notice with the last agreement, and keeps approvals', () =>
    given(...open, shiftProposed)
      .when(agreeToShift, inJuly)
      .then(shiftAgreed, scheduleShifted, rectified));
  it('is done at once where one authority leads alone', () =>
    given(...leadingAlone, published)
      .when(proposeShift({ kind: 'commission', at: '2021-10-05T07:30:00Z' }), inJuly)
      .then(proposedInJuly, scheduleShifted, rectified));
  it('numbers rectifying notices after those that came before', () =>
    expect(given(...open, rectified, shiftProposed).when(agreeToShift, inJuly).result).toMatchObject([
      {},
      {},
      { number: 2, notice: expect.stringMatching(/^Avis rectificatif n° 2 : /) },
    ]));
  it('keeps every notice', () =>
    expect(known(...open, shiftProposed, shiftAgreed, scheduleShifted, rectified)).toMatchObject({
      notices: ['Avis', rectified.notice],
    }));
  it('says that a milestone had no date', () =>
    expect(
      given(...leadingAlone, published).when(proposeShift({ kind: 'decision', at: '2021-10-15T10:00:00Z' }), inJuly)
        .result,
    ).toMatchObject([
      {},
      {},
      { notice: expect.stringContaining('- décision : sans date → 15 octobre 2021 à 12 h 00 (heure de Paris)') },
    ]));
  it('needs no request to the outside authority: the notice is that of the leads', () => {
    const setBy: CallEvent = {
      type: 'CallPublished',
      rules: '2026-11',
      schedule: { ...schedule, setBy: 'DGCS' },
      notice: 'Avis',
      warnings: [],
    };
    expect(
      given(...approved, setBy).when(proposeShift({ kind: 'commission', at: '2021-10-05T07:30:00Z' }), inJuly).result,
    ).toMatchObject([{ type: 'ShiftProposed' }]);
  });
  it('cannot move the publication', () =>
    given(...open)
      .when(proposeShift({ kind: 'publication', at: '2021-07-02T07:00:00Z' }, ...commissionLater), inJuly)
      .thenRefused('AlreadyPublished', "La date de publication ne change plus : l'appel est publié."));
  it('cannot bring the deadline to this very second', () =>
    given(...open)
      .when(deadlineAt('2021-07-01T08:00:00Z'), inJuly)
      .thenRefused(
        'DateInPast',
        'La nouvelle date de « date limite de dépôt » est déjà passée : 1er juillet 2021 à 10 h 00 (heure de Paris).',
      ));
});

describe('what a shift takes along', () => {
  const commissionAt = (at: string) => proposeShift({ kind: 'commission', at });

  it('is refused where it falls into the past, or on this very second', () =>
    given(...open)
      .when(commissionAt('2021-09-18T07:30:00Z'), { at: '2021-09-03T07:30:00Z' })
      .thenRefused(
        'DateInPast',
        'La nouvelle date de « envoi des convocations » est déjà passée : 3 septembre 2021 à 9 h 30 (heure de Paris).',
      ));
  it('may stay in the past where it was', () =>
    expect(
      given(...open).when(commissionAt('2021-09-29T07:30:00Z'), { at: '2021-09-15T07:30:00Z' }).result,
    ).toMatchObject([{ type: 'ShiftProposed' }]));
  it('may come back from the past', () =>
    expect(
      given(...open).when(commissionAt('2021-10-05T07:30:00Z'), { at: '2021-09-16T08:00:00Z' }).result,
    ).toMatchObject([{ type: 'ShiftProposed' }]));
});

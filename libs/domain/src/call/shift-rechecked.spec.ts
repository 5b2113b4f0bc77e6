import { describe, expect, it } from '@jest/globals';
import type { CallEvent, Schedule } from './call-facts.js';
import {
  agreeToShift,
  ARS,
  closing,
  deadlineProposed,
  type FactOf,
  given,
  heading,
  open,
  prepared,
  schedule,
  shiftAgreed,
  shiftProposed,
  unsealed,
} from './fixtures.js';

const outage = (until: string): FactOf<'OutageExtensionGranted'> => ({
  type: 'OutageExtensionGranted',
  number: 1,
  institution: ARS,
  capacity: { kind: 'office' },
  outage: { from: '2021-08-13T12:00:00Z', until: '2021-08-13T13:00:00Z', description: 'Panne.' },
  before: schedule,
  after: closing(until),
});
const revised: CallEvent = { type: 'HeadingRevised', heading: { ...heading, regime: 'AUTHORISATION' } };
const OUTDATED =
  'Depuis cette proposition, une autre décision a changé la date de « date limite de dépôt » : ' +
  'refusez-la ou retirez-la, puis proposez de nouveau.';
const afterDeadline = { at: '2021-08-14T08:00:00Z' };
const recordAnswer = {
  type: 'RecordOutsideAnswer',
  proposal: 1,
  accepted: true,
  answeredOn: '2021-05-11',
  reference: 'Courrier du 11 mai',
} as const;
/** A proposal that lacks but the agreement of the other lead, or but the answer of the authority that was asked. */
const lackingAgreement = (proposed: FactOf<'ShiftProposed'>): CallEvent[] => [proposed];
const lackingAnswer = (proposed: FactOf<'ShiftProposed'>): CallEvent[] => [
  { ...proposed, requestedFrom: 'DGCS' },
  shiftAgreed,
];

describe.each([
  ['the last lead agrees', agreeToShift, lackingAgreement],
  ['the outside authority accepts', recordAnswer, lackingAnswer],
] as const)('when %s, the rules are checked again', (_, command, proposing) => {
  it('and refuse a commission that the deadline overtook in an outage', () =>
    given(
      ...open,
      ...proposing({ ...shiftProposed, changes: [{ kind: 'commission', at: '2021-08-30T07:30:00Z' }] }),
      outage('2021-09-02T14:00:00Z'),
    )
      .when(command, afterDeadline)
      .thenRefused(
        'MilestonesOutOfOrder',
        '« commission de sélection » (30 août 2021 à 9 h 30 (heure de Paris)) ne peut pas précéder ' +
          '« date limite de dépôt » (2 septembre 2021 à 16 h 00 (heure de Paris)).',
      ));
  it.each(['2021-08-17T14:00:00Z', '2021-08-18T14:00:00Z', '2021-08-19T14:00:00Z'])(
    'and refuse a deadline that an outage moved meanwhile, be it before, there or beyond (%s)',
    (until) =>
      given(...open, ...proposing(deadlineProposed('2021-08-18T14:00:00Z')), outage(until))
        .when(command, afterDeadline)
        .thenRefused('ProposalOutdated', OUTDATED),
  );
  it('and refuse a milestone that followed the deadline of an outage', () => {
    const following: Schedule = {
      milestones: [
        { kind: 'submissionDeadline', at: '2021-08-18T14:00:00Z' },
        { kind: 'commission', at: '2021-10-05T07:30:01Z' },
      ],
    };
    given(...open, ...proposing(shiftProposed), { ...outage('2021-08-18T14:00:00Z'), after: following })
      .when(command, afterDeadline)
      .thenRefused('ProposalOutdated', OUTDATED.replace('date limite de dépôt', 'commission de sélection'));
  });
  it('and refuse to reopen what was unsealed meanwhile', () =>
    given(...open, ...proposing(deadlineProposed('2021-08-18T14:00:00Z', '2021-08-13T14:00:00Z')), unsealed)
      .when(command, afterDeadline)
      .thenRefused(
        'ContentsUnsealed',
        'Les dossiers ont été descellés : le dépôt ne rouvre pas, le cahier des charges ne le prévoit pas.',
      ));
  it('and refuse a milestone that would now come along into the past', () => {
    const convocation = { kind: 'convocationSent', at: '2021-09-15T07:30:00Z' } as const;
    const earlier = { kind: 'commission', at: '2021-08-28T07:30:00Z' } as const;
    given(
      ...open,
      ...proposing({ ...shiftProposed, changes: [earlier], after: { milestones: [convocation, earlier] } }),
    )
      .when(command, { at: '2021-08-13T07:30:00Z' })
      .thenRefused(
        'DateInPast',
        'La nouvelle date de « envoi des convocations » est déjà passée : 13 août 2021 à 9 h 30 (heure de Paris).',
      );
  });
  it('and refuse a window that the regime, revised meanwhile, finds too short', () =>
    given(...prepared, ...proposing(deadlineProposed('2021-08-12T14:00:00Z')), revised)
      .when(command)
      .thenRefused(
        'WindowOutOfBounds',
        'Le dépôt dure 59 jours ; il doit durer de 60 à 120 jours à compter de la publication (CASF R313-4-1 ; décret 2019-854).',
      ));
  it('and refuse questions that the regime, revised meanwhile, finds too late', () =>
    given(
      ...prepared,
      ...proposing({ ...shiftProposed, changes: [{ kind: 'questionsUntil', at: '2021-08-06T14:00:00Z' }] }),
      revised,
    )
      .when(command)
      .thenRefused(
        'QuestionsOutOfBounds',
        '« fin des questions » doit venir au moins 8 jours avant la date limite de dépôt (CASF R313-4-2).',
      ));
  it('and the dates move from those that hold then', () =>
    expect(
      given(...open, ...proposing(shiftProposed), outage('2021-08-18T14:00:00Z')).when(command, afterDeadline).result,
    ).toMatchObject([
      {},
      {
        before: closing('2021-08-18T14:00:00Z'),
        after: {
          milestones: [
            { kind: 'publication' },
            { kind: 'submissionDeadline', at: '2021-08-18T14:00:00Z' },
            { kind: 'convocationSent', at: '2021-09-20T07:30:00Z' },
            { kind: 'commission', at: '2021-10-05T07:30:00Z' },
          ],
        },
      },
      { type: 'RectifyingNoticePublished' },
    ]));
});

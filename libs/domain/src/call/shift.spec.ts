import { describe, expect, it } from '@jest/globals';
import { paris } from '#calendar/paris.js';
import { digest } from '#commands/canonical.js';
import { refuse } from '../decider.js';
import type { CallEvent, ShiftChange } from './call-facts.js';
import {
  approved,
  ARS,
  arsApproved,
  arsSigned,
  authorisationSchedule,
  authorising,
  commissionLater,
  drafted,
  DREETS,
  endedOrUnknown,
  given,
  IN_AUGUST,
  known,
  laterSchedule,
  leadingAlone,
  open,
  prepared,
  PREPARATION_CLOSED,
  preparing,
  schedule,
  scheduleShifted,
  shiftProposed,
} from './fixtures.js';
import { previewShift } from './shift-preview.js';

describe('previewing a shift', () => {
  const preview = (changes: ShiftChange[], ...history: CallEvent[]) =>
    previewShift(known(...history), changes, '2021-05-12T08:00:00Z', { calendar: paris, digest });
  const extended = (organisation: string, until: string): CallEvent => ({
    type: 'ExtensionGranted',
    institution: ARS,
    organisation,
    until,
    reason: 'Hospitalisation de la directrice.',
  });

  it('shows every milestone that would move, the schedule after it, and what to beware of', () =>
    expect(preview(commissionLater, ...prepared)).toEqual({
      moved: [
        { kind: 'convocationSent', from: '2021-09-15T07:30:00Z', to: '2021-09-20T07:30:00Z' },
        { kind: 'commission', from: '2021-09-30T07:30:00Z', to: '2021-10-05T07:30:00Z' },
      ],
      after: laterSchedule,
      extensionsKept: [],
      extensionsAbsorbed: [],
      warnings: [IN_AUGUST],
    }));
  it('tells the extensions that stay later from those the new deadline absorbs', () =>
    expect(
      preview(
        [{ kind: 'submissionDeadline', at: '2021-08-18T14:00:00Z' }],
        ...open,
        extended('W442000001', '2021-08-18T13:59:59Z'),
        extended('W442000002', '2021-08-18T14:00:00Z'),
        extended('W442000003', '2021-08-18T14:00:01Z'),
      ),
    ).toMatchObject({ extensionsKept: ['W442000003'], extensionsAbsorbed: ['W442000001', 'W442000002'] }));
  it('warns of a deadline that comes earlier', () =>
    expect(preview([{ kind: 'submissionDeadline', at: '2021-06-30T14:00:00Z' }], ...prepared)).toMatchObject({
      warnings: [
        'Le dépôt dure 16 jours, moins de 30.',
        expect.stringContaining('vient plus de 2 mois après la date limite de dépôt'),
        'La date limite de dépôt est avancée : des porteurs de projet peuvent être surpris.',
      ],
    }));
  it('shows a milestone that had no date', () =>
    expect(preview([{ kind: 'decision', at: '2021-10-15T10:00:00Z' }], ...prepared)).toMatchObject({
      moved: [{ kind: 'decision', to: '2021-10-15T10:00:00Z' }],
    }));
  it('is possible while another shift is proposed', () =>
    expect(preview(commissionLater, ...prepared, shiftProposed)).toMatchObject({ after: laterSchedule }));
  it('is refused where proposing would be', () => {
    expect(preview(commissionLater, drafted)).toEqual(refuse('PreparationClosed', PREPARATION_CLOSED));
    expect(preview(commissionLater, ...preparing)).toEqual(refuse('ScheduleMissing', "Le calendrier n'est pas fixé."));
    expect(preview([{ kind: 'commission', at: '2021-09-30T07:30:00Z' }], ...prepared)).toEqual(
      refuse('NothingMoves', 'Ces dates sont déjà celles du calendrier.'),
    );
  });
});

describe('proposing a shift', () => {
  const propose = {
    type: 'ProposeShift',
    institution: ARS,
    changes: commissionLater,
    reason: 'La salle est prise.',
  } as const;
  const to = (...changes: ShiftChange[]) => ({ ...propose, changes });

  it('shows the other leads what would move, and moves nothing yet', () =>
    given(...prepared)
      .when(propose)
      .then(shiftProposed));
  it('counts as the agreement of the lead that proposes; the old dates hold', () => {
    const { pending, schedule: held, proposals } = known(...prepared, shiftProposed);
    const { type: _, ...proposal } = shiftProposed;
    expect({ pending, held, proposals }).toEqual({
      pending: { ...proposal, agreed: [ARS] },
      held: schedule,
      proposals: 1,
    });
  });
  it('is refused while another is proposed, its repeat included', () =>
    given(...prepared, shiftProposed)
      .when(propose)
      .thenRefused('ShiftPending', "Une proposition de décalage est déjà en cours : qu'elle soit d'abord tranchée."));
  it('is numbered without reuse', () =>
    given(...prepared, shiftProposed, { type: 'ShiftRefused', proposal: 1, institution: DREETS, reason: 'Trop tard.' })
      .when(propose)
      .then({ ...shiftProposed, proposal: 2 }));
  it('moves at once a call that one authority leads alone', () =>
    given(...leadingAlone)
      .when(propose)
      .then(shiftProposed, scheduleShifted));
  it('lets the approval of that authority fall', () =>
    given(...leadingAlone, arsApproved)
      .when(propose)
      .then(shiftProposed, scheduleShifted, {
        type: 'ApprovalsFell',
        institutions: [ARS],
        because: 'Le calendrier a été décalé.',
      }));
  it('gives an instant to a milestone that followed a rule', () =>
    expect(
      given(...leadingAlone).when(to({ kind: 'convocationSent', at: '2021-09-10T07:30:00Z' })).result,
    ).toMatchObject([
      {},
      {
        after: {
          milestones: [
            { kind: 'publication', at: '2021-06-14T07:00:00Z' },
            { kind: 'submissionDeadline', at: '2021-08-13T14:00:00Z' },
            { kind: 'convocationSent', at: '2021-09-10T07:30:00Z' },
            { kind: 'commission', at: '2021-09-30T07:30:00Z' },
          ],
        },
      },
    ]));
  it('keeps the hour of a milestone in Paris when it crosses the end of summer time', () =>
    expect(given(...prepared).when(to({ kind: 'commission', at: '2021-11-09T08:30:00Z' })).result).toMatchObject([
      {
        after: {
          milestones: [
            { kind: 'publication' },
            { kind: 'submissionDeadline' },
            { kind: 'convocationSent', at: '2021-10-25T07:30:00Z' },
            { kind: 'commission', at: '2021-11-09T08:30:00Z' },
          ],
        },
      },
    ]));
  it('is refused before there is a schedule', () =>
    given(...preparing)
      .when(propose)
      .thenRefused('ScheduleMissing', "Le calendrier n'est pas fixé."));
  it('is refused for a date that is past, or now', () =>
    given(...prepared)
      .when(to({ kind: 'publication', at: '2021-05-12T08:00:00Z' }))
      .thenRefused(
        'DateInPast',
        "La nouvelle date de « publication de l'avis » est déjà passée : 12 mai 2021 à 10 h 00 (heure de Paris).",
      ));
  it('is possible for the next second', () =>
    expect(given(...prepared).when(to({ kind: 'publication', at: '2021-05-12T08:00:01Z' })).result).toMatchObject([
      { type: 'ShiftProposed' },
    ]));
  it('is refused when nothing moves', () =>
    given(...prepared)
      .when(to({ kind: 'commission', at: '2021-09-30T07:30:00Z' }))
      .thenRefused('NothingMoves', 'Ces dates sont déjà celles du calendrier.'));
  it.each([
    ['commission', 'commission de sélection'],
    ['decision', 'décision'],
  ] as const)('is refused with a milestone twice (%s)', (kind, said) =>
    given(...prepared)
      .when(to({ kind, at: '2021-10-15T10:00:00Z' }, { kind, at: '2021-10-16T10:00:00Z' }))
      .thenFaults('MilestoneDatedTwice', [
        {
          field: 'changes[1].kind',
          code: 'MilestoneDatedTwice',
          message: `Le jalon « ${said} » figure déjà plus haut dans la demande.`,
        },
      ]),
  );
  it('is refused out of order', () =>
    given(...prepared)
      .when(to({ kind: 'submissionDeadline', at: '2021-09-30T07:30:01Z' }))
      .thenRefused(
        'MilestonesOutOfOrder',
        '« commission de sélection » (30 septembre 2021 à 9 h 30 (heure de Paris)) ne peut pas précéder ' +
          '« date limite de dépôt » (30 septembre 2021 à 9 h 30 min 01 s (heure de Paris)).',
      ));
  it('is refused where the publication would drag the window out of the bounds of its regime', () =>
    given(...authorising, { type: 'ScheduleSet', schedule: authorisationSchedule })
      .when(to({ kind: 'publication', at: '2021-06-15T07:00:00Z' }))
      .thenRefused(
        'WindowOutOfBounds',
        'Le dépôt dure 59 jours ; il doit durer de 60 à 120 jours à compter de la publication (CASF R313-4-1 ; décret 2019-854).',
      ));
  it('is refused where the questions would end too late', () =>
    given(...authorising, { type: 'ScheduleSet', schedule: authorisationSchedule })
      .when(to({ kind: 'questionsUntil', at: '2021-08-06T14:00:00Z' }))
      .thenRefused(
        'QuestionsOutOfBounds',
        '« fin des questions » doit venir au moins 8 jours avant la date limite de dépôt (CASF R313-4-2).',
      ));
  it('is refused before every lead has signed', () =>
    given(drafted, arsSigned).when(propose).thenRefused('PreparationClosed', PREPARATION_CLOSED));
  it.each(endedOrUnknown)('is refused %s', (_, history, code, sentence) =>
    given(...history)
      .when(propose)
      .thenRefused(code, sentence),
  );

  describe('of dates that an outside authority set', () => {
    const before = { ...schedule, setBy: 'DGCS' };
    const elsewhere: CallEvent = { type: 'ScheduleSet', schedule: before };
    const requested = { ...shiftProposed, requestedFrom: 'DGCS', before, after: { ...laterSchedule, setBy: 'DGCS' } };

    it.each([
      ['is refused without a request to it', propose],
      ['is refused with a request to nobody but blanks', { ...propose, requestedFrom: '  ' }],
    ])('%s', (_, command) =>
      given(...approved, elsewhere)
        .when(command)
        .thenRefused(
          'OutsideAuthorityNotAsked',
          'Le calendrier a été fixé par « DGCS » : adressez-lui la demande (champ « requestedFrom »).',
        ),
    );
    it('records the request', () =>
      given(...approved, elsewhere)
        .when({ ...propose, requestedFrom: 'DGCS' })
        .then(requested));
    it('waits for its answer even where one authority leads alone', () =>
      given(...leadingAlone, elsewhere)
        .when({ ...propose, requestedFrom: 'DGCS' })
        .then(requested));
  });
});

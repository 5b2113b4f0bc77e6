import { describe, expect, it } from '@jest/globals';
import type { PlannedMilestone } from '../schedule/milestones.js';
import type { CallEvent, Schedule } from './call-facts.js';
import {
  approved,
  ARS,
  authorisationSchedule,
  authorising,
  DREETS,
  given,
  known,
  outsidePreparation,
  preparing,
  schedule,
  scheduled,
  shiftProposed,
} from './fixtures.js';

const fallen = (because: string): CallEvent => ({ type: 'ApprovalsFell', institutions: [ARS, DREETS], because });

describe('setting the schedule', () => {
  const publication: PlannedMilestone = { kind: 'publication', at: '2021-06-14T07:00:00Z' };
  const deadline: PlannedMilestone = { kind: 'submissionDeadline', at: '2021-08-13T14:00:00Z' };
  const set = (...milestones: PlannedMilestone[]) => ({ type: 'SetSchedule', milestones }) as const;
  const setTo = (chosen: Schedule): CallEvent => ({ type: 'ScheduleSet', schedule: chosen });
  const usual = set(
    publication,
    deadline,
    { kind: 'commission', at: '2021-09-30T07:30:00Z' },
    { kind: 'convocationSent', rule: { relativeTo: 'commission', days: -15 } },
  );

  it('gives every milestone its instant, in the order of the procedure', () =>
    given(...preparing)
      .when(usual)
      .then(scheduled));
  it('replaces the earlier one', () => {
    const other = { milestones: [{ kind: 'commission', at: '2021-10-05T07:30:00Z' }] } as const;
    expect(known(...preparing, scheduled, setTo(other)).schedule).toEqual(other);
  });
  it('changes nothing when repeated, and no approval falls', () =>
    given(...approved)
      .when(usual)
      .then());
  it('lets approvals fall when a date changes', () =>
    given(...approved)
      .when(set(...usual.milestones.slice(0, 3)))
      .then(
        setTo({ milestones: schedule.milestones.filter(({ kind }) => kind !== 'convocationSent') }),
        fallen('Le calendrier a été modifié.'),
      ));
  it('lets approvals fall when a date stays and its rule goes', () =>
    given(...approved)
      .when(set(...schedule.milestones.map(({ kind, at }) => ({ kind, at }))))
      .then(
        setTo({ milestones: schedule.milestones.map(({ kind, at }) => ({ kind, at })) }),
        fallen('Le calendrier a été modifié.'),
      ));
  it('keeps the hour that a rule names', () =>
    given(...preparing)
      .when(
        set(publication, {
          kind: 'submissionDeadline',
          rule: { relativeTo: 'publication', days: 60, time: '16:00:00' },
        }),
      )
      .then(
        setTo({
          milestones: [
            { kind: 'publication', at: '2021-06-14T07:00:00Z' },
            {
              kind: 'submissionDeadline',
              at: '2021-08-13T14:00:00Z',
              rule: { relativeTo: 'publication', days: 60, time: '16:00:00' },
            },
          ],
        }),
      ));
  it('may wait for its publication and its deadline', () => {
    const milestones = [{ kind: 'commission', at: '2021-09-30T07:30:00Z' }] as const;
    given(...preparing)
      .when(set(...milestones))
      .then(setTo({ milestones }));
  });
  it('keeps who set it outside the leads', () =>
    given(...preparing)
      .when({ ...usual, setBy: 'DGCS' })
      .then(setTo({ ...schedule, setBy: 'DGCS' })));
  it('changes only through the authority that set it', () =>
    given(...preparing, setTo({ ...schedule, setBy: 'DGCS' }))
      .when(usual)
      .thenRefused(
        'ScheduleSetElsewhere',
        'Le calendrier a été fixé par « DGCS » : proposez un décalage en lui adressant la demande.',
      ));
  it('is set by nobody else where only blanks say so', () =>
    given(...preparing)
      .when({ ...usual, setBy: ' ' })
      .then(scheduled));
  it('is not lengthened by a derogation of only blanks', () =>
    given(...authorising)
      .when({ ...set(publication, { ...deadline, at: '2021-07-14T14:00:00Z' }), derogation: '          ' })
      .thenRefused(
        'WindowOutOfBounds',
        'Le dépôt dure 30 jours ; il doit durer de 60 à 120 jours à compter de la publication (CASF R313-4-1 ; décret 2019-854).',
      ));
  it('is refused while a shift is proposed', () =>
    given(...preparing, scheduled, shiftProposed)
      .when(usual)
      .thenRefused('ShiftPending', "Une proposition de décalage est en cours : qu'elle soit d'abord tranchée."));
  it('is refused with a milestone twice', () =>
    given(...preparing)
      .when(set(publication, deadline, deadline))
      .thenFaults('MilestoneDatedTwice', [
        {
          field: 'milestones[2].kind',
          code: 'MilestoneDatedTwice',
          message: 'Le jalon « date limite de dépôt » figure déjà plus haut dans la demande.',
        },
      ]));
  it('is refused with a date and a rule for one milestone', () =>
    given(...preparing)
      .when(set(publication, { ...deadline, rule: { relativeTo: 'publication', days: 60 } }))
      .thenFaults('MilestoneDatedTwice', [
        {
          field: 'milestones[1].rule',
          code: 'MilestoneDatedTwice',
          message: "Le jalon « date limite de dépôt » a une date et une règle : gardez l'une des deux.",
        },
      ]));
  it('is refused with a milestone relative to one that is not there', () =>
    given(...preparing)
      .when(set(publication, { kind: 'convocationSent', rule: { relativeTo: 'commission', days: -15 } }))
      .thenRefused('MilestoneUnknown', "Un jalon dépend de « commission de sélection », qui n'est pas au calendrier."));
  it('is refused with milestones relative to each other', () =>
    given(...preparing)
      .when(
        set(
          { kind: 'decision', rule: { relativeTo: 'notification', days: -5 } },
          { kind: 'notification', rule: { relativeTo: 'decision', days: 5 } },
        ),
      )
      .thenRefused('ScheduleCycle', 'Le jalon « décision » dépend de lui-même.'));
  it('is refused with a milestone that has neither date nor rule', () =>
    given(...preparing)
      .when(set(publication, { kind: 'decision' }))
      .thenRefused('MilestoneUndated', "Le jalon « décision » n'a ni date ni règle."));
  it('is refused out of order', () =>
    given(...preparing)
      .when(set(publication, deadline, { kind: 'commission', at: '2021-08-13T13:59:59Z' }))
      .thenRefused(
        'MilestonesOutOfOrder',
        '« commission de sélection » (13 août 2021 à 15 h 59 min 59 s (heure de Paris)) ne peut pas précéder ' +
          '« date limite de dépôt » (13 août 2021 à 16 h 00 (heure de Paris)).',
      ));
  it('is refused a derogation for a subsidy, whose window is free', () =>
    given(...preparing)
      .when({ ...usual, derogation: 'Urgence sociale.' })
      .thenRefused('NoDerogation', 'Ce régime ne prévoit pas de dérogation à la durée du dépôt.'));
  it.each(outsidePreparation)('is refused %s', (_, history, code, sentence) =>
    given(...history)
      .when(usual)
      .thenRefused(code, sentence),
  );

  describe('under the regime of authorisations', () => {
    const until = (at: string) => set(publication, { kind: 'submissionDeadline', at });
    const derogation = 'Urgence sociale constatée par arrêté.';
    const window = (days: number, min: number, max: number) =>
      `Le dépôt dure ${days} jours ; il doit durer de ${min} à ${max} jours à compter de la publication (CASF R313-4-1 ; décret 2019-854).`;

    it('adds the end of the questions and of the answers where the call says nothing', () =>
      given(...authorising)
        .when(set(publication, deadline))
        .then(setTo(authorisationSchedule)));
    it.each([
      [59, '2021-08-12T14:00:00Z'],
      [121, '2021-10-13T14:00:00Z'],
    ])('is refused a window of %d days', (days, at) =>
      given(...authorising)
        .when(until(at))
        .thenRefused('WindowOutOfBounds', window(days, 60, 120)),
    );
    it.each([
      [29, '2021-07-13T14:00:00Z'],
      [181, '2021-12-12T15:00:00Z'],
    ])('is refused a window of %d days even with a derogation', (days, at) =>
      given(...authorising)
        .when({ ...until(at), derogation })
        .thenRefused('WindowOutOfBounds', window(days, 30, 180)),
    );
    it('may last 120 days', () =>
      given(...authorising)
        .when(until('2021-10-12T14:00:00Z'))
        .then(
          setTo({
            milestones: [
              { kind: 'publication', at: '2021-06-14T07:00:00Z' },
              {
                kind: 'questionsUntil',
                at: '2021-10-04T14:00:00Z',
                rule: { relativeTo: 'submissionDeadline', days: -8 },
              },
              { kind: 'answersBy', at: '2021-10-07T14:00:00Z', rule: { relativeTo: 'submissionDeadline', days: -5 } },
              { kind: 'submissionDeadline', at: '2021-10-12T14:00:00Z' },
            ],
          }),
        ));
    it('may last 30 days by a reasoned derogation, which is kept', () =>
      given(...authorising)
        .when({ ...until('2021-07-14T14:00:00Z'), derogation })
        .then(
          setTo({
            milestones: [
              { kind: 'publication', at: '2021-06-14T07:00:00Z' },
              {
                kind: 'questionsUntil',
                at: '2021-07-06T14:00:00Z',
                rule: { relativeTo: 'submissionDeadline', days: -8 },
              },
              { kind: 'answersBy', at: '2021-07-09T14:00:00Z', rule: { relativeTo: 'submissionDeadline', days: -5 } },
              { kind: 'submissionDeadline', at: '2021-07-14T14:00:00Z' },
            ],
            derogation,
          }),
        ));
    it('is refused questions until 7 days before the deadline', () =>
      given(...authorising)
        .when(set(publication, deadline, { kind: 'questionsUntil', at: '2021-08-05T22:00:00Z' }))
        .thenRefused(
          'QuestionsOutOfBounds',
          '« fin des questions » doit venir au moins 8 jours avant la date limite de dépôt (CASF R313-4-2).',
        ));
    it('is refused answers by 4 days before the deadline', () =>
      given(...authorising)
        .when(set(publication, deadline, { kind: 'answersBy', at: '2021-08-08T22:00:00Z' }))
        .thenRefused(
          'QuestionsOutOfBounds',
          '« réponses aux questions » doit venir au moins 5 jours avant la date limite de dépôt (CASF R313-4-2).',
        ));
  });
});

import { describe, expect, it } from '@jest/globals';
import { refuse } from '../decider.js';
import type { EnvelopeLine, Specifications } from './call-contents.js';
import type { CallEvent, Schedule } from './call-facts.js';
import {
  approved,
  ARS,
  arsApproved,
  authorisationSchedule,
  authorising,
  criteria,
  dreetsApproved,
  due,
  given,
  heading,
  obstaclesNow,
  prepared,
  publish,
  specifications,
  specified,
} from './fixtures.js';

describe('what stands between a call and its publication, since it was revised', () => {
  const line = { funder: ARS, programme: 'FIR', year: 2021, amountCents: 10_000_000 };
  const funded = (...lines: EnvelopeLine[]): CallEvent => ({
    type: 'EnvelopesSet',
    envelopes: { subjectToFunds: false, lines },
  });

  it('is an envelope, for an AMI', () =>
    given(...prepared, { type: 'HeadingRevised', heading: { ...heading, kind: 'AMI' } }, arsApproved, dreetsApproved)
      .when(publish, due)
      .thenRefused('NoEnvelopeForAmi', "Un appel à manifestation d'intérêt n'a pas d'enveloppe propre."));
  it('is no envelope once an AMI has none', () =>
    expect(
      obstaclesNow(
        due.at,
        ...prepared,
        { type: 'HeadingRevised', heading: { ...heading, kind: 'AMI' } },
        funded(),
        arsApproved,
        dreetsApproved,
      ),
    ).toEqual([]));
  it('is money of an authority that no longer leads', () =>
    given(...approved, funded({ ...line, funder: 'CD-44' }))
      .when(publish, due)
      .thenRefused('FunderNotLead', "« CD-44 » n'est pas une autorité pilote de cet appel."));
  it('is an envelope that is there twice since it was copied into another year', () =>
    given(...approved, funded(line, line))
      .when(publish, due)
      .thenRefused(
        'FunderTwice',
        "Une même enveloppe figure deux fois depuis que l'appel a été repris : réunissez les deux montants.",
      ));
});

describe('what stands between an authorisation and its publication', () => {
  const rubric: CallEvent = { type: 'RubricSet', criteria };
  const authorisation = (chosen: Schedule): CallEvent[] => [
    ...authorising,
    specified,
    rubric,
    { type: 'ScheduleSet', schedule: chosen },
    arsApproved,
    dreetsApproved,
  ];
  const closing = (at: string, derogation?: string): Schedule => ({
    milestones: [
      { kind: 'publication', at: '2021-06-14T07:00:00Z' },
      { kind: 'submissionDeadline', at },
    ],
    ...(derogation && { derogation }),
  });
  const derogation = 'Urgence sociale constatée par arrêté.';
  const window = (days: number, min: number, max: number) =>
    `Le dépôt dure ${days} jours ; il doit durer de ${min} à ${max} jours à compter de la publication (CASF R313-4-1 ; décret 2019-854).`;

  it('is no envelope: money is optional', () =>
    expect(obstaclesNow(due.at, ...authorisation(authorisationSchedule))).toEqual([]));
  it.each([
    [60, '2021-08-13T14:00:00Z', undefined],
    [120, '2021-10-12T14:00:00Z', undefined],
    [30, '2021-07-14T14:00:00Z', derogation],
    [180, '2021-12-11T15:00:00Z', derogation],
  ])('is not a window of %d days until %s (derogation: %s)', (_, at, reason) =>
    expect(obstaclesNow(due.at, ...authorisation(closing(at, reason)))).toEqual([]),
  );
  it.each([
    [59, 60, 120, '2021-08-12T14:00:00Z', undefined],
    [121, 60, 120, '2021-10-13T14:00:00Z', undefined],
    [29, 30, 180, '2021-07-13T14:00:00Z', derogation],
    [181, 30, 180, '2021-12-12T15:00:00Z', derogation],
  ])('is a window of %d days, outside %d to %d', (days, min, max, at, reason) =>
    given(...authorisation(closing(at, reason)))
      .when(publish, due)
      .thenRefused('WindowOutOfBounds', window(days, min, max)),
  );
  it('is a window that a late publication makes too short, by the calendar of Paris', () => {
    const history = authorisation(closing('2021-08-13T14:00:00Z'));
    expect(obstaclesNow('2021-06-14T21:59:59Z', ...history)).toEqual([]);
    expect(obstaclesNow('2021-06-14T22:00:00Z', ...history)).toEqual([
      refuse('WindowOutOfBounds', window(59, 60, 120)),
    ]);
  });
  it('is questions that end too late', () =>
    given(
      ...authorisation({
        milestones: [
          { kind: 'publication', at: '2021-06-14T07:00:00Z' },
          { kind: 'questionsUntil', at: '2021-08-06T14:00:00Z' },
          { kind: 'submissionDeadline', at: '2021-08-13T14:00:00Z' },
        ],
      }),
    )
      .when(publish, due)
      .thenRefused(
        'QuestionsOutOfBounds',
        '« fin des questions » doit venir au moins 8 jours avant la date limite de dépôt (CASF R313-4-2).',
      ));
  it.each<[string, Partial<Specifications>, string, string]>([
    [
      'files open to the case officers',
      { sealing: 'open-to-officers' },
      'SealingCompulsory',
      "Sous ce régime, les dossiers restent scellés jusqu'à la clôture (CASF R313-4-2).",
    ],
    [
      'extensions for one applicant',
      { individualExtensions: true },
      'ExtensionNotAllowed',
      'Sous ce régime, aucun candidat ne peut déposer après la date limite (CASF R313-6).',
    ],
  ])('is %s, chosen before it became one', (_, chosen, code, sentence) =>
    given(
      ...prepared,
      { type: 'SpecificationsSet', specifications: { ...specifications, ...chosen } },
      { type: 'HeadingRevised', heading: { ...heading, regime: 'AUTHORISATION' } },
      arsApproved,
      dreetsApproved,
    )
      .when(publish, due)
      .thenRefused(code, sentence),
  );
  it('is lifted by a derogation, whose reason the notice gives', () =>
    expect(
      given(...authorisation(closing('2021-07-14T14:00:00Z', derogation))).when(publish, due).result,
    ).toMatchObject([
      { notice: expect.stringContaining(`\n\nDurée du dépôt fixée par décision motivée : ${derogation}\n`) },
    ]));
});

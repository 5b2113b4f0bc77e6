import { describe, expect, it } from '@jest/globals';
import type { CallEvent, Schedule } from './call-facts.js';
import { deadlineFor, windowEnd } from './call-state.js';
import {
  agreeToShift,
  ARS,
  authorisationSchedule,
  authorising,
  closing,
  commissionLater,
  deadlineProposed,
  given,
  known,
  open,
  preparing,
  proposeShift,
  published,
  rectified,
  scheduleShifted,
  shiftAgreed,
  shiftProposed,
  specifications,
  specified,
  unsealed,
} from './fixtures.js';

const inJuly = { at: '2021-07-01T08:00:00Z' };
const inSeptember = { at: '2021-09-01T08:00:00Z' };
const deadlineAt = (at: string) => proposeShift({ kind: 'submissionDeadline', at });

describe('a milestone moved before the end of an extension', () => {
  const extended: CallEvent = {
    type: 'ExtensionGranted',
    institution: ARS,
    organisation: 'W442000001',
    until: '2021-09-20T14:00:00Z',
    reason: 'Hospitalisation de la directrice.',
  };

  it.each([
    ['commission', 'commission de sélection'],
    ['projectStart', 'démarrage des projets'],
  ] as const)('is refused (%s)', (kind, said) =>
    given(...open, extended)
      .when(proposeShift({ kind, at: '2021-09-20T13:59:59Z' }), inJuly)
      .thenRefused(
        'MilestonesOutOfOrder',
        `Un délai accordé à un candidat dépasserait « ${said} » : 20 septembre 2021 à 15 h 59 min 59 s (heure de Paris).`,
      ),
  );
  it.each(['commission', 'projectStart'] as const)('may come at its very end (%s)', (kind) =>
    expect(
      given(...open, extended).when(proposeShift({ kind, at: '2021-09-20T14:00:00Z' }), inJuly).result,
    ).toMatchObject([{ type: 'ShiftProposed' }]),
  );
  it('may come before an old deadline that moves with it', () =>
    expect(
      given(...open, { ...extended, until: '2021-08-15T14:00:00Z' }).when(
        proposeShift(
          { kind: 'submissionDeadline', at: '2021-08-16T14:00:00Z' },
          { kind: 'commission', at: '2021-08-17T14:00:00Z' },
        ),
        inJuly,
      ).result,
    ).toMatchObject([{ type: 'ShiftProposed' }]));
});

describe('extensions of single applicants', () => {
  const extended = (organisation: string, until: string): CallEvent => ({
    type: 'ExtensionGranted',
    institution: ARS,
    organisation,
    until,
    reason: 'Hospitalisation de la directrice.',
  });
  const call = known(
    ...open,
    extended('W442000001', '2021-08-16T14:00:00Z'),
    extended('W442000002', '2021-08-20T14:00:00Z'),
    { ...scheduleShifted, after: closing('2021-08-18T14:00:00Z') },
  );
  if (call.status !== 'published') throw new Error('The call is published.');

  it.each([
    ['is absorbed by a later deadline for everybody', 'W442000001', '2021-08-18T14:00:00Z'],
    ['still holds where it is later', 'W442000002', '2021-08-20T14:00:00Z'],
    ['changes nothing for the others', 'W442000003', '2021-08-18T14:00:00Z'],
  ])('%s', (_, organisation, deadline) => expect(deadlineFor(call, organisation)).toBe(deadline));
  it('keep the window open until the last of them', () => expect(windowEnd(call)).toBe('2021-08-20T14:00:00Z'));
});

describe('shifting the window of an authorisation', () => {
  const openAs = (chosen: Schedule): CallEvent[] => [
    ...authorising,
    specified,
    { type: 'CallPublished', rules: '2026-11', schedule: chosen, notice: 'Avis', warnings: [] },
  ];
  const window = (days: number, min: number, max: number) =>
    `Le dépôt dure ${days} jours ; il doit durer de ${min} à ${max} jours à compter de la publication (CASF R313-4-1 ; décret 2019-854).`;

  it('takes the questions and the answers along', () =>
    expect(
      given(...openAs(authorisationSchedule)).when(deadlineAt('2021-10-12T14:00:00Z'), inJuly).result,
    ).toMatchObject([
      {
        after: {
          milestones: [
            { kind: 'publication', at: '2021-06-14T07:00:00Z' },
            { kind: 'questionsUntil', at: '2021-10-04T14:00:00Z' },
            { kind: 'answersBy', at: '2021-10-07T14:00:00Z' },
            { kind: 'submissionDeadline', at: '2021-10-12T14:00:00Z' },
          ],
        },
      },
    ]));
  it.each([
    [59, '2021-08-12T14:00:00Z'],
    [121, '2021-10-13T14:00:00Z'],
  ])('is refused at %d days', (days, at) =>
    given(...openAs(authorisationSchedule))
      .when(deadlineAt(at), inJuly)
      .thenRefused('WindowOutOfBounds', window(days, 60, 120)),
  );
  it.each([
    [29, '2021-07-13T14:00:00Z'],
    [181, '2021-12-12T15:00:00Z'],
  ])('keeps its derogation, and is refused at %d days', (days, at) =>
    given(...openAs({ ...authorisationSchedule, derogation: 'Urgence sociale.' }))
      .when(deadlineAt(at), inJuly)
      .thenRefused('WindowOutOfBounds', window(days, 30, 180)),
  );
  it('keeps its derogation, and may last 180 days', () =>
    expect(
      given(...openAs({ ...authorisationSchedule, derogation: 'Urgence sociale.' })).when(
        deadlineAt('2021-12-11T15:00:00Z'),
        inJuly,
      ).result,
    ).toMatchObject([{ type: 'ShiftProposed', after: { derogation: 'Urgence sociale.' } }]));
  it('is refused where the questions would end too late', () =>
    given(...openAs(authorisationSchedule))
      .when(proposeShift({ kind: 'answersBy', at: '2021-08-09T14:00:00Z' }), inJuly)
      .thenRefused(
        'QuestionsOutOfBounds',
        '« réponses aux questions » doit venir au moins 5 jours avant la date limite de dépôt (CASF R313-4-2).',
      ));
});

describe('reopening after contents were unsealed', () => {
  const reopening: CallEvent[] = [
    ...preparing,
    { type: 'SpecificationsSet', specifications: { ...specifications, reopenAfterUnsealing: true } },
    published,
    unsealed,
  ];
  const UNSEALED = 'Les dossiers ont été descellés : le dépôt ne rouvre pas, le cahier des charges ne le prévoit pas.';
  const resealed: CallEvent = { type: 'ContentsResealed', windowEnd: '2021-09-10T14:00:00Z' };

  it('is refused unless the specifications allow it', () =>
    given(...open, unsealed)
      .when(proposeShift({ kind: 'submissionDeadline', at: '2021-09-10T14:00:00Z' }, ...commissionLater), inSeptember)
      .thenRefused('ContentsUnsealed', UNSEALED));
  it('is proposed where they do', () =>
    expect(given(...reopening).when(deadlineAt('2021-09-10T14:00:00Z'), inSeptember).result).toMatchObject([
      { type: 'ShiftProposed' },
    ]));
  it('seals again what comes, with the last agreement', () =>
    expect(
      given(...reopening, deadlineProposed('2021-09-10T14:00:00Z', inSeptember.at)).when(agreeToShift, inSeptember)
        .result,
    ).toEqual([
      shiftAgreed,
      { ...scheduleShifted, after: closing('2021-09-10T14:00:00Z') },
      {
        type: 'RectifyingNoticePublished',
        number: 1,
        notice: [
          'Avis rectificatif n° 1 : Appel à projets commun ARS/DREETS – 1000 premiers jours',
          'Motif : La salle est prise.',
          '- date limite de dépôt : 13 août 2021 à 16 h 00 (heure de Paris) → 10 septembre 2021 à 16 h 00 (heure de Paris)',
        ].join('\n'),
      },
      resealed,
    ]));
  it('is remembered as sealed', () => expect(known(...reopening, resealed)).toMatchObject({ unsealed: false }));
  it('seals nothing again where the deadline stays', () =>
    given(...open, unsealed, shiftProposed)
      .when(agreeToShift, inSeptember)
      .then(shiftAgreed, scheduleShifted, rectified));
});

import { describe, expect, it } from '@jest/globals';
import type { Milestone } from '../schedule/milestones.js';
import type { CallEvent } from './call-facts.js';
import { deadlineFor } from './call-state.js';
import {
  type FactOf,
  ARS,
  authorisationSchedule,
  authorising,
  closing,
  given,
  known,
  open,
  outsidePublication,
  preparing,
  published,
  specifications,
  specified,
  unsealed,
} from './fixtures.js';

const APPLICANT = 'W442000001';
const allowing: CallEvent = {
  type: 'SpecificationsSet',
  specifications: { ...specifications, individualExtensions: true },
};
const extending: CallEvent[] = [...preparing, allowing, published];
const extended: FactOf<'ExtensionGranted'> = {
  type: 'ExtensionGranted',
  institution: ARS,
  organisation: APPLICANT,
  until: '2021-08-20T14:00:00Z',
  reason: 'Hospitalisation de la directrice.',
};

describe('giving one applicant a later deadline', () => {
  const grant = {
    type: 'GrantExtension',
    institution: ARS,
    organisation: APPLICANT,
    until: '2021-08-20T14:00:00Z',
    reason: 'Hospitalisation de la directrice.',
  } as const;
  const inAugust = { at: '2021-08-01T08:00:00Z' };

  it('is recorded with its reason', () =>
    given(...extending)
      .when(grant, inAugust)
      .then(extended));
  it('holds for that applicant alone', () => {
    const call = known(...extending, extended);
    if (call.status !== 'published') throw new Error('The call is published.');
    expect([deadlineFor(call, APPLICANT), deadlineFor(call, 'W442000002')]).toEqual([
      '2021-08-20T14:00:00Z',
      '2021-08-13T14:00:00Z',
    ]);
  });
  it('is possible after the deadline, while contents are sealed', () =>
    given(...extending)
      .when(grant, { at: '2021-08-13T14:00:01Z' })
      .then(extended));
  it('may grow', () =>
    given(...extending, extended)
      .when({ ...grant, until: '2021-08-20T14:00:01Z' }, inAugust)
      .then({ ...extended, until: '2021-08-20T14:00:01Z' }));
  it('is refused twice', () =>
    given(...extending, extended)
      .when(grant, inAugust)
      .thenRefused('NotLater', "Ce candidat peut déjà déposer jusqu'au 20 août 2021 à 16 h 00 (heure de Paris)."));
  it("is refused no later than everybody's", () =>
    given(...extending)
      .when({ ...grant, until: '2021-08-13T14:00:00Z' }, inAugust)
      .thenRefused('NotLater', "Ce candidat peut déjà déposer jusqu'au 13 août 2021 à 16 h 00 (heure de Paris)."));
  it('is refused unless the specifications said so beforehand', () =>
    given(...open)
      .when(grant, inAugust)
      .thenRefused(
        'ExtensionNotAllowed',
        "Le cahier des charges ne prévoit pas de délai pour un seul candidat (égalité des candidats : seulement si l'appel le prévoit).",
      ));
  it('is refused under the regime of authorisations', () =>
    given(...authorising, specified, { ...published, schedule: authorisationSchedule })
      .when(grant, inAugust)
      .thenRefused(
        'ExtensionNotAllowed',
        'Le cahier des charges ne prévoit pas de délai pour un seul candidat (CASF R313-6).',
      ));
  it('is refused once contents were unsealed', () =>
    given(...extending, unsealed)
      .when(grant, { at: '2021-08-14T08:00:00Z' })
      .thenRefused('ContentsUnsealed', 'Les dossiers ont été descellés : plus aucun délai de dépôt.'));
  it('is refused until a date that is past, or now', () =>
    given(...extending)
      .when(grant, { at: '2021-08-20T14:00:00Z' })
      .thenRefused('DateInPast', 'Cette date est déjà passée : 20 août 2021 à 16 h 00 (heure de Paris).'));
  it('may last until the commission', () =>
    given(...extending)
      .when({ ...grant, until: '2021-09-30T07:30:00Z' }, inAugust)
      .then({ ...extended, until: '2021-09-30T07:30:00Z' }));
  it('is refused beyond the commission', () =>
    given(...extending)
      .when({ ...grant, until: '2021-09-30T07:30:01Z' }, inAugust)
      .thenRefused(
        'MilestonesOutOfOrder',
        'Ce délai dépasserait « commission de sélection » : 30 septembre 2021 à 9 h 30 (heure de Paris).',
      ));
  it.each([
    ['admissibilityDone', 'fin de la recevabilité'],
    ['reviewsDue', 'remise des évaluations'],
    ['caseReportsAvailable', "mise à disposition des rapports d'instruction"],
    ['commission', 'commission de sélection'],
    ['decision', 'décision'],
    ['notification', 'notification'],
    ['agreementSigned', 'signature de la convention'],
    ['projectStart', 'démarrage des projets'],
    ['reportsDue', 'remise des bilans'],
  ] as const)('is refused beyond any milestone that follows the deadline (%s)', (kind, said) => {
    const { milestones } = closing('2021-08-13T14:00:00Z');
    const planned = [
      ...milestones.filter((milestone) => milestone.kind === 'submissionDeadline'),
      { kind, at: '2021-08-19T07:30:00Z' },
    ];
    given(...preparing, allowing, { ...published, schedule: { milestones: planned } })
      .when(grant, inAugust)
      .thenRefused(
        'MilestonesOutOfOrder',
        `Ce délai dépasserait « ${said} » : 19 août 2021 à 9 h 30 (heure de Paris).`,
      );
  });
  it('may go beyond the convocations, which need no deadline', () => {
    const planned: Milestone[] = [
      { kind: 'submissionDeadline', at: '2021-08-13T14:00:00Z' },
      { kind: 'convocationSent', at: '2021-08-19T07:30:00Z' },
    ];
    given(...preparing, allowing, { ...published, schedule: { milestones: planned } })
      .when(grant, inAugust)
      .then(extended);
  });
  it.each(outsidePublication)('is refused %s', (_, history, code, sentence) =>
    given(...history)
      .when(grant, inAugust)
      .thenRefused(code, sentence),
  );
});

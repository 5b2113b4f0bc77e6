import { describe, expect, it } from '@jest/globals';
import { refuse } from '../decider.js';
import type { CallEvent, Schedule } from './call-facts.js';
import {
  approved,
  ARS,
  criteria,
  DREETS,
  dreetsApproved,
  due,
  envelopes,
  given,
  obstaclesNow,
  preparing,
  publish,
  scheduled,
  shiftProposed,
  specifications,
} from './fixtures.js';

/** Prepared and approved but for these facts. */
const lacking = (...types: CallEvent['type'][]): CallEvent[] => approved.filter(({ type }) => !types.includes(type));
const expectedPartner = (institution: string): CallEvent => ({
  type: 'PartnerInvited',
  institution,
  presence: 'expected',
});
const answered: CallEvent = { type: 'PartnerInvitationAnswered', institution: 'CAF-44', accepted: false };
const overridden: CallEvent = {
  type: 'SilentPartnerOverridden',
  institution: 'CAF-44',
  reason: 'Relancée trois fois.',
};
const rescheduled = (...milestones: Schedule['milestones']): CallEvent => ({
  type: 'ScheduleSet',
  schedule: { milestones },
});
const toCancel: CallEvent = {
  type: 'EndingAgreed',
  ending: 'cancelled',
  institution: ARS,
  reason: 'Crédits gelés.',
  capacity: { kind: 'office' },
};
const half: CallEvent = { type: 'RubricSet', criteria: criteria.slice(0, 1) };

const obstacles: [what: string, history: CallEvent[], at: string, code: string, sentence: string][] = [
  [
    'specifications',
    lacking('SpecificationsSet'),
    due.at,
    'SpecificationsMissing',
    "Le cahier des charges n'est pas fixé.",
  ],
  [
    'a purpose that is more than blanks',
    [...approved, { type: 'SpecificationsSet', specifications: { ...specifications, purpose: ' \n' } }],
    due.at,
    'SpecificationsMissing',
    "Le cahier des charges n'est pas fixé.",
  ],
  ['a rubric', lacking('RubricSet'), due.at, 'RubricMissing', "La grille de notation n'est pas fixée."],
  [
    'weights that add up to 100',
    [...approved, half],
    due.at,
    'WeightsNot100',
    'Les pondérations de la grille totalisent 60 au lieu de 100.',
  ],
  [
    'an envelope',
    lacking('EnvelopesSet'),
    due.at,
    'EnvelopeMissing',
    'Un appel à projets de subvention doit avoir au moins une enveloppe.',
  ],
  [
    'a line in its envelopes',
    [...approved, { type: 'EnvelopesSet', envelopes: { ...envelopes, lines: [] } }],
    due.at,
    'EnvelopeMissing',
    'Un appel à projets de subvention doit avoir au moins une enveloppe.',
  ],
  [
    'the answer of an expected partner',
    [...approved, expectedPartner('CAF-44'), expectedPartner('CPAM-44')],
    due.at,
    'PartnerSilent',
    "Ces partenaires attendus n'ont pas répondu : CAF-44, CPAM-44. Attendez leur réponse ou passez outre en le motivant.",
  ],
  [
    'the end of a shift that is proposed',
    [...approved, shiftProposed],
    due.at,
    'ShiftPending',
    "Une proposition de décalage est en cours : qu'elle soit d'abord tranchée.",
  ],
  [
    'an end that another lead is to agree to',
    [...approved, toCancel],
    due.at,
    'EndingPending',
    "L'annulation de l'appel attend l'accord d'une autre autorité pilote : qu'elle soit d'abord donnée ou abandonnée.",
  ],
  ['a schedule', lacking('ScheduleSet'), due.at, 'ScheduleMissing', "Le calendrier n'est pas fixé."],
  [
    'a planned publication',
    [...approved, rescheduled({ kind: 'submissionDeadline', at: '2021-08-13T14:00:00Z' })],
    due.at,
    'ScheduleIncomplete',
    'Le calendrier doit fixer la publication et la date limite de dépôt.',
  ],
  [
    'a deadline',
    [...approved, rescheduled({ kind: 'publication', at: '2021-06-14T07:00:00Z' })],
    due.at,
    'ScheduleIncomplete',
    'Le calendrier doit fixer la publication et la date limite de dépôt.',
  ],
  [
    'its day, to the second',
    approved,
    '2021-06-14T06:59:59Z',
    'PublicationNotDue',
    'La publication est prévue le 14 juin 2021 à 9 h 00 (heure de Paris).',
  ],
  [
    'time before the deadline',
    approved,
    '2021-08-13T14:00:00Z',
    'DeadlinePassed',
    'La date limite de dépôt est passée : 13 août 2021 à 16 h 00 (heure de Paris).',
  ],
  [
    'the approval of a lead',
    lacking('CallApproved').concat(dreetsApproved),
    due.at,
    'ApprovalMissing',
    "L'approbation manque encore de : ARS-PDL.",
  ],
  [
    'an order that holds on the day it is published',
    [
      ...approved,
      rescheduled(
        { kind: 'publication', at: '2021-06-14T07:00:00Z' },
        { kind: 'questionsUntil', at: '2021-06-15T10:00:00Z' },
        { kind: 'submissionDeadline', at: '2021-08-13T14:00:00Z' },
      ),
    ],
    '2021-06-16T07:00:00Z',
    'MilestonesOutOfOrder',
    "« fin des questions » (15 juin 2021 à 12 h 00 (heure de Paris)) ne peut pas précéder « publication de l'avis » " +
      '(16 juin 2021 à 9 h 00 (heure de Paris)).',
  ],
];

describe('what stands between a call and its publication', () => {
  it.each(obstacles)('is %s', (_, history, at, code, sentence) =>
    given(...history)
      .when(publish, { at })
      .thenRefused(code, sentence),
  );
  it.each<[string, CallEvent[]]>([
    ['an expected partner who answered', [expectedPartner('CAF-44'), answered]],
    ['an expected partner whose silence was overridden', [expectedPartner('CAF-44'), overridden]],
    ['an optional partner who is silent', [{ type: 'PartnerInvited', institution: 'CD-44', presence: 'optional' }]],
    [
      'a shift that was refused',
      [shiftProposed, { type: 'ShiftRefused', proposal: 1, institution: DREETS, reason: 'Non.' }],
    ],
    [
      'an end that was given up',
      [toCancel, { type: 'EndingDropped', institution: DREETS, reason: 'Les crédits sont revenus.' }],
    ],
  ])('is not %s', (_, history) => expect(obstaclesNow(due.at, ...approved, ...history)).toEqual([]));
  it('is nothing once everything is there', () => expect(obstaclesNow(due.at, ...approved)).toEqual([]));
  it('is said all at once, in the order people meet it', () =>
    expect(
      obstaclesNow('2021-05-12T08:00:00Z', ...preparing, half, expectedPartner('CAF-44'), scheduled, shiftProposed),
    ).toEqual([
      refuse('SpecificationsMissing', "Le cahier des charges n'est pas fixé."),
      refuse('WeightsNot100', 'Les pondérations de la grille totalisent 60 au lieu de 100.'),
      refuse('EnvelopeMissing', 'Un appel à projets de subvention doit avoir au moins une enveloppe.'),
      refuse(
        'PartnerSilent',
        "Ce partenaire attendu n'a pas répondu : CAF-44. Attendez sa réponse ou passez outre en le motivant.",
      ),
      refuse('ShiftPending', "Une proposition de décalage est en cours : qu'elle soit d'abord tranchée."),
      refuse('PublicationNotDue', 'La publication est prévue le 14 juin 2021 à 9 h 00 (heure de Paris).'),
      refuse('ApprovalMissing', "L'approbation manque encore de : ARS-PDL, DREETS-PDL."),
    ]));
  it('is everything when nothing was set', () =>
    expect(obstaclesNow(due.at, ...preparing)).toEqual([
      refuse('SpecificationsMissing', "Le cahier des charges n'est pas fixé."),
      refuse('RubricMissing', "La grille de notation n'est pas fixée."),
      refuse('EnvelopeMissing', 'Un appel à projets de subvention doit avoir au moins une enveloppe.'),
      refuse('ScheduleMissing', "Le calendrier n'est pas fixé."),
      refuse('ApprovalMissing', "L'approbation manque encore de : ARS-PDL, DREETS-PDL."),
    ]));
  it('is what publishing is refused for, first things first', () =>
    given(...preparing)
      .when(publish, due)
      .thenRefused('SpecificationsMissing', "Le cahier des charges n'est pas fixé."));
});

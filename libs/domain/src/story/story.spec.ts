import { describe, expect, it } from '@jest/globals';
import { attached, started } from '../application/fixtures.js';
import { cancelled, drafted, published, schedule, scheduled, unsealed } from '../call/fixtures.js';
import type { CallEvent } from '../call/call.js';
import { concernsFile } from './story.js';

const APPLICANT = '52499120500013';
const shifted = { type: 'ScheduleShifted', proposal: 1, reason: 'Été.', before: schedule, after: schedule } as const;
const outage = {
  type: 'OutageExtensionGranted',
  number: 1,
  institution: 'ARS-PDL',
  capacity: { kind: 'office' },
  outage: { from: '2021-08-13T12:00:00Z', until: '2021-08-13T13:00:00Z', description: 'Panne du réseau.' },
  before: schedule,
  after: schedule,
} as const;
const extension = {
  type: 'ExtensionGranted',
  institution: 'ARS-PDL',
  organisation: APPLICANT,
  until: '2021-08-20T14:00:00Z',
  reason: 'Inondation.',
} as const;

describe('what the story of a file tells of its call', () => {
  const moving: CallEvent[] = [
    published,
    { type: 'RectifyingNoticePublished', number: 1, notice: 'Avis rectificatif' },
    shifted,
    outage,
    unsealed,
    { type: 'ContentsResealed', windowEnd: '2021-08-27T14:00:00Z' },
    cancelled,
    { type: 'CallDeclaredUnsuccessful', reason: 'Aucun dossier recevable.' },
  ];
  it.each(moving.map((fact) => [fact.type, fact] as const))('is %s', (_, fact) =>
    expect(concernsFile(fact, APPLICANT)).toBe(true),
  );
  it('is the delay given to the applicant', () => expect(concernsFile(extension, APPLICANT)).toBe(true));
  it('is not the delay given to another', () => expect(concernsFile(extension, 'W322216459')).toBe(false));

  const staying: CallEvent[] = [
    drafted,
    scheduled,
    { type: 'ShiftRefused', proposal: 1, institution: 'ARS-PDL', reason: 'Trop tard.' },
    { type: 'EndingAgreed', ending: 'cancelled', institution: 'ARS-PDL', reason: 'Gel.', capacity: { kind: 'office' } },
    { type: 'OutageExtensionRatified', number: 1, institution: 'DREETS-PDL', capacity: { kind: 'office' } },
  ];
  it.each(staying.map((fact) => [fact.type, fact] as const))('is not %s', (_, fact) =>
    expect(concernsFile(fact, APPLICANT)).toBe(false),
  );
  it.each([started, attached].map((fact) => [fact.type, fact] as const))('is not %s, which is its own', (_, fact) =>
    expect(concernsFile(fact, APPLICANT)).toBe(false),
  );
});

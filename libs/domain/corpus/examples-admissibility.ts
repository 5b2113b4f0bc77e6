import type { AdmissibilityEvent } from '../src/application/admissibility-facts.js';
import { DOCUMENT, type Examples, FILE, hash, PERSON } from './example.js';

const institution = 'ARS-PDL';

export const admissibilityExamples: Examples<AdmissibilityEvent['type']> = {
  FileHandedOver: [`application-${FILE}`, { to: PERSON, reason: 'Congé de maternité.' }],
  CompletionRequested: [
    `application-${FILE}`,
    {
      request: 1,
      fields: ['objectives', 'budget'],
      documents: ['statuts'],
      reason: 'Les statuts ne sont pas signés ; précisez les objectifs et le budget.',
      dueAt: '2021-09-15T16:00:00Z',
      requestedAt: '2021-09-01T08:00:00Z',
      institution,
    },
  ],
  CompletionExtended: [
    `application-${FILE}`,
    {
      request: 1,
      dueAt: '2021-09-22T16:00:00Z',
      extendedAt: '2021-09-14T08:00:00Z',
      reason: 'Assemblée générale le 20 septembre.',
    },
  ],
  FileCompleted: [
    `application-${FILE}`,
    {
      request: 1,
      replaces: 'AR-0000-0000-0000-0002',
      submission: 2,
      receipt: 'AR-0000-0000-0000-0004',
      submittedAt: '2021-09-21T08:00:00Z',
      content: { version: 2, hash: hash('b') },
      documents: [
        { document: DOCUMENT, code: 'statuts', sha256: hash('c'), size: 48_213, mediaType: 'application/pdf' },
      ],
      totals: { chargesCents: 2_500_000, productsCents: 2_500_000, inKindCents: 150_000, requestedCents: 2_000_000 },
      deadline: '2021-09-22T16:00:00Z',
    },
  ],
  RefusedBeforehand: [
    `application-${FILE}`,
    { grounds: ['off-topic'], reasons: 'Le projet ne concerne pas les mille premiers jours.', institution },
  ],
  AdmissibilityCorrected: [
    `application-${FILE}`,
    { now: { verdict: 'admissible' }, reason: 'Le projet accueille des enfants de moins de trois ans.', institution },
  ],
  DeclaredAdmissible: [`application-${FILE}`, { institution }],
};

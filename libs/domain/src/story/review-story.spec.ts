import { describe, expect, it } from '@jest/globals';
import { paris } from '#calendar/paris.js';
import type { ReviewEvent } from '../review/review-facts.js';
import type { ReviewerEvent } from '../review/reviewer-facts.js';
import { rowsOf, type Story } from './fixtures.js';
import { narrate } from './story.js';

const APPOINTED = 'Les autorités pilotes désignent les évaluateurs';
const INTERESTS = 'Intérêts déclarés sur les noms seuls, avant tout contenu';
const ASSIGNED = "Un dossier est évalué par qui n'a pas de conflit d'intérêts";
const MEAN = 'Moyenne pondérée de la grille ; un critère sans objet est écarté, son poids réparti sur les autres';
const whose = { call: 'call-1', person: 'person-1' };
const which = { ...whose, application: 'file-1' };
const scored = {
  ...which,
  review: 1,
  scores: [{ criterion: 'pertinence', score: 4 }],
  meanHundredths: 7250,
  content: { version: 0, hash: 'a' },
  submittedAt: '2021-09-01T08:00:00Z',
} as const;

/** Every fact of a reviewer and of a review, as a person reads it. */
const told: Story<ReviewerEvent | ReviewEvent> = {
  ReviewerAppointed: [
    [{ type: 'ReviewerAppointed', ...whose, expertise: [] }, 'Évaluateur désigné.', APPOINTED],
    [
      { type: 'ReviewerAppointed', ...whose, expertise: ['santé', 'parentalité'] },
      'Évaluateur désigné (santé, parentalité).',
      APPOINTED,
    ],
  ],
  ReviewerDismissed: [
    [
      { type: 'ReviewerDismissed', ...whose, reason: 'À sa demande.' },
      'Évaluateur déchargé. Motif : À sa demande.',
      APPOINTED,
    ],
  ],
  InterestsDeclared: [
    [
      { type: 'InterestsDeclared', ...whose, conflicts: [] },
      'Un évaluateur déclare ses intérêts : aucun conflit.',
      INTERESTS,
    ],
    [
      { type: 'InterestsDeclared', ...whose, conflicts: [{ application: 'file-1', nature: 'family' }] },
      'Un évaluateur déclare ses intérêts : 1 conflit.',
      INTERESTS,
    ],
  ],
  ConflictConfirmed: [
    [
      {
        type: 'ConflictConfirmed',
        ...whose,
        conflict: { application: 'file-1', nature: 'governance' },
        because: 'Siège au conseil.',
      },
      "Conflit d'intérêts d'un évaluateur confirmé (gouvernance). Motif : Siège au conseil.",
      'Un conflit soupçonné est proposé avec son motif, et confirmé par une personne',
    ],
  ],
  ReviewAssigned: [[{ type: 'ReviewAssigned', ...which }, 'Dossier confié à un évaluateur.', ASSIGNED]],
  AssignmentDeclined: [
    [
      { type: 'AssignmentDeclined', ...which, reason: 'conflict' },
      "Évaluation déclinée (conflit d'intérêts).",
      ASSIGNED,
    ],
    [
      { type: 'AssignmentDeclined', ...which, reason: 'not-my-field' },
      'Évaluation déclinée (hors de son domaine).',
      ASSIGNED,
    ],
    [
      { type: 'AssignmentDeclined', ...which, reason: 'overload' },
      'Évaluation déclinée (charge de travail).',
      ASSIGNED,
    ],
  ],
  AssignmentWithdrawn: [
    [
      { type: 'AssignmentWithdrawn', ...which, reason: 'Trop de dossiers.' },
      'Dossier retiré à un évaluateur. Motif : Trop de dossiers.',
      ASSIGNED,
    ],
  ],
  ReviewSaved: [
    [
      { type: 'ReviewSaved', ...which, content: { version: 0, hash: 'a' } },
      'Évaluation enregistrée, pas encore remise.',
      'Une évaluation remise garde ses versions',
    ],
  ],
  ReviewSubmitted: [
    [{ type: 'ReviewSubmitted', ...scored }, 'Évaluation remise : 72,50 sur 100.', MEAN],
    [
      { type: 'ReviewSubmitted', ...scored, recommendedCents: 1_500_000 },
      'Évaluation remise : 72,50 sur 100, 15 000,00 € recommandés.',
      MEAN,
    ],
  ],
  ReviewAmended: [
    [
      { type: 'ReviewAmended', ...scored, review: 2, meanHundredths: 8005 },
      'Évaluation modifiée (version 2) : 80,05 sur 100.',
      `${MEAN} ; les versions restent, la dernière avant la fin de la phase compte`,
    ],
  ],
};

describe('the story of a review', () => {
  it.each(rowsOf<ReviewerEvent | ReviewEvent>(told))('tells %s: %s', (_type, sentence, fact, rule) =>
    expect(narrate(fact, paris)).toEqual({ sentence, rule }),
  );
});

import { euros } from '../money.js';
import type { ReviewEvent, ScoredReview } from '../review/review-facts.js';
import type { ReviewerEvent } from '../review/reviewer-facts.js';
import { counted, inHundredths } from '../texts.js';
import { frenchDeclines, frenchNatures } from './french.js';
import { type Narrations, told } from './narration.js';

const APPOINTED = 'Les autorités pilotes désignent les évaluateurs';
const INTERESTS = 'Intérêts déclarés sur les noms seuls, avant tout contenu';
const ASSIGNED = "Un dossier est évalué par qui n'a pas de conflit d'intérêts";
const MEAN = 'Moyenne pondérée de la grille ; un critère sans objet est écarté, son poids réparti sur les autres';

/** Every fact of a reviewer and of a review, as a person reads it. */
export const reviewNarrations: Narrations<ReviewerEvent | ReviewEvent> = {
  ReviewerAppointed: (fact) =>
    told(`Évaluateur désigné${fact.expertise.length > 0 ? ` (${fact.expertise.join(', ')})` : ''}.`, APPOINTED),
  ReviewerDismissed: (fact) => told(`Évaluateur déchargé. Motif : ${fact.reason}`, APPOINTED),
  InterestsDeclared: (fact) =>
    told(
      fact.conflicts.length === 0
        ? 'Un évaluateur déclare ses intérêts : aucun conflit.'
        : `Un évaluateur déclare ses intérêts : ${counted(fact.conflicts.length, 'conflit')}.`,
      INTERESTS,
    ),
  ConflictConfirmed: (fact) =>
    told(
      `Conflit d'intérêts d'un évaluateur confirmé (${frenchNatures[fact.conflict.nature]}). Motif : ${fact.because}`,
      'Un conflit soupçonné est proposé avec son motif, et confirmé par une personne',
    ),
  ReviewAssigned: () => told('Dossier confié à un évaluateur.', ASSIGNED),
  AssignmentDeclined: (fact) => told(`Évaluation déclinée (${frenchDeclines[fact.reason]}).`, ASSIGNED),
  AssignmentWithdrawn: (fact) => told(`Dossier retiré à un évaluateur. Motif : ${fact.reason}`, ASSIGNED),
  ReviewSaved: () => told('Évaluation enregistrée, pas encore remise.', 'Une évaluation remise garde ses versions'),
  ReviewSubmitted: (fact) => told(`Évaluation remise : ${scored(fact)}.`, MEAN),
  ReviewAmended: (fact) =>
    told(
      `Évaluation modifiée (version ${fact.review}) : ${scored(fact)}.`,
      `${MEAN} ; les versions restent, la dernière avant la fin de la phase compte`,
    ),
};

const scored = ({ meanHundredths, recommendedCents }: ScoredReview): string =>
  `${inHundredths(meanHundredths)} sur 100${recommendedCents === undefined ? '' : `, ${euros(recommendedCents)} recommandés`}`;

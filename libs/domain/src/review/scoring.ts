import type { Criterion } from '../call/call-contents.js';
import { type Fault, fault } from '../decider.js';
import { euros } from '../money.js';
import { isBlank } from '../texts.js';
import type { ReviewContents } from './review-facts.js';

/** What is wrong in a draft already: a criterion that isn't the rubric's or is there twice, a score outside its scale. */
export function scoreFaults(criteria: readonly Criterion[], { scores }: ReviewContents): Fault[] {
  return scores.flatMap(({ criterion, score }, index): Fault[] => {
    const place = `scores[${index}]`;
    const known = criteria.find(({ code }) => code === criterion);
    if (!known) {
      const message = `Le critère « ${criterion} » n'est pas à la grille.`;
      return [fault(`${place}.criterion`, 'CriterionUnknown', message)];
    }
    const { label, scale } = known;
    const twice = scores.findIndex((one) => one.criterion === criterion) < index;
    const outside = score !== null && !(Number.isInteger(score) && score >= scale.min && score <= scale.max);
    return [
      ...(twice
        ? [fault(`${place}.criterion`, 'CriterionTwice', `Le critère « ${label} » figure déjà plus haut.`)]
        : []),
      ...(outside
        ? [
            fault(
              `${place}.score`,
              'ScoreOutsideScale',
              `« ${label} » se note par un entier de ${scale.min} à ${scale.max}, ou « sans objet ».`,
            ),
          ]
        : []),
    ];
  });
}

/** Everything that stands between a draft and its submission, all at once, each with its field. */
export function reviewFaults(
  criteria: readonly Criterion[],
  contents: ReviewContents,
  requestedCents: number | undefined,
): Fault[] {
  const { scores, recommendedCents } = contents;
  const over = recommendedCents !== undefined && requestedCents !== undefined && recommendedCents > requestedCents;
  return [
    ...scoreFaults(criteria, contents),
    ...criteria.flatMap(({ code, label, commentRequired }): Fault[] => {
      const index = scores.findIndex(({ criterion }) => criterion === code);
      if (index < 0) {
        const message = `Notez le critère « ${label} », ou marquez-le « sans objet ».`;
        return [fault(`scores.${code}`, 'CriterionMissing', message)];
      }
      if (!commentRequired || !isBlank(scores[index]?.comment ?? '')) return [];
      return [fault(`scores[${index}].comment`, 'CommentMissing', `Le critère « ${label} » demande un commentaire.`)];
    }),
    ...(scores.some(({ score }) => score !== null)
      ? []
      : [fault('scores', 'NothingScored', 'Notez au moins un critère.')]),
    ...(over
      ? [
          fault(
            'recommendedCents',
            'OverRequested',
            `Le montant proposé dépasse le montant demandé (${euros(requestedCents)}).`,
          ),
        ]
      : []),
  ];
}

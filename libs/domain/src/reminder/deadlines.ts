import type { Instant } from '../decider.js';

/** What the service reminds people of. */
export const deadlineKinds = [
  'submission',
  'completion',
  'interests',
  'reviews',
  'convocation',
  'answers',
  'decisions',
  'signatures',
  'reports',
  'shift-answer',
  'ratification',
] as const;
export type DeadlineKind = (typeof deadlineKinds)[number];

export const frenchDeadlines: Record<DeadlineKind, string> = {
  submission: 'dépôt du dossier',
  completion: 'pièces à compléter',
  interests: "déclaration d'intérêts",
  reviews: 'évaluations à remettre',
  convocation: 'convocations à envoyer',
  answers: 'réponses aux questions',
  decisions: 'décisions à prendre',
  signatures: 'conventions à signer',
  reports: 'bilans à remettre',
  'shift-answer': 'réponse à une proposition de décalage',
  ratification: "ratification d'une prolongation",
};

/** Something due at an instant, by people who may have done it meanwhile. Derived from facts, never recorded itself. */
export interface Deadline {
  /** `submission:<call>`, `completion:<file>:2`: the same through every move. */
  readonly key: string;
  readonly kind: DeadlineKind;
  readonly call: string;
  /** The file, report, organisation, number… it is of, where it isn't of the call as a whole. */
  readonly about?: string;
  readonly dueAt: Instant;
  /** When this date became known: the fact that set it. */
  readonly knownAt: Instant;
}

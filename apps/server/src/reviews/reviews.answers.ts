export class NamedFileAnswer {
  application!: string;
  /** SIRET or RNA of the applicant. */
  organisation!: string;
  organisationName!: string | null;
  /** Null once forgotten. */
  title!: string | null;
}

export class NamedFilesAnswer {
  items!: NamedFileAnswer[];
  next?: string;
}

export class ReviewerConflictAnswer {
  application!: string;
  /** employment, governance, family, financial, competition, other. */
  nature!: string;
}

export class ReviewerAnswer {
  person!: string;
  /** Null once forgotten. */
  name!: string | null;
  expertise!: string[];
  appointedAt!: string;
  dismissedAt!: string | null;
  /** Did they declare their interests? */
  declared!: boolean;
  assigned!: number;
  /** Of those assigned: begun, and submitted. */
  drafts!: number;
  submitted!: number;
  declined!: number;
  /** For administrators; null for others. */
  conflicts!: ReviewerConflictAnswer[] | null;
}

export class ReviewersAnswer {
  items!: ReviewerAnswer[];
  next?: string;
}

export class SuspectedConflictAnswer {
  person!: string;
  name!: string | null;
  application!: string;
  organisation!: string;
  organisationName!: string | null;
  /** same-organisation, same-domain, same-name. */
  reason!: string;
  /** In French. */
  said!: string;
}

export class SuspectedConflictsAnswer {
  items!: SuspectedConflictAnswer[];
}

export class ReviewOfFileAnswer {
  person!: string;
  name!: string | null;
  /** assigned, draft, submitted. */
  status!: string;
  /** Hundredths of a point out of 100; null until submitted. */
  meanHundredths!: number | null;
  recommendedCents!: number | null;
}

export class ReviewedFileAnswer {
  application!: string;
  organisation!: string;
  organisationName!: string | null;
  title!: string | null;
  /** How many reviews are asked for, and submitted; null for a reviewer while the phase lasts, like the three that follow. */
  assigned!: number | null;
  submitted!: number | null;
  /** Of the submitted reviews, in hundredths: their mean, the highest less the lowest, the standard deviation. */
  meanHundredths!: number | null;
  spreadHundredths!: number | null;
  deviationHundredths!: number | null;
  /** A reviewer's own alone while the phase lasts. */
  reviews!: ReviewOfFileAnswer[];
}

export class ReviewedFilesAnswer {
  items!: ReviewedFileAnswer[];
  next?: string;
}

export class CriterionScoreAnswer {
  criterion!: string;
  label!: string;
  /** Null for N/A. */
  score!: number | null;
  /** Null where there is none, or no more. */
  comment!: string | null;
}

export class SubmittedReviewAnswer {
  person!: string;
  name!: string | null;
  /** 1, then one more with each amendment. */
  review!: number;
  submittedAt!: string;
  scores!: CriterionScoreAnswer[];
  meanHundredths!: number;
  recommendedCents!: number | null;
  comment!: string | null;
}

export class FileReviewsAnswer {
  items!: SubmittedReviewAnswer[];
  /** Of all that were submitted, in hundredths; null where there are none, and for a reviewer while the phase lasts. */
  meanHundredths!: number | null;
  spreadHundredths!: number | null;
  deviationHundredths!: number | null;
}

export class WrittenScoreAnswer {
  criterion!: string;
  score!: number | null;
  comment?: string;
}

export class WrittenReviewAnswer {
  scores!: WrittenScoreAnswer[];
  comment?: string;
  recommendedCents?: number;
}

export class ReviewAnswer {
  /** none, draft, submitted. */
  status!: string;
  /** How many times it was submitted. */
  review!: number;
  /** What you last wrote. */
  contents!: WrittenReviewAnswer | null;
  meanHundredths!: number | null;
  submittedAt!: string | null;
  /** The last instant to write it, UTC; and in French with its zone. */
  closesAt!: string | null;
  closesSaid!: string | null;
}

export class ScoredAnswer {
  review!: number;
  /** Weighted mean in hundredths of a point out of 100. */
  meanHundredths!: number;
  submittedAt!: string;
}

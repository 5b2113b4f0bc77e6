import {
  type ConflictNature,
  conflictNatures,
  type DeclineReason,
  declineReasons,
} from '#domain/review/reviewer-facts.js';
import { Amount, Id, Matching, OneOf, Optional, Parts, Text, Texts, WholeOrNull } from '../http/fields.js';

export class AppointReviewerBody {
  /** Somebody with an account. */
  @Id() person!: string;
  /** What they know well. */
  @Texts({ max: 20 }, 200) expertise!: string[];
}

export class DismissReviewerBody {
  @Id() person!: string;
  @Text(10, 5000) reason!: string;
}

export class ReviewConflictBody {
  @Id() application!: string;
  @OneOf(conflictNatures) nature!: ConflictNature;
}

export class ReviewInterestsBody {
  /** Empty where you have none. */
  @Parts({ max: 1000 }, () => ReviewConflictBody) conflicts!: ReviewConflictBody[];
}

export class ConfirmConflictBody extends ReviewConflictBody {
  @Id() person!: string;
  /** What it rests on. */
  @Text(10, 5000) because!: string;
}

export class AssignReviewBody {
  @Id() person!: string;
}

export class DeclineAssignmentBody {
  @OneOf(declineReasons) reason!: DeclineReason;
}

export class WithdrawAssignmentBody {
  @Id() person!: string;
  @Text(10, 5000) reason!: string;
}

export class ReviewScoreBody {
  /** Code of the criterion in the rubric of the call. */
  @Matching(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'un code en minuscules, comme pertinence') criterion!: string;
  /** Whole points of its scale; null for N/A. */
  @WholeOrNull(-1000, 1000) score!: number | null;
  @Optional() @Text(0, 5000) comment?: string;
}

/** A draft may lack anything; a submission scores every criterion of the rubric. */
export class ReviewBody {
  @Parts({ max: 50 }, () => ReviewScoreBody) scores!: ReviewScoreBody[];
  @Optional() @Text(0, 20_000) comment?: string;
  /** Cents, at most what is requested. */
  @Optional() @Amount() recommendedCents?: number;
}

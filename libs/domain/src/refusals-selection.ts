import type { AdmissibilityCommand } from './application/admissibility-facts.js';
import type { CommissionCommand } from './commission/commission-facts.js';
import type { ReviewCommand } from './review/review-facts.js';
import type { ReviewerCommand } from './review/reviewer-facts.js';

type Selection = (AdmissibilityCommand | ReviewerCommand | ReviewCommand | CommissionCommand)['type'];

/** Of admissibility, review and commission; see refusals.ts. */
export const selectionRefusals: Record<Selection, readonly string[]> = {
  // Admissibility
  RequestCompletion: [],
  ExtendCompletion: [],
  CompleteFile: [],
  DeclareAdmissible: [],
  RefuseBeforehand: [],
  CorrectAdmissibility: [],
  HandOverFile: [],
  // Review
  AppointReviewer: [],
  DismissReviewer: [],
  DeclareInterests: [],
  ConfirmConflict: [],
  AssignReview: [],
  DeclineAssignment: [],
  WithdrawAssignment: [],
  SaveReview: [],
  SubmitReview: [],
  AmendReview: [],
  // Commission
  AppointMember: [],
  RemoveCommissionMember: [],
  DeclareMemberInterests: [],
  PlanSession: [],
  ConveneSession: [],
  RecordAttendance: [],
  OpenSession: [],
  AdjournSession: [],
  RecuseMember: [],
  HearApplicant: [],
  CastBallot: [],
  RecordVote: [],
  GiveCastingVote: [],
  AdoptRanking: [],
  DraftMinutes: [],
  CommentMinutes: [],
  SignMinutes: [],
};

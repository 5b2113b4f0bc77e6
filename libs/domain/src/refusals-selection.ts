import type { AdmissibilityCommand } from './application/admissibility-facts.js';
import type { CommissionCommand } from './commission/commission-facts.js';
import type { ReviewCommand } from './review/review-facts.js';
import type { ReviewerCommand } from './review/reviewer-facts.js';

type Selection = (AdmissibilityCommand | ReviewerCommand | ReviewCommand | CommissionCommand)['type'];

const reviewers = ['NotAllowed', 'ReviewerUnknown', 'CallUnknown', 'CallEnded', 'NotPublished'];
const scoring = [
  'NotAllowed',
  'ReviewerUnknown',
  'CallEnded',
  'ApplicationUnknown',
  'ContentsForgotten',
  'ConflictDeclared',
  'InterestsNotDeclared',
  'NotAssigned',
  'ApplicationNotAdmissible',
  'ReviewsClosed',
  'ReviewInvalid',
];
const file = ['ApplicationUnknown', 'NotAllowed', 'ContentsForgotten', 'CallUnknown', 'CallEnded'];
const examined = [...file, 'ContentsSealed', 'NotSubmitted'];
const grounds = ['GroundMissing', 'GroundTwice', 'ReasonsMissing', 'NotLate'];

/** Of admissibility, review and commission; see refusals.ts. */
export const selectionRefusals: Record<Selection, readonly string[]> = {
  // Admissibility
  RequestCompletion: [
    ...examined,
    'AdmissibilityDecided',
    'CompletionPending',
    'FiledLate',
    'NothingNamed',
    'DocumentCodeUnknown',
    'DateInPast',
  ],
  ExtendCompletion: [...examined, 'NoCompletionPending', 'NotLater', 'DateInPast'],
  CompleteFile: [
    ...file,
    'NotSubmitted',
    'NoCompletionPending',
    'CompletionClosed',
    'ApplicationIncomplete',
    'NothingChanged',
  ],
  DeclareAdmissible: [...examined, 'AdmissibilityDecided', 'CompletionPending', 'FiledLate'],
  RefuseBeforehand: [...examined, 'AdmissibilityDecided', 'CompletionPending', ...grounds],
  CorrectAdmissibility: [...examined, 'AdmissibilityUndecided', 'NothingChanged', 'FiledLate', ...grounds],
  HandOverFile: [...examined, 'PersonUnknown', 'AlreadyOfficer', 'NotAnOfficer'],
  // Review
  AppointReviewer: ['NotAllowed', 'CallUnknown', 'CallEnded', 'NotPublished', 'PersonUnknown', 'AlreadyReviewer'],
  DismissReviewer: reviewers,
  DeclareInterests: [...reviewers, 'ContentsSealed', 'InterestsInvalid'],
  ConfirmConflict: [...reviewers, 'ContentsSealed', 'ApplicationUnknown', 'ConflictKnown'],
  AssignReview: [
    ...reviewers,
    'ApplicationUnknown',
    'InterestsNotDeclared',
    'ConflictDeclared',
    'ApplicationNotAdmissible',
    'AlreadyAssigned',
    'ReviewsClosed',
  ],
  DeclineAssignment: [...reviewers, 'ApplicationUnknown', 'NotAssigned', 'AlreadySubmitted'],
  WithdrawAssignment: [...reviewers, 'ApplicationUnknown', 'NotAssigned', 'AlreadySubmitted'],
  SaveReview: [...scoring, 'AlreadySubmitted'],
  SubmitReview: [...scoring, 'AlreadySubmitted'],
  AmendReview: [...scoring, 'NotSubmitted'],
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

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
const call = ['CallUnknown', 'NotAllowed', 'CallEnded'];
const session = [...call, 'SessionUnknown'];
const sitting = [...session, 'SessionOver', 'SessionNotOpen'];
const item = [...sitting, 'NotOnAgenda', 'VoteClosed'];
const voice = ['NotMember', 'ConsultativeVoice', 'MemberRecused', 'MemberAbsent', 'AlreadyVoted'];
const minutes = ['CallUnknown', 'NotAllowed', 'SessionUnknown'];

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
  AppointMember: [
    ...call,
    'PersonUnknown',
    'AlreadyMember',
    'IsSubstitute',
    'ChairWithoutVoice',
    'QualifiedSubstitute',
    'SubstituteTaken',
    'SessionOpen',
  ],
  RemoveCommissionMember: [...call, 'NotMember', 'SessionOpen'],
  DeclareMemberInterests: [...call, 'NotMember', 'ApplicationUnknown'],
  PlanSession: [
    ...call,
    'NotYetSupported',
    'NotPublished',
    'ContentsSealed',
    'SessionExists',
    'DateInPast',
    'SessionUnknown',
    'NotAdjourned',
    'AlreadyReconvened',
  ],
  MoveSession: [...session, 'AlreadyOpen', 'SessionOver', 'AttendanceTaken', 'DateInPast', 'NothingMoves'],
  ConveneSession: [
    ...session,
    'AlreadyOpen',
    'SessionOver',
    'AgendaEmpty',
    'AgendaTwice',
    'ApplicationNotAdmissible',
    'NoQuorumNotAllowed',
    'AgendaDiffers',
    'ConvenedTooLate',
  ],
  RecordAttendance: [
    ...session,
    'NotConvened',
    'SessionOver',
    'AttendanceTwice',
    'NotMember',
    'NoSubstitute',
    'AttendanceContradictory',
    'ConsultativeVoice',
    'HolderMissing',
    'HolderNotVoting',
    'HolderAbsent',
    'SecondMandate',
  ],
  OpenSession: [...session, 'NotConvened', 'SessionOver', 'SessionNotDue', 'AlreadyOpen', 'QuorumNotMet'],
  AdjournSession: [...session, 'NotConvened', 'SessionOver', 'SessionNotDue', 'QuorumMet'],
  RecuseMember: [...item, 'NotYourself', 'NotMember', 'AlreadyRecused'],
  HearApplicant: [...item, 'AlreadyHeard'],
  CastBallot: [...item, ...voice, 'NotYourVoice', 'InterestsNotDeclared'],
  RecordVote: [
    ...item,
    ...voice,
    'QuorumNotMet',
    'NobodyVotes',
    'TotalsOrBallots',
    'BallotsCast',
    'TotalsDontMatch',
    'BallotsMissing',
  ],
  GiveCastingVote: [
    ...sitting,
    'NotOnAgenda',
    'NoTie',
    'MemberRecused',
    'MemberAbsent',
    'InterestsNotDeclared',
    'AlreadyVoted',
  ],
  AdoptRanking: [
    ...sitting,
    'AlreadyRanked',
    'ChairsDisagree',
    'ItemUndecided',
    'NotFavourable',
    'RankedTwice',
    'FavourableUnranked',
    'RanksBroken',
    'ReserveFirst',
    'AmountOutOfBounds',
    'OverEnvelopes',
  ],
  DraftMinutes: [...minutes, 'MinutesTooEarly', 'MinutesFinal'],
  CommentMinutes: [...minutes, 'MinutesMissing', 'MinutesFinal'],
  SignMinutes: [...minutes, 'MinutesMissing', 'MinutesOutdated', 'AlreadySigned'],
};

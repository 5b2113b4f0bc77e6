import type { selectionTellings } from '../recipients-selection.js';
import type { Templates } from '../told.js';
import { admissibilityCorrected } from './selection/admissibility-corrected.js';
import { assignmentDeclined } from './selection/assignment-declined.js';
import { completionExtended } from './selection/completion-extended.js';
import { completionReceipt } from './selection/completion-receipt.js';
import { completionRequested } from './selection/completion-requested.js';
import { fileHandedOver } from './selection/file-handed-over.js';
import { minutesDrafted } from './selection/minutes-drafted.js';
import { refusedBeforehand } from './selection/refused-beforehand.js';
import { reviewAssigned } from './selection/review-assigned.js';
import { reviewerAppointed } from './selection/reviewer-appointed.js';
import { sessionAdjourned } from './selection/session-adjourned.js';
import { sessionConvened } from './selection/session-convened.js';
import { sessionMoved } from './selection/session-moved.js';

/** Of the examination of a file, of its reviewers and of the commission. */
export const selectionTemplates: Templates<keyof typeof selectionTellings> = {
  CompletionRequested: completionRequested,
  CompletionExtended: completionExtended,
  FileCompleted: completionReceipt,
  RefusedBeforehand: refusedBeforehand,
  AdmissibilityCorrected: admissibilityCorrected,
  FileHandedOver: fileHandedOver,
  ReviewerAppointed: reviewerAppointed,
  ReviewAssigned: reviewAssigned,
  AssignmentDeclined: assignmentDeclined,
  SessionConvened: sessionConvened,
  SessionMoved: sessionMoved,
  SessionAdjourned: sessionAdjourned,
  MinutesDrafted: minutesDrafted,
};

import type { ToldType } from '../recipients.js';
import type { fundingTellings, reportTellings } from '../recipients-funding.js';
import type { reminderTellings } from '../recipients-reminders.js';
import type { webhookTellings } from '../recipients-webhooks.js';
import type { selectionTellings } from '../recipients-selection.js';
import type { Templates } from '../told.js';
import { answerCorrected } from './filing/answer-corrected.js';
import { callCancelled } from './filing/call-cancelled.js';
import { callUnsuccessful } from './filing/call-unsuccessful.js';
import { claimConfirmed } from './filing/claim-confirmed.js';
import { claimRejected } from './filing/claim-rejected.js';
import { colleagueInvited } from './filing/colleague-invited.js';
import { endingProposed } from './filing/ending-proposed.js';
import { extensionGranted } from './filing/extension-granted.js';
import { outageExtension } from './filing/outage-extension.js';
import { paperReceipt } from './filing/paper-receipt.js';
import { partnerInvited } from './filing/partner-invited.js';
import { questionAnswered } from './filing/question-answered.js';
import { receipt } from './filing/receipt.js';
import { replacementReceipt } from './filing/replacement-receipt.js';
import { scheduleShifted } from './filing/schedule-shifted.js';
import { shiftProposed } from './filing/shift-proposed.js';
import { signIn } from './filing/sign-in.js';
import { withdrawal } from './filing/withdrawal.js';
import { datesToConfirm } from './filing/dates-to-confirm.js';
import { paymentsAsked } from './filing/payments-asked.js';
import { outageUnratified } from './filing/outage-unratified.js';
import { shiftExpired } from './filing/shift-expired.js';

/** Of calls, questions, organisations and what is filed. */
export const filingTemplates: Templates<
  Exclude<
    ToldType,
    keyof (typeof selectionTellings &
      typeof fundingTellings &
      typeof reportTellings &
      typeof reminderTellings &
      typeof webhookTellings)
  >
> = {
  SignInInvited: signIn,
  ApplicationSubmitted: receipt,
  SubmissionReplaced: replacementReceipt,
  DatesAsked: datesToConfirm,
  PaymentYearAsked: paymentsAsked,
  PaperFilingRegistered: paperReceipt,
  ApplicationWithdrawn: withdrawal,
  PartnerInvited: partnerInvited,
  ShiftProposed: shiftProposed,
  ScheduleShifted: scheduleShifted,
  ShiftExpired: shiftExpired,
  OutageLeftUnratified: outageUnratified,
  OutageExtensionGranted: outageExtension,
  ExtensionGranted: extensionGranted,
  EndingAgreed: endingProposed,
  CallCancelled: callCancelled,
  CallDeclaredUnsuccessful: callUnsuccessful,
  QuestionAnswered: questionAnswered,
  AnswerCorrected: answerCorrected,
  ClaimConfirmed: claimConfirmed,
  ClaimRejected: claimRejected,
  ColleagueInvited: colleagueInvited,
};

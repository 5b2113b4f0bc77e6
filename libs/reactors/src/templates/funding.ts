import type { fundingTellings } from '../recipients-funding.js';
import type { Templates } from '../told.js';
import { agreementConcluded } from './funding/agreement-concluded.js';
import { agreementDrafted } from './funding/agreement-drafted.js';
import { appealAnswered } from './funding/appeal-answered.js';
import { appealLodged } from './funding/appeal-lodged.js';
import { awardDeclined } from './funding/award-declined.js';
import { awardFailed } from './funding/award-failed.js';
import { awardNotified } from './funding/award-notified.js';
import { bankAccountGiven } from './funding/bank-account-given.js';
import { calledUp } from './funding/called-up.js';
import { paymentRecorded } from './funding/payment-recorded.js';
import { paymentRequested } from './funding/payment-requested.js';
import { paymentsResumed } from './funding/payments-resumed.js';
import { paymentsSuspended } from './funding/payments-suspended.js';
import { recoveryAnnounced } from './funding/recovery-announced.js';
import { recoveryDropped } from './funding/recovery-dropped.js';
import { recoveryOrdered } from './funding/recovery-ordered.js';
import { signatureExtended } from './funding/signature-extended.js';

/** Of awards, agreements and payments. */
export const fundingTemplates: Templates<keyof typeof fundingTellings> = {
  AwardNotified: awardNotified,
  AwardFailed: awardFailed,
  AwardDeclined: awardDeclined,
  CalledUpFromReserve: calledUp,
  AppealLodged: appealLodged,
  AppealAnswered: appealAnswered,
  AgreementDrafted: agreementDrafted,
  SignatureExtended: signatureExtended,
  AgreementConcluded: agreementConcluded,
  PaymentRequested: paymentRequested,
  PaymentRecorded: paymentRecorded,
  PaymentsSuspended: paymentsSuspended,
  PaymentsResumed: paymentsResumed,
  BankAccountGiven: bankAccountGiven,
  RecoveryAnnounced: recoveryAnnounced,
  RecoveryOrdered: recoveryOrdered,
  RecoveryDropped: recoveryDropped,
};

import { absent, type Decider, type Instant, type PersonId, refuse, unreachable } from '../decider.js';

/** What a notice tells; one template each. */
export const noticeKinds = [
  'sign-in',
  'receipt',
  'replacement-receipt',
  'paper-receipt',
  'withdrawal',
  'schedule-shifted',
  'outage-extension',
  'extension-granted',
  'call-cancelled',
  'call-unsuccessful',
  'question-answered',
  'answer-corrected',
  'partner-invited',
  'shift-proposed',
  'shift-expired',
  'outage-unratified',
  'ending-proposed',
  'claim-confirmed',
  'claim-rejected',
  'colleague-invited',
  'completion-requested',
  'completion-extended',
  'completion-receipt',
  'refused-beforehand',
  'admissibility-corrected',
  'file-handed-over',
  'reviewer-appointed',
  'review-assigned',
  'assignment-declined',
  'session-convened',
  'session-adjourned',
  'minutes-drafted',
  'award-notified',
  'award-failed',
  'award-declined',
  'called-up',
  'appeal-lodged',
  'appeal-answered',
  'agreement-drafted',
  'agreement-concluded',
  'payment-requested',
  'payment-recorded',
  'payments-suspended',
  'payments-resumed',
  'bank-account-given',
  'recovery-announced',
  'recovery-ordered',
  'recovery-dropped',
  'report-expected',
  'report-submitted',
  'report-returned',
  'report-accepted',
] as const;
export type NoticeKind = (typeof noticeKinds)[number];

/** One message to one person about one fact. */
export interface Notice {
  readonly kind: NoticeKind;
  readonly to: PersonId;
  /** The fact it tells of: its event id, and the stream it is on. */
  readonly about: { readonly fact: string; readonly stream: string };
  /** Stable through every attempt. */
  readonly messageId: string;
}

export type NoticeEvent =
  | ({ type: 'NoticeIssued' } & Notice)
  | { type: 'NoticeDelivered'; through: 'file'; deliveredAt: Instant }
  | { type: 'NoticeGivenUp'; because: string };

export type NoticeCommand =
  ({ type: 'IssueNotice' } & Notice) | { type: 'RecordDelivery' } | { type: 'GiveUpNotice'; because: string };

export type NoticeState = { status: 'absent' | 'issued' | 'delivered' | 'given-up' };

/** Decided once, by a stream that only one append can open; delivered at least once, under the same Message-ID. */
export const notice: Decider<NoticeCommand, NoticeState, NoticeEvent, unknown> = {
  initial: { status: 'absent' },
  decide: (command, state) => {
    if (command.type === 'IssueNotice') {
      if (state.status !== 'absent') return refuse('NoticeIssued', 'Ce message est déjà décidé.');
      const { kind, to, about, messageId } = command;
      return [{ type: 'NoticeIssued', kind, to, about, messageId }];
    }
    if (state.status === 'absent') return absent('NoticeUnknown', "Ce message n'existe pas.");
    if (state.status !== 'issued') return [];
    switch (command.type) {
      case 'RecordDelivery':
        return [{ type: 'NoticeDelivered', through: 'file', deliveredAt: command.at }];
      case 'GiveUpNotice':
        return [{ type: 'NoticeGivenUp', because: command.because }];
      default:
        return unreachable(command);
    }
  },
  evolve: (_, event) => {
    switch (event.type) {
      case 'NoticeIssued':
        return { status: 'issued' };
      case 'NoticeDelivered':
        return { status: 'delivered' };
      case 'NoticeGivenUp':
        return { status: 'given-up' };
      default:
        return unreachable(event);
    }
  },
};

import { absent, type Decider, type Decision, type Instant, type PersonId, refuse, unreachable } from '../decider.js';

/** What a notice tells; one template each. */
export const noticeKinds = [
  'sign-in',
  'receipt',
  'replacement-receipt',
  'paper-receipt',
  'withdrawal',
  'schedule-shifted',
  'payments-asked',
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
  'dates-to-confirm',
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
  'session-moved',
  'session-adjourned',
  'minutes-drafted',
  'award-notified',
  'award-failed',
  'award-declined',
  'called-up',
  'appeal-lodged',
  'appeal-answered',
  'agreement-drafted',
  'signature-extended',
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
  'report-extended',
  'report-submitted',
  'report-returned',
  'report-accepted',
  'reminder',
  'webhook-paused',
] as const;
export type NoticeKind = (typeof noticeKinds)[number];

/** One message to one person about one fact. */
export interface Notice {
  readonly kind: NoticeKind;
  readonly to: PersonId;
  readonly about: {
    /** The fact it tells of: its event id, and the stream it is on. */
    readonly fact: string;
    readonly stream: string;
    /** The call and the file that fact is about, where it is about one. */
    readonly call?: string;
    readonly file?: string;
  };
  /** Stable through every attempt. */
  readonly messageId: string;
  /** The notice whose address refused it: this one goes to the second contact. */
  readonly insteadOf?: string;
}

/** How it left: as a file in the outbox, or accepted by a mail server. */
export type Through = 'file' | 'smtp';

export type NoticeEvent =
  | ({ type: 'NoticeIssued' } & Notice)
  | { type: 'NoticeDelivered'; through: Through; deliveredAt: Instant }
  /** Refused for good by the server of the address, with its SMTP code and nothing of its words. */
  | { type: 'NoticeBounced'; code: number; attempt: number; address: 'first' | 'second' }
  /** The second contact has a notice of their own. */
  | { type: 'NoticePassedOn'; to: PersonId; notice: string }
  /** `attempts`: of delivery, all in vain; left out where there was nobody left to write to. */
  | { type: 'NoticeGivenUp'; because: string; attempts?: number }
  | { type: 'NoticeResent' };

export type NoticeCommand =
  | ({ type: 'IssueNotice' } & Notice)
  | { type: 'RecordDelivery'; through: Through }
  | { type: 'RecordBounce'; code: number; attempt: number }
  | { type: 'PassOnNotice'; to: PersonId; notice: string }
  | { type: 'GiveUpNotice'; because: string; attempts?: number }
  | { type: 'ResendNotice' };

export type NoticeState =
  | { status: 'absent' }
  | {
      status: 'issued' | 'delivered' | 'bounced' | 'given-up' | 'erased';
      /** The call and the file it is about. */
      call?: string;
      file?: string;
      /** To the second contact. */
      second?: true;
    };

/**
 * Decided once, by a stream that only one append can open; delivered at least once, under the same Message-ID.
 * A message that bounced or was given up never counts as delivered; it can be sent again.
 */
export const notice: Decider<NoticeCommand, NoticeState, NoticeEvent, unknown> = {
  initial: { status: 'absent' },
  decide: (command, state) => {
    if (command.type === 'IssueNotice') {
      if (state.status !== 'absent') return refuse('NoticeIssued', 'Ce message est déjà décidé.');
      const { kind, to, about, messageId, insteadOf } = command;
      return [{ type: 'NoticeIssued', kind, to, about, messageId, ...(insteadOf !== undefined && { insteadOf }) }];
    }
    if (state.status === 'absent') return absent('NoticeUnknown', "Ce message n'existe pas.");
    if (command.type === 'ResendNotice') return resend(state.status);
    if (command.type === 'PassOnNotice') {
      const { to, notice: other } = command;
      return state.status === 'bounced' ? [{ type: 'NoticePassedOn', to, notice: other }] : [];
    }
    if (state.status !== 'issued') return [];
    switch (command.type) {
      case 'RecordDelivery':
        return [{ type: 'NoticeDelivered', through: command.through, deliveredAt: command.at }];
      case 'RecordBounce': {
        const { code, attempt } = command;
        return [{ type: 'NoticeBounced', code, attempt, address: state.second ? 'second' : 'first' }];
      }
      case 'GiveUpNotice': {
        const { because, attempts } = command;
        return [{ type: 'NoticeGivenUp', because, ...(attempts !== undefined && { attempts }) }];
      }
      default:
        return unreachable(command);
    }
  },
  evolve: (state, event) => {
    switch (event.type) {
      case 'NoticeIssued': {
        const { call, file } = event.about;
        return {
          status: 'issued',
          ...(call !== undefined && { call }),
          ...(file !== undefined && { file }),
          ...(event.insteadOf !== undefined && { second: true }),
        };
      }
      case 'NoticeDelivered':
        return { ...state, status: 'delivered' };
      case 'NoticeBounced':
        return { ...state, status: 'bounced' };
      case 'NoticePassedOn':
        return state;
      case 'NoticeGivenUp':
        return { ...state, status: event.attempts === undefined ? 'erased' : 'given-up' };
      case 'NoticeResent':
        return { ...state, status: 'issued' };
      default:
        return unreachable(event);
    }
  },
};

function resend(status: Exclude<NoticeState['status'], 'absent'>): Decision<NoticeEvent> {
  switch (status) {
    case 'bounced':
    case 'given-up':
      return [{ type: 'NoticeResent' }];
    case 'issued':
      return refuse('NoticeWaiting', "Ce message attend déjà d'être remis.");
    case 'delivered':
      return refuse('NoticeDelivered', 'Ce message a déjà été remis.');
    case 'erased':
      return refuse('NoticeErased', 'La personne ou le fait a été effacé : ce message ne peut plus partir.');
    default:
      return unreachable(status);
  }
}

import type { Account } from '../account/account.js';
import type { Call } from '../call/call-state.js';
import type { ContentRef, Day, Instant, Stamped, Tools } from '../decider.js';
import type { Organisation } from '../organisation/organisation.js';
import type { ApplicationContents } from './application-contents.js';
import type { AdmissibilityCommand, AdmissibilityEvent, Examined } from './admissibility-facts.js';
import type { DocumentFact, PaperFiling, Submission } from './filing-facts.js';
import type { Reports } from '../report/report-facts.js';

export type { DocumentFact, PaperFiling, Submission } from './filing-facts.js';

export type ApplicationEvent =
  | { type: 'ApplicationStarted'; call: string; organisation: string; number: number }
  | { type: 'DraftSaved'; content: ContentRef }
  | ({ type: 'DocumentAttached'; content: ContentRef } & DocumentFact)
  | { type: 'DocumentRemoved'; document: string }
  | ({ type: 'ApplicationSubmitted' } & Submission)
  | ({ type: 'SubmissionReplaced'; replaces: string } & Submission)
  | { type: 'ApplicationWithdrawn'; reason: string }
  | ({ type: 'PaperFilingRegistered' } & PaperFiling)
  | { type: 'FileShared'; organisation: string }
  | { type: 'FileUnshared'; organisation: string }
  /** A shift makes the start of the project impossible: none before that day. */
  | { type: 'DatesAsked'; earliest: Day }
  | { type: 'DatesConfirmed'; startsOn: Day; endsOn: Day }
  | { type: 'ContentsForgotten'; reason: string }
  | AdmissibilityEvent;

export type ApplicationCommand =
  | { type: 'StartApplication'; call: string; organisation: string; number: number }
  | { type: 'SaveDraft'; contents: ApplicationContents; content: ContentRef }
  | ({ type: 'AttachDocument'; filename: string; content: ContentRef } & DocumentFact)
  | { type: 'RemoveDocument'; document: string }
  | { type: 'SubmitApplication'; contents?: ApplicationContents; content?: ContentRef }
  | { type: 'ReplaceSubmission'; contents?: ApplicationContents; content?: ContentRef }
  | { type: 'WithdrawApplication'; reason: string }
  | {
      type: 'RegisterPaperFiling';
      call: string;
      organisation: string;
      number: number;
      arrivedAt: Instant;
      medium: 'paper' | 'mail';
      reference: string;
      pieces: number;
    }
  | { type: 'ShareFile'; organisation: string }
  | { type: 'UnshareFile'; organisation: string }
  /** `before`: the earliest start until the shift. */
  | { type: 'AskDates'; before?: Day }
  | { type: 'ConfirmDates'; startsOn: Day; endsOn: Day }
  | { type: 'ForgetContents'; reason: string }
  | AdmissibilityCommand;

export interface KnownApplication extends Examined {
  readonly status: 'draft' | 'submitted' | 'withdrawn';
  readonly call: string;
  readonly organisation: string;
  readonly number: number;
  /** The newest content that a fact refers to, of the draft or the name of a document. */
  readonly written?: number;
  /** The draft as last saved, which a submission takes. */
  readonly draft?: ContentRef;
  readonly documents: readonly DocumentFact[];
  readonly submissions: readonly Submission[];
  /** The filing on paper that stands, and how many were ever registered. */
  readonly paper?: PaperFiling;
  readonly papers: number;
  readonly sharedWith: readonly string[];
  /** Of the project, since a shift made what was submitted impossible; until another submission says its own. */
  readonly dates?: { readonly asked?: Day; readonly confirmed?: { readonly startsOn: Day; readonly endsOn: Day } };
  readonly forgotten: boolean;
}
export type Application = { readonly status: 'absent' } | KnownApplication;

/** What a decision on a file may look at besides the file. */
export interface ApplicationContext extends Tools {
  readonly call?: Call;
  /** The applicant, or the organisation a file is shared with. */
  readonly organisation?: Organisation;
  /** The draft as last saved. */
  readonly draft?: ApplicationContents;
  /** What was last submitted, which a completion starts from. */
  readonly submitted?: ApplicationContents;
  /** Whom a file is handed over to. */
  readonly person?: Account;
  /** What the applicant owes: an overdue report blocks a submission. */
  readonly reports?: Reports;
}

export type Of<T extends ApplicationCommand['type']> = Stamped<Extract<ApplicationCommand, { type: T }>>;

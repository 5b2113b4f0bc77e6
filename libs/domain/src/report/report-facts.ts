import type { ContentRef, Day, Tools } from '../decider.js';
import type { Cents } from '../money.js';

export const reportKinds = ['activity', 'financial'] as const;
export type ReportKind = (typeof reportKinds)[number];

export const frenchReports: Record<ReportKind, string> = {
  activity: "bilan d'activité",
  financial: 'compte rendu financier',
};

/** An indicator of the project: its label is what the applicant wrote, so in the contents only. */
export interface IndicatorFigures {
  readonly target: number;
  readonly actual: number;
}
/** One account of the financial report (Cerfa 15059*02): planned and spent. */
export interface AccountFigures {
  readonly account: string;
  readonly budgetCents: Cents;
  readonly actualCents: Cents;
}
export interface Gap {
  readonly budgetCents: Cents;
  readonly actualCents: Cents;
  /** Actual less budget. */
  readonly gapCents: Cents;
  /** In hundredths of a percent of the budget; null where the budget is 0. */
  readonly gapHundredths: number | null;
}

/** Totals in money, and those of the contributions in kind (accounts 86), which are in neither. */
export interface Gaps {
  readonly charges: Gap;
  readonly products: Gap;
  readonly inKind: Gap;
}

/** What the beneficiary writes: in `content-report-<report>`. */
export interface ReportContents {
  readonly text: string;
  readonly indicators?: readonly (IndicatorFigures & { readonly label: string; readonly unit?: string })[];
  readonly charges?: readonly AccountFigures[];
  readonly products?: readonly AccountFigures[];
}

export interface ReportFigures {
  readonly indicators?: readonly IndicatorFigures[];
  readonly charges?: readonly AccountFigures[];
  readonly products?: readonly AccountFigures[];
  readonly gap?: Gaps;
}

/** All reports one beneficiary owes: stream `reports-<organisation>`. So a block is judged on one stream. */
export type ReportEvent =
  | {
      type: 'ReportExpected';
      report: string;
      kind: ReportKind;
      application: string;
      call: string;
      /** The institutions that read it: the leads of the call. */
      leads: string[];
      dueOn: Day;
    }
  | { type: 'ReportExtended'; report: string; dueOn: Day; reason: string }
  | ({ type: 'ReportSubmitted'; report: string; version: number; content: ContentRef } & ReportFigures)
  | { type: 'ReportReturned'; report: string; comments: string; dueOn: Day }
  | { type: 'ReportAccepted'; report: string }
  /** Nothing is owed any more: the award was given up. */
  | { type: 'ReportWaived'; report: string; reason: string };

export type ReportCommand =
  | {
      type: 'ExpectReport';
      report: string;
      kind: ReportKind;
      application: string;
      call: string;
      leads: string[];
      dueOn: Day;
    }
  | { type: 'ExtendReport'; report: string; dueOn: Day; reason: string }
  | { type: 'SubmitReport'; report: string; contents: ReportContents; content: ContentRef }
  | { type: 'ReturnReport'; report: string; comments: string; dueOn: Day }
  | { type: 'AcceptReport'; report: string }
  | { type: 'WaiveReport'; report: string; reason: string };

export interface ReportState {
  readonly report: string;
  readonly kind: ReportKind;
  readonly application: string;
  readonly call: string;
  readonly leads: readonly string[];
  readonly dueOn: Day;
  readonly status: 'expected' | 'submitted' | 'returned' | 'accepted' | 'waived';
  readonly versions: number;
  readonly written?: number;
}
/** A beneficiary that owes nothing is known by its absence. */
export interface Reports {
  readonly reports: Readonly<Record<string, ReportState>>;
}

export type ReportContext = Tools;

/**
 * The last day in time of a report that is owed, by the newest facts: what was expected, extended or returned last;
 * undefined once it is handed in, accepted or waived.
 */
export const reportDue = ({ status, dueOn }: Pick<ReportState, 'status' | 'dueOn'>): Day | undefined =>
  status === 'expected' || status === 'returned' ? dueOn : undefined;

/** Owed and not handed in on that day: blocks submissions, payment requests and payments. */
export function isOverdue(report: Pick<ReportState, 'status' | 'dueOn'>, today: Day): boolean {
  const due = reportDue(report);
  return due !== undefined && due < today;
}

/** The oldest first. */
export const overdue = ({ reports }: Reports, today: Day): readonly ReportState[] =>
  Object.values(reports)
    .filter((report) => isOverdue(report, today))
    .sort((one, other) => one.dueOn.localeCompare(other.dueOn));

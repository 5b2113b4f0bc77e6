import { ReportBody } from './reports.bodies.js';

export class ReportRowAnswer {
  id!: string;
  /** activity or financial. */
  kind!: string;
  /** In French: bilan d'activité, compte rendu financier. */
  kindSaid!: string;
  call!: string;
  application!: string;
  /** SIRET or RNA of the beneficiary. */
  organisation!: string;
  organisationName!: string | null;
  /** expected, submitted, returned, accepted, waived. */
  status!: string;
  /** The last day in time, Europe/Paris. */
  dueOn!: string;
  /** Today, in Paris, it is owed and not handed in: nothing can be submitted or paid. */
  overdue!: boolean;
  /** How many times it was handed in. */
  versions!: number;
  submittedAt!: string | null;
  changedAt!: string;
  /** Of the charges of a financial report that was handed in, cents. */
  budgetCents!: number | null;
  actualCents!: number | null;
  gapCents!: number | null;
  /** Hundredths of a percent of the budget; null where the budget is 0. */
  gapHundredths!: number | null;
}

export class ReportsAnswer {
  items!: ReportRowAnswer[];
  next?: string;
}

export class IndicatorFiguresAnswer {
  target!: number;
  actual!: number;
  /** Hundredths of a percent of the target; null where the target is 0. */
  reachedHundredths!: number | null;
}

export class GapAnswer {
  budgetCents!: number;
  actualCents!: number;
  /** Actual less budget. */
  gapCents!: number;
  /** Hundredths of a percent of the budget; null where the budget is 0. */
  gapHundredths!: number | null;
}

export class AccountGapAnswer extends GapAnswer {
  account!: string;
}

export class GapsAnswer {
  /** In money. */
  charges!: GapAnswer;
  products!: GapAnswer;
  /** Contributions in kind, accounts 86. */
  inKind!: GapAnswer;
}

export class ReportAnswer extends ReportRowAnswer {
  /** The institutions that read it. */
  leads!: string[];
  expectedAt!: string;
  indicators!: IndicatorFiguresAnswer[];
  charges!: AccountGapAnswer[];
  products!: AccountGapAnswer[];
  /** Totals; null but for a financial report that was handed in. */
  gap!: GapsAnswer | null;
  /** Of the institution that returned it last. */
  comments!: string | null;
  /** Of the last extension, or why nothing is owed any more. */
  reason!: string | null;
  /** What the beneficiary wrote last; null until then, and once forgotten. */
  contents!: ReportBody | null;
  forgotten!: boolean;
}

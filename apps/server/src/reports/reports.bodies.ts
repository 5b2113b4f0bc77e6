import { ADay, Amount, Id, Matching, OneOf, Optional, Parts, Text, Whole } from '../http/fields.js';
import { ListQuery } from '../http/lists.js';

export class ReportsQuery extends ListQuery {
  @Optional() @OneOf(['dueOn', 'changedAt', 'submittedAt', 'organisation']) declare sort?: string;
  @Optional() @Id() call?: string;
  @Optional() @Id() organisation?: string;
  @Optional() @OneOf(['expected', 'submitted', 'returned', 'accepted', 'waived']) status?: string;
  /** Owed and not handed in, today in Paris; the day it is due is in time. */
  @Optional() @OneOf(['true', 'false']) overdue?: string;
}

export class IndicatorFiguresBody {
  @Text(2, 300) label!: string;
  @Optional() @Text(1, 50) unit?: string;
  @Whole(0, 1_000_000_000) target!: number;
  @Whole(0, 1_000_000_000) actual!: number;
}

export class AccountFiguresBody {
  /** Account of the associations' chart: `64`, `756`, `86`… One line each. */
  @Matching(/^\d{2,4}$/, 'un numéro de compte') account!: string;
  @Amount() budgetCents!: number;
  @Amount() actualCents!: number;
}

/** A report of activity has indicators, a financial report (Cerfa 15059*02) charges and products. Amounts are cents. */
export class ReportBody {
  /** Compulsory for a report of activity; of a financial report, what explains the gaps. */
  @Text(0, 50_000) text!: string;
  @Optional() @Parts({ max: 50 }, () => IndicatorFiguresBody) indicators?: IndicatorFiguresBody[];
  @Optional() @Parts({ max: 200 }, () => AccountFiguresBody) charges?: AccountFiguresBody[];
  @Optional() @Parts({ max: 200 }, () => AccountFiguresBody) products?: AccountFiguresBody[];
}

export class ReturnReportBody {
  /** What is to be put right: without the names of people. */
  @Text(10, 5000) comments!: string;
  @ADay() dueOn!: string;
}

export class ExtendReportBody {
  @ADay() dueOn!: string;
  @Text(10, 5000) reason!: string;
}

export class WaiveReportBody {
  @Text(10, 5000) reason!: string;
}

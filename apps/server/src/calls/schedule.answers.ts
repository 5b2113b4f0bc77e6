import { MovedAnswer, ScheduleAnswer, StepAnswer } from './calls.answers.js';

export class ScheduleAsOfAnswer extends ScheduleAnswer {
  asOf!: string;
  /** Of the call, then. */
  status!: string;
}

export class ScheduleChangeAnswer extends StepAnswer {
  /** Of the proposal that it settled. */
  proposal?: number;
  /** The leads that agreed to it, the one that proposed it first. */
  agreed?: string[];
  reason?: string;
  /** The one organisation whose deadline it moves, for those who prepare the call. */
  organisation?: string;
  moved!: MovedAnswer[];
}

export class ScheduleHistoryAnswer {
  /** In the order in which they happened. */
  items!: ScheduleChangeAnswer[];
}

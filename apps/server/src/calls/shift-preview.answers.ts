import { CountsAnswer, MovedAnswer, ScheduleAnswer } from './calls.answers.js';

export class MilestoneMovedAnswer {
  kind!: string;
  /** UTC; null where it had no date. */
  before!: string | null;
  after!: string;
  /** In French, with its zone. */
  said!: string;
  moves!: boolean;
}

/** Files by how far they are, and people. */
export class ConcernedAnswer {
  drafts!: number;
  submitted!: number;
  reviewers!: number;
  members!: number;
  /** Of the leads. */
  staff!: number;
}

/** A round of reminders that the shift would move; null where there is none before, or none after. */
export class ReminderMovedAnswer {
  /** `J-7`. */
  step!: string;
  /** What it reminds of. */
  deadline!: string;
  from!: string | null;
  to!: string | null;
}

/** A file that silence rejects before the new date. */
export class SilencedAnswer {
  application!: string;
  organisation!: string;
  organisationName!: string | null;
  receipt!: string | null;
  /** When its delay began. */
  since!: string;
  /** The last instant at which it can be decided on. */
  until!: string;
  /** The same in French, with its zone. */
  said!: string;
}

export class SilenceAnswer {
  /** The milestone that comes too late: `decision`, or `commission`. */
  milestone!: string;
  at!: string;
  /** The rule. */
  source!: string;
  /** How many files; those you have a conflict on aren't among them. */
  count!: number;
  /** Those you may see: none while contents are sealed. */
  files!: SilencedAnswer[];
}

export class PreviewAnswer {
  /** What moves, and nothing else. */
  moved!: MovedAnswer[];
  /** Every milestone, before and after. */
  milestones!: MilestoneMovedAnswer[];
  after!: ScheduleAnswer;
  /** Organisations whose own deadline stays later, and those whose it absorbs. */
  extensionsKept!: string[];
  extensionsAbsorbed!: string[];
  /** Files of the call. */
  concerned!: CountsAnswer;
  people!: ConcernedAnswer;
  reminders!: ReminderMovedAnswer[];
  /** Files that silence would reject before the new decision or commission; absent where there are none. */
  silence?: SilenceAnswer;
  /** French: holidays, weekends, summer, short windows, replacements, silence. */
  warnings!: string[];
}

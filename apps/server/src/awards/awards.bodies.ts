import { awardOutcomes, type AwardOutcome } from '#domain/award/award-facts.js';
import { BudgetBody } from '../applications/applications.bodies.js';
import { SigningBody } from '../calls/calls.bodies.js';
import { Amount, Flag, OneOf, Optional, Part, Parts, Text, Whole } from '../http/fields.js';

export class AwardLineBody {
  /** Of the envelopes of the call; 1 is the first. */
  @Whole(1, 50) line!: number;
  @Amount(1) amountCents!: number;
}

export class DecideAwardBody extends SigningBody {
  /** `favourable` with amounts, `reserve` for the reserve list, `refused` with reasons, `no-action`. */
  @OneOf(awardOutcomes) outcome!: AwardOutcome;
  /** Amounts on your institution's own lines; none unless favourable. */
  @Optional() @Parts({ max: 50 }, () => AwardLineBody) lines?: AwardLineBody[];
  /** Compulsory for a refusal, and where the decision isn't what the commission advised. The letter says them. */
  @Optional() @Text(10, 5000) reasons?: string;
}

export class CallUpBody extends SigningBody {
  @Text(10, 5000) reason!: string;
}

export class RevisedBudgetBody {
  /** The whole budget again, with the amount that is given. */
  @Part(() => BudgetBody) budget!: BudgetBody;
}

export class DeclineBody {
  /** Kept for ever, without the names of people. */
  @Text(10, 5000) reason!: string;
}

export class AppealBody {
  @Text(10, 20_000) text!: string;
}

export class AppealAnswerBody extends SigningBody {
  /** True: the decision is taken back, and the leads decide again. */
  @Flag() upheld!: boolean;
  @Text(10, 5000) reasons!: string;
}

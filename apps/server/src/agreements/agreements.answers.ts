export class AgreementPartyAnswer {
  /** institution, organisation. */
  kind!: string;
  id!: string;
  name!: string | null;
  signedAt!: string | null;
  /** The delegation it was signed under; null by office. */
  delegation!: string | null;
}

export class YearlyAmountAnswer {
  funder!: string;
  year!: number;
  amountCents!: number;
  /** An agreement is compulsory for it. */
  compulsory!: boolean;
  /** The rule that says so, in French. */
  rule!: string;
}

export class AgreementLineAnswer {
  line!: number;
  funder!: string;
  programme!: string;
  year!: number;
  /** Awarded. */
  amountCents!: number;
  paidCents!: number;
  recoveredCents!: number;
}

export class InstalmentConditionAnswer {
  /** signature, date, report. */
  kind!: string;
  on!: string | null;
  /** activity, financial. */
  report!: string | null;
}

export class InstalmentAnswer {
  number!: number;
  /** advance, interim, balance. */
  kind!: string;
  line!: number;
  amountCents!: number;
  condition!: InstalmentConditionAnswer;
  /** planned, requested, certified, approved, paid. */
  state!: string;
  /** How many have approved it. */
  approvals!: number;
  paidOn!: string | null;
  commitment!: string | null;
}

export class BankEndingAnswer {
  account!: number;
  /** Its last four characters. */
  ending!: string;
  /** By a second person: nothing is paid before. */
  checked!: boolean;
}

export class RecoveryTitleAnswer {
  line!: number;
  /** perception (State), recettes (FIR). */
  kind!: string;
  amountCents!: number;
}

export class RecoveryAnswer {
  recovery!: number;
  /** announced, ordered, dropped, paid. */
  status!: string;
  amountCents!: number;
  reasons!: string;
  observationsUntil!: string;
  observed!: boolean;
  /** What the beneficiary wrote; null where nothing was, or where it was erased. */
  observations!: string | null;
  titles!: RecoveryTitleAnswer[];
  paidOn!: string | null;
  reference!: string | null;
}

export class SignatureExtensionAnswer {
  until!: string;
  reason!: string;
}

export class AgreementAnswer {
  application!: string;
  call!: string;
  organisation!: string;
  /** drafted, concluded, closed. */
  status!: string;
  /** agreement, order. */
  form!: string;
  object!: string;
  startsOn!: string;
  endsOn!: string;
  /** Until when the parties are awaited: the date of the call, or the extension; null where nothing is awaited. */
  signatureDue!: string | null;
  /** More time than the call gives, the last that was granted. */
  signatureExtension!: SignatureExtensionAnswer | null;
  concludedOn!: string | null;
  /** Essential data are due by then. */
  publishBefore!: string | null;
  parties!: AgreementPartyAnswer[];
  yearly!: YearlyAmountAnswer[];
  lines!: AgreementLineAnswer[];
  instalments!: InstalmentAnswer[];
  /** Why payments are suspended; null while they aren't. */
  suspended!: string | null;
  bank!: BankEndingAnswer | null;
  recoveries!: RecoveryAnswer[];
  draftedAt!: string;
  changedAt!: string;
}

export class BankAccountAnswer {
  account!: number;
  iban!: string;
  holder!: string;
  checked!: boolean;
}

export class BankAccountGivenAnswer {
  account!: number;
  ending!: string;
}

export class RecoveryAnnouncedAnswer {
  recovery!: number;
}

export class RecoveryOrderedAnswer {
  titles!: RecoveryTitleAnswer[];
}

export class FileClosedAnswer {
  paidCents!: number;
  recoveredCents!: number;
}

export class PaymentRowAnswer {
  application!: string;
  organisation!: string;
  organisationName!: string | null;
  /** Of the instalment. */
  number!: number;
  /** advance, interim, balance. */
  kind!: string;
  line!: number;
  funder!: string;
  programme!: string;
  year!: number;
  amountCents!: number;
  /** planned, requested, certified, approved, paid. */
  state!: string;
  paidOn!: string | null;
  commitment!: string | null;
}

export class PaymentsAnswer {
  items!: PaymentRowAnswer[];
  next?: string;
}

export class FundingLineAnswer {
  line!: number;
  funder!: string;
  programme!: string;
  year!: number;
  /** Of the envelope. */
  amountCents!: number;
  awardedCents!: number;
  paidCents!: number;
  recoveredCents!: number;
}

export class PaymentYearAnsweredAnswer {
  institution!: string;
  /** this, next. */
  year!: string;
  reason!: string;
}

/** Asked where a shift puts payments behind the closing of the year. */
export class PaymentYearAnswer {
  year!: number;
  /** The last day on which its credits are paid. */
  closesOn!: string;
  answers!: PaymentYearAnsweredAnswer[];
}

export class FundingAnswer {
  items!: FundingLineAnswer[];
  /** Null where nothing was asked. */
  paymentYear!: PaymentYearAnswer | null;
}

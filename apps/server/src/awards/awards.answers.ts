import { BudgetBody } from '../applications/applications.bodies.js';

export class AwardLineAnswer {
  /** Of the envelopes of the call; 1 is the first. */
  line!: number;
  funder!: string;
  programme!: string;
  action!: string | null;
  year!: number;
  amountCents!: number;
}

export class DecisionTakenAnswer {
  /** deciding, granted, reserve, refused, no-action. */
  status!: string;
  /** Leads whose decision the round waits for. */
  waitingFor!: string[];
  /** Of the whole award once granted, of this decision until then. */
  lines!: AwardLineAnswer[];
  amountCents!: number;
}

export class LeadDecisionAnswer {
  institution!: string;
  /** favourable, reserve, refused, no-action. */
  outcome!: string;
  lines!: AwardLineAnswer[];
  reasons!: string | null;
  /** It isn't what the commission advised. */
  departs!: boolean;
}

export class ShortLineAnswer {
  line!: number;
  funder!: string;
  programme!: string;
  askedCents!: number;
  leftCents!: number;
}

export class AwardAnswer {
  application!: string;
  call!: string;
  /** deciding, pending, granted, declined, reserve, refused, no-action. To the applicant: as they were told. */
  status!: string;
  /** Of the present round; to the applicant, of the one they were told of. */
  decisions!: LeadDecisionAnswer[];
  waitingFor!: string[];
  lines!: AwardLineAnswer[];
  amountCents!: number | null;
  requestedCents!: number | null;
  /** The applicant agreed to less than was requested, with a revised budget. */
  accepted!: boolean;
  /** Europe/Paris. */
  notifiedOn!: string | null;
  appealUntil!: string | null;
  /** lodged, upheld, rejected. */
  appeal!: string | null;
  /** The line that was short at the last attempt; null to the applicant. */
  short!: ShortLineAnswer | null;
  changedAt!: string;
}

export class AppealTextAnswer {
  text!: string;
}

export class AwardContentsAnswer {
  /** What the applicant wrote; null where there is none. */
  appeal!: AppealTextAnswer | null;
  revisedBudget!: BudgetBody | null;
}

export class AwardRowAnswer {
  application!: string;
  /** SIRET or RNA. */
  organisation!: string;
  organisationName!: string | null;
  receipt!: string | null;
  /** deciding, pending, granted, declined, reserve, refused, no-action. */
  status!: string;
  /** How many leads have decided in the present round. */
  decided!: number;
  requestedCents!: number | null;
  amountCents!: number | null;
  /** The applicant agreed to less than was requested. */
  accepted!: boolean;
  notifiedOn!: string | null;
  appealUntil!: string | null;
  appeal!: string | null;
  changedAt!: string;
}

export class AwardsAnswer {
  items!: AwardRowAnswer[];
  next?: string;
}

export class EnvelopeAnswer {
  /** 1 is the first. */
  line!: number;
  funder!: string;
  programme!: string;
  action!: string | null;
  year!: number;
  amountCents!: number;
  reservedCents!: number;
  leftCents!: number;
  /** How many awards hold money of it. */
  awards!: number;
}

export class EnvelopesAnswer {
  /** « sous réserve des crédits ». */
  subjectToFunds!: boolean;
  items!: EnvelopeAnswer[];
  amountCents!: number;
  reservedCents!: number;
  leftCents!: number;
}

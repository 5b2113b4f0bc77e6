import {
  ADay,
  AnEmail,
  Amount,
  Flag,
  Id,
  Matching,
  OneOf,
  Optional,
  Part,
  Parts,
  Text,
  Texts,
  Whole,
} from '../http/fields.js';

export class BudgetLineBody {
  /** Account of the associations' chart: `64`, `756`, `86`… */
  @Matching(/^\d{2,4}$/, 'un numéro de compte') account!: string;
  @Text(1, 200) label!: string;
  /** Who gives the subsidy: one line of account 74 per funder. */
  @Optional() @Text(1, 200) funder?: string;
  @Amount() amountCents!: number;
}

/** Provisional budget: total charges = total products, 86 = 87. */
export class BudgetBody {
  @Parts({ max: 200 }, () => BudgetLineBody) charges!: BudgetLineBody[];
  @Parts({ max: 200 }, () => BudgetLineBody) products!: BudgetLineBody[];
}

export class RequestBody {
  @OneOf(['cash', 'in-kind']) nature!: 'cash' | 'in-kind';
  /** First request, or a renewal. */
  @Flag() first!: boolean;
  @OneOf(['overall', 'project']) purpose!: 'overall' | 'project';
  @OneOf(['one-off', 'yearly', 'multi-year']) duration!: 'one-off' | 'yearly' | 'multi-year';
}

export class ContactBody {
  @Text(2, 200) name!: string;
  @AnEmail() email!: string;
  @Optional() @Text(4, 40) phone?: string;
}

export class ConsortiumPartnerBody {
  @Text(2, 200) name!: string;
  /** SIRET or RNA. */
  @Optional() @Text(1, 20) identifier?: string;
  /** What this partner does in the project. */
  @Text(2, 2000) part!: string;
}

export class IndicatorBody {
  @Text(2, 300) label!: string;
  @Whole(0, 1_000_000_000) target!: number;
  @Optional() @Text(1, 50) unit?: string;
}

export class AttestationsBody {
  /** Contrat d'engagement républicain, compulsory for an association. */
  @Optional() @Flag() republicanContract?: boolean;
  @Optional() @Flag() accurate?: boolean;
  @Optional() @Flag() upToDate?: boolean;
}

/** What an applicant writes, after form Cerfa 12156*06; a draft may lack anything. Amounts are cents. */
export class ContentsBody {
  @Optional() @Text(0, 300) title?: string;
  @Optional() @Text(0, 20_000) objectives?: string;
  @Optional() @Text(0, 50_000) description?: string;
  @Optional() @Text(0, 5000) publics?: string;
  @Optional() @Text(0, 2000) territory?: string;
  @Optional() @Texts({ max: 30 }, 200) themes?: string[];
  @Optional() @ADay() startsOn?: string;
  @Optional() @ADay() endsOn?: string;
  @Optional() @Part(() => RequestBody) request?: RequestBody;
  @Optional() @Part(() => ContactBody) contact?: ContactBody;
  @Optional() @Parts({ max: 50 }, () => ConsortiumPartnerBody) consortium?: ConsortiumPartnerBody[];
  @Optional() @Parts({ max: 50 }, () => IndicatorBody) indicators?: IndicatorBody[];
  @Optional() @Part(() => BudgetBody) budget?: BudgetBody;
  /** Amount requested, cents. */
  @Optional() @Amount() requestedCents?: number;
  @Optional() @Part(() => AttestationsBody) attestations?: AttestationsBody;
}

export class StartBody {
  /** The applicant: SIRET or RNA. */
  @Id() organisation!: string;
  /** 1, or the next where the call allows several files per applicant. */
  @Optional() @Whole(1, 10_000) number?: number;
}

export class SubmitBody {
  /** What to submit; the draft as last saved where it is left out. */
  @Optional() @Part(() => ContentsBody) contents?: ContentsBody;
}

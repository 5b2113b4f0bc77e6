import type { AwardLine, Award } from '../award/award-facts.js';
import type { Application } from '../application/application-facts.js';
import type { Call } from '../call/call-state.js';
import type { ContentRef, Day, Instant, PersonId, Stamped, Tools } from '../decider.js';
import type { Capacity, Institution } from '../institution/institution.js';
import type { Cents } from '../money.js';
import type { Organisation } from '../organisation/organisation.js';
import type { Reports } from '../report/report-facts.js';

export type Party =
  { readonly kind: 'institution'; readonly id: string } | { readonly kind: 'organisation'; readonly id: string };
export const partyKey = ({ kind, id }: Party): string => `${kind}:${id}`;

/** Above 23 000 € a year from one authority an agreement is compulsory; below, an order (arrêté) is enough. */
export type AgreementForm = 'agreement' | 'order';

/** What one authority gives one beneficiary in one year, lines added up (loi 2000-321 art. 10). */
export interface YearlyAmount {
  readonly funder: string;
  readonly year: number;
  readonly amountCents: Cents;
  /** An agreement is compulsory for it. */
  readonly compulsory: boolean;
  /** The rule that says so, in French. */
  readonly rule: string;
}

export type InstalmentCondition =
  | { readonly kind: 'signature' }
  | { readonly kind: 'date'; readonly on: Day }
  | { readonly kind: 'report'; readonly report: 'activity' | 'financial' };

export interface Instalment {
  /** 1 to n. */
  readonly number: number;
  readonly kind: 'advance' | 'interim' | 'balance';
  /** Of the envelopes of the call: who pays. */
  readonly line: number;
  readonly amountCents: Cents;
  readonly condition: InstalmentCondition;
}

/** How one line's money comes back: `perception` to the State, `recettes` to the ARS for the FIR. */
export interface RecoveryTitle {
  readonly line: number;
  readonly kind: 'perception' | 'recettes';
  readonly amountCents: Cents;
}

/** A line of the award, with who gives it in which year. */
export type AgreementLine = AwardLine & {
  readonly funder: string;
  readonly programme: string;
  readonly year: number;
};

/** What ties the money to the project of one file: stream `agreement-<application>`. */
export type AgreementEvent =
  | {
      type: 'AgreementDrafted';
      call: string;
      organisation: string;
      form: AgreementForm;
      object: string;
      parties: Party[];
      lines: AgreementLine[];
      yearly: YearlyAmount[];
      startsOn: Day;
      endsOn: Day;
    }
  | { type: 'AgreementSigned'; party: Party; capacity: Capacity | { kind: 'beneficiary' } }
  | { type: 'SignatureExtended'; until: Instant; reason: string }
  /** With the last signature. */
  | {
      type: 'AgreementConcluded';
      call: string;
      organisation: string;
      concludedOn: Day;
      amountCents: Cents;
      endsOn: Day;
      publishBefore: Day;
    }
  | { type: 'InstalmentsPlanned'; instalments: Instalment[] }
  /** Who did it: whoever takes one step doesn't take the next. */
  | { type: 'PaymentRequested'; instalment: number; person: PersonId }
  /** Service fait. */
  | { type: 'ServiceCertified'; instalment: number; person: PersonId }
  | { type: 'PaymentApproved'; instalment: number; level: 1 | 2; last: boolean; person: PersonId }
  | { type: 'PaymentRecorded'; instalment: number; amountCents: Cents; paidOn: Day; commitment: string }
  | { type: 'PaymentsSuspended'; reason: string }
  | { type: 'PaymentsResumed'; reason: string }
  /** The IBAN itself is in `content-agreement-<application>`; its last four characters tell accounts apart. */
  | { type: 'BankAccountGiven'; account: number; ending: string; content: ContentRef; person: PersonId }
  | { type: 'BankAccountChecked'; account: number }
  | { type: 'RecoveryAnnounced'; recovery: number; amountCents: Cents; reasons: string; observationsUntil: Day }
  | { type: 'RecoveryObserved'; recovery: number; content: ContentRef }
  | {
      type: 'RecoveryOrdered';
      recovery: number;
      amountCents: Cents;
      reasons: string;
      titles: RecoveryTitle[];
      institution: string;
      capacity: Capacity;
    }
  | { type: 'RecoveryDropped'; recovery: number; reasons: string }
  | { type: 'RecoveryPaid'; recovery: number; paidOn: Day; reference: string }
  | { type: 'FileClosed'; call: string; organisation: string; paidCents: Cents; recoveredCents: Cents };

type By = { institution: string };
type Signing = By & { under?: string };
export type AgreementCommand =
  /** Of this call and this beneficiary: those of the award. */
  | ({
      type: 'DraftAgreement';
      call: string;
      organisation: string;
      form: AgreementForm;
      object: string;
      parties: Party[];
      /** Left out: the dates that the applicant confirmed after a shift. */
      startsOn?: Day;
      endsOn?: Day;
    } & By)
  | { type: 'SignAgreement'; party: Party; under?: string }
  | { type: 'ExtendSignature'; until: Instant; reason: string }
  | ({ type: 'PlanInstalments'; instalments: Instalment[] } & By)
  | { type: 'RequestPayment'; instalment: number }
  | { type: 'CertifyService'; instalment: number }
  | { type: 'ApprovePayment'; instalment: number }
  | { type: 'RecordPayment'; instalment: number; paidOn: Day; commitment: string }
  | { type: 'SuspendPayments'; reason: string }
  | { type: 'ResumePayments'; reason: string }
  | { type: 'GiveBankAccount'; iban: string; holder: string; content: ContentRef }
  | { type: 'CheckBankAccount'; account: number }
  | { type: 'AnnounceRecovery'; amountCents: Cents; reasons: string; observationsUntil: Day }
  | { type: 'ObserveRecovery'; recovery: number; text: string; content: ContentRef }
  | ({ type: 'OrderRecovery'; recovery: number; amountCents: Cents; reasons: string } & Signing)
  | { type: 'DropRecovery'; recovery: number; reasons: string }
  | { type: 'RecordRecovery'; recovery: number; paidOn: Day; reference: string }
  | { type: 'CloseFile' };

export interface InstalmentState extends Instalment {
  readonly requestedBy?: PersonId;
  readonly certifiedBy?: PersonId;
  readonly approvedBy: readonly PersonId[];
  readonly approved: boolean;
  readonly paid?: { readonly on: Day; readonly commitment: string };
}

export interface Recovery {
  readonly recovery: number;
  readonly status: 'announced' | 'ordered' | 'dropped' | 'paid';
  readonly amountCents: Cents;
  readonly reasons: string;
  readonly observationsUntil: Day;
  readonly observed?: ContentRef;
  /** Once ordered. */
  readonly titles: readonly RecoveryTitle[];
  readonly received?: { readonly on: Day; readonly reference: string };
}

export interface KnownAgreement {
  readonly status: 'drafted' | 'concluded' | 'closed';
  readonly call: string;
  readonly organisation: string;
  readonly form: AgreementForm;
  readonly object: string;
  readonly parties: readonly Party[];
  readonly lines: readonly AgreementLine[];
  readonly yearly: readonly YearlyAmount[];
  /** Keys of the parties that have signed. */
  readonly signed: readonly string[];
  /** More time to sign than the call gives; see `signatureDue`. */
  readonly signatureExtension?: { readonly until: Instant; readonly reason: string };
  readonly concludedOn?: Day;
  readonly publishBefore?: Day;
  readonly startsOn: Day;
  readonly endsOn: Day;
  readonly instalments: readonly InstalmentState[];
  /** Why payments are suspended, while they are. */
  readonly suspended?: string;
  /** The last account given: nothing is paid until a second person has checked it. */
  readonly bank?: {
    readonly account: number;
    readonly givenBy: PersonId;
    readonly ending: string;
    readonly checked: boolean;
    readonly content: ContentRef;
  };
  readonly accounts: number;
  readonly recoveries: readonly Recovery[];
  readonly written?: number;
}
export type Agreement = { readonly status: 'absent' } | KnownAgreement;

export interface AgreementContext extends Tools {
  readonly call?: Call;
  readonly award?: Award;
  /** The file, of a draft. */
  readonly application?: Application;
  readonly organisation?: Organisation;
  readonly institution?: Institution;
  /** Those that a draft names. */
  readonly parties?: readonly (Institution | Organisation)[];
  /** Of the beneficiary: an overdue one blocks, an accepted one meets a condition. */
  readonly reports?: Reports;
}

export type Of<T extends AgreementCommand['type']> = Stamped<Extract<AgreementCommand, { type: T }>>;

import type { AgreementForm, Instalment, InstalmentCondition, Party } from '#domain/agreement/agreement-facts.js';
import { reportKinds, type ReportKind } from '#domain/report/report-facts.js';
import { InstitutionCode } from '../calls/calls.bodies.js';
import { ADay, Amount, AnInstant, Id, OneOf, Optional, Part, Parts, Text, Whole } from '../http/fields.js';
import { InvalidInput } from '../http/validation.js';

export class PartyBody {
  @OneOf(['institution', 'organisation']) kind!: Party['kind'];
  /** Code of the institution; SIRET or RNA of the organisation. */
  @Id() id!: string;
}

export class DraftAgreementBody {
  /** The lead you act for. */
  @InstitutionCode() institution!: string;
  /** `agreement` (convention), or `order` (arrêté) where none is compulsory. */
  @OneOf(['agreement', 'order']) form!: AgreementForm;
  /** What the money is for, as both sides sign it. */
  @Text(5, 5000) object!: string;
  /** Every funder and the beneficiary, with others where wanted; of an order the funders alone. */
  @Parts({ min: 1, max: 20 }, () => PartyBody) parties!: PartyBody[];
  /** Of the project; left out, the dates that the applicant confirmed after a shift, which no others replace. */
  @Optional() @ADay() startsOn?: string;
  @Optional() @ADay() endsOn?: string;
}

export class SignAgreementBody {
  /** The party you sign for. */
  @Part(() => PartyBody) party!: PartyBody;
  /** The delegation you sign under; by office where it is left out. */
  @Optional() @Id() under?: string;
}

export class ExtendSignatureBody {
  @AnInstant() until!: string;
  /** Told to the parties that are awaited. */
  @Text(10, 5000) reason!: string;
}

export class InstalmentConditionBody {
  /** Due on signature, from a day on, or once a report is accepted. */
  @OneOf(['signature', 'date', 'report']) kind!: InstalmentCondition['kind'];
  /** Of `date`. */
  @Optional() @ADay() on?: string;
  /** Of `report`. */
  @Optional() @OneOf(reportKinds) report?: ReportKind;
}

export class InstalmentBody {
  @Whole(1, 100) number!: number;
  /** Avance, acompte, solde. */
  @OneOf(['advance', 'interim', 'balance']) kind!: Instalment['kind'];
  /** Line of the envelopes of the call; 1 is the first. */
  @Whole(1, 1000) line!: number;
  @Amount(1) amountCents!: number;
  @Part(() => InstalmentConditionBody) condition!: InstalmentConditionBody;
}

export class PlanInstalmentsBody {
  /** The lead you act for. */
  @InstitutionCode() institution!: string;
  /** All of them, numbered from 1; each line adds up to its award. */
  @Parts({ min: 1, max: 100 }, () => InstalmentBody) instalments!: InstalmentBody[];
}

/** As the rules know them: a condition has what its kind needs, and nothing else. */
export function instalmentsOf(bodies: readonly InstalmentBody[]): Instalment[] {
  const faults = bodies.flatMap(({ condition: { kind, on, report } }, index) => {
    const field = `instalments[${index}].condition`;
    const wanted = kind === 'date' ? 'on' : kind === 'report' ? 'report' : undefined;
    const given = Object.entries({ on, report }).flatMap(([name, value]) => (value === undefined ? [] : [name]));
    if (given.join() === (wanted ?? '')) return [];
    const message = wanted ? `attend « ${wanted} », et rien d'autre` : "n'attend rien d'autre";
    return [{ field, code: 'isCondition', message }];
  });
  if (faults.length > 0) throw new InvalidInput(faults);
  return bodies.map(({ number, kind, line, amountCents, condition }) => ({
    number,
    kind,
    line,
    amountCents,
    condition: conditionOf(condition),
  }));
}

function conditionOf({ on, report }: InstalmentConditionBody): InstalmentCondition {
  if (on !== undefined) return { kind: 'date', on };
  return report === undefined ? { kind: 'signature' } : { kind: 'report', report };
}

export class InstalmentNamedBody {
  /** Number of the instalment. */
  @Whole(1, 100) instalment!: number;
}

export class RecordPaymentBody extends InstalmentNamedBody {
  @ADay() paidOn!: string;
  /** State money: the commitment number of Chorus, 10 digits. FIR: the reference of the ARS. */
  @Text(1, 20) commitment!: string;
}

export class PaymentsReasonBody {
  @Text(10, 5000) reason!: string;
}

export class BankAccountBody {
  /** Spaces don't matter. */
  @Text(15, 50) iban!: string;
  /** Whose account it is, as the bank writes it. */
  @Text(2, 200) holder!: string;
}

export class CheckBankAccountBody {
  /** Number of the account, 1 for the first that was given. */
  @Whole(1, 1000) account!: number;
}

export class AnnounceRecoveryBody {
  @Amount(1) amountCents!: number;
  /** What the beneficiary reads. */
  @Text(10, 20_000) reasons!: string;
  /** Last day for the observations of the beneficiary: 10 days from now at least. */
  @ADay() observationsUntil!: string;
}

class RecoveryNamedBody {
  /** Number of the recovery. */
  @Whole(1, 1000) recovery!: number;
}

export class ObserveRecoveryBody extends RecoveryNamedBody {
  @Text(2, 20_000) text!: string;
}

export class OrderRecoveryBody extends RecoveryNamedBody {
  /** The lead you sign for. */
  @InstitutionCode() institution!: string;
  /** The delegation you sign under; by office where it is left out. */
  @Optional() @Id() under?: string;
  /** At most what was announced. */
  @Amount(1) amountCents!: number;
  @Text(10, 20_000) reasons!: string;
}

export class DropRecoveryBody extends RecoveryNamedBody {
  @Text(10, 20_000) reasons!: string;
}

export class RecordRecoveryBody extends RecoveryNamedBody {
  @ADay() paidOn!: string;
  /** Of the accountant. */
  @Text(1, 100) reference!: string;
}

import type { Award } from '../award/award-facts.js';
import { type Cents, sum } from '../money.js';
import type { AgreementLine, KnownAgreement } from './agreement-facts.js';

/** The fonds d'intervention régional runs in the ARS's own budget; every other programme is State money. */
export const isFir = (programme: string): boolean => /^fir\b/i.test(programme);

/** `ligne 1 (ARS-PDL, FIR, 2021)`. */
export const lineInFrench = ({ line, funder, programme, year }: AgreementLine): string =>
  `ligne ${line} (${funder}, ${programme}, ${year})`;

/** Paid so far, of one line or of all. */
export const paidOf = ({ instalments }: Pick<KnownAgreement, 'instalments'>, line?: number): Cents =>
  sum(
    instalments
      .filter((one) => one.paid && (line === undefined || one.line === line))
      .map(({ amountCents }) => amountCents),
  );

/** What may still be paid of a line: of what was agreed, and of what the award still gives. */
export function leftToPay(state: KnownAgreement, { line, amountCents }: AgreementLine, award?: Award): Cents {
  const granted = award?.status === 'granted' ? award.granted?.lines : undefined;
  const given = sum((granted ?? []).filter((one) => one.line === line).map((one) => one.amountCents));
  return Math.min(amountCents, given) - paidOf(state, line);
}

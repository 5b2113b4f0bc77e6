import type { Award } from '../award/award-facts.js';
import { rulesOf } from '../call/call-state.js';
import { amountOf, type Cents } from '../money.js';
import type { FundingRules } from '../rules.js';
import type { AgreementContext, AgreementLine, KnownAgreement } from './agreement-facts.js';

/** Of the regime its call was published under. */
export function fundingRules({ call }: AgreementContext): FundingRules {
  if (!call || call.status === 'absent') throw new Error('An agreement has its call.');
  return rulesOf(call).funding;
}

/** The fonds d'intervention régional runs in the ARS's own budget; every other programme is State money. */
export const isFir = (programme: string): boolean => /^fir\b/i.test(programme);

/** `ligne 1 (ARS-PDL, FIR, 2021)`. */
export const lineInFrench = ({ line, funder, programme, year }: AgreementLine): string =>
  `ligne ${line} (${funder}, ${programme}, ${year})`;

/** Paid so far, of one line or of all. */
export const paidOf = ({ instalments }: Pick<KnownAgreement, 'instalments'>, line?: number): Cents =>
  amountOf(instalments.filter((one) => one.paid && (line === undefined || one.line === line)));

/** What may still be paid of a line: of what was agreed, and of what the award still gives. */
export function leftToPay(state: KnownAgreement, { line, amountCents }: AgreementLine, award?: Award): Cents {
  const granted = award?.status === 'granted' ? award.granted?.lines : undefined;
  const given = amountOf((granted ?? []).filter((one) => one.line === line));
  return Math.min(amountCents, given) - paidOf(state, line);
}

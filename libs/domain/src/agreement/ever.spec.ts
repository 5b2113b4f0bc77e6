import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Refusal } from '../decider.js';
import { sum } from '../money.js';
import type { AgreementCommand, AgreementEvent, KnownAgreement } from './agreement-facts.js';
import {
  ADMIN,
  ARS,
  content,
  DREETS,
  drafted,
  given,
  IBAN,
  instalment,
  lines,
  ofApplicant,
  ofArs,
  ofDreets,
  plan,
} from './fixtures.js';
import { paidOf } from './lines.js';

const halves = [
  ...plan.slice(0, 2),
  instalment(3, 1, 'interim', 700_000),
  instalment(4, 1, 'balance', 800_000),
  instalment(5, 2, 'balance', 1_000_000),
];
const people = [ADMIN, ...[1, 2, 3].map((n) => `20000000-0000-4000-8000-00000000000${n}`)];
const number = fc.integer({ min: 1, max: 5 });
const reasons = 'Le projet s’est arrêté.';
const command: fc.Arbitrary<AgreementCommand> = fc.oneof(
  fc.constantFrom<AgreementCommand>(
    ...[ofArs, ofDreets, ofApplicant].map((party): AgreementCommand => ({ type: 'SignAgreement', party })),
    { type: 'PlanInstalments', institution: ARS, instalments: plan },
    { type: 'PlanInstalments', institution: DREETS, instalments: halves },
    { type: 'GiveBankAccount', iban: IBAN, holder: 'Café des parents', content },
    { type: 'CheckBankAccount', account: 1 },
    { type: 'CheckBankAccount', account: 2 },
    { type: 'CloseFile' },
  ),
  number.map((one): AgreementCommand => ({ type: 'RequestPayment', instalment: one })),
  number.map((one): AgreementCommand => ({ type: 'CertifyService', instalment: one })),
  number.map((one): AgreementCommand => ({ type: 'ApprovePayment', instalment: one })),
  number.map((one): AgreementCommand => ({
    type: 'RecordPayment',
    instalment: one,
    paidOn: '2021-11-20',
    commitment: '2100456789',
  })),
  fc.integer({ min: 1, max: 2_000_000 }).map((amountCents): AgreementCommand => ({
    type: 'AnnounceRecovery',
    amountCents,
    reasons,
    observationsUntil: '2022-01-31',
  })),
  fc.integer({ min: 1, max: 3 }).map((recovery): AgreementCommand => ({
    type: 'ObserveRecovery',
    recovery,
    text: reasons,
    content,
  })),
  fc
    .tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 2_000_000 }))
    .map(([recovery, amountCents]): AgreementCommand => ({
      type: 'OrderRecovery',
      recovery,
      amountCents,
      reasons,
      institution: ARS,
    })),
);

/** So that many of the runs come as far as payments, each begins with some of the steps towards them, in order. */
const beginnings: readonly [command: AgreementCommand, by: number][] = [
  ...[ofArs, ofDreets, ofApplicant].map((party) => [{ type: 'SignAgreement', party }, 0] as [AgreementCommand, number]),
  [{ type: 'PlanInstalments', institution: ARS, instalments: halves }, 0],
  [{ type: 'GiveBankAccount', iban: IBAN, holder: 'Café des parents', content }, 0],
  [{ type: 'CheckBankAccount', account: 1 }, 1],
  ...[1, 2, 3].flatMap((one): [AgreementCommand, number][] => [
    [{ type: 'RequestPayment', instalment: one }, 0],
    [{ type: 'CertifyService', instalment: one }, 1],
    [{ type: 'ApprovePayment', instalment: one }, 2],
    [{ type: 'RecordPayment', instalment: one, paidOn: '2021-11-20', commitment: '2100456789' }, 3],
  ]),
];

it('whatever is asked, in whatever order, no line is paid above its award, nor called back above what it was paid', () => {
  let everPaid = 0;
  let everOrdered = 0;
  fc.assert(
    fc.property(
      fc.nat({ max: beginnings.length }),
      fc.array(fc.tuple(command, fc.nat({ max: 3 })), { minLength: 10, maxLength: 60 }),
      (from, random) => {
        const history: AgreementEvent[] = [drafted];
        for (const [asked, by] of [...beginnings.slice(0, from), ...random]) {
          const { result } = given(...history).when(asked, { by: people[by] ?? ADMIN, actingAs: 'signatory' });
          if (!(result instanceof Refusal)) history.push(...result);
          const state = given(...history).state as KnownAgreement;
          for (const { line, amountCents } of lines) {
            const paid = paidOf(state, line);
            const titles = state.recoveries.flatMap((one) => one.titles).filter((one) => one.line === line);
            expect(paid).toBeLessThanOrEqual(amountCents);
            expect(sum(titles.map((one) => one.amountCents))).toBeLessThanOrEqual(paid);
          }
          for (const { requestedBy, certifiedBy, approvedBy } of state.instalments) {
            if (approvedBy.length > 0) expect(new Set([requestedBy, certifiedBy, ...approvedBy]).size).toBe(3);
          }
        }
        everPaid += history.filter(({ type }) => type === 'PaymentRecorded').length;
        everOrdered += history.filter(({ type }) => type === 'RecoveryOrdered').length;
      },
    ),
    { numRuns: 150 },
  );
  expect(everPaid).toBeGreaterThan(100);
  expect(everOrdered).toBeGreaterThan(0);
});

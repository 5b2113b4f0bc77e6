import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Refusal } from '../decider.js';
import { sum } from '../money.js';
import type { AgreementCommand, Instalment } from './agreement-facts.js';
import {
  ARS,
  CLOSED,
  closed,
  concluded,
  drafted,
  finance,
  given,
  instalment,
  lines,
  payable,
  plan,
  planned,
  requested,
  UNKNOWN,
} from './fixtures.js';

const planning = (instalments: Instalment[]): AgreementCommand => ({
  type: 'PlanInstalments',
  institution: ARS,
  instalments,
});
const of304 = [instalment(3, 2, 'balance', 2_000_000)];

describe('planning instalments', () => {
  it('says who pays what, and on which condition', () => given(drafted).when(planning(plan), finance).then(planned));
  it('is done after the signatures too', () =>
    given(...concluded)
      .when(planning(plan), finance)
      .then(planned));
  it('changes nothing where it is the same plan', () => given(drafted, planned).when(planning(plan), finance).then());
  it('may be a balance alone', () => {
    const instalments = [instalment(1, 1, 'balance', 3_000_000), instalment(2, 2, 'balance', 2_000_000)];
    given(drafted).when(planning(instalments), finance).then({ type: 'InstalmentsPlanned', instalments });
  });
  it.each([
    ['a gap', [1, 3]],
    ['another order', [2, 1]],
    ['a first that is not 1', [0, 1]],
  ])('is refused with %s in the numbers', (_, [first = 0, second = 0]) =>
    given(drafted)
      .when(
        planning([instalment(first, 1, 'balance', 3_000_000), instalment(second, 2, 'balance', 2_000_000)]),
        finance,
      )
      .thenRefused('InstalmentsMisnumbered', 'Numérotez les versements à partir de 1, sans trou et dans leur ordre.'),
  );
  it('is refused on a line without an award', () =>
    given(drafted)
      .when(planning([instalment(1, 3, 'balance', 100)]), finance)
      .thenRefused('LineUnknown', "Le versement 1 est d'une ligne 3 sans aide accordée."));
  it('is refused where a line does not add up to its award, naming it', () =>
    given(drafted)
      .when(
        planning([instalment(1, 1, 'advance', 1_500_000), instalment(2, 1, 'balance', 1_499_999), ...of304]),
        finance,
      )
      .thenRefused(
        'InstalmentsDontAddUp',
        'Les versements de la ligne 1 (ARS-PDL, FIR, 2021) font 29 999,99 € au lieu de 30 000,00 €.',
      ));
  it('is refused without a line of the award', () =>
    given(drafted)
      .when(planning([instalment(1, 1, 'balance', 3_000_000)]), finance)
      .thenRefused(
        'InstalmentsDontAddUp',
        'Les versements de la ligne 2 (DREETS-PDL, BOP 304, 2021) font 0,00 € au lieu de 20 000,00 €.',
      ));
  it('is refused with advances above half of their line', () =>
    given(drafted)
      .when(
        planning([instalment(1, 1, 'advance', 1_500_001), instalment(2, 1, 'balance', 1_499_999), ...of304]),
        finance,
      )
      .thenRefused(
        'AdvanceTooHigh',
        "L'avance de la ligne 1 (ARS-PDL, FIR, 2021) dépasse 50 % : 15 000,01 € sur 30 000,00 €.",
      ));
  it.each([
    ['without one', [instalment(1, 1, 'interim', 1_500_000), instalment(2, 1, 'interim', 1_500_000)]],
    ['before the end', [instalment(1, 1, 'balance', 1_500_000), instalment(2, 1, 'interim', 1_500_000)]],
    ['twice', [instalment(1, 1, 'balance', 1_500_000), instalment(2, 1, 'balance', 1_500_000)]],
  ])('is refused where a line has its balance %s', (_, own) =>
    given(drafted)
      .when(planning([...own, ...of304]), finance)
      .thenRefused('BalanceNotLast', 'La ligne 1 (ARS-PDL, FIR, 2021) se termine par son solde, un seul.'),
  );
  it('is refused where nothing is drafted, as not found', () =>
    given().when(planning(plan), finance).thenRefused('AgreementUnknown', UNKNOWN));
  it('is refused once the file is closed', () =>
    given(...concluded, closed)
      .when(planning(plan), finance)
      .thenRefused('FileClosed', CLOSED));
});

describe('planning instalments again', () => {
  const split = [
    ...plan.slice(0, 3),
    instalment(4, 2, 'interim', 400_000),
    instalment(5, 2, 'balance', 600_000, { kind: 'date', on: '2022-03-01' }),
  ];

  it('changes what is not requested yet, and keeps what is', () => {
    given(...payable, requested(1))
      .when(planning(split), finance)
      .then({ type: 'InstalmentsPlanned', instalments: split });
    expect(given(...payable, requested(1), { type: 'InstalmentsPlanned', instalments: split }).state).toMatchObject({
      instalments: [
        { number: 1, requestedBy: expect.any(String) },
        { number: 2 },
        { number: 3 },
        { number: 4, amountCents: 400_000 },
        { number: 5 },
      ],
    });
  });
  it('is refused where it changes one that is requested', () =>
    given(...payable, requested(1))
      .when(
        planning([instalment(1, 1, 'advance', 1_000_000), ...plan.slice(1, 2), instalment(3, 1, 'balance', 2_000_000)]),
        finance,
      )
      .thenRefused('InstalmentsStarted', 'Le versement 1 est déjà demandé : il ne se modifie plus.'));
});

/** Cuts of a line into amounts that may add up to it or not. */
const cuts = fc.array(fc.integer({ min: 1, max: 3_000_000 }), { minLength: 1, maxLength: 5 });
const kinds = fc.array(fc.constantFrom('advance', 'interim', 'balance' as const), { minLength: 5, maxLength: 5 });

it('whatever is planned, each line adds up to exactly its award and ends with its balance', () =>
  fc.assert(
    fc.property(cuts, kinds, cuts, kinds, fc.boolean(), (first, ofFirst, second, ofSecond, completed) => {
      const cut = (amounts: number[], of: readonly string[], line: number, total: number) => {
        const rest = total - sum(amounts.slice(0, -1));
        const all = completed && rest > 0 ? [...amounts.slice(0, -1), rest] : amounts;
        const kindOf = (index: number) =>
          (completed && index === all.length - 1 ? 'balance' : of[index]) as Instalment['kind'];
        return all.map((amount, index) => instalment(0, line, kindOf(index), amount));
      };
      const instalments = [...cut(first, ofFirst, 1, 3_000_000), ...cut(second, ofSecond, 2, 2_000_000)].map(
        (one, index) => ({ ...one, number: index + 1 }),
      );
      const { result } = given(drafted).when(planning(instalments), finance);
      if (result instanceof Refusal) return;
      for (const { line, amountCents } of lines) {
        const own = instalments.filter((one) => one.line === line);
        const advances = sum(own.filter(({ kind }) => kind === 'advance').map((one) => one.amountCents));
        expect(sum(own.map((one) => one.amountCents))).toBe(amountCents);
        expect(own.at(-1)?.kind).toBe('balance');
        expect(advances * 2).toBeLessThanOrEqual(amountCents);
      }
    }),
    { numRuns: 500 },
  ));

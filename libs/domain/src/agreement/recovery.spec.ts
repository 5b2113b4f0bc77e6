import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { byHolder, delegating, underD1, unfitSignatures } from '../call/fixtures.js';
import { sum } from '../money.js';
import type { AgreementEvent } from './agreement-facts.js';
import {
  advanced,
  ARS,
  as,
  CLOSED,
  closed,
  content,
  finance,
  given,
  payable,
  signatory,
  SIGNATORY,
  submitter,
  SUBMITTER,
} from './fixtures.js';
import { proRata } from './recovery.js';

const reasons = 'Le projet ne s’est tenu qu’à moitié.';
const announce = {
  type: 'AnnounceRecovery',
  amountCents: 1_000_000,
  reasons,
  observationsUntil: '2021-11-30',
} as const;
const announced = { ...announce, type: 'RecoveryAnnounced', recovery: 1 } satisfies AgreementEvent;
const observe = { type: 'ObserveRecovery', recovery: 1, text: 'Les ateliers reprennent en mars.', content } as const;
const observed = { type: 'RecoveryObserved', recovery: 1, content } satisfies AgreementEvent;
const order = (amountCents: number, under?: string) =>
  ({ type: 'OrderRecovery', recovery: 1, amountCents, reasons, institution: ARS, ...(under && { under }) }) as const;
const ordered = {
  type: 'RecoveryOrdered',
  recovery: 1,
  amountCents: 1_000_000,
  reasons,
  titles: [
    { line: 1, kind: 'recettes', amountCents: 600_000 },
    { line: 2, kind: 'perception', amountCents: 400_000 },
  ],
  institution: ARS,
  capacity: { kind: 'office' },
} satisfies AgreementEvent;
const dropped = { type: 'RecoveryDropped', recovery: 1, reasons } satisfies AgreementEvent;
const received = {
  type: 'RecoveryPaid',
  recovery: 1,
  paidOn: '2021-12-20',
  reference: 'TR 12',
} satisfies AgreementEvent;
const UNKNOWN_ONE = "Ce reversement n'existe pas.";

describe('announcing a recovery', () => {
  it('says how much, why, and until when the beneficiary is heard', () =>
    given(...advanced)
      .when(announce, finance)
      .then(announced));
  it('may be of everything that was paid', () =>
    given(...advanced)
      .when({ ...announce, amountCents: 2_500_000 }, finance)
      .then({ ...announced, amountCents: 2_500_000 }));
  it('is refused above what was paid', () =>
    given(...advanced)
      .when({ ...announce, amountCents: 2_500_001 }, finance)
      .thenRefused('AbovePaid', "Il n'y a que 25 000,00 € de payés et non encore appelés en reversement."));
  it('is refused above what was paid and not called back yet', () =>
    given(...advanced, announced)
      .when({ ...announce, amountCents: 1_500_001 }, finance)
      .thenRefused('AbovePaid', "Il n'y a que 15 000,00 € de payés et non encore appelés en reversement."));
  it('counts what was ordered, not what was announced, nor what was dropped', () => {
    given(...advanced, announced, observed, { ...ordered, amountCents: 200_000, titles: [] })
      .when({ ...announce, amountCents: 2_300_000 }, finance)
      .then({ ...announced, recovery: 2, amountCents: 2_300_000 });
    given(...advanced, announced, dropped)
      .when({ ...announce, amountCents: 2_500_000 }, finance)
      .then({ ...announced, recovery: 2, amountCents: 2_500_000 });
  });
  it('is refused where nothing was paid', () =>
    given(...payable)
      .when({ ...announce, amountCents: 1 }, finance)
      .thenRefused('AbovePaid', "Il n'y a que 0,00 € de payés et non encore appelés en reversement."));
  it('is refused with less than ten days to answer', () =>
    given(...advanced)
      .when({ ...announce, observationsUntil: '2021-11-29' }, finance)
      .thenRefused(
        'HearingTooShort',
        'Laissez au bénéficiaire au moins 10 jours pour ses observations (CRPA L122-1).',
      ));
});

describe('observing on a recovery', () => {
  it('records that the beneficiary was heard, and none of its words', () =>
    given(...advanced, announced)
      .when(observe, submitter)
      .then(observed));
  it('is in time on the last day', () =>
    given(...advanced, announced)
      .when(observe, as('submitter', SUBMITTER, '2021-11-30T22:59:59Z'))
      .then(observed));
  it('is refused the day after', () =>
    given(...advanced, announced)
      .when(observe, as('submitter', SUBMITTER, '2021-11-30T23:00:00Z'))
      .thenRefused('ObservationsClosed', "Les observations étaient attendues jusqu'au 30 novembre 2021."));
  it('is refused twice', () =>
    given(...advanced, announced, observed)
      .when(observe, submitter)
      .thenRefused('AlreadyObserved', 'Vos observations sur ce reversement sont déjà reçues.'));
  it('is refused where none is announced, as not found', () =>
    given(...advanced)
      .when(observe, submitter)
      .thenRefused('RecoveryUnknown', UNKNOWN_ONE));
});

describe('ordering a recovery', () => {
  const heard = [...advanced, announced, observed];

  it('makes a title for each line, by what was paid on it: recettes for the FIR, perception for the State', () =>
    given(...heard)
      .when(order(1_000_000), signatory)
      .then(ordered));
  it('may be of less than was announced', () =>
    given(...heard)
      .when(order(1), signatory)
      .then({ ...ordered, amountCents: 1, titles: [{ line: 1, kind: 'recettes', amountCents: 1 }] }));
  it('follows the last day for observations where there were none', () => {
    const told = given(...advanced, announced);
    told
      .when(order(1_000_000), as('signatory', SIGNATORY, '2021-11-30T22:59:59Z'))
      .thenRefused('HearingPending', "Le bénéficiaire peut présenter ses observations jusqu'au 30 novembre 2021.");
    told.when(order(1_000_000), as('signatory', SIGNATORY, '2021-11-30T23:00:00Z')).then(ordered);
  });
  it('is refused above what was announced', () =>
    given(...heard)
      .when(order(1_000_001), signatory)
      .thenRefused('AboveAnnounced', 'Seuls 10 000,00 € ont été annoncés au bénéficiaire.'));
  it('is refused twice', () =>
    given(...heard, ordered)
      .when(order(1_000_000), signatory)
      .thenRefused('RecoverySettled', 'Ce reversement est déjà ordonné.'));
  it('is refused once dropped', () =>
    given(...heard, dropped)
      .when(order(1_000_000), signatory)
      .thenRefused('RecoverySettled', 'Ce reversement est abandonné.'));
  it('is refused where none is announced, as not found', () =>
    given(...advanced)
      .when(order(1), signatory)
      .thenRefused('RecoveryUnknown', UNKNOWN_ONE));
  it('splits a second one by what the first left on each line', () =>
    given(...heard, ordered, { ...announced, recovery: 2 }, { ...observed, recovery: 2 })
      .when({ ...order(1_000_000), recovery: 2 }, signatory)
      .then({ ...ordered, recovery: 2 }));

  const acts = ['recovery'] as const;
  it('records the delegation it is signed under', () =>
    given(...heard)
      .when(order(1_000_000, 'd-1'), byHolder, delegating({ acts, ceilingCents: 1_000_000 }))
      .then({ ...ordered, capacity: underD1 }));
  it('is refused above the ceiling of the delegation', () =>
    given(...heard)
      .when(order(1_000_000, 'd-1'), byHolder, delegating({ acts, ceilingCents: 999_999 }))
      .thenRefused(
        'DelegationCeilingExceeded',
        'Cette délégation est limitée à 9 999,99 € : vous signeriez pour 10 000,00 €.',
      ));
  it.each(unfitSignatures('recovery', "d'ordonner un reversement"))(
    'is refused %s',
    (_, { under, asked, seen, code, sentence }) =>
      given(...heard)
        .when(order(1_000_000, under), { ...asked, at: '2021-05-12T08:00:00Z' }, seen)
        .thenRefused(code, sentence),
  );
});

describe('dropping a recovery', () => {
  const drop = { type: 'DropRecovery', recovery: 1, reasons } as const;

  it('is a fact with its reasons', () =>
    given(...advanced, announced)
      .when(drop, finance)
      .then(dropped));
  it('is refused twice', () =>
    given(...advanced, announced, dropped)
      .when(drop, finance)
      .thenRefused('RecoverySettled', 'Ce reversement est abandonné.'));
  it('is refused once it is ordered', () =>
    given(...advanced, announced, ordered)
      .when(drop, finance)
      .thenRefused('RecoverySettled', 'Ce reversement est déjà ordonné.'));
  it('is refused where none is announced, as not found', () =>
    given(...advanced)
      .when(drop, finance)
      .thenRefused('RecoveryUnknown', UNKNOWN_ONE));
});

describe('recording money that came back', () => {
  const record = { type: 'RecordRecovery', recovery: 1, paidOn: '2021-12-20', reference: 'TR 12' } as const;
  const later = { ...finance, at: '2021-12-20T08:00:00Z' };

  it('keeps the day and the reference', () =>
    given(...advanced, announced, ordered)
      .when(record, later)
      .then(received));
  it('is refused before the order', () =>
    given(...advanced, announced)
      .when(record, later)
      .thenRefused('RecoveryNotOrdered', "Ce reversement n'est pas ordonné."));
  it('is refused twice', () =>
    given(...advanced, announced, ordered, received)
      .when(record, later)
      .thenRefused('RecoveryPaid', 'Ce reversement est déjà encaissé.'));
  it('is refused with a day in the future', () =>
    given(...advanced, announced, ordered)
      .when({ ...record, paidOn: '2021-12-21' }, later)
      .thenRefused('DateInFuture', "La date du reversement est dans l'avenir."));
  it('is refused where none is announced, as not found', () =>
    given(...advanced)
      .when(record, later)
      .thenRefused('RecoveryUnknown', UNKNOWN_ONE));
  it('is refused once the file is closed', () =>
    given(...advanced, closed)
      .when(record, later)
      .thenRefused('FileClosed', CLOSED));
});

it('an amount called back is split to the cent, in proportion, and never above what a line was paid', () =>
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 1_000_000_000_000 }), { minLength: 1, maxLength: 8 }),
      fc.nat({ max: 1_000_000 }),
      (weights, millionths) => {
        const total = sum(weights);
        const amount = Number((BigInt(total) * BigInt(millionths)) / 1_000_000n);
        const shares = proRata(amount, weights);
        expect(sum(shares)).toBe(amount);
        shares.forEach((share, index) => {
          const weight = weights[index] ?? 0;
          expect(share).toBeLessThanOrEqual(weight);
          // Within a cent of its exact share, said without a division.
          const off = BigInt(share) * BigInt(total) - BigInt(amount) * BigInt(weight);
          expect(off < BigInt(total) && -off < BigInt(total)).toBe(total > 0);
        });
      },
    ),
    { numRuns: 1000 },
  ));

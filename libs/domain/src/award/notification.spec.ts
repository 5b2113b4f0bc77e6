import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { budget } from '../application/fixtures.js';
import type { Budget } from '../application/budget.js';
import { byHolder, delegating, underD1 } from '../call/fixtures.js';
import {
  after,
  arsDecided,
  ARS,
  byApplicant,
  byService,
  declined,
  fir,
  given,
  granted,
  grantedFact,
  notifiedFact,
  onReserve,
  refusedOutcome,
  told,
  underway,
} from './fixtures.js';

const NOT_NOTIFIED = 'Aucune décision ne vous a encore été notifiée sur ce dossier.';
const NOT_DECIDED = "Aucune décision n'a été prise sur ce dossier.";
const UNDERWAY = 'Les crédits de ce dossier sont en cours de réservation : réessayez dans un instant.';
const GIVEN_UP = 'Le porteur de projet a renoncé à cette attribution.';
const NOT_GRANTED = "Aucune somme n'est attribuée à ce dossier.";
const notify = { type: 'NotifyAward', institution: ARS } as const;

describe('notifying a decision', () => {
  it('opens two months for an appeal', () =>
    given(...granted)
      .when(notify)
      .then(notifiedFact));
  it('ends them on the last day of a shorter month', () =>
    given(...granted)
      .when(notify, { at: '2021-12-31T22:59:59Z' })
      .then({ ...notifiedFact, notifiedOn: '2021-12-31', appealUntil: '2022-02-28' }));
  it.each([
    ['a refusal', refusedOutcome],
    ['a place on the reserve list', onReserve],
  ])('is for %s too', (_, history) =>
    given(...history)
      .when(notify)
      .then(notifiedFact),
  );
  it('may be sent by an administrator, who signs nothing', () => {
    const { capacity: _, ...sent } = notifiedFact;
    given(...granted)
      .when(notify, { actingAs: 'administrator' })
      .then(sent);
  });
  it('is signed under a delegation, within its ceiling for the institution’s own lines', () => {
    const enough = delegating({ acts: ['award'], ceilingCents: 1_000_000 });
    given(...granted)
      .when({ ...notify, under: 'd-1' }, byHolder, enough)
      .then({ ...notifiedFact, capacity: underD1 });
    given(...granted)
      .when({ ...notify, under: 'd-1' }, byHolder, delegating({ acts: ['award'], ceilingCents: 999_999 }))
      .thenRefused(
        'DelegationCeilingExceeded',
        'Cette délégation est limitée à 9 999,99 € : vous signeriez pour 10 000,00 €.',
      );
  });
  it('is refused twice', () =>
    given(...told)
      .when(notify)
      .thenRefused('AlreadyNotified', 'Cette décision a été notifiée le 15 octobre 2021.'));
  it('is refused before the decision is made', () => {
    given().when(notify).thenRefused('NotDecided', NOT_DECIDED);
    given(arsDecided).when(notify).thenRefused('NotDecided', "La décision sur ce dossier n'est pas encore arrêtée.");
    given(...underway)
      .when(notify)
      .thenRefused('AwardUnderway', UNDERWAY);
  });
  it('is refused once the applicant has given it up', () =>
    given(...granted, declined)
      .when(notify)
      .thenRefused('AlreadyDeclined', GIVEN_UP));
});

const content = { version: 0, hash: 'f'.repeat(64) };
const accept = (revised: Budget = budget) => ({ type: 'AcceptReducedAmount' as const, budget: revised, content });
const accepted = { type: 'ReducedAmountAccepted', call: 'call-1', content, totalCents: 2_500_000 } as const;

describe('accepting less than was requested', () => {
  it('takes a revised budget that balances', () =>
    given(...told)
      .when(accept(), byApplicant)
      .then(accepted));
  it('happens once', () =>
    given(...told, accepted)
      .when(accept(), byApplicant)
      .thenRefused('AlreadyAccepted', 'Vous avez déjà accepté ce montant.'));
  it('is refused before the notification, whatever was decided', () => {
    given().when(accept(), byApplicant).thenRefused('NotNotified', NOT_NOTIFIED);
    given(...granted)
      .when(accept(), byApplicant)
      .thenRefused('NotNotified', NOT_NOTIFIED);
  });
  it('is refused where nothing was granted, or it was declined', () => {
    given(...refusedOutcome, notifiedFact)
      .when(accept(), byApplicant)
      .thenRefused('NotGranted', NOT_GRANTED);
    given(...told, declined)
      .when(accept(), byApplicant)
      .thenRefused('AlreadyDeclined', GIVEN_UP);
  });
  it('is refused where everything was granted', () =>
    given(...underway, { ...grantedFact, amountCents: 2_000_000 }, notifiedFact)
      .when(accept(), byApplicant)
      .thenRefused('NotReduced', "Le montant attribué est celui que vous avez demandé : il n'y a rien à accepter."));
  it('is refused with every fault of the budget at once', () =>
    given(...told)
      .when(
        accept({
          charges: [{ account: '12', label: 'Achats', amountCents: 1_600_000 }],
          products: [{ account: '74', label: 'Subvention', amountCents: 1_400_000 }],
        }),
        byApplicant,
      )
      .thenFaults('BudgetInvalid', [
        {
          field: 'budget.charges[0].account',
          code: 'AccountUnknown',
          message: "Le compte 12 n'est pas admis ici : 60 à 69, 86, 860, 861, 862 ou 864.",
        },
        {
          field: 'budget.products[0].funder',
          code: 'FunderMissing',
          message: 'Une subvention (compte 74) nomme son financeur.',
        },
        {
          field: 'budget',
          code: 'BudgetNotBalanced',
          message: "Le budget n'est pas équilibré : 16 000,00 € de charges, 14 000,00 € de produits.",
        },
        {
          field: 'budget.products',
          code: 'OverProducts',
          message: 'Le montant attribué (15 000,00 €) dépasse le total des produits (14 000,00 €).',
        },
      ]));

  const totalling = (cents: number): Budget => ({
    charges: [{ account: '64', label: 'Personnel', amountCents: cents }],
    products: [{ account: '75', label: 'Cotisations', amountCents: cents }],
  });
  it('is refused where the rate of the specifications would be exceeded', () =>
    given(...told)
      .when(accept(totalling(1_874_999)), byApplicant)
      .thenFaults('BudgetInvalid', [
        {
          field: 'budget.products',
          code: 'OverRate',
          message: 'Le montant attribué (15 000,00 €) dépasse 80 % du total des produits (18 749,99 €).',
        },
      ]));
  it('is a budget of which what is given is at most the rate, whatever its total', () =>
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4_000_000 }), (cents) => {
        const { result } = given(...told).when(accept(totalling(cents)), byApplicant);
        expect(Array.isArray(result)).toBe(1_500_000 * 100 <= cents * 80);
      }),
    ));
});

const decline = { type: 'DeclineAward', reason: declined.reason } as const;

describe('declining an award', () => {
  it('names the lines whose money goes back', () =>
    given(...told)
      .when(decline, byApplicant)
      .then(declined));
  it('is for a place on the reserve list too, which holds no money', () =>
    given(...onReserve, notifiedFact)
      .when(decline, byApplicant)
      .then({ ...declined, lines: [], attempt: 0 }));
  it('may follow an amount that was accepted', () =>
    given(...told, accepted)
      .when(decline, byApplicant)
      .then(declined));
  it('is done by the service where the file was withdrawn, told or not', () =>
    given(...granted)
      .when(decline, byService)
      .then(declined));
  it('happens once', () =>
    given(...told, declined)
      .when(decline, byApplicant)
      .thenRefused('AlreadyDeclined', GIVEN_UP));
  it('is refused before the notification, whatever was decided', () => {
    given().when(decline, byApplicant).thenRefused('NotNotified', NOT_NOTIFIED);
    given(...granted)
      .when(decline, byApplicant)
      .thenRefused('NotNotified', NOT_NOTIFIED);
  });
  it('is refused where nothing was granted', () => {
    given(...refusedOutcome, notifiedFact)
      .when(decline, byApplicant)
      .thenRefused('NotGranted', NOT_GRANTED);
    given(arsDecided).when(decline, byService).thenRefused('NotGranted', NOT_GRANTED);
  });
  it('waits for the money that is being reserved', () =>
    given(...underway)
      .when(decline, byService)
      .thenRefused('AwardUnderway', UNDERWAY));
  it('leaves the money to be given back, and nothing granted', () =>
    expect(after(...told, declined)).toMatchObject({
      status: 'declined',
      freed: { attempt: 1, lines: [fir, { line: 2 }], because: 'declined' },
    }));
});

import { describe, expect, it } from '@jest/globals';
import { ACCOUNTANT, as, finance, given, payable } from './fixtures.js';

describe('suspending payments', () => {
  const suspend = { type: 'SuspendPayments', reason: 'Contrôle en cours.' } as const;
  const suspended = { type: 'PaymentsSuspended', reason: 'Contrôle en cours.' } as const;
  const resume = { type: 'ResumePayments', reason: 'Rien à signaler.' } as const;

  it('is a fact with its reason, and so is resuming them', () => {
    given(...payable)
      .when(suspend, finance)
      .then(suspended);
    given(...payable, suspended)
      .when(resume, finance)
      .then({ type: 'PaymentsResumed', reason: 'Rien à signaler.' });
    expect(given(...payable, suspended, { type: 'PaymentsResumed', reason: 'Rien.' }).state).toEqual(
      given(...payable).state,
    );
  });
  it('is refused twice', () =>
    given(...payable, suspended)
      .when(suspend, as('finance-officer', ACCOUNTANT))
      .thenRefused('AlreadySuspended', 'Les paiements de ce dossier sont déjà suspendus.'));
  it('is followed by resuming them once', () =>
    given(...payable)
      .when(resume, finance)
      .thenRefused('NotSuspended', 'Les paiements de ce dossier ne sont pas suspendus.'));
});

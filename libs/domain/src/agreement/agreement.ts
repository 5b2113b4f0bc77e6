import { type Decider, type Decision, refuse, type Stamped, unreachable } from '../decider.js';
import type { Agreement, AgreementCommand, AgreementContext, AgreementEvent } from './agreement-facts.js';
import { checkBankAccount, giveBankAccount } from './bank-account.js';
import { close } from './closing.js';
import { agreementUnknown, draft } from './drafting.js';
import { evolve } from './evolve.js';
import { planInstalments } from './instalments.js';
import { approve, certify, recordPayment, requestPayment, resume, suspend } from './payments.js';
import { announce, drop, observe, order, recordRecovery } from './recovery.js';
import { extendSignature } from './signature-due.js';
import { sign } from './signing.js';

/** What ties the money to the project: drafted, signed by each party, paid in instalments, called back, closed. */
export const agreement: Decider<AgreementCommand, Agreement, AgreementEvent, AgreementContext> = {
  initial: { status: 'absent' },
  decide,
  evolve,
};

function decide(
  command: Stamped<AgreementCommand>,
  state: Agreement,
  context: AgreementContext,
): Decision<AgreementEvent> {
  if (state.status === 'closed') return refuse('FileClosed', "Ce dossier est soldé : plus rien ne s'y ajoute.");
  if (command.type === 'DraftAgreement') return draft(command, state, context);
  if (state.status === 'absent') return agreementUnknown();
  switch (command.type) {
    case 'SignAgreement':
      return sign(command, state, context);
    case 'ExtendSignature':
      return extendSignature(command, state, context);
    case 'PlanInstalments':
      return planInstalments(command, state, context);
    case 'RequestPayment':
      return requestPayment(command, state, context);
    case 'CertifyService':
      return certify(command, state);
    case 'ApprovePayment':
      return approve(command, state, context);
    case 'RecordPayment':
      return recordPayment(command, state, context);
    case 'SuspendPayments':
      return suspend(command, state);
    case 'ResumePayments':
      return resume(command, state);
    case 'GiveBankAccount':
      return giveBankAccount(command, state);
    case 'CheckBankAccount':
      return checkBankAccount(command, state);
    case 'AnnounceRecovery':
      return announce(command, state, context);
    case 'ObserveRecovery':
      return observe(command, state, context);
    case 'OrderRecovery':
      return order(command, state, context);
    case 'DropRecovery':
      return drop(command, state);
    case 'RecordRecovery':
      return recordRecovery(command, state, context);
    case 'CloseFile':
      return close(command, state, context);
    default:
      return unreachable(command);
  }
}

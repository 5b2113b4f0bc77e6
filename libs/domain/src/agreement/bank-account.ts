import { absent, type Decision, fault, invalid, refuse } from '../decider.js';
import { isIban } from '../identifiers.js';
import type { AgreementEvent, KnownAgreement, Of } from './agreement-facts.js';

const message = "Cet IBAN n'est pas valable : vérifiez-le sur le relevé d'identité bancaire.";

/** The IBAN stays in the contents: the record has its last characters, refusals have nothing of it. */
export function giveBankAccount(command: Of<'GiveBankAccount'>, state: KnownAgreement): Decision<AgreementEvent> {
  const { iban, content, by } = command;
  if (!isIban(iban)) return invalid('IbanInvalid', message, [fault('iban', 'IbanInvalid', message)]);
  return [{ type: 'BankAccountGiven', account: state.accounts + 1, ending: iban.slice(-4), content, person: by }];
}

/** By a second person, who compares it with the bank's own statement (practice against false changes of account). */
export function checkBankAccount(
  { account, by }: Of<'CheckBankAccount'>,
  { bank }: KnownAgreement,
): Decision<AgreementEvent> {
  if (bank?.account !== account) {
    return absent('BankAccountUnknown', "Ce compte n'est pas, ou n'est plus, celui du dossier.");
  }
  if (bank.checked) return refuse('AlreadyChecked', 'Ce compte est déjà vérifié.');
  if (bank.givenBy === by)
    return refuse('OwnBankAccount', 'Vous avez donné ce compte : une autre personne le vérifie.');
  return [{ type: 'BankAccountChecked', account }];
}

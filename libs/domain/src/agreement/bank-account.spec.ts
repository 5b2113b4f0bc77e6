import { describe, expect, it } from '@jest/globals';
import {
  bankChecked,
  bankGiven,
  CLOSED,
  closed,
  concluded,
  content,
  drafted,
  finance,
  given,
  IBAN,
  officer,
  submitter,
  SUBMITTER,
  UNKNOWN,
} from './fixtures.js';

const give = { type: 'GiveBankAccount', iban: IBAN, holder: 'Café des parents', content } as const;
const check = { type: 'CheckBankAccount', account: 1 } as const;
const given2 = { ...bankGiven, account: 2, content: { version: 1, hash: 'b' } };

describe('giving a bank account', () => {
  it('records its last four characters, and refers to the rest', () =>
    given(drafted).when(give, submitter).then(bankGiven));
  it('again is another account, not checked yet', () => {
    given(...concluded, bankGiven, bankChecked)
      .when({ ...give, content: given2.content }, submitter)
      .then(given2);
    expect(given(...concluded, bankGiven, bankChecked, given2).state).toMatchObject({
      accounts: 2,
      bank: { account: 2, checked: false },
      written: 1,
    });
  });
  it('is refused where its check digits are wrong, without a word of it', () => {
    const { result } = given(drafted).when({ ...give, iban: 'FR1420041010050500013M02607' }, submitter);
    expect(result).toMatchObject({
      code: 'IbanInvalid',
      kind: 'invalid',
      sentence: "Cet IBAN n'est pas valable : vérifiez-le sur le relevé d'identité bancaire.",
      faults: [{ field: 'iban', code: 'IbanInvalid' }],
    });
    expect(JSON.stringify(result)).not.toContain('2607');
  });
  it('is refused where nothing is drafted, as not found', () =>
    given().when(give, submitter).thenRefused('AgreementUnknown', UNKNOWN));
  it('is refused once the file is closed', () =>
    given(...concluded, closed)
      .when(give, submitter)
      .thenRefused('FileClosed', CLOSED));
});

describe('checking a bank account', () => {
  it('is done by a second person', () => given(drafted, bankGiven).when(check, officer).then(bankChecked));
  it('is refused to who gave it', () =>
    given(drafted, bankGiven)
      .when(check, { ...finance, by: SUBMITTER })
      .thenRefused('OwnBankAccount', 'Vous avez donné ce compte : une autre personne le vérifie.'));
  it('is refused twice', () =>
    given(drafted, bankGiven, bankChecked)
      .when(check, officer)
      .thenRefused('AlreadyChecked', 'Ce compte est déjà vérifié.'));
  it.each([
    ['was never given', [drafted]],
    ['was replaced since', [drafted, bankGiven, given2]],
  ])('is refused for an account that %s, as not found', (_, history) =>
    given(...history)
      .when(check, officer)
      .thenRefused('BankAccountUnknown', "Ce compte n'est pas, ou n'est plus, celui du dossier."),
  );
  it('of an account that was replaced leaves the other unchecked', () =>
    expect(given(drafted, bankGiven, given2, bankChecked).state).toMatchObject({ bank: { checked: false } }));
});

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compactIban, isIban, isOrganisationId, isRna, isSiret } from './identifiers.js';

/** Beneficiaries of Antibes in 2017, from its open data. */
const sirets = [
  '52499120500013',
  '38033590100027',
  '37939422400016',
  '42901366700028',
  '40772080400019',
  '53136298600014',
  '78247179100015',
  '35273350500031',
  '21060004500392',
];
/** Establishments of La Poste add up to a multiple of 5; its head office alone follows Luhn. */
const laPoste = ['35600000000001', '35600000000010', '35600000000024', '35600000009985'];
const HEAD_OFFICE = '35600000000048';

const digit = fc.integer({ min: 0, max: 9 }).map(String);
const replaced = (text: string, index: number, by: string) => text.slice(0, index) + by + text.slice(index + 1);

describe('a SIRET', () => {
  it.each(sirets)('is valid: %s', (siret) => expect(isSiret(siret)).toBe(true));
  it.each([
    '',
    '5249912050001',
    '524991205000130',
    '5249912050001a',
    ' 52499120500013',
    '524 991 205 00013',
    '52499120500013\n',
  ])('is fourteen digits, not "%s"', (text) => expect(isSiret(text)).toBe(false));
  it.each(laPoste)('of La Poste has digits that add up to a multiple of 5: %s', (siret) =>
    expect(isSiret(siret)).toBe(true),
  );
  it('of the head office of La Poste follows Luhn', () => expect(isSiret(HEAD_OFFICE)).toBe(true));
  it('of another establishment of La Poste does not follow Luhn', () => expect(isSiret('35600000000055')).toBe(false));
  it('becomes invalid when one digit changes', () =>
    fc.assert(
      fc.property(fc.constantFrom(...sirets), fc.nat({ max: 13 }), digit, (siret, index, by) => {
        fc.pre(siret[index] !== by);
        expect(isSiret(replaced(siret, index, by))).toBe(false);
      }),
    ));
  it('becomes invalid when two neighbouring digits change places, 0 and 9 apart', () =>
    fc.assert(
      fc.property(fc.constantFrom(...sirets), fc.nat({ max: 12 }), (siret, index) => {
        const [one = '', other = ''] = siret.slice(index, index + 2);
        fc.pre(one !== other && !['09', '90'].includes(one + other));
        expect(isSiret(siret.slice(0, index) + other + one + siret.slice(index + 2))).toBe(false);
      }),
    ));
  it('has exactly one last digit for the thirteen others', () =>
    fc.assert(
      fc.property(fc.string({ unit: digit, minLength: 13, maxLength: 13 }), (start) => {
        fc.pre(!start.startsWith('356000000'));
        expect(Array.from({ length: 10 }, (_, last) => `${start}${last}`).filter(isSiret)).toHaveLength(1);
      }),
    ));
  it('of La Poste is valid exactly when its digits add up to a multiple of 5, its head office apart', () =>
    fc.assert(
      fc.property(fc.string({ unit: digit, minLength: 5, maxLength: 5 }), (end) => {
        const siret = `356000000${end}`;
        const total = [...siret].reduce((added, one) => added + Number(one), 0);
        expect(isSiret(siret)).toBe(total % 5 === 0 || siret === HEAD_OFFICE);
      }),
      { numRuns: 1000 },
    ));
});

describe('an RNA number', () => {
  it.each(['W333216789', 'W322216459', 'W000000000'])('is W and nine digits: %s', (rna) =>
    expect(isRna(rna)).toBe(true),
  );
  it.each(['', 'W33321678', 'W3332167890', 'w333216789', '333216789', 'W33321678a', 'W333216789\n', ' W333216789'])(
    'is not "%s"',
    (text) => expect(isRna(text)).toBe(false),
  );
});

describe('the identifier of an organisation', () => {
  it.each(['52499120500013', '35600000000048', 'W333216789'])('is a SIRET or an RNA number: %s', (id) =>
    expect(isOrganisationId(id)).toBe(true),
  );
  it.each(['52499120500014', 'W33321678', 'sans-identifiant'])('is not %s', (text) =>
    expect(isOrganisationId(text)).toBe(false),
  );
});

describe('an IBAN', () => {
  /** Examples of the registry of ISO 13616. */
  const ibans = [
    'FR1420041010050500013M02606',
    'DE89370400440532013000',
    'GB29NWBK60161331926819',
    'MT84MALT011000012345MTLCAST001S',
    'NO9386011117947',
  ];

  it.each(ibans)('is valid: %s', (iban) => expect(isIban(iban)).toBe(true));
  it.each([
    '',
    'FR1420041010050500013M02607',
    'FR1420041010050500013M0260',
    'fr1420041010050500013m02606',
    'FR14 2004 1010 0505 0001 3M02 606',
    'FR1420041010050500013M02606\n',
    '1420041010050500013M02606FR',
    'FRA420041010050500013M02606',
  ])('is not "%s"', (text) => expect(isIban(text)).toBe(false));
  it('of France has 27 characters', () => expect(isIban('FR76ABCDEFGHIJK')).toBe(false));
  it('is read as people write it', () =>
    expect(compactIban(' fr14 2004 1010 0505 0001 3m02 606\n')).toBe('FR1420041010050500013M02606'));
  it('becomes invalid when one digit changes, or two neighbours change places', () =>
    fc.assert(
      fc.property(fc.constantFrom(...ibans), fc.integer({ min: 4, max: 13 }), digit, (iban, index, by) => {
        const [one = '', other = ''] = iban.slice(index, index + 2);
        if (iban[index] !== by) expect(isIban(replaced(iban, index, by))).toBe(false);
        if (one !== other) expect(isIban(iban.slice(0, index) + other + one + iban.slice(index + 2))).toBe(false);
      }),
    ));
});

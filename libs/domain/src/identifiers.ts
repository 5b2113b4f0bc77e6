/** SIREN of La Poste, whose establishments don't follow Luhn, and the SIRET of its head office, which does. */
const LA_POSTE = '356000000';
const LA_POSTE_HEAD_OFFICE = '35600000000048';

/** 14 digits with Luhn's check; for La Poste the digits add up to a multiple of 5 instead (INSEE). */
export function isSiret(text: string): boolean {
  if (!/^\d{14}$/.test(text)) return false;
  if (text.startsWith(LA_POSTE) && text !== LA_POSTE_HEAD_OFFICE) return digits(text) % 5 === 0;
  return luhn(text);
}

/** `W` and 9 digits, Répertoire national des associations; some of Alsace-Moselle have none. */
export const isRna = (text: string): boolean => /^W\d{9}$/.test(text);

/** Identification of an applicant by SIRET or RNA (CRPA R112-9-1). */
export const isOrganisationId = (text: string): boolean => isSiret(text) || isRna(text);

/** As people write it, `fr76 3000 …`, without its blanks and in capitals. */
export const compactIban = (text: string): string => text.replace(/\s/g, '').toUpperCase();

/** A compact IBAN: ISO 13616, its check digits after ISO 7064 mod 97; a French one has 27 characters. */
export function isIban(text: string): boolean {
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(text)) return false;
  if (text.startsWith('FR') && text.length !== 27) return false;
  const moved = `${text.slice(4)}${text.slice(0, 4)}`;
  let remainder = 0;
  // A letter counts as two digits: A is 10, Z is 35.
  for (const sign of moved)
    for (const digit of String(parseInt(sign, 36))) remainder = (remainder * 10 + Number(digit)) % 97;
  return remainder === 1;
}

const digits = (text: string): number => [...text].reduce((total, digit) => total + Number(digit), 0);

function luhn(text: string): boolean {
  let total = 0;
  for (let i = 0; i < text.length; i++) {
    const digit = Number(text[text.length - 1 - i]);
    const weighed = i % 2 === 0 ? digit : digit * 2;
    total += weighed > 9 ? weighed - 9 : weighed;
  }
  return total % 10 === 0;
}

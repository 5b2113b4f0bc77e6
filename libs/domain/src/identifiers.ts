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

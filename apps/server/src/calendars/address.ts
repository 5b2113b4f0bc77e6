import { createHmac, timingSafeEqual } from 'node:crypto';

const HALF = 32;

/** The end of the address of somebody's calendar: whose, and proof that it was given to them. Derived, kept nowhere. */
export function calendarToken(serviceSecret: string, person: string, generation: number): string {
  const proof = createHmac('sha256', serviceSecret).update(`calendar\n${person}\n${generation}`).digest('hex');
  return `${person.replaceAll('-', '')}${proof.slice(0, HALF)}`;
}

/** Whose calendar the token says it opens; undefined where it has not even the form of one. */
export function personOfToken(token: string): string | undefined {
  if (!/^[0-9a-f]{64}$/.test(token)) return undefined;
  return token.slice(0, HALF).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** Compared in the same time, however much of it is right. */
export const isToken = (given: string, expected: string): boolean =>
  given.length === expected.length && timingSafeEqual(Buffer.from(given), Buffer.from(expected));
